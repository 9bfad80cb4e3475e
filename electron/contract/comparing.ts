import { z } from "zod";
import { frozenTableSchema } from "./frozen-table.ts";
import { countSchema, daySchema, denominatorPolicySchema, idSchema, intervalSchema, rateSchema } from "./values.ts";

/**
 * Model versions compared on one benchmark. Every answer says what it was made of: the runs of each version, in which
 * `runs.attempts` opens the attempts, and beside each number its interval with method, level and unit.
 */

/** Model versions that one comparison takes at most. */
export const mostCompared = 20;
/** The seed of everything that is drawn at random, printed beside what was drawn. */
export const resamplingSeed = 1;

/** What plans are asked about, where nobody says otherwise: half a width of an interval, a difference, a chance to find it. */
export const usualPlan = { halfWidth: 0.05, difference: 0.1, power: 0.8 } as const;
/** Resamples behind the intervals of time horizons, where nobody says how many: METR's own number. */
export const usualDraws = 1_000;

const scope = { benchmarkId: idSchema, campaignId: idSchema.nullable(), policy: denominatorPolicySchema };
const selection = { ...scope, modelVersionIds: z.array(idSchema).min(1).max(mostCompared) };

export const comparedVersionSchema = z.strictObject({
  id: idSchema,
  words: z.string(),
  /** "2026-03-01"; null where nobody said when it was released. */
  releasedOn: daySchema.nullable(),
  /** What its numbers are made of; empty where it has no run that counts. Several are pooled by task. */
  runs: z.array(z.strictObject({ id: idSchema, code: z.string() })),
  rate: rateSchema,
});
export type ComparedVersion = z.infer<typeof comparedVersionSchema>;

/** `solved` of `n` attempts of one task that count under the policy. */
const trialsSchema = z.strictObject({ n: countSchema, solved: countSchema });

export const pairTestMethods = ["mcnemar-exact", "sign-flip-exact", "sign-flip-sampled"] as const;
/** A two-sided test that neither of two versions is the better one. */
export const pairTestSchema = z.strictObject({
  method: z.enum(pairTestMethods),
  p: z.number(),
  /** Adjusted by Holm over all tests of the answer (`tests`). */
  adjustedP: z.number(),
  /** Sign patterns drawn, and from which seed; null where all were counted out. */
  drawn: z.strictObject({ draws: countSchema, seed: z.int() }).nullable(),
});

export const comparedPairSchema = z.strictObject({
  /** Model version ids; the difference is b − a. */
  a: idSchema,
  b: idSchema,
  /** Tasks that both have in the denominator: all numbers of the pair are of these alone. */
  tasks: countSchema,
  /** Tasks that only one has, which are left out. */
  onlyTasksOfA: countSchema,
  onlyTasksOfB: countSchema,
  /** Units that the interval and the test take to be independent; `interval.unit` says what they are. */
  units: countSchema,
  unit: z.enum(["task", "cluster"]),
  rateA: rateSchema,
  rateB: rateSchema,
  /** Mean over the shared tasks of (b's rate − a's rate); null where they share none. */
  difference: z.number().nullable(),
  standardError: z.number().nullable(),
  /** Null below two units, and where the difference is the same on all tasks. */
  interval: intervalSchema.nullable(),
  /** Pearson's, of the two rates over the shared tasks: what pairing gains. */
  correlation: z.number().nullable(),
  test: pairTestSchema.nullable(),
  /** Shared tasks by who solved them at least once. */
  flips: z.strictObject({ onlyA: countSchema, onlyB: countSchema, both: countSchema, neither: countSchema }),
});
export type ComparedPair = z.infer<typeof comparedPairSchema>;

/** Who solved a task at least once. */
export const flipGroups = ["only-a", "only-b", "both", "neither"] as const;
/** "only-one": solved by one and never by the other; "different": at different rates; "shared": all shared tasks. */
export const flipFilters = ["only-one", "different", "shared"] as const;
export const flipSortKeys = ["difference", "task", "category", "difficulty", "humanMinutes", "a", "b"] as const;

