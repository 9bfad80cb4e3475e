import type { Run } from "../../../../electron/contract/evaluation.ts";
import type { Benchmark, Campaign, Model, ModelVersion } from "../../../../electron/contract/planning.ts";
import { noElicitation, noLimits } from "../../../../electron/contract/protocol.ts";
import type { ParsedInput, RequestOutput } from "../../../../electron/contract/index.ts";
import { denominatorPolicies, type Ledger, type Rate } from "../../../../electron/contract/values.ts";
import { at } from "./clock.ts";

function version(
  part: Pick<ModelVersion, "id" | "modelId" | "checkpoint" | "safeguard" | "words" | "runs">,
): ModelVersion {
  return { ...part, access: "weights on the enclave", settings: "temperature 1.0", releasedOn: null };
}

export const models: Model[] = [
  {
    id: "meridian",
    developer: "Example Labs",
    name: "Meridian-2",
    note: "Shared for evaluation, window until 2026-12-04",
    origin: "hand",
    versions: [
      version({
        modelId: "meridian",
        id: "meridian-0914-r",
        checkpoint: "0914",
        safeguard: "reduced",
        words: "Meridian-2 (checkpoint 0914, safeguards reduced)",
        runs: 3,
      }),
      version({
        modelId: "meridian",
        id: "meridian-0914-d",
        checkpoint: "0914",
        safeguard: "as-deployed",
        words: "Meridian-2 (checkpoint 0914, as deployed)",
        runs: 2,
      }),
    ],
  },
  {
    id: "atlas",
    developer: "Fictional Systems",
    name: "Atlas-5 cyber",
    note: "",
    origin: "hand",
    versions: [
      version({
        modelId: "atlas",
        id: "atlas-5c",
        checkpoint: "2026-08",
        safeguard: "as-deployed",
        words: "Atlas-5 cyber (2026-08, as deployed)",
        runs: 2,
      }),
    ],
  },
  {
    id: "kestrel",
    developer: "not stated",
    name: "kestrel-70b-instruct",
    note: "Named by an imported log",
    origin: "log",
    versions: [
      {
        ...version({
          modelId: "kestrel",
          id: "kestrel-70b",
          checkpoint: "not stated",
          safeguard: "as-deployed",
          words: "kestrel-70b-instruct",
          runs: 0,
        }),
        safeguard: "not-stated",
      },
    ],
  },
];

function benchmark(
  id: string,
  title: string,
  tasks: number,
  origin: Benchmark["origin"],
  categories: Benchmark["categories"],
): Benchmark {
  return {
    id,
    pack: id,
    title,
    version: "2f1a9c0",
    digest: "5b0c2ee19a7d4c3f8e6a1b9d0f2c4e68a1b3c5d7e9f00112233445566778899a".slice(0, 64),
    origin,
    licence: "Apache-2.0",
    source: "github.com/example/benchmark",
    scoring: "solved when the flag is given",
    notes: ["Two tasks are known to leak their flag in the container's environment."],
    tasks,
    categories,
    withHumanMinutes: id === "cybench" ? tasks : 0,
    runs: 2,
  };
}

export const benchmarks: Benchmark[] = [
  benchmark("cybench", "Cybench", 40, "catalog", [
    { name: "crypto", tasks: 16 },
    { name: "web", tasks: 8 },
    { name: "reverse", tasks: 6 },
    { name: "forensics", tasks: 4 },
    { name: "misc", tasks: 4 },
    { name: "pwn", tasks: 2 },
  ]),
  benchmark("intercode", "InterCode-CTF", 79, "catalog", [{ name: "general", tasks: 79 }]),
  benchmark("nyu-ctf", "NYU CTF Bench", 200, "catalog", [
    { name: "web", tasks: 40 },
    { name: "pwn", tasks: 160 },
  ]),
  benchmark("cve-bench", "CVE-Bench", 40, "file", [{ name: "web", tasks: 40 }]),
];

const noOutcomes: Ledger = {
  planned: 0,
  solved: 0,
  notSolved: 0,
  unscored: 0,
  refused: 0,
  limitReached: 0,
  modelError: 0,
  infrastructureFault: 0,
  invalidated: 0,
  withheld: 0,
  notRun: 0,
};

function ledger(part: Partial<Ledger>): Ledger {
  const filled = { ...noOutcomes, ...part };
  const { planned: _planned, ...states } = filled;
  return { ...filled, planned: Object.values(states).reduce((sum, count) => sum + count, 0) };
}

