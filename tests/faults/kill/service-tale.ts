import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import { evalLog, resultRow, solvedLog } from "../../fixtures/inspect/generate.ts";
import { secret, type ServiceClient } from "../../integration/service-client.ts";
import { canary } from "./vault-tale.ts";

/** What is done over the service's contract by processes that are killed. */

export const leadPassphrase = `${canary} correct horse battery staple`;
export const leadLabel = "Lead A";
/** Tasks, and attempts at each, in every log. */
const solved = [
  [1, 1],
  [1, 0],
  [0, 0],
  [0, 1],
  [1, 1],
] as const;
export const attemptsInLog = 10;

export interface Log {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** A log in Inspect's own container, another one for each number. */
export function logOf(number: number): Log {
  const results = [resultRow("includes", { accuracy: 0.6, stderr: Math.sqrt(0.175 / 5) }, { reducer: "mean" })];
  const task = `suite/${canary}-${String(number)}`;
  const log = { ...solvedLog(solved, results), spec: { task, model: `vendor/${canary}-model` } };
  const bytes = evalLog(log, { method: number % 2 === 0 ? "deflate" : "zstd" });
  return { name: `log-${String(number)}.eval`, bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** Logs lie in the clear, outside of every folder that is searched. */
export async function importLog(
  client: ServiceClient,
  folder: string,
  log: Log,
  campaignId: string | null,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/${log.name}`;
  writeFileSync(path, log.bytes);
  const { files } = await client.ask("imports.logs", { files: [client.file(path)], campaignId });
  const [imported] = files;
  if (imported?.status !== "imported") throw new Error(`the log was not imported: ${JSON.stringify(imported)}`);
}

export async function unlockAsLead(client: ServiceClient, path: string): Promise<void> {
  const passphrase = secret(leadPassphrase);
  await client.ask("vault.unlock", { file: client.file(path), member: leadLabel, passphrase });
}

export async function createAsLead(client: ServiceClient, path: string): Promise<void> {
  await client.ask("vault.create", {
    file: client.destination(path),
    name: `Northgate ${canary}`,
    label: "NG-7",
    marking: { level: "secret", suffix: canary.toUpperCase() },
    founder: { name: `Lena ${canary}`, label: leadLabel, passphrase: secret(leadPassphrase) },
    others: [
      {
        name: `Evan ${canary}`,
        label: "Evaluator B",
        role: "evaluator",
        passphrase: secret(`${canary} seven brave otters juggling`),
      },
    ],
  });
}

/** A campaign in a compartment of its own, which only the lead reads. */
export async function planApart(client: ServiceClient): Promise<string> {
  const state = await client.ask("vault.state", {});
  const memberIds = state.open ? [state.member.id] : [];
  const compartment = await client.ask("compartments.add", { name: `Apart ${canary}`, label: "Apart", memberIds });
  const models = await client.ask("models.list", {});
  const benchmarks = await client.ask("benchmarks.list", {});
  const campaign = await client.ask("campaigns.plan", {
    name: `Winter round ${canary}`,
    question: canary,
    decisionRule: canary,
    modelVersionIds: models.flatMap((model) => model.versions.map((one) => one.id)),
    benchmarkIds: benchmarks.map((one) => one.id),
    epochs: 2,
    dueAt: null,
    compartment: compartment.id,
  });
  return campaign.id;
}

/** Takes a package of another workstation, with everybody's keys accepted. */
export async function receivePackage(client: ServiceClient, path: string): Promise<RequestOutput<"handover.receive">> {
  const file = client.file(path);
  const { sender, others } = await client.ask("handover.preview", { file });
  const acceptContributors = [sender, ...others].filter((one) => one.standing === "new").map(({ key }) => key);
  return client.ask("handover.receive", { file, acceptContributors });
}

type Report = RequestOutput<"reports.list">[number];
export const reportStates: readonly Report["state"][] = ["draft", "frozen", "signed", "sealed"];

/** Where the package of a report is made: a folder for every other one, else a single file. */
export function packagePath(vault: string, round: number): string {
  return `${dirname(vault)}/package-${String(round)}.${round % 2 === 0 ? "sealed" : "tar"}`;
}
