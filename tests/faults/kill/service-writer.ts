import "./quick-argon2.ts";
import { say, stepsSeen, watchSteps } from "./named-points.ts";
import { basename, dirname } from "node:path";
import { ServiceClient } from "../../integration/service-client.ts";
import { createAsLead, importLog, logOf, packagePath, receivePackage, unlockAsLead } from "./service-tale.ts";
import { canary } from "./vault-tale.ts";

/**
 * A service process that does one kind of thing over its contract until it is killed, and says on standard output what
 * was answered. Arguments: the operation, the vault's path, "forever" (until killed from outside), "list" (once, naming
 * its steps) or "before N" (once, dying before the step of that number), a folder for logs, a campaign, a recipient's key,
 * a folder with the card and the package of another workstation.
 */

const [, , operation = "", path = "", mode = "", logs = "", campaign = "", recipient = "", away = ""] = process.argv;
const client = new ServiceClient(`${dirname(path)}/profile`);

async function importRound(round: number, campaignId: string | null): Promise<void> {
  const log = logOf(1_000 + round);
  await importLog(client, logs, log, campaignId);
  say(`imported ${log.sha256}`);
}

async function sealRound(round: number): Promise<void> {
  const { id: reportId, sections } = await client.ask("reports.draft", {
    template: "evaluation",
    scope: { kind: "vault" },
    title: `Autumn ${canary}`,
  });
  say(`draft ${reportId}`);
  const markdown = `${canary}\n\n[[table:results]]`;
  await client.ask("reports.write", { reportId, sectionId: sections[0]?.id ?? "", markdown });
  await client.ask("reports.freeze", { reportId });
  say(`frozen ${reportId}`);
  await client.ask("reports.sign", { reportId });
  say(`signed ${reportId}`);
  const destination = client.destination(packagePath(path, round));
  await client.ask("reports.seal", { reportId, recipientIds: [], keys: [recipient], destination });
  say(`sealed ${reportId} ${basename(packagePath(path, round))}`);
}

const operations: Readonly<Record<string, (round: number) => Promise<void>>> = {
  import: (round) => importRound(round, null),
  "import into a separate compartment": (round) => importRound(round, campaign),
  seal: sealRound,
  "hand over": async (round) => {
    const runs = await client.ask("runs.list", {});
    const destination = client.destination(`${dirname(path)}/package-${String(round)}.handover.age`);
    const contents = { kind: "runs" as const, runIds: runs.map((run) => run.id) };
    await client.ask("handover.pack", { card: client.file(`${away}/card.json`), contents, destination });
    say(`packed package-${String(round)}.handover.age`);
  },
  receive: async () => {
    const { entries } = await receivePackage(client, `${away}/work.handover.age`);
    say(`received ${String(entries.length)}`);
  },
  lock: async (round) => {
    await importRound(round, null);
    await client.ask("vault.lock", {});
    say("locked");
    await unlockAsLead(client, path);
  },
  "create with members": async (round) => {
    const made = path.replace(/\.evault$/, `-${String(round)}.evault`);
    await createAsLead(client, made);
    say(`created ${basename(made)}`);
  },
};

const act = operations[operation];
if (act === undefined) throw new Error(`there is no operation ${operation}`);
await unlockAsLead(client, path);
if (mode === "forever") {
  say("begin");
  for (let round = 0; ; round += 1) await act(round);
}
const deadly = /^before (\d+)$/.exec(mode)?.[1];
watchSteps(deadly === undefined ? null : Number(deadly));
const started = performance.now();
await act(0);
say(`took ${String(performance.now() - started)}`);
for (const name of stepsSeen()) say(`step ${name}`);
process.exit(0);
