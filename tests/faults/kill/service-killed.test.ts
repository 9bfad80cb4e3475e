import "./quick-argon2.ts";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logOfRun } from "../../../electron/domain/runs/queries.ts";
import { generateIdentity } from "../../../electron/sealing/age-keys.ts";
import { storedBlob } from "../../../electron/service/handover/stored-blob.ts";
import { verifyVault } from "../../../electron/vault/index.ts";
import { ServiceClient } from "../../integration/service-client.ts";
import { temporaryFolder } from "../vault/small-vault.ts";
import { readable } from "./after-kill.ts";
import { bundleWriters, type Writers } from "./bundle-writers.ts";
import { chance, endChildren, runChild, times, twoAtATime } from "./child.ts";
import {
  attemptsInLog,
  createAsLead,
  importLog,
  logOf,
  planApart,
  receivePackage,
  reportStates,
  unlockAsLead,
} from "./service-tale.ts";
import { sha256 } from "./vault-tale.ts";

/**
 * Service processes killed (SIGKILL) while they import, seal, hand over, receive, lock and create: at random moments, and
 * before each step by which they change the disk. What was answered is there; a run, a report, a package is there whole or
 * not at all.
 */

const folder = temporaryFolder();
let writers: Writers;
const base = join(folder.path, "base");
const logs = join(folder.path, "logs");
const identityFile = join(folder.path, "key.txt");
const awayFolder = join(folder.path, "away");
const away = new ServiceClient(join(folder.path, "away-profile"));
let recipient = "";
let campaign = "";

beforeAll(async () => {
  writers = await bundleWriters();
  const identity = await generateIdentity("classic", new Date(0));
  recipient = identity.recipient.key;
  writeFileSync(identityFile, identity.keyFile);
  const client = new ServiceClient(join(base, "profile"));
  await createAsLead(client, join(base, "killed.evault"));
  await importLog(client, logs, logOf(0), null);
  campaign = await planApart(client);
  await makeAway(client);
  await client.close();
});
afterAll(async () => {
  await away.close();
  endChildren();
  writers.remove();
  folder.remove();
});

/** Another workstation: its card, and a package of its work for the vault that is killed on. */
async function makeAway(client: ServiceClient): Promise<void> {
  await createAsLead(away, join(folder.path, "away.evault"));
  await importLog(away, logs, logOf(7), null);
  mkdirSync(awayFolder);
  await away.ask("handover.card", { destination: away.destination(join(awayFolder, "card.json")) });
  const own = join(awayFolder, "own.json");
  await client.ask("handover.card", { destination: client.destination(own) });
  const runs = await away.ask("runs.list", {});
  const contents = { kind: "runs" as const, runIds: runs.map((one) => one.id) };
  const destination = away.destination(join(awayFolder, "work.handover.age"));
  await away.ask("handover.pack", { card: away.file(own), contents, destination });
}

async function withVault<T>(act: (path: string) => Promise<T>): Promise<T> {
  const own = mkdtempSync(join(folder.path, "run-"));
  cpSync(base, own, { recursive: true });
  try {
    return await act(join(own, "killed.evault"));
  } finally {
    rmSync(own, { recursive: true });
  }
}

function run(operation: string, path: string, mode: string, killAfterMs: number | null) {
  const ownLogs = `${dirname(path)}-logs`;
  return runChild(
    writers.service,
    [operation, path, mode, ownLogs, campaign, recipient, awayFolder],
    killAfterMs,
  ).finally(() => {
    rmSync(ownLogs, { recursive: true, force: true });
  });
}

function rehearse(operation: string): Promise<{ steps: readonly string[]; tookMs: number }> {
  return withVault(async (path) => {
    const { lines, errors } = await run(operation, path, "list", null);
    expect(errors).toBe("");
    const after = (start: string): string[] =>
      lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length));
    return { steps: after("step "), tookMs: Number(after("took ")[0]) };
  });
}

/** Every run is whole, and every log that was answered for is one. */
async function checkRuns(client: ServiceClient, lines: readonly string[]): Promise<void> {
  const runs = await client.ask("runs.list", {});
  const known = runs.map((one) => one.log?.sha256);
  // What a log brings besides its run is in the same transaction, whatever compartment each goes to.
  const fromLogs = (await client.ask("benchmarks.list", {})).filter((one) => one.origin === "log");
  for (const { id, title } of fromLogs)
    expect(
      runs.map((one) => one.benchmark.id),
      title,
    ).toContain(id);
  for (const line of lines) if (line.startsWith("imported ")) expect(known).toContain(line.slice(9));
  for (const one of runs) {
    expect(one.ledger).toMatchObject({ planned: attemptsInLog, notRun: 0 });
    const { session } = client.host;
    const original = storedBlob(session, logOfRun(session, one.id)?.blob ?? "", one.log?.sha256 ?? "");
    expect(sha256(original.read(0, original.size))).toBe(one.log?.sha256);
    const address = { runId: one.id, task: "task-1", epoch: 1, offset: 0, limit: 100 };
    expect((await client.ask("attempts.transcript", address)).total).toBeGreaterThan(0);
  }
}

/** Every report is at least as far as was answered, and every package that has its name opens and is signed. */
async function checkReports(client: ServiceClient, lines: readonly string[], own: string): Promise<void> {
  const reports = await client.ask("reports.list", {});
  for (const line of lines) {
    const [state, id] = line.split(" ");
    const reached = reportStates.findIndex((one) => one === state);
    if (reached < 0) continue;
    const report = reports.find((one) => one.id === id);
    expect(reportStates.indexOf(report?.state ?? "draft"), line).toBeGreaterThanOrEqual(reached);
  }
  const packages = readdirSync(own).filter((name) => /^package-\d+\.(sealed|tar)$/.test(name));
  const recorded = reports.flatMap((report) => report.sealed.map((one) => one.fileName));
  expect(packages).toEqual(expect.arrayContaining(recorded));
  for (const name of packages) {
    const opening = { package: client.file(join(own, name)), identity: client.file(identityFile), signerKeys: [] };
    const opened = await client.ask("sealed.open", opening);
    expect(opened.signatures).toMatchObject([{ valid: true }]);
    expect(opened.reportJson).not.toBeNull();
  }
}