/** An attempt to open for one side of a flip: the first solved one, or where none is the first that counts. */
const flipSideSchema = trialsSchema.extend({
  attempt: z
    .strictObject({
      runId: idSchema,
      runCode: z.string(),
      epoch: z.int(),
      solved: z.boolean(),
      /** Taken in with a log: then there usually is a transcript. */
      fromLog: z.boolean(),
    })
    .nullable(),
});
export const flipSchema = z.strictObject({
  task: z.string(),
  title: z.string(),
  category: z.string().nullable(),
  difficulty: z.string().nullable(),
  humanMinutes: z.number().nullable(),
  group: z.enum(flipGroups),
  a: flipSideSchema,
  b: flipSideSchema,
  /** b's rate − a's rate. */
  difference: z.number(),
});
export type Flip = z.infer<typeof flipSchema>;

const passPointSchema = z.strictObject({
  k: z.int(),
  /** Mean over tasks of the unbiased estimate; null where no task has k attempts. */
  value: z.number().nullable(),
  interval: intervalSchema.nullable(),
  /** Tasks with at least k attempts, which are in the mean, and those with fewer, which are not. */
  tasks: countSchema,
  tasksLeftOut: countSchema,
});
export type PassPoint = z.infer<typeof passPointSchema>;
export const passCurvesSchema = z.strictObject({
  version: comparedVersionSchema,
  /** pass@k: at least one of k attempts solves. */
  atLeastOne: z.array(passPointSchema),
  /** pass^k: all of k attempts solve. */
  all: z.array(passPointSchema),
});
export type PassCurves = z.infer<typeof passCurvesSchema>;

/** Why there is no time horizon. "too-few-tasks": fewer than `fewestTasks` of those attempted have a human time. */
export const noHorizonReasons = [
  "no-human-times",
  "too-few-tasks",
  "none-solved",
  "all-solved",
  "one-length",
  "not-decreasing",
] as const;

/** Minutes, as `intervalSchema`; `high` null: no upper end, because too many resamples solved everything. */
const horizonIntervalSchema = intervalSchema.extend({ high: z.number().nullable() });

export const horizonSchema = z.strictObject({
  version: comparedVersionSchema,
  /** Tasks and attempts in the fit; tasks attempted that have no human time, which are not. */
  tasks: countSchema,
  attempts: countSchema,
  tasksWithoutTime: countSchema,
  shortest: z.number().nullable(),
  longest: z.number().nullable(),
  reason: z.enum(noHorizonReasons).nullable(),
  /** Of the chance of success on log2 minutes; null with a reason. */
  fit: z
    .strictObject({ slope: z.number(), intercept: z.number(), loss: z.number(), r2: z.number().nullable() })
    .nullable(),
  horizons: z.array(
    z.strictObject({
      /** Chance of success: 0.5, 0.8. */
      share: z.number(),
      minutes: z.number(),
      /** Whether it lies outside the times of the tasks attempted. */
      extrapolated: z.boolean(),
      interval: horizonIntervalSchema.nullable(),
    }),
  ),
  /** The fitted chance over minutes, with its pointwise band where resamples were drawn. */
  curve: z.array(
    z.strictObject({
      minutes: z.number(),
      chance: z.number(),
      band: z.strictObject({ low: z.number(), high: z.number() }).nullable(),
    }),
  ),
  /** Weighted rates in spans of human time, `to` not included. */
  bins: z.array(z.strictObject({ from: z.number(), to: z.number(), rate: z.number().nullable() })),
  /** Tasks by human time, the shortest first. */
  points: z.array(trialsSchema.extend({ task: z.string(), minutes: z.number(), rate: z.number() })),
  /** What resamples gave; they add up to `draws`, or to 0 where none were drawn. */
  resamples: z.strictObject({
    falling: countSchema,
    notFalling: countSchema,
    noneSolved: countSchema,
    allSolved: countSchema,
    oneLength: countSchema,
    absent: countSchema,
  }),
});
export type Horizon = z.infer<typeof horizonSchema>;

/** Why there is no line through versions. */
export const noTrendReasons = ["no-dates", "too-few", "one-time", "not-growing"] as const;

