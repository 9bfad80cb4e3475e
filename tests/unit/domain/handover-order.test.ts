import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noElicitation, noLimits } from "../../../electron/contract/protocol.ts";
import { headlinePolicy } from "../../../electron/contract/values.ts";
import { toColumns } from "../../../electron/domain/attempts/columns.ts";
import {
  attemptInvalidated,
  attemptNoted,
  attemptsLogged,
  evidenceAttached,
} from "../../../electron/domain/attempts/events.ts";
import { attemptDetail, attemptGrid } from "../../../electron/domain/attempts/queries.ts";
import { notRun } from "../../../electron/domain/attempts/rows.ts";
import { benchmarkAdded, benchmarkTasksFound } from "../../../electron/domain/benchmarks/events.ts";
import { listBenchmarks, listTasks } from "../../../electron/domain/benchmarks/queries.ts";
import { campaignPlanned, campaignRegistered } from "../../../electron/domain/campaigns/events.ts";
import { listCampaigns } from "../../../electron/domain/campaigns/queries.ts";
import { closureOfCampaign, closureOfRuns } from "../../../electron/domain/handovers/closure.ts";
import { modelAdded, modelVersionAdded } from "../../../electron/domain/models/events.ts";
import { listModels } from "../../../electron/domain/models/queries.ts";
import { resultMatrix } from "../../../electron/domain/runs/cells.ts";
import { startRun } from "../../../electron/domain/runs/commands.ts";
import { runImported, runStateChanged } from "../../../electron/domain/runs/events.ts";
import { listRuns } from "../../../electron/domain/runs/queries.ts";
import { runFacts } from "../../../electron/domain/runs/state.ts";
import { MemoryVault, type Bundle } from "./memory-vault.ts";

/**
 * The fold of hand-overs in any order: many generated histories of three vaults that work on the same runs. The whole way,
 * with files and signatures, is in tests/integration/handover-order.test.ts.
 */

const bare = { category: null, difficulty: null, humanMinutes: null, cve: null, points: null, cluster: null };
const pack = { licence: null, source: null, scoring: null, notes: [], digest: "", version: "1" };
const rule = { direction: "higher" as const, threshold: 1 };
const task = (id: string, cluster: string | null = null) => ({ id, title: id, ...bare, cluster });

const assignment = [
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
];

const who = fc.integer({ min: 0, max: 2 });
const other = fc.integer({ min: 1, max: 2 });
const which = fc.nat({ max: 2 });
const place = { task: fc.constantFrom("x", "x", "y", "z1"), epoch: fc.constantFrom(1, 1, 2) };
const at = { who, which, ...place };
const states = ["running", "logged", "in-review", "withdrawn"] as const;
const action = fc.oneof(
  fc.record({ kind: fc.constant("start" as const), who, benchmarkId: fc.constantFrom("b", "g") }),
  fc.record({
    kind: fc.constant("import" as const),
    who,
    log: fc.constantFrom("1", "2"),
    extra: fc.constantFrom("z1", "z2"),
    cluster: fc.constantFrom(null, "k1", "k2"),
  }),
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("log" as const), ...at, score: fc.constantFrom(0, 0.5, 1) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("note" as const), ...at, note: fc.constantFrom("a", "b") }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("invalidate" as const), ...at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("attach" as const), ...at }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("state" as const), who, which, state: fc.constantFrom(...states) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("register" as const), who }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("exchange" as const), who, which, other }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("pack" as const), who, which, all: fc.boolean() }) },
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

const runIds = (vault: MemoryVault): string[] =>
  listRuns(vault, {})
    .map((run) => run.id)
    .sort();

function bundle(from: MemoryVault, ids: readonly string[]): Bundle {
  return { from, size: from.batches.length, events: closureOfRuns(from, ids) };
}

