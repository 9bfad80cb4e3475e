import type { ComparedPair, ComparedVersion, Flip, Horizon, Spent } from "../../../../electron/contract/comparing.ts";
import type { Matrix } from "../../../../electron/contract/evaluation.ts";
import type { ParsedInput, RequestOutput } from "../../../../electron/contract/index.ts";
import type { Ledger } from "../../../../electron/contract/values.ts";
import { doubling } from "../../../../electron/domain/comparisons/doubling.ts";
import { passCurvesOf } from "../../../../electron/domain/comparisons/pass-curves.ts";
import { breakdown } from "../../../../electron/statistics/breakdown.ts";
import { budgetCurve } from "../../../../electron/statistics/budget-curve.ts";
import { bootstrapHorizons, type HorizonDraw } from "../../../../electron/statistics/horizon/bootstrap.ts";
import type { HorizonAttempt } from "../../../../electron/statistics/horizon/horizon-attempt.ts";
import { countDraws, horizonBand, horizonInterval } from "../../../../electron/statistics/horizon/horizon-interval.ts";
import { successAt } from "../../../../electron/statistics/horizon/logistic-fit.ts";
import { timeHorizon } from "../../../../electron/statistics/horizon/time-horizon.ts";
import { sharedTasks } from "../../../../electron/statistics/paired-difference.ts";
import { adjusted, pairwise, type PairComparison } from "../../../../electron/statistics/pairwise.ts";
import { seededRandom } from "../../../../electron/statistics/seeded-random.ts";
import { rateOf, rateOfTallies } from "../../../../electron/statistics/solve-rate.ts";
import { spending } from "../../../../electron/statistics/spending.ts";
import { trend } from "../../../../electron/statistics/trend.ts";
import { varianceParts } from "../../../../electron/statistics/variance-parts.ts";

/*
 * Made-up attempts of up to 20 model versions on four benchmarks, and what the product's own statistics make of them:
 * Cybench has 8 versions with human times and 5 epochs, InterCode 20, NYU CTF two, CVE-Bench one with one epoch.
 */

const level = 0.95;
const rateOptions = { unit: "task", level } as const;

interface SampleTask {
  readonly task: string;
  readonly title: string;
  readonly category: string | null;
  readonly difficulty: string | null;
  readonly minutes: number | null;
}

interface SampleVersion {
  readonly version: ComparedVersion;
  readonly tallies: { readonly task: string; readonly cluster: null; readonly n: number; readonly solved: number }[];
  readonly tokens: ReadonlyMap<string, readonly number[]>;
}

const names = [
  "Meridian-2 (checkpoint 0914, safeguards reduced)",
  "Meridian-2 (checkpoint 0914, as deployed)",
  "Atlas-5 cyber (2026-08, as deployed)",
  "Atlas-5 (2026-03, as deployed)",
  "Kestrel 70B",
  "Kestrel 405B instruct, weights on the enclave, tools and browser, temperature 1.0, 200,000 token limit",
  "Solano-1",
  "Halcyon preview (2026-10)",
  ...Array.from({ length: 12 }, (_, index) => `Corvid-${String(index + 1)} (build ${String(400 + index * 7)})`),
];
const chances = [0.62, 0.24, 0.74, 0.52, 0.12, 0.33, 0.45, 0.81];

const titles = [
  "Urgent",
  "Emoji Encoder",
  "Packed Away",
  "Glacier Exchange",
  "Primary Knowledge",
  "It Has Begun",
  "Eval Me",
];
const categories = ["web", "misc", "reverse", "crypto", "forensics", "pwn"];
const difficulties = ["very easy", "easy", "medium", "hard"];

function tasksOf(count: number, isTimed: boolean): SampleTask[] {
  return Array.from({ length: count }, (_, index) => {
    const title = titles[index % titles.length] ?? "";
    const round = Math.floor(index / titles.length);
    return {
      task: `${title.toLowerCase().replaceAll(" ", "-")}${round === 0 ? "" : `-${String(round + 1)}`}`,
      title: round === 0 ? title : `${title} ${String(round + 1)}`,
      category: isTimed ? (categories[index % categories.length] ?? null) : null,
      difficulty: isTimed ? (difficulties[Math.floor((index / count) * 4)] ?? null) : null,
      minutes: isTimed ? Math.round(2 * 1.155 ** index * (0.7 + ((index * 37) % 10) / 16)) : null,
    };
  });
}