export const doublingTimeSchema = z.strictObject({
  /** Of the 50 % horizon, in days; of the versions that were the best when they came out. */
  days: z.number().nullable(),
  reason: z.enum(noTrendReasons).nullable(),
  modelVersionIds: z.array(idSchema),
  interval: intervalSchema.nullable(),
  /** Resamples with a doubling time, and those without, which the interval leaves out. */
  used: countSchema,
  leftOut: countSchema,
});
export type DoublingTime = z.infer<typeof doublingTimeSchema>;

export const spendingMeasures = ["cost", "tokens", "time"] as const;
export const spentSchema = z.strictObject({
  /** Attempts that were made, in whatever state they ended, and those of which it is not known what they used. */
  attempts: countSchema,
  unknown: countSchema,
  /** Dollars, tokens or milliseconds of the known attempts, failed ones included; null where none is known. */
  total: z.number().nullable(),
  perAttempt: z.number().nullable(),
  perTask: z.number().nullable(),
  perTaskInterval: intervalSchema.nullable(),
  /** Total of all attempts / tasks solved at least once; null where none is, or while one attempt is unknown. */
  perSolve: z.number().nullable(),
  perSolveInterval: intervalSchema.nullable(),
  solvedTasks: countSchema,
});
export type Spent = z.infer<typeof spentSchema>;
/** Solve rate had the same attempts been cut off at a budget: not how a model told of a smaller one would have worked. */
export const budgetPointSchema = z.strictObject({
  budget: z.number(),
  rate: z.number(),
  interval: intervalSchema.nullable(),
});
export const versionSpendingSchema = z.strictObject({
  version: comparedVersionSchema,
  cost: spentSchema,
  tokens: spentSchema,
  time: spentSchema,
  curve: z.strictObject({
    measure: z.enum(spendingMeasures),
    /** Upwards; thinned out to 200. Empty where nothing was solved at a known budget. */
    points: z.array(budgetPointSchema),
    tasks: countSchema,
    /** Solved attempts of which it is not known what they used: they count as solved at no budget. */
    unknownSolved: countSchema,
  }),
});
export type VersionSpending = z.infer<typeof versionSpendingSchema>;

export const taskGroupings = ["category", "difficulty", "human-time"] as const;
export const taskGroupSchema = z.strictObject({
  /** Null: tasks without a value. */
  name: z.string().nullable(),
  tasks: countSchema,
  /** In the order of `versions`. */
  rates: z.array(rateSchema),
});
export type TaskGroup = z.infer<typeof taskGroupSchema>;

export const reliabilitySchema = z.strictObject({
  /** As in `passCurvesSchema`: at least one of k attempts solves, all of them do; for every k that all tasks allow. */
  ...passCurvesSchema.shape,
  /** Standard errors of the rate: as if other such tasks had been chosen; these tasks, other answers. Null: not known. */
  overTasks: z.number().nullable(),
  theseTasks: z.number().nullable(),
  /** Variance of the tasks' true rates, and the mean variance of one attempt at a task; null with one attempt a task. */
  betweenTasks: z.number().nullable(),
  withinTask: z.number().nullable(),
  /** Tasks, with as many epochs as now, for an interval of ± `halfWidth`; null where that cannot be said. */
  tasksForHalfWidth: countSchema.nullable(),
});
export type Reliability = z.infer<typeof reliabilitySchema>;
/** What a paired comparison of two versions could find. */
export const pairPlanSchema = z.strictObject({
  a: idSchema,
  b: idSchema,
  tasks: countSchema,
  /** The smallest difference that as many tasks and epochs as there are find with a chance of `power`. */
  detectable: z.number().nullable(),
  /** Tasks needed to find a difference of `difference`. */
  tasksNeeded: countSchema.nullable(),
});

export const comparisonTableKinds = [
  "pairs",
  "flips",
  "pass-at-k",
  "horizons",
  "spending",
  "trend",
  "groups",
  "reliability",
  "doubling",
] as const;
export const comparisonTableSchema = frozenTableSchema.omit({ provenance: true });
export type ComparisonTable = z.infer<typeof comparisonTableSchema>;

const levelShape = { level: z.number() };
const versionsShape = { versions: z.array(comparedVersionSchema) };

