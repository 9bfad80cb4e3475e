import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noElicitation, noLimits } from "../../electron/contract/protocol.ts";
import { headlinePolicy } from "../../electron/contract/values.ts";
import {
  attemptInvalidated,
  attemptNoted,
  attemptsLogged,
  evidenceAttached,
} from "../../electron/domain/attempts/events.ts";
import { toColumns } from "../../electron/domain/attempts/columns.ts";
import { attemptDetail, attemptGrid } from "../../electron/domain/attempts/queries.ts";
import { notRun } from "../../electron/domain/attempts/rows.ts";
import { benchmarkAdded, benchmarkTasksFound } from "../../electron/domain/benchmarks/events.ts";
import { listBenchmarks, listTasks } from "../../electron/domain/benchmarks/queries.ts";
import { campaignPlanned, campaignRegistered } from "../../electron/domain/campaigns/events.ts";
import { listCampaigns } from "../../electron/domain/campaigns/queries.ts";
import type { Draft } from "../../electron/domain/event.ts";
import { memberAdded, vaultNamed } from "../../electron/domain/members/events.ts";
import { modelAdded, modelVersionAdded } from "../../electron/domain/models/events.ts";
import { listModels } from "../../electron/domain/models/queries.ts";
import { Refusal } from "../../electron/domain/refusal.ts";
import { resultMatrix } from "../../electron/domain/runs/cells.ts";
import { startRun } from "../../electron/domain/runs/commands.ts";
import { runImported, runStateChanged } from "../../electron/domain/runs/events.ts";
import { listRuns } from "../../electron/domain/runs/queries.ts";
import { runFacts } from "../../electron/domain/runs/state.ts";
import { encodeBatch, toEvent, type OpenSession } from "../../electron/service/open-session.ts";
import { createVault } from "../../electron/vault/index.ts";
import { leastKdf } from "../../electron/vault/key-derivation.ts";
import { packFor, take, type Workstation } from "./handover-people.ts";
import { secret, ServiceClient, temporaryFolder } from "./service-client.ts";

/**
 * Packages taken in any order, any number of times, give the same state: vaults, packages and keys are real. The state is
 * all that a vault says of the work, without what it numbers by itself (the journal's positions, the codes of runs) and
 * its own record of who brought what.
 */

const folder = temporaryFolder();
const password = "lead passphrase";
/** One wall clock for all workstations, but for how far each is off. */
let clock = 1_760_000_000_000;
let rounds = 0;

async function found(name: string): Promise<void> {
  const vault = await createVault(folder.path(`${name}.evault`), {
    label: name,
    founder: { label: "Lead A", name, passphrase: secret(password), kdf: leastKdf },
    firstEntries: ({ memberId }) => [
      encodeBatch([
        toEvent(memberAdded.draft({ id: memberId, name, label: "Lead A", role: "lead" }), 0, memberId),
        toEvent(vaultNamed.draft({ name }), 0, memberId),
      ]),
    ],
  });
  vault.close();
}

/** A copy of a vault, open at a workstation of its own; `off`: by how much its clock is wrong. */
async function open(name: string, as: string, off: number): Promise<Workstation> {
  const place = folder.path(`round-${String(rounds)}`);
  mkdirSync(place, { recursive: true });
  const vault = `${place}/${as}.evault`;
  copyFileSync(folder.path(`${name}.evault`), vault);
  const client = new ServiceClient(`${place}/profile-${as}`, () => clock + off);
  await client.ask("vault.unlock", { file: client.file(vault), passphrase: secret(password) });
  return { client, name, vault, path: (file) => `${place}/${as}-${file}` };
}

const bare = { category: null, difficulty: null, humanMinutes: null, cve: null, points: null, cluster: null };
const task = (id: string) => ({ id, title: id, ...bare });
const pack = { licence: null, source: null, scoring: null, notes: [], digest: "", version: "1" };
const rule = { direction: "higher" as const, threshold: 1 };

const assignment: Draft[] = [
  modelAdded.draft({ id: "m", developer: "Acme", name: "M", note: "", origin: "hand" }),
  modelVersionAdded.draft({ id: "v", modelId: "m", checkpoint: "1", safeguard: "reduced", access: "", settings: "" }),
  benchmarkAdded.draft({
    id: "b",
    pack: "p",
    title: "B",
    origin: "file",
    ...pack,
    rule,
    tasks: [task("x"), task("y")],
  }),
  benchmarkAdded.draft({ id: "g", pack: "q", title: "G", origin: "log", ...pack, rule, tasks: [task("x")] }),
  campaignPlanned.draft({
    id: "c",
    name: "Autumn",
    question: "",
    decisionRule: "",
    modelVersionIds: ["v"],
    benchmarkIds: ["b", "g"],
    epochs: 2,
    dueAt: null,
    limits: noLimits,
    elicitation: noElicitation,
  }),
  campaignRegistered.draft({ campaignId: "c", hash: "0".repeat(64) }),
];