interface SampleBenchmark {
  readonly id: string;
  readonly title: string;
  readonly tasks: readonly SampleTask[];
  readonly versions: readonly SampleVersion[];
}

function sampleBenchmark(
  place: number,
  id: string,
  title: string,
  size: { readonly tasks: number; readonly versions: number; readonly epochs: number; readonly isTimed: boolean },
): SampleBenchmark {
  const tasks = tasksOf(size.tasks, size.isTimed);
  const versions = names.slice(0, size.versions).map((words, index): SampleVersion => {
    const random = seededRandom(place * 100 + index);
    const chance = chances[index] ?? 0.1 + ((index * 29) % 70) / 100;
    const tokens = new Map<string, readonly number[]>();
    const tallies = tasks.map(({ task }, at) => {
      // Tasks grow harder along the list; each version has its own luck with each.
      const own = 1 / (1 + Math.exp(-(6 * (chance - at / size.tasks) + (random() - 0.5) * 2.4)));
      const results = Array.from({ length: size.epochs }, () => random() < own);
      tokens.set(
        task,
        results.map(() => Math.round(4_000 * (1 + index / 3) * 1.06 ** at * (0.6 + random()))),
      );
      return { task, cluster: null, n: size.epochs, solved: results.filter(Boolean).length };
    });
    const version: ComparedVersion = {
      id: `version-${String(index + 1)}`,
      words,
      releasedOn: index < 8 && place < 3 ? `2026-${String(1 + ((index * 7) % 10)).padStart(2, "0")}-15` : null,
      runs: [{ id: "run-7", code: "R-0007" }],
      rate: rateOf(rateOfTallies(tallies, rateOptions)),
    };
    return { version, tallies, tokens };
  });
  return { id, title, tasks, versions };
}

const benchmarks: readonly SampleBenchmark[] = [
  sampleBenchmark(1, "cybench", "Cybench", { tasks: 40, versions: 8, epochs: 5, isTimed: true }),
  sampleBenchmark(2, "intercode", "InterCode-CTF", { tasks: 79, versions: 20, epochs: 3, isTimed: true }),
  sampleBenchmark(3, "nyu-ctf", "NYU CTF Bench", { tasks: 200, versions: 2, epochs: 2, isTimed: false }),
  sampleBenchmark(4, "cve-bench", "CVE-Bench", { tasks: 40, versions: 1, epochs: 1, isTimed: false }),
];

interface Scope {
  readonly benchmarkId: string;
  readonly modelVersionIds: readonly string[];
}

function benchmarkOf(id: string): SampleBenchmark {
  const found = benchmarks.find((one) => one.id === id) ?? benchmarks[0];
  if (found === undefined) throw new Error("no sample benchmark");
  return found;
}

function chosen({ benchmarkId, modelVersionIds }: Scope): readonly SampleVersion[] {
  return benchmarkOf(benchmarkId).versions.filter(({ version }) => modelVersionIds.includes(version.id));
}

function ledger(tallies: SampleVersion["tallies"]): Ledger {
  const planned = tallies.reduce((sum, { n }) => sum + n, 0);
  const solved = tallies.reduce((sum, one) => sum + one.solved, 0);
  const none = { unscored: 0, refused: 0, limitReached: 0, modelError: 0, infrastructureFault: 0, invalidated: 0 };
  return { planned, solved, notSolved: planned - solved, ...none, withheld: 0, notRun: 0 };
}

/** 20 model versions × 4 benchmarks; in the campaign "window" 50 × 100, to see the grid at its limits. */
export function matrix({ campaignId, policy }: ParsedInput<"results.matrix">): Matrix {
  const cells = benchmarks.flatMap(({ id, versions }) =>
    versions.map(({ version, tallies }) => ({
      modelVersionId: version.id,
      benchmarkId: id,
      rate: version.rate,
      ledger: ledger(tallies),
      runs: [...version.runs],
    })),
  );
  const models = names.map((words, index) => ({ id: `version-${String(index + 1)}`, words }));
  const packs = benchmarks.map(({ id, title, tasks }) => ({ id, title, tasks: tasks.length }));
  if (campaignId !== "window") return { policy, modelVersions: models, benchmarks: packs, cells };
  const many = Array.from({ length: 50 }, (_, index) => ({
    id: `version-${String(index + 1)}`,
    words: names[index] ?? `Corvid-${String(index)} (build ${String(index * 7)})`,
  }));
  const wide = Array.from({ length: 100 }, (_, index) => ({
    id: `pack-${String(index + 1)}`,
    title: `${benchmarks[index % 4]?.title ?? ""} subset ${String(index + 1)}`,
    tasks: 20 + index,
  }));
  return {
    policy,
    modelVersions: many,
    benchmarks: wide,
    cells: many.flatMap(({ id }, row) =>
      wide.flatMap((pack, column) => {
        const cell = cells[(row * 7 + column * 3) % cells.length];
        return cell === undefined || (row + column) % 11 === 0
          ? []
          : [{ ...cell, modelVersionId: id, benchmarkId: pack.id }];
      }),
    ),
  };
}

