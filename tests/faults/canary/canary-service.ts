import "../kill/quick-argon2.ts";
import { mkdirSync, writeFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { leaveMemoryOutOfDumps } from "../../../electron/service/no-dumps.ts";
import { secret, ServiceClient } from "../../integration/service-client.ts";
import { writeSampleLogs } from "../../fixtures/inspect/sample-logs.ts";
import { evalLog, jsonLog, solvedLog } from "../../fixtures/inspect/generate.ts";

/**
 * A service process in which a word was typed into every field and imported by every importer, and that then stays, with
 * the vault open. Arguments: the vault's path, a folder for what it is given to read, the recipient's key, "kept" or "left
 * out" (of dumps). The word comes on standard input: it must not be in the arguments.
 */

const [, , path = "", inputs = "", recipient = "", dumps = ""] = process.argv;

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

async function readWord(): Promise<string> {
  for await (const piece of process.stdin) return String(piece).trim();
  return "";
}

const client = new ServiceClient(`${dirname(path)}/profile`);
let word = "";
let named = 0;
/** Another text each time, with the word in it. */
const typed = (): string => `${word} typed ${String((named += 1))}`;
const passphrase = (person: string): Uint8Array<ArrayBuffer> => secret(`${word} passphrase of ${person}`);

function input(name: string, bytes: Uint8Array | string): string {
  const file = `${inputs}/${name}`;
  writeFileSync(file, bytes);
  return client.file(file);
}

async function found(): Promise<void> {
  await client.ask("vault.create", {
    file: client.destination(path),
    name: typed(),
    label: "Outside",
    marking: { level: "secret", suffix: word.toUpperCase().slice(0, 20) },
    founder: { name: typed(), label: "Lead A", passphrase: passphrase("lead") },
    others: [
      { name: typed(), label: "Lead B", role: "lead", passphrase: passphrase("second") },
      { name: typed(), label: "Evaluator C", role: "evaluator", passphrase: passphrase("third") },
    ],
  });
  const member = { name: typed(), label: "Custodian D", role: "custodian" as const, passphrase: passphrase("fourth") };
  const { id } = await client.ask("members.add", { ...member, keyFile: input("key-file", `${word} key file`) });
  await client.ask("members.remove", { memberId: id, reason: typed() });
  await client.ask("members.changePassphrase", { current: passphrase("lead"), next: passphrase("lead again") });
  const destination = client.destination(`${dirname(path)}/keys.backup`);
  await client.ask("members.backupKeys", { passphrase: passphrase("backup"), destination });
  await client.ask("vault.rename", { name: typed() });
}

async function plan(): Promise<{ campaignId: string; modelVersionId: string; benchmarkId: string }> {
  const version = { checkpoint: typed(), safeguard: "reduced" as const, access: typed(), settings: typed() };
  const model = await client.ask("models.add", { developer: typed(), name: typed(), note: typed(), version });
  const tasks = ["alpha", "beta"].map((id) => ({ id: `${id}-${word}`, title: typed() }));
  const pack = JSON.stringify({ id: "small", title: typed(), version: "1", tasks });
  const benchmark = await client.ask("benchmarks.importPack", { file: input("small.pack.json", pack) });
  const modelVersionId = model.versions[0]?.id ?? "";
  const state = await client.ask("vault.state", {});
  const memberIds = state.open ? [state.member.id] : [];
  const compartment = await client.ask("compartments.add", { name: typed(), label: "Apart", memberIds });
  const campaign = await client.ask("campaigns.plan", {
    name: typed(),
    question: typed(),
    decisionRule: typed(),
    modelVersionIds: [modelVersionId],
    benchmarkIds: [benchmark.id],
    epochs: 2,
    dueAt: null,
    compartment: compartment.id,
  });
  await client.ask("campaigns.register", { campaignId: campaign.id });
  await client.ask("compartments.rotate", { compartment: compartment.id, reason: typed() });
  return { campaignId: campaign.id, modelVersionId, benchmarkId: benchmark.id };
}

async function measure(): Promise<void> {
  const { campaignId, modelVersionId, benchmarkId } = await plan();
  const run = await client.ask("runs.start", { modelVersionId, benchmarkId, campaignId, epochs: 2 });
  const task = `alpha-${word}`;
  const attempt = { task, epoch: 1, outcome: "scored" as const, score: 1, minutes: 3, tokens: 5, note: typed() };
  await client.ask("attempts.log", { runId: run.id, attempts: [attempt] });
  const evidence = input(`screen-${word}.txt`, `${word} on the screen `.repeat(5_000));
  await client.ask("attempts.attach", { runId: run.id, task, epoch: 1, files: [evidence] });
  await client.ask("attempts.invalidate", { runId: run.id, task, epoch: 1, reason: typed() });
  await client.ask("runs.setState", { runId: run.id, state: "withdrawn", reason: typed() });
  mkdirSync(`${inputs}/logs`);
  writeSampleLogs(`${inputs}/logs`);
  const described = (kind: string) => ({
    ...solvedLog([[1, 0]]),
    spec: { task: `suite/${kind}-${word}`, model: `vendor/${word}` },
  });
  writeFileSync(`${inputs}/logs/${word}-deflate.eval`, evalLog(described("deflate"), { method: "deflate" }));
  writeFileSync(`${inputs}/logs/${word}-zstd.eval`, evalLog(described("zstd"), { method: "zstd" }));
  writeFileSync(`${inputs}/logs/${word}-plain.json`, jsonLog(described("plain")));
  const { files } = await client.ask("imports.logs", { files: [client.file(`${inputs}/logs`)], campaignId: null });
  const taken = files.filter((one) => one.status === "imported");
  say(`imported ${String(taken.length)}`);
}

async function report(): Promise<void> {
  const recipientKey = await client.ask("recipients.add", { name: typed(), organisation: typed(), key: recipient });
  await client.ask("recipients.compared", { recipientId: recipientKey.id, how: typed() });
  const scope = { kind: "vault" as const };
  const drafted = await client.ask("reports.draft", { template: "evaluation", scope, title: typed() });
  const reportId = drafted.id;
  for (const section of drafted.sections) {
    await client.ask("reports.write", { reportId, sectionId: section.id, markdown: `${typed()} [[table:results]]` });
  }
  await client.ask("reports.freeze", { reportId });
  await client.ask("reports.sign", { reportId });
  await client.ask("vault.unlock", { file: client.file(path), member: "Lead B", passphrase: passphrase("second") });
  await client.ask("reports.sign", { reportId });
  const recipientIds = [recipientKey.id];
  for (const form of ["sealed", "tar"]) {
    const destination = client.destination(`${dirname(path)}/report.${form}`);
    await client.ask("reports.seal", { reportId, recipientIds, keys: [], destination });
  }
  const card = client.destination(`${inputs}/card.json`);
  await client.ask("handover.card", { destination: card });
}

if (dumps === "left out") say(leaveMemoryOutOfDumps() ? "left out" : "cannot leave out");
word = await readWord();
await found();
await measure();
await report();
await client.ask("vault.lock", {});
await client.ask("vault.unlock", { file: client.file(path), member: "Lead A", passphrase: passphrase("lead again") });
const { events } = await client.ask("journal.list", { offset: 0, limit: 500 });
say(`entries with the word ${String(events.filter((one) => one.words.includes(word)).length)}`);
say("ready");
setInterval(() => events.length, 1_000);