beforeAll(async () => {
  for (const name of ["planner", "one", "two", "lead"]) await found(name);
  const planner = await open("planner", "planner", 0);
  planner.client.host.session.commit(assignment);
  for (const name of ["one", "two"]) {
    const sender = await open(name, name, 0);
    await take(sender, await packFor(planner, sender, { campaignId: "c" }));
    await sender.client.close();
    copyFileSync(sender.vault, folder.path(`${name}.evault`));
  }
  await planner.client.close();
});

afterAll(() => {
  folder.remove();
});

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new TextEncoder().encode(text));
}

async function importLog(session: OpenSession, content: string, extra: string, id: string): Promise<void> {
  const blob = await session.vault.stageBlob(once(content));
  const known = new Set(listTasks(session.model, "g").map((one) => one.id));
  const found = known.has(extra) ? [] : [benchmarkTasksFound.draft({ benchmarkId: "g", tasks: [task(extra)] })];
  const attempts = ["x", extra].map((name) => ({ ...notRun(name, 1, null), outcome: "scored" as const, score: 1 }));
  const log = {
    fileName: "a.eval",
    sha256: createHash("sha256").update(content).digest("hex"),
    bytes: blob.size,
    blob: blob.id,
    format: "inspect",
    formatVersion: 2,
    harness: "inspect_ai",
    status: "success",
    salvaged: false,
    task: "q",
    model: "acme/m",
    evalId: "e",
    createdAt: 0,
    settings: "{}",
    lost: [],
    notes: [],
  };
  const cell = { id, modelVersionId: "v", benchmarkId: "g", campaignId: "c", epochs: 1 };
  const run = { ...cell, log, plannedTasks: ["x", extra], metrics: [], attempts: toColumns(attempts) };
  session.commit([...found, runImported.draft(run)], { blobs: [blob] });
}

const place = { task: fc.constantFrom("x", "x", "x", "y", "z1"), epoch: fc.constantFrom(1, 1, 1, 2) };
const who = fc.integer({ min: 0, max: 1 });
const which = fc.nat({ max: 1 });
const action = fc.oneof(
  fc.record({ kind: fc.constant("start" as const), who, benchmarkId: fc.constantFrom("b", "g") }),
  fc.record({
    kind: fc.constant("import" as const),
    who,
    log: fc.constantFrom("l1", "l2"),
    extra: fc.constantFrom("z1", "z2"),
  }),
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("log" as const), who, which, ...place, score: fc.constantFrom(0, 1) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("note" as const), who, which, ...place, note: fc.constantFrom("a", "b") }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("invalidate" as const), who, which, ...place }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("state" as const),
      who,
      which,
      state: fc.constantFrom("running" as const, "logged" as const, "in-review" as const, "withdrawn" as const),
    }),
  },
  fc.record({ kind: fc.constant("attach" as const), who, which, ...place, text: fc.constantFrom("e1", "e2") }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("exchange" as const), who, which }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("pack" as const), who, which, all: fc.boolean() }) },
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

const ids = (one: Workstation): string[] =>
  listRuns(one.client.host.session, {})
    .map((run) => run.id)
    .sort();

/** What an evaluator does to a run, as a draft. */
function draftOf(
  one: Extract<Action, { which: number; task: string } | { kind: "state" }>,
  runId: string,
): Draft | null {
  switch (one.kind) {
    case "log": {
      const attempt = { task: one.task, epoch: one.epoch, outcome: "scored" as const, score: one.score };
      return attemptsLogged.draft({ runId, attempts: [{ ...attempt, minutes: null, tokens: null, note: "n" }] });
    }
    case "note":
      return attemptNoted.draft({ runId, task: one.task, epoch: one.epoch, note: one.note });
    case "invalidate":
      return attemptInvalidated.draft({ runId, task: one.task, epoch: one.epoch, code: "other", reason: "because" });
    case "state":
      return runStateChanged.draft({ runId, state: one.state, reason: "because" });
    case "attach":
      return null;
  }
}

async function attach(session: OpenSession, one: Extract<Action, { kind: "attach" }>, runId: string): Promise<void> {
  const blob = await session.vault.stageBlob(once(one.text));
  const evidence = { id: blob.id, name: "e.txt", bytes: blob.size, sha256: blob.sha256 };
  session.commit([evidenceAttached.draft({ runId, task: one.task, epoch: one.epoch, evidence })], { blobs: [blob] });
}