export function versions({ benchmarkId }: { benchmarkId: string }): RequestOutput<"comparisons.versions"> {
  return { versions: benchmarkOf(benchmarkId).versions.map(({ version }) => version) };
}

function pairOf({ first, second, p, adjustedP, result }: PairComparison, all: readonly SampleVersion[]): ComparedPair {
  const of = (id: string): SampleVersion["tallies"] => all.find(({ version }) => version.id === id)?.tallies ?? [];
  const shared = sharedTasks(of(first), of(second), "task");
  const count = (fits: (a: number, b: number) => boolean): number =>
    shared.filter((task) => fits(task.first.solved, task.second.solved)).length;
  return {
    a: first,
    b: second,
    tasks: result.tasks,
    onlyTasksOfA: result.onlyTasksOfFirst,
    onlyTasksOfB: result.onlyTasksOfSecond,
    units: result.units,
    unit: "task",
    rateA: rateOf(rateOfTallies(of(first), rateOptions)),
    rateB: rateOf(rateOfTallies(of(second), rateOptions)),
    difference: result.difference,
    standardError: result.standardError,
    interval: result.interval,
    correlation: result.correlation,
    test:
      p === null || adjustedP === null
        ? null
        : {
            method: result.pDraws === null ? "sign-flip-exact" : "sign-flip-sampled",
            p,
            adjustedP,
            drawn: result.pDraws === null ? null : { draws: result.pDraws, seed: 1 },
          },
    flips: {
      onlyA: count((a, b) => a > 0 && b === 0),
      onlyB: count((a, b) => a === 0 && b > 0),
      both: count((a, b) => a > 0 && b > 0),
      neither: count((a, b) => a === 0 && b === 0),
    },
  };
}

function comparedPairs(all: readonly SampleVersion[], baseline: string | undefined): ComparedPair[] {
  const tallies = new Map(all.map((one) => [one.version.id, one.tallies]));
  const found = adjusted(pairwise(tallies, () => seededRandom(1), { ...rateOptions, baseline }));
  return found.map((pair) => pairOf(pair, all));
}

export function pairs(input: ParsedInput<"comparisons.pairs">): RequestOutput<"comparisons.pairs"> {
  const all = chosen(input);
  const compared = comparedPairs(all, input.baselineId ?? undefined);
  return {
    versions: all.map(({ version }) => version),
    level,
    pairs: compared,
    tests: compared.filter(({ test }) => test !== null).length,
    adjustment: "holm",
  };
}

export function flips(input: ParsedInput<"comparisons.flips">): RequestOutput<"comparisons.flips"> {
  const { tasks, versions: all } = benchmarkOf(input.benchmarkId);
  const a = all.find(({ version }) => version.id === input.a);
  const b = all.find(({ version }) => version.id === input.b);
  const [pair] = comparedPairs(
    [a, b].flatMap((one) => (one === undefined ? [] : [one])),
    undefined,
  );
  if (a === undefined || b === undefined || pair === undefined) throw new Error("no sample pair");
  const side = (n: number, solved: number, epoch: number): Flip["a"] => ({
    n,
    solved,
    attempt: { runId: "run-7", runCode: "R-0007", epoch, solved: solved > 0, fromLog: true },
  });
  const rows = sharedTasks(a.tallies, b.tallies, "task").flatMap((one): Flip[] => {
    const [left, right] = [one.first.solved > 0, one.second.solved > 0];
    if (input.filter === "only-one" && left === right) return [];
    if (input.filter === "different" && one.difference === 0) return [];
    const facts = tasks.find(({ task }) => task === one.task);
    return [
      {
        task: one.task,
        title: facts?.title ?? one.task,
        category: facts?.category ?? null,
        difficulty: facts?.difficulty ?? null,
        humanMinutes: facts?.minutes ?? null,
        group: left ? (right ? "both" : "only-a") : right ? "only-b" : "neither",
        a: side(one.first.n, one.first.solved, 1),
        b: side(one.second.n, one.second.solved, 2),
        difference: one.difference,
      },
    ];
  });
  const sorted = rows.toSorted((x, y) => Math.abs(y.difference) - Math.abs(x.difference));
  const page = sorted.slice(input.offset, input.offset + input.limit);
  return { level, pair, a: a.version, b: b.version, total: rows.length, rows: page };
}