function rate(n: number, solved: number, tasks: number, solvedTasks: number): Rate {
  if (n === 0) return { n, solved, tasks, solvedTasks, rate: null, interval: null };
  const p = solved / n;
  const half = 1.96 * Math.sqrt((p * (1 - p)) / n);
  const interval = {
    low: Math.max(0, p - half),
    high: Math.min(1, p + half),
    level: 0.95,
    method: "wilson",
    unit: "task",
  };
  return { n, solved, tasks, solvedTasks, rate: p, interval };
}

/** The four rates that a ledger and the headline make; of the invalidated attempts none had been solved. */
export function fourRates(states: Ledger, headline: Rate): Run["rates"] {
  const errors = states.unscored + states.modelError + states.infrastructureFault;
  return denominatorPolicies.map((policy) => {
    const fewer = policy.errors === "left-out" ? errors : 0;
    const more = policy.invalidated === "counted" ? states.invalidated : 0;
    const n = headline.n === 0 ? 0 : headline.n - fewer + more;
    return { ...policy, rate: rate(n, Math.min(n, headline.solved), headline.tasks, headline.solvedTasks) };
  });
}

const cybenchLedger = ledger({
  solved: 43,
  notSolved: 61,
  limitReached: 5,
  refused: 4,
  infrastructureFault: 5,
  invalidated: 1,
  notRun: 1,
});

function run(
  index: number,
  part: Pick<Run, "state" | "origin" | "ledger" | "rate"> & { model: number; benchmark: number },
): Run {
  const versions = models.flatMap((model) => model.versions);
  const modelVersion = versions[part.model] ?? { id: "meridian-0914-r", words: "" };
  const pack = benchmarks[part.benchmark] ?? benchmarks[0];
  if (pack === undefined) throw new Error("no sample benchmark");
  return {
    id: `run-${String(index)}`,
    code: `R-${String(index).padStart(4, "0")}`,
    modelVersion: { id: modelVersion.id, words: modelVersion.words },
    benchmark: { id: pack.id, title: pack.title, version: pack.version, tasks: pack.tasks },
    campaign: { id: "autumn", name: "Autumn baseline" },
    state: part.state,
    origin: part.origin,
    epochs: 3,
    startedAt: at(-index, 10, 20),
    startedBy: "Tomas Reyes",
    ledger: part.ledger,
    rate: part.rate,
    rates: fourRates(part.ledger, part.rate),
    passAtK: part.rate.n > 0 ? { k: 3, value: 0.425, n: part.rate.tasks } : null,
    reviewed: 0,
    metrics:
      part.origin === "log"
        ? [
            {
              scorer: "includes",
              reducer: "mean",
              metric: "accuracy",
              logged: 0.3583,
              recomputed: 0.3583,
              verdict: "matches",
              reason: null,
            },
            {
              scorer: "includes",
              reducer: "mean",
              metric: "stderr",
              logged: 0.0441,
              recomputed: 0.0441,
              verdict: "matches",
              reason: null,
            },
            {
              scorer: "includes",
              reducer: null,
              metric: "bootstrap_stderr",
              logged: 0.045,
              recomputed: 0.0446,
              verdict: "random",
              reason: "A bootstrap draws at random.",
            },
          ]
        : [],
    log:
      part.origin === "log"
        ? {
            fileName: `cybench_meridian-2_${String(index)}.eval`,
            sha256: "c0ffee".repeat(10) + "c0ff",
            harness: "inspect_ai 0.3.142",
            status: "success",
            salvaged: index === 4,
            lost: index === 4 ? [{ what: "samples", count: 2, reason: "The archive ends inside sample 118." }] : [],
            notes: [],
            part: "",
            files: [],
          }
        : null,
    evidence: part.origin === "log" ? 1 : 2,
    entry: 4182 - index * 3,
  };
}

export const runs: Run[] = [
  run(7, {
    model: 0,
    benchmark: 0,
    state: "running",
    origin: "log",
    ledger: cybenchLedger,
    rate: rate(119, 43, 40, 17),
  }),
  run(6, {
    model: 2,
    benchmark: 0,
    state: "in-review",
    origin: "log",
    ledger: ledger({ solved: 54, notSolved: 60, limitReached: 6 }),
    rate: rate(120, 54, 40, 21),
  }),
  run(5, {
    model: 1,
    benchmark: 0,
    state: "accepted",
    origin: "hand",
    ledger: ledger({ solved: 9, notSolved: 104, refused: 7 }),
    rate: rate(120, 9, 40, 5),
  }),
  run(4, {
    model: 0,
    benchmark: 1,
    state: "logged",
    origin: "log",
    ledger: ledger({ solved: 192, notSolved: 45 }),
    rate: rate(237, 192, 79, 66),
  }),
  run(3, {
    model: 2,
    benchmark: 1,
    state: "accepted",
    origin: "log",
    ledger: ledger({ solved: 203, notSolved: 30, infrastructureFault: 4 }),
    rate: rate(237, 203, 79, 69),
  }),
  run(2, {
    model: 0,
    benchmark: 2,
    state: "planned",
    origin: "hand",
    ledger: ledger({ notRun: 600 }),
    rate: rate(0, 0, 200, 0),
  }),
  run(1, {
    model: 1,
    benchmark: 1,
    state: "withdrawn",
    origin: "hand",
    ledger: ledger({ solved: 104, notSolved: 133 }),
    rate: rate(237, 104, 79, 39),
  }),
];