/** Every hand-over package that has its name is whole; one that was being received is taken whole now. */
async function checkHandOver(client: ServiceClient, lines: readonly string[], own: string): Promise<void> {
  const packages = readdirSync(own).filter((name) => /^package-\d+\.handover\.age$/.test(name));
  const answered = lines.filter((line) => line.startsWith("packed ")).map((line) => line.slice(7));
  expect(packages).toEqual(expect.arrayContaining(answered));
  for (const name of packages) {
    const shown = await away.ask("handover.preview", { file: away.file(join(own, name)) });
    expect(shown).toMatchObject({ sender: { signed: true }, evidence: { files: 1 } });
    expect(shown.runs).toMatchObject([{ planned: attemptsInLog, run: attemptsInLog }]);
  }
  const before = (await client.ask("runs.list", {})).length;
  if (lines.some((line) => line.startsWith("received "))) expect(before).toBe(2);
  await receivePackage(client, join(awayFolder, "work.handover.age"));
  expect(await client.ask("runs.list", {})).toHaveLength(2);
  await checkRuns(client, lines);
}

const hidden =
  /^\.(killed-\d+\.evault|package-\d+\.(sealed|tar|handover\.age)|vaults\.json)\.[0-9a-f]+\.partial(-wal|-shm|-journal)?$/;

/** Looks at what a killed service left: as it lies there, unlocked, locked again, verified. */
async function check(operation: string, path: string, lines: readonly string[]): Promise<number> {
  const own = dirname(path);
  expect(readable(own)).toEqual([]);
  const client = new ServiceClient(join(own, "profile"));
  const made = readdirSync(own).filter((name) => /^killed-\d+\.evault$/.test(name));
  for (const name of made) {
    await unlockAsLead(client, join(own, name));
    const journal = await client.ask("journal.list", { offset: 0, limit: 100, refusedOnly: true });
    expect(journal.total).toBe(0);
  }
  await unlockAsLead(client, path);
  expect(await client.ask("vault.state", {})).toMatchObject({ readOnly: null, counts: { refused: 0 } });
  await checkRuns(client, lines);
  await checkReports(client, lines, own);
  if (operation === "hand over" || operation === "receive") await checkHandOver(client, lines, own);
  await client.close();
  for (const name of [...made, "killed.evault"]) expect((await verifyVault(join(own, name))).problems).toEqual([]);
  const rest = readdirSync(own).filter(
    (name) => name.startsWith(".") || name.includes("-wal") || name.includes("-shm"),
  );
  for (const name of rest) expect(name).toMatch(hidden);
  expect(readable(own)).toEqual([]);
  return lines.filter((line) => /^(imported|sealed|signed|frozen|draft|locked|created|packed|received)/.test(line))
    .length;
}

/** How often each is killed at a random moment, and within how many of its rounds. */
const random: readonly (readonly [operation: string, kills: number, rounds: number])[] = [
  ["import", 40, 4],
  ["import into a separate compartment", 15, 3],
  ["seal", 30, 2],
  ["hand over", 12, 3],
  ["receive", 12, 4],
  ["lock", 10, 2],
  ["create with members", 6, 2],
];

describe("a service killed at a random moment: what was answered is there, and nothing is half there", () => {
  it.each(random)("%s, %i times", { timeout: 300_000 * times }, async (operation, kills, rounds) => {
    let answered = 0;
    let killed = 0;
    // Two at a time, as they are killed: alone on the machine each would be done sooner.
    const rehearsals = await Promise.all([rehearse(operation), rehearse(operation)]);
    const tookMs = Math.max(...rehearsals.map((one) => one.tookMs));
    await twoAtATime(kills * times, (index) =>
      withVault(async (path) => {
        const after = rounds * tookMs * chance(`service ${operation} ${String(index)}`);
        const { lines, signal, errors } = await run(operation, path, "forever", after);
        expect(errors).toBe("");
        expect(signal, `run ${String(index)}`).toBe("SIGKILL");
        killed += 1;
        answered += await check(operation, path, lines);
      }),
    );
    expect(killed).toBe(kills * times);
    expect(answered).toBeGreaterThan(kills / 4);
  });
});

describe("a service killed before each of its steps by name: nothing is half there", () => {
  // Each step of creating a vault is one of killed.test.ts.
  const stepwise = random.map(([operation]) => operation).filter((operation) => operation !== "create with members");

  it.each(stepwise)("%s", { timeout: 300_000 }, async (operation) => {
    const { steps } = await rehearse(operation);
    expect(steps.length).toBeGreaterThan(5);
    const deadly = [...steps.keys()].filter((step) => new Set(steps.slice(Math.max(0, step - 1), step + 2)).size > 1);
    await twoAtATime(deadly.length, (index) =>
      withVault(async (path) => {
        const step = deadly[index] ?? 0;
        const { lines, signal, errors } = await run(operation, path, `before ${String(step)}`, null);
        const name = `step ${String(step)}, ${steps[step] ?? ""}`;
        expect(errors, name).toBe("");
        expect(signal, name).toBe("SIGKILL");
        await check(operation, path, lines);
      }),
    );
  });
});