export function passCurves(input: ParsedInput<"comparisons.passCurves">): RequestOutput<"comparisons.passCurves"> {
  return { level, curves: chosen(input).map(passCurvesOf) };
}

export function reliabilities(input: ParsedInput<"comparisons.reliability">): RequestOutput<"comparisons.reliability"> {
  const versions = chosen(input).map(({ version, tallies }) => {
    const parts = varianceParts(tallies);
    const tasks = parts.overTasks === null ? null : Math.ceil(((1.96 * parts.overTasks) / 0.05) ** 2 * tallies.length);
    return { ...passCurvesOf({ version, tallies }), ...parts, tasksForHalfWidth: tasks };
  });
  return { level, versions, pairs: [] };
}

function horizonOf(
  { version, tallies }: SampleVersion,
  tasks: readonly SampleTask[],
  drawn: readonly HorizonDraw[],
): Horizon {
  const timed = tallies.flatMap((tally) => {
    const minutes = tasks.find(({ task }) => task === tally.task)?.minutes ?? null;
    return minutes === null ? [] : [{ ...tally, minutes }];
  });
  const attempts = horizonAttempts(timed);
  const found = timeHorizon(attempts);
  const basis = {
    version,
    tasks: found.tasks,
    attempts: found.attempts,
    tasksWithoutTime: tallies.length - timed.length,
    shortest: found.shortest,
    longest: found.longest,
    bins: [...found.bins],
    points: timed.map(({ task, minutes, n, solved }) => ({ task, minutes, n, solved, rate: solved / n })),
    resamples: countDraws(drawn),
  };
  if (!found.estimable) {
    const reason = found.reason === "no-attempts" ? "no-human-times" : found.reason;
    return { ...basis, reason, fit: null, horizons: [], curve: [] };
  }
  const [from, to] = [Math.log2(found.shortest ?? 1), Math.log2(found.longest ?? 1) + 1];
  const places = Array.from({ length: 61 }, (_, at) => 2 ** (from + ((to - from) * at) / 60));
  const band = new Map(horizonBand(drawn, places, level).map(({ minutes, low, high }) => [minutes, { low, high }]));
  return {
    ...basis,
    reason: null,
    fit: { ...found.fit, loss: found.loss, r2: found.r2 },
    horizons: found.horizons.map((one) => ({
      ...one,
      interval: drawn.length === 0 ? null : horizonInterval(drawn, one.share, attempts, level),
    })),
    curve: places.map((minutes) => ({
      minutes,
      chance: successAt(found.fit, Math.log2(minutes)),
      band: band.get(minutes) ?? null,
    })),
  };
}

function horizonAttempts(
  timed: readonly { task: string; minutes: number; n: number; solved: number }[],
): HorizonAttempt[] {
  return timed
    .flatMap(({ task, minutes, n, solved }) => [
      { task, family: null, minutes, score: 1, times: solved },
      { task, family: null, minutes, score: 0, times: n - solved },
    ])
    .filter(({ times }) => times > 0);
}

export function horizons(input: ParsedInput<"comparisons.horizons">): RequestOutput<"comparisons.horizons"> {
  const { tasks } = benchmarkOf(input.benchmarkId);
  const all = chosen(input);
  const minutes = new Map(tasks.map((one) => [one.task, one.minutes]));
  const models = new Map(
    all.map(({ version, tallies }) => [
      version.id,
      horizonAttempts(
        tallies.flatMap((tally) => {
          const time = minutes.get(tally.task) ?? null;
          return time === null ? [] : [{ ...tally, minutes: time }];
        }),
      ),
    ]),
  );
  // Fewer than were asked for, so that the preview is quick; what is drawn is real.
  const draws = input.draws === 0 ? 0 : 60;
  const isTimed = [...models.values()].some((attempts) => attempts.length > 0);
  const drawn =
    draws === 0 || !isTimed ? new Map<string, HorizonDraw[]>() : bootstrapHorizons(models, seededRandom(1), { draws });
  const found = all.map((one) => horizonOf(one, tasks, drawn.get(one.version.id) ?? []));
  return {
    level,
    draws: input.draws,
    seed: 1,
    weighting: "inverse-sqrt-family",
    penalty: 0.000_01,
    fewestTasks: 5,
    horizons: found,
    doubling: doubling(found, drawn),
  };
}