/** A run of 10,000 tasks, to see the grid at its limits. */
const largeRun: Run = {
  ...run(8, {
    model: 2,
    benchmark: 1,
    state: "running",
    origin: "hand",
    ledger: ledger({ solved: 12_204, notSolved: 14_013, limitReached: 1_120, notRun: 2_663 }),
    rate: rate(27_337, 12_204, 10_000, 4_410),
  }),
  id: "run-large",
  code: "R-0008",
  benchmark: { id: "intercode", title: "A very large pack", version: "2f1a9c0", tasks: 10_000 },
};

/** The sample runs, or the large one by its id: it is in no list. */
export function runById(id: string): Run | undefined {
  return id === largeRun.id ? largeRun : runs.find((candidate) => candidate.id === id);
}

function addLedgers(all: readonly Ledger[]): Ledger {
  return ledger(
    all.reduce<Ledger>((sum, part) => {
      const { planned: _planned, ...states } = part;
      const next = { ...sum };
      for (const [state, count] of Object.entries(states)) {
        const key = state as keyof typeof states;
        next[key] = sum[key] + count;
      }
      return next;
    }, noOutcomes),
  );
}

/** Who runs the cells, by their place in the plan: two of them are with nobody yet. */
const assignments: readonly Campaign["cells"][number]["assignment"][] = [
  assigned("member-a", "Ingrid Sorel", at(2, 23, 59)),
  assigned("member-a", "Ingrid Sorel", null),
  assigned("member-b", "Tomas Reyes", at(-1, 23, 59)),
  assigned("member-b", "Tomas Reyes", null),
  assigned("member-b", "Tomas Reyes", null),
  null,
  assigned("contributor-1", "Sofia Marchetti-Vandenberghe (Northgate evaluation cell)", at(6, 23, 59)),
  null,
  assigned("member-a", "Ingrid Sorel", at(6, 23, 59)),
];

function assigned(memberId: string, name: string, dueAt: number | null) {
  return { memberId, name, dueAt, assignedAt: at(-18, 9, 5), assignedBy: "Ingrid Sorel" };
}

const protocol: Pick<Campaign, "limits" | "elicitation"> = {
  limits: { ...noLimits, message_limit: 120, token_limit: 1_000_000, working_limit: 7_200, cost_limit: 12.5 },
  elicitation: {
    ...noElicitation,
    scaffold: "react",
    scaffoldVersion: "0.3.260",
    tools: "bash, python, text editor; no web search",
    network: "the task’s own hosts; no route to anywhere else",
    temperature: 0.7,
    reasoningEffort: "high",
    humanHelp: "none",
  },
};

function campaign(id: string, name: string, epochs: number, registered: boolean): Campaign {
  const versions = models.flatMap((model) => model.versions).slice(0, 3);
  const packs = benchmarks.slice(0, 3);
  const cells = versions.flatMap((model, row) =>
    packs.map((pack, place) => {
      const found = runs.filter(
        (candidate) => candidate.modelVersion.id === model.id && candidate.benchmark.id === pack.id,
      );
      const sum = found[0]?.ledger ?? ledger({ notRun: pack.tasks * epochs });
      return {
        modelVersionId: model.id,
        benchmarkId: pack.id,
        assignment: registered ? (assignments[row * packs.length + place] ?? null) : null,
        ledger: sum,
        rate: found[0]?.rate ?? rate(0, 0, pack.tasks, 0),
        runs: found.map((candidate) => candidate.id),
      };
    }),
  );
  return {
    id,
    name,
    question: "Does reducing safeguards change what the model can do against published tasks?",
    decisionRule: "A difference counts when its 95 % interval, clustered by task, leaves out zero.",
    compartment: 2,
    epochs,
    ...(registered ? protocol : { limits: noLimits, elicitation: noElicitation }),
    dueAt: at(13, 17, 0),
    plannedAt: at(-20, 10, 0),
    plannedBy: "Ingrid Sorel",
    registered: registered ? { hash: "7e".repeat(32), at: at(-19, 9, 30), beforeFirstResult: true } : null,
    modelVersions: versions.map(({ id: versionId, words }) => ({ id: versionId, words })),
    benchmarks: packs.map(({ id: packId, title, tasks }) => ({ id: packId, title, tasks })),
    cells,
    ledger: addLedgers(cells.map((cell) => cell.ledger)),
  };
}