function importLog(vault: MemoryVault, one: Extract<Action, { kind: "import" }>): void {
  const known = listTasks(vault.model, "g").some(({ id }) => id === one.extra);
  if (!known) vault.add(benchmarkTasksFound.draft({ benchmarkId: "g", tasks: [task(one.extra, one.cluster)] }));
  const attempts = ["x", one.extra].map((name) => ({ ...notRun(name, 1, null), outcome: "scored" as const, score: 1 }));
  vault.add(
    runImported.draft({
      id: vault.newId(),
      modelVersionId: "v",
      benchmarkId: "g",
      campaignId: "c",
      epochs: 2,
      log: {
        fileName: "a.eval",
        sha256: one.log.repeat(64),
        bytes: 1,
        blob: "b",
        format: "inspect",
        formatVersion: 2,
        harness: "h",
        status: "success",
        salvaged: false,
        task: "q",
        model: "m",
        evalId: "e",
        createdAt: 0,
        settings: "{}",
        lost: [],
        notes: [],
      },
      plannedTasks: ["x", one.extra],
      metrics: [],
      attempts: toColumns(attempts),
    }),
  );
}

function change(vault: MemoryVault, runId: string, one: Extract<Action, { which: number }>): void {
  switch (one.kind) {
    case "log": {
      const attempt = { task: one.task, epoch: one.epoch, outcome: "scored" as const, score: one.score };
      vault.add(attemptsLogged.draft({ runId, attempts: [{ ...attempt, minutes: null, tokens: null, note: "n" }] }));
      return;
    }
    case "note":
      vault.add(attemptNoted.draft({ runId, task: one.task, epoch: one.epoch, note: one.note }));
      return;
    case "invalidate":
      vault.add(
        attemptInvalidated.draft({
          runId,
          task: one.task,
          epoch: one.epoch,
          code: "other",
          reason: `by ${vault.name}`,
        }),
      );
      return;
    case "attach": {
      const evidence = { id: vault.newId(), name: "e.txt", bytes: 1, sha256: "0".repeat(64) };
      vault.add(evidenceAttached.draft({ runId, task: one.task, epoch: one.epoch, evidence }));
      return;
    }
    case "state":
      vault.add(runStateChanged.draft({ runId, state: one.state, reason: "because" }));
      return;
    case "exchange":
    case "pack":
  }
}

function perform(one: Action, vaults: readonly MemoryVault[]): Bundle | null {
  const vault = vaults[one.who];
  if (vault === undefined) throw new Error("no such vault");
  if (one.kind === "start") {
    const cell = { modelVersionId: "v", benchmarkId: one.benchmarkId, campaignId: "c", epochs: 2 };
    vault.add(startRun(vault.model, cell, vault.newId()));
    return null;
  }
  if (one.kind === "import") importLog(vault, one);
  else if (one.kind === "register") vault.add(campaignRegistered.draft({ campaignId: "c", hash: "1".repeat(64) }));
  else {
    const ids = runIds(vault);
    const runId = ids[one.which % Math.max(1, ids.length)];
    if (runId === undefined) return null;
    if (one.kind === "pack") return bundle(vault, one.all ? ids : [runId]);
    if (one.kind === "exchange") expect(vaults[(one.who + one.other) % 3]?.take(bundle(vault, [runId]))).toEqual([]);
    else change(vault, runId, one);
  }
  return null;
}

const byId = <T extends { id: string }>(list: readonly T[]): T[] => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));

function attemptsOf(vault: MemoryVault, runId: string) {
  const run = runFacts(vault.model, runId);
  if (run === null) throw new Error("the run is gone");
  const page = { runId, sort: "task" as const, descending: false, filter: "", offset: 0, limit: 50 };
  const { rows } = attemptGrid(vault, run, page);
  const details = rows.flatMap((row) =>
    row.cells.map(({ epoch }) => {
      const {
        runCode: _,
        history,
        evidence,
        ...rest
      } = attemptDetail(vault, run, { task: row.task, epoch }) ?? {
        runCode: "",
        history: [],
        evidence: [],
      };
      return {
        ...rest,
        evidence: byId(evidence),
        history: history.map(({ seq: _seq, ...h }) => JSON.stringify(h)).sort(),
      };
    }),
  );
  return { rows, details };
}