/** Does it where it is allowed; what the vault refuses there is nobody's work. */
async function perform(one: Action, senders: readonly Workstation[], lead: Workstation): Promise<string | null> {
  clock += 1_000;
  const mine = senders[one.who];
  const other = senders[1 - one.who];
  if (mine === undefined || other === undefined) return null;
  const { session } = mine.client.host;
  const known = ids(mine);
  const id = `r${String(clock)}`;
  if (one.kind === "start") {
    const cell = { modelVersionId: "v", benchmarkId: one.benchmarkId, campaignId: "c", epochs: 2 };
    session.commit([startRun(session.model, cell, id)]);
    return null;
  }
  if (one.kind === "import") {
    await importLog(session, one.log, one.extra, id);
    return null;
  }
  const runId = known[one.which % Math.max(1, known.length)];
  if (runId === undefined) return null;
  if (one.kind === "pack") return packFor(mine, lead, { runIds: one.all ? known : [runId] });
  if (one.kind === "exchange") {
    await take(other, await packFor(mine, other, { runIds: [runId] }));
    return null;
  }
  if (one.kind === "attach") {
    await attach(session, one, runId);
    return null;
  }
  const draft = draftOf(one, runId);
  if (draft !== null) session.commit([draft]);
  return null;
}

const byId = <T extends { id: string }>(list: readonly T[]): T[] => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));

function stateOf({ client }: Workstation) {
  const { session } = client.host;
  const { model } = session;
  const page = { sort: "task" as const, descending: false, filter: "", offset: 0, limit: 50 };
  const runs = byId(listRuns(session, {}));
  const matrix = resultMatrix(session, {}, headlinePolicy);
  return {
    models: listModels(model).map(({ versions, ...one }) => ({ ...one, versions: byId(versions) })),
    benchmarks: byId(listBenchmarks(model)).map((one) => ({ ...one, tasks: listTasks(model, one.id) })),
    campaigns: byId(listCampaigns(session)).map(({ cells, ...one }) => ({
      ...one,
      cells: cells.map((cell) => ({ ...cell, runs: [...cell.runs].sort() })),
    })),
    matrix: matrix.cells
      .map((cell) => ({ ...cell, runs: cell.runs.map((run) => run.id).sort() }))
      .sort((a, b) => (a.benchmarkId < b.benchmarkId ? -1 : 1)),
    runs: runs.map(({ code: _code, entry: _entry, ...run }) => ({
      ...run,
      grid: grid(session, run.id, page),
    })),
  };
}

function grid(session: OpenSession, runId: string, page: Omit<Parameters<typeof attemptGrid>[2], "runId">) {
  const run = runFacts(session.model, runId);
  if (run === null) throw new Error("the run is gone");
  const { rows, total } = attemptGrid(session, run, { ...page, runId });
  const details = rows.flatMap((row) =>
    row.cells.map(({ epoch }) => {
      const detail = attemptDetail(session, run, { task: row.task, epoch });
      if (detail === null) throw new Error("the attempt is gone");
      const { runCode: _code, history, evidence, ...rest } = detail;
      return {
        ...rest,
        evidence: byId(evidence),
        history: history.map(({ seq: _seq, ...one }) => JSON.stringify(one)).sort(),
      };
    }),
  );
  return { total, rows, details };
}

/** A package that no order but one could have made wrong: each must be whole in its own right. */
async function receiveAll(name: string, packages: readonly string[]): Promise<ReturnType<typeof stateOf>> {
  const lead = await open("lead", name, 0);
  for (const path of packages) {
    const { taken } = await take(lead, path);
    expect(taken.heldBack).toEqual([]);
  }
  const live = stateOf(lead);
  expect(await lead.client.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] });
  await lead.client.close();
  return live;
}

describe("packages of several vaults", () => {
  it("give the same state in any order and however often they are taken", { timeout: 240_000 }, async () => {
    const seed = Number(process.env.EVALVAULT_HANDOVER_SEED ?? "20261121");
    const numRuns = Number(process.env.EVALVAULT_HANDOVER_RUNS ?? "5");
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { minLength: 8, maxLength: 30 }),
        fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
        fc.constantFrom(-7_200_000, 0, 90_000),
        async (actions, shuffle, off) => {
          rounds += 1;
          const senders = [await open("one", "one", 0), await open("two", "two", off)];
          const lead = await open("lead", "addressee", 0);
          const packages: string[] = [];
          // A run that both work on, from the beginning.
          await perform({ kind: "start", who: 0, benchmarkId: "b" }, senders, lead);
          await perform({ kind: "exchange", who: 0, which: 0 }, senders, lead);
          for (const one of actions) {
            try {
              const path = await perform(one, senders, lead);
              if (path !== null) packages.push(path);
            } catch (error) {
              if (!(error instanceof Refusal)) throw error;
            }
          }
          for (const sender of senders) {
            const all = ids(sender);
            if (all.length > 0) packages.push(await packFor(sender, lead, { runIds: all }));
          }
          for (const one of [...senders, lead]) await one.client.close();
          const other = packages
            .map((path, at) => ({ path, at: shuffle[at % shuffle.length] ?? 0 }))
            .sort((a, b) => a.at - b.at || (a.path < b.path ? 1 : -1))
            .map(({ path }) => path);
          taken += packages.length;
          const first = await receiveAll("first", packages);
          const second = await receiveAll("second", [...other, ...packages.slice(0, 2)]);
          expect(second).toEqual(first);
        },
      ),
      { seed, numRuns, endOnFailure: true },
    );
    expect(taken).toBeGreaterThan(numRuns);
  });
});