export const campaigns: Campaign[] = [
  campaign("autumn", "Autumn baseline", 3, true),
  { ...campaign("window", "Access window, first pass", 1, false), compartment: 3 },
];

/** What somebody is to run of the sample's plans. */
export function assignmentsOf(memberId: string): RequestOutput<"overview.get">["assignments"] {
  const all = campaigns.flatMap(({ id, name, dueAt, modelVersions, benchmarks: packs, cells }) =>
    cells
      .filter(({ assignment, ledger: sum }) => assignment?.memberId === memberId && sum.notRun > 0)
      .map((cell) => ({
        campaign: { id, name },
        modelVersionId: cell.modelVersionId,
        modelVersion: modelVersions.find((one) => one.id === cell.modelVersionId)?.words ?? "",
        benchmarkId: cell.benchmarkId,
        benchmark: packs.find((one) => one.id === cell.benchmarkId)?.title ?? "",
        dueAt: cell.assignment?.dueAt ?? dueAt,
        planned: cell.ledger.planned,
        notRun: cell.ledger.notRun,
      })),
  );
  return all.sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0));
}

const oneFile = { folder: "", part: "", into: null, handle: null };

export const imports: RequestOutput<"overview.get">["recentImports"] = [
  {
    ...oneFile,
    file: "cybench_meridian-2_7.eval",
    sha256: "c0ffee".repeat(10) + "c0ff",
    status: "imported",
    run: "run-7",
    task: "cybench",
    model: "example/meridian-2",
    attempts: 118,
    lost: [],
    reason: null,
    metrics: runs[0]?.metrics ?? [],
    at: at(0, 8, 55),
  },
  {
    ...oneFile,
    file: "intercode_meridian-2.eval",
    sha256: "beef".repeat(16),
    status: "salvaged",
    run: "run-4",
    task: "intercode_ctf",
    model: "example/meridian-2",
    attempts: 235,
    lost: [{ what: "samples", count: 2, reason: "The archive ends inside sample 118." }],
    reason: null,
    metrics: [
      {
        scorer: "match",
        reducer: "mean",
        metric: "accuracy",
        logged: 0.81,
        recomputed: 0.8085,
        verdict: "differs",
        reason: "2 samples could not be read.",
      },
    ],
    at: at(-1, 17, 20),
  },
  {
    ...oneFile,
    file: "notes.json",
    sha256: "dead".repeat(16),
    status: "refused",
    run: null,
    task: null,
    model: null,
    attempts: 0,
    lost: [],
    reason: "This file is no evaluation log: it has no eval section.",
    metrics: [],
    at: at(-1, 17, 19),
  },
  {
    ...oneFile,
    file: "cybench_atlas.json",
    sha256: "feed".repeat(16),
    status: "duplicate",
    run: "run-6",
    task: "cybench",
    model: "fictional/atlas-5-cyber",
    attempts: 120,
    lost: [],
    reason: "Imported already as R-0006.",
    metrics: [],
    at: at(-2, 11, 2),
  },
];

export const importReport: RequestOutput<"imports.logs"> = {
  id: "import-1",
  at: at(0, 8, 55),
  cancelled: false,
  files: imports.map(({ at: _at, ...file }) => file),
  sums: {
    files: 4,
    byStatus: {
      ...{ imported: 1, salvaged: 1, duplicate: 1, refused: 1 },
      ...{ merged: 0, "part-of": 0, table: 0, "not-a-log": 0 },
    },
    runs: 2,
    attempts: 353,
  },
};

export const recentImports: RequestOutput<"imports.recent"> = imports.flatMap(({ at: when, ...file }) =>
  file.status === "imported" || file.status === "salvaged"
    ? [
        {
          id: `import-${String(file.run)}`,
          at: when,
          byName: "Ingrid Sorel",
          files: [file],
          sums: { ...importReport.sums, files: 1, runs: 1, attempts: file.attempts },
          undone: false,
          keptBecause: file.status === "imported" ? null : "R-0004 was reviewed since.",
        },
      ]
    : [],
);

export function matrix(policy: ParsedInput<"results.matrix">["policy"]): RequestOutput<"results.matrix"> {
  const [first] = campaigns;
  if (first === undefined) throw new Error("no sample campaign");
  return {
    policy,
    modelVersions: first.modelVersions,
    benchmarks: first.benchmarks,
    cells: first.cells
      .filter((found) => found.rate.n > 0)
      .map((found) => ({
        ...found,
        runs: runs.filter((candidate) => found.runs.includes(candidate.id)).map(({ id, code }) => ({ id, code })),
      })),
  };
}