/** All that is said of the work: without codes, positions in the journal and the record of who brought what. */
function stateOf(vault: MemoryVault) {
  return {
    models: listModels(vault.model),
    benchmarks: byId(listBenchmarks(vault.model)).map((one) => ({ ...one, list: listTasks(vault.model, one.id) })),
    campaigns: listCampaigns(vault).map(({ cells, ...one }) => ({
      ...one,
      cells: cells.map((cell) => ({ ...cell, runs: [...cell.runs].sort() })),
    })),
    runs: byId(listRuns(vault, {})).map(({ code: _code, entry: _entry, ...run }) => ({
      ...run,
      ...attemptsOf(vault, run.id),
    })),
    matrix: byBenchmark(resultMatrix(vault, {}, headlinePolicy).cells),
    refused: vault.model.all("SELECT type, refused FROM journal WHERE refused IS NOT NULL"),
  };
}

function byBenchmark<T extends { benchmarkId: string; runs: readonly { id: string }[] }>(cells: readonly T[]) {
  return [...cells]
    .sort((a, b) => (a.benchmarkId < b.benchmarkId ? -1 : 1))
    .map((cell) => ({ ...cell, runs: cell.runs.map((run) => run.id).sort() }));
}

/** Three vaults that got the same plan, their clocks apart, and a fourth that receives. */
function founded(offsets: readonly number[]) {
  let clock = 1_760_000_000_000;
  const tick = (off: number) => (): number => (clock += 1_000) + off;
  const planner = new MemoryVault("planner", "9", tick(0));
  for (const draft of assignment) expect(planner.add(draft)).toBeNull();
  const plan: Bundle = { from: planner, size: planner.batches.length, events: closureOfCampaign(planner, "c") };
  const vaults = ["one", "two", "three"].map(
    (name, at) => new MemoryVault(name, "abc".charAt(at), tick(offsets[at] ?? 0)),
  );
  for (const vault of vaults) expect(vault.take(plan)).toEqual([]);
  return { vaults, receiver: () => new MemoryVault("lead", "f", tick(0)) };
}

describe("hand-overs", () => {
  it("give the same state in any order, however often and by however many they come", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(action, { minLength: 10, maxLength: 60 }),
        fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
        fc.array(fc.constantFrom(-3_600_000, -1_500, 0, 2_500), { minLength: 3, maxLength: 3 }),
        (actions, shuffle, offsets) => {
          const { vaults, receiver } = founded(offsets);
          const start = { kind: "start" as const, who: 0, benchmarkId: "b" as const };
          perform(start, vaults);
          for (const other of [1, 2]) perform({ kind: "exchange", who: 0, which: 0, other }, vaults);
          const packed = actions.map((one) => perform(one, vaults)).filter((one) => one !== null);
          const bundles = [...packed, ...vaults.map((vault) => bundle(vault, runIds(vault)))];
          const first = receiver();
          for (const one of bundles) expect(first.take(one)).toEqual([]);
          const order = bundles.map((one, at) => ({ one, at: shuffle[at % shuffle.length] ?? 0 }));
          const second = receiver();
          for (const { one } of order.sort((a, b) => a.at - b.at)) expect(second.take(one)).toEqual([]);
          for (const one of bundles.slice(0, 3)) expect(second.take(one)).toEqual([]);
          expect(stateOf(second)).toEqual(stateOf(first));
        },
      ),
      { numRuns: Number(process.env.EVALVAULT_HANDOVER_RUNS ?? "30"), endOnFailure: true },
    );
  });

  it("bring every vault to the same state once all have everything", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 10, maxLength: 40 }), (actions) => {
        const { vaults } = founded([0, 60_000, -60_000]);
        perform({ kind: "start", who: 0, benchmarkId: "b" }, vaults);
        for (const other of [1, 2]) perform({ kind: "exchange", who: 0, which: 0, other }, vaults);
        // A plan that two registered stays in each vault as it was registered there.
        for (const one of actions) if (one.kind !== "register") perform(one, vaults);
        const all = vaults.map((vault) => bundle(vault, runIds(vault)));
        for (const vault of vaults) for (const one of all) expect(vault.take(one)).toEqual([]);
        // The same people: in their own vault by name alone, elsewhere with their vault's.
        const names = / \((one|two|three|planner)\)/g;
        const [first, ...others] = vaults.map((vault) => JSON.stringify(stateOf(vault)).replaceAll(names, ""));
        for (const one of others) expect(JSON.parse(one)).toEqual(JSON.parse(first ?? ""));
      }),
      { numRuns: Number(process.env.EVALVAULT_HANDOVER_RUNS ?? "10"), endOnFailure: true },
    );
  });
});