export function spendings(input: ParsedInput<"comparisons.spending">): RequestOutput<"comparisons.spending"> {
  const isKnown = input.benchmarkId !== "cve-bench";
  return {
    level,
    versions: chosen(input).map(({ version, tallies, tokens }) => {
      const spent = (factor: number): Spent =>
        spending(
          tallies.map(({ task, cluster, n, solved }) => {
            const used = (tokens.get(task) ?? []).map((one) => one * factor);
            const sum = used.reduce((all, one) => all + one, 0);
            return { task, cluster, made: n, known: isKnown ? n : 0, spent: isKnown ? sum : 0, solved: solved > 0 };
          }),
          { level },
        );
      const factor = input.measure === "cost" ? 0.000_012 : input.measure === "time" ? 18 : 1;
      const solved = tallies.flatMap(({ task, solved: count }) =>
        (tokens.get(task) ?? []).slice(0, count).map((used) => ({ task, spent: isKnown ? used * factor : null })),
      );
      const curve = budgetCurve(tallies, solved, { ...rateOptions, mostPoints: 100 });
      return {
        version,
        cost: spent(0.000_012),
        tokens: spent(1),
        time: spent(18),
        curve: { measure: input.measure, ...curve, points: [...curve.points] },
      };
    }),
  };
}

const day = 86_400_000;

export function trends(input: ParsedInput<"comparisons.trend">): RequestOutput<"comparisons.trend"> {
  const listed = chosen(input).map(({ version }) => version);
  if (listed.some(({ releasedOn }) => releasedOn === null))
    return { level, order: "as-listed", versions: listed, line: null, reason: "no-dates" };
  const dayOf = ({ releasedOn }: ComparedVersion): number => Date.parse(releasedOn ?? "") / day;
  const ordered = listed.toSorted((a, b) => dayOf(a) - dayOf(b));
  const found = trend(
    ordered.map((version) => ({ at: dayOf(version), value: version.rate.rate ?? 0 })),
    level,
  );
  if (!found.estimable) return { level, order: "release-date", versions: ordered, line: null, reason: found.reason };
  const year = 365.25;
  const { slope, intercept, interval } = found;
  const ends = [ordered[0], ordered.at(-1)].flatMap((version) =>
    version === undefined
      ? []
      : [{ on: version.releasedOn ?? "", value: Math.min(1, Math.max(0, intercept + slope * dayOf(version))) }],
  );
  const method = { level, method: "least-squares-t", unit: "model version" };
  return {
    level,
    order: "release-date",
    versions: ordered,
    line: {
      perYear: slope * year,
      standardError: null,
      interval: interval === null ? null : { low: interval.low * year, high: interval.high * year, ...method },
      ends,
    },
    reason: null,
  };
}

export function groups(input: ParsedInput<"comparisons.groups">): RequestOutput<"comparisons.groups"> {
  const { tasks } = benchmarkOf(input.benchmarkId);
  const facts = new Map(tasks.map((one) => [one.task, one]));
  const spans = ["below 4 min", "4 to 16 min", "16 to 64 min", "64 to 256 min", "256 min and more"];
  const groupOf = (task: string): string | null => {
    const found = facts.get(task);
    if (input.by !== "human-time") return found?.[input.by] ?? null;
    const minutes = found?.minutes ?? null;
    return minutes === null ? null : (spans[[4, 16, 64, 256].filter((edge) => minutes >= edge).length] ?? null);
  };
  const all = chosen(input);
  const found = all.map(({ tallies }) => breakdown(tallies, groupOf, rateOptions));
  const order = input.by === "human-time" ? spans : input.by === "difficulty" ? difficulties : categories.toSorted();
  const named = [...order, null].filter((name) => tasks.some(({ task }) => groupOf(task) === name));
  return {
    versions: all.map(({ version }) => version),
    level,
    groups: named.map((name) => ({
      name,
      tasks: tasks.filter(({ task }) => groupOf(task) === name).length,
      rates: found.map((rows) =>
        rateOf(rows.find((row) => row.name === name)?.result ?? rateOfTallies([], rateOptions)),
      ),
    })),
  };
}