export const comparingRequests = {
  /** Model versions that have a result on a benchmark, and so can be compared on it: what a screen offers to choose from. */
  "comparisons.versions": {
    input: z.strictObject(scope),
    output: z.strictObject(versionsShape),
  },
  "comparisons.pairs": {
    /** With a baseline all others against it, otherwise all pairs. */
    input: z.strictObject({ ...selection, baselineId: idSchema.nullable() }),
    output: z.strictObject({
      ...versionsShape,
      ...levelShape,
      pairs: z.array(comparedPairSchema),
      /** Tests that p-values are adjusted for: pairs that share a task. */
      tests: countSchema,
      adjustment: z.literal("holm"),
    }),
  },
  "comparisons.flips": {
    input: z.strictObject({
      ...scope,
      a: idSchema,
      b: idSchema,
      filter: z.enum(flipFilters),
      sort: z.enum(flipSortKeys),
      descending: z.boolean(),
      offset: countSchema,
      limit: z.int().min(1).max(500),
    }),
    output: z.strictObject({
      ...levelShape,
      pair: comparedPairSchema,
      a: comparedVersionSchema,
      b: comparedVersionSchema,
      /** Rows of the filter, of which this is a page. */
      total: countSchema,
      rows: z.array(flipSchema),
    }),
  },
  "comparisons.passCurves": {
    input: z.strictObject(selection),
    output: z.strictObject({ ...levelShape, curves: z.array(passCurvesSchema) }),
  },
  "comparisons.horizons": {
    /** With 0 draws the answer comes at once and has no intervals; otherwise it reports progress and can be cancelled. */
    input: z.strictObject({ ...selection, draws: z.int().min(0).max(10_000) }),
    output: z.strictObject({
      ...levelShape,
      draws: countSchema,
      seed: z.int(),
      weighting: z.string(),
      penalty: z.number(),
      fewestTasks: countSchema,
      horizons: z.array(horizonSchema),
      doubling: doublingTimeSchema,
    }),
  },
  "comparisons.spending": {
    input: z.strictObject({ ...selection, measure: z.enum(spendingMeasures) }),
    output: z.strictObject({ ...levelShape, versions: z.array(versionSpendingSchema) }),
  },
  "comparisons.trend": {
    input: z.strictObject(selection),
    output: z.strictObject({
      ...levelShape,
      /** Release dates where all versions have one, otherwise as they were asked for. */
      order: z.enum(["release-date", "as-listed"]),
      ...versionsShape,
      /** Least squares of the rate on the release date, each version counting the same; null with a reason. */
      line: z
        .strictObject({
          perYear: z.number(),
          standardError: z.number().nullable(),
          interval: intervalSchema.nullable(),
          /** The line at the first and the last release date. */
          ends: z.array(z.strictObject({ on: daySchema, value: z.number() })),
        })
        .nullable(),
      reason: z.enum(noTrendReasons).nullable(),
    }),
  },
  "comparisons.groups": {
    /** `together`: the level is that of all groups at once (Bonferroni), so each interval is wider. */
    input: z.strictObject({ ...selection, by: z.enum(taskGroupings), together: z.boolean() }),
    output: z.strictObject({ ...versionsShape, ...levelShape, groups: z.array(taskGroupSchema) }),
  },
  "comparisons.reliability": {
    input: z.strictObject({
      ...selection,
      halfWidth: z.number().min(0.001).max(0.5),
      difference: z.number().min(0.001).max(1),
      power: z.number().min(0.5).max(0.999),
    }),
    output: z.strictObject({ ...levelShape, versions: z.array(reliabilitySchema), pairs: z.array(pairPlanSchema) }),
  },
  /** The same numbers as plain rows, each with the text that every surface prints: for CSV, JSON and reports. */
  "comparisons.table": {
    input: z.strictObject({
      ...selection,
      kind: z.enum(comparisonTableKinds),
      baselineId: idSchema.nullable(),
      by: z.enum(taskGroupings),
      measure: z.enum(spendingMeasures),
      draws: z.int().min(0).max(10_000),
    }),
    output: comparisonTableSchema,
  },
} as const;
