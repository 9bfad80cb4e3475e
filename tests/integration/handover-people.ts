import { writeFileSync } from "node:fs";
import type { HandoverCard } from "../../electron/contract/handover.ts";
import type { Run } from "../../electron/contract/evaluation.ts";
import { secret, ServiceClient, type temporaryFolder } from "./service-client.ts";

type Folder = ReturnType<typeof temporaryFolder>;

/** One workstation with a vault of its own, open for its founder, who is a lead there. */
export interface Workstation {
  readonly client: ServiceClient;
  readonly name: string;
  readonly vault: string;
  readonly path: (name: string) => string;
}

export const passphrase = "correct horse battery staple";

/** `others`: members of that vault beside its founder. */
export async function workstation(
  folder: Folder,
  name: string,
  others: readonly { name: string; label: string; role: "lead" | "evaluator" }[] = [],
  now: () => number = Date.now,
): Promise<Workstation> {
  const client = new ServiceClient(folder.path(`profile-${name}`), now);
  const vault = folder.path(`${name}.evault`);
  await client.ask("vault.create", {
    file: client.destination(vault),
    name: `Vault of ${name}`,
    label: `NG-${name}`,
    marking: { level: "secret", suffix: "" },
    founder: { name, label: "Lead A", passphrase: secret(passphrase) },
    others: others.map((one) => ({ ...one, passphrase: secret(passphrase) })),
  });
  return { client, name, vault, path: (file) => folder.path(`${name}-${file}`) };
}

export async function unlock({ client, vault }: Workstation, member: string): Promise<void> {
  await client.ask("vault.unlock", { file: client.file(vault), member, passphrase: secret(passphrase) });
}

let files = 0;

/** The path of a fresh card of who has the vault open. */
export async function cardOf(one: Workstation): Promise<{ path: string; card: HandoverCard }> {
  files += 1;
  const path = one.path(`card-${String(files)}.json`);
  return { path, card: await one.client.ask("handover.card", { destination: one.client.destination(path) }) };
}

/** Packs runs, or a campaign, for another workstation; answers with the package's path. */
export async function packFor(
  from: Workstation,
  to: Workstation,
  what: { runIds: string[] } | { campaignId: string },
): Promise<string> {
  files += 1;
  const path = from.path(`${String(files)}.handover.age`);
  const { path: card } = await cardOf(to);
  const contents = "runIds" in what ? ({ kind: "runs", ...what } as const) : ({ kind: "assignment", ...what } as const);
  const destination = from.client.destination(path);
  await from.client.ask("handover.pack", { card: from.client.file(card), contents, destination });
  return path;
}

/** Receives a package and accepts whoever signed it. */
export async function take(to: Workstation, path: string) {
  const file = to.client.file(path);
  const { sender, others } = await to.client.ask("handover.preview", { file });
  const acceptContributors = [sender, ...others].filter((one) => one.standing === "new").map(({ key }) => key);
  return to.client.ask("handover.receive", { file, acceptContributors });
}

/** A plan of one model and one small pack, and a run of it that is logged by hand with evidence. */
export async function planned(
  one: Workstation,
): Promise<{ campaignId: string; versionId: string; benchmarkId: string }> {
  const { client } = one;
  const version = { checkpoint: "0914", safeguard: "reduced" as const, access: "", settings: "" };
  const model = await client.ask("models.add", { developer: "Acme", name: "Meridian-2", note: "", version });
  const tasks = ["alpha", "beta", "gamma"].map((id) => ({ id, title: id.toUpperCase() }));
  const pack = one.path("small.pack.json");
  writeFileSync(pack, JSON.stringify({ id: "small", title: "Small", version: "1", tasks }));
  const benchmark = await client.ask("benchmarks.importPack", { file: client.file(pack) });
  const versionId = model.versions[0]?.id ?? "";
  const campaign = await client.ask("campaigns.plan", {
    name: "Autumn",
    question: "What can it do?",
    decisionRule: "",
    modelVersionIds: [versionId],
    benchmarkIds: [benchmark.id],
    epochs: 2,
    dueAt: null,
  });
  await client.ask("campaigns.register", { campaignId: campaign.id });
  return { campaignId: campaign.id, versionId, benchmarkId: benchmark.id };
}

export function attempt(task: string, epoch: number, score: number, note = "") {
  return { task, epoch, outcome: "scored" as const, score, minutes: 3, tokens: 500, note };
}

export async function logByHand(
  one: Workstation,
  plan: { campaignId: string; versionId: string; benchmarkId: string },
): Promise<Run> {
  const { client } = one;
  const { campaignId, versionId, benchmarkId } = plan;
  const run = await client.ask("runs.start", { modelVersionId: versionId, benchmarkId, campaignId, epochs: 2 });
  const attempts = [attempt("alpha", 1, 1), attempt("beta", 1, 0)];
  return (await client.ask("attempts.log", { runId: run.id, attempts })).run;
}
