import { drawBinomial } from "../binomial-draw.ts";
import { StatisticsError } from "../statistics-error.ts";
import type { Random } from "../seeded-random.ts";
import { compareNames } from "../task-tally.ts";
import { familyOf, type HorizonAttempt, requireHorizonAttempts, timesOf } from "./horizon-attempt.ts";
import { fitLogistic, type LogisticFit } from "./logistic-fit.ts";
import { type HorizonMethod, inContentOrder, metrMethod } from "./time-horizon.ts";
import { horizonWeights } from "./weights.ts";

/**
 * What one resample gave for one model: a fit, or why there is none. "absent": none of the model's tasks was drawn;
 * "one-length": all that were drawn take a person the same time.
 */
export type HorizonDraw = LogisticFit | "absent" | "none-solved" | "all-solved" | "one-length";

export interface BootstrapOptions {
  readonly method?: HorizonMethod;
  /** Number of resamples, default 1,000. */
  readonly draws?: number;
}

/**
 * Hierarchical bootstrap of the fits of one or several models on the same tasks. In each resample families are drawn with
 * replacement from all families; within each family drawn, tasks with replacement; of each task, its attempts with
 * replacement, separately by model. Refitted with the weights of the original sample, not normalised again.
 * All models see the same families and tasks, so that trends over models can be made of the resamples (`doublingTimeInterval`).
 * The order of models and attempts does not matter; adding a model changes the numbers drawn.
 *
 * Where families of several tasks differ little from one another the interval is wider than it need be: the chance within a
 * family is counted at two levels. That is the method as published, and on the safe side.
 *
 * @param random - uniform numbers in [0, 1), e.g. `seededRandom(1)`
 * @returns resamples by model, each model with as many as asked, in step with each other
 * @source METR, eval-analysis-public, src/horizon/wrangle/bootstrap.py with categories "ftr"
 * @throws StatisticsError `value-not-finite`, `count-out-of-range` for less than one draw
 */
export function bootstrapHorizons(
  models: ReadonlyMap<string, readonly HorizonAttempt[]>,
  random: Random,
  options: BootstrapOptions = {},
): Map<string, HorizonDraw[]> {
  const steps = horizonDraws(models, random, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** `bootstrapHorizons` a draw at a time, so that a caller may tell how far it is, or stop: yields the draws made so far. */
export function* horizonDraws(
  models: ReadonlyMap<string, readonly HorizonAttempt[]>,
  random: Random,
  options: BootstrapOptions = {},
): Generator<number, Map<string, HorizonDraw[]>> {
  const { method = metrMethod, draws = 1_000 } = options;
  if (!(Number.isInteger(draws) && draws > 0)) {
    throw new StatisticsError("count-out-of-range", "A bootstrap needs at least one draw.", { draws });
  }
  const names = [...models.keys()].toSorted(compareNames);
  const samples = names.map((name) => modelSample(models.get(name) ?? [], method));
  const families = familiesOf([...models.values()].flat());
  const results = new Map<string, HorizonDraw[]>(names.map((name) => [name, []]));
  for (let draw = 0; draw < draws; draw += 1) {
    const times = drawTasks(families, random);
    names.forEach((name, place) => {
      const sample = samples[place];
      if (sample !== undefined) results.get(name)?.push(refit(sample, times, random, method.penalty));
    });
    yield draw + 1;
  }
  return results;
}

/** One model's attempts by task, in the order of their content; `x` are the distinct places on the axis. */
interface ModelSample {
  readonly x: readonly number[];
  readonly tasks: readonly TaskSample[];
}

interface TaskSample {
  readonly task: string;
  readonly attempts: number;
  readonly rows: readonly SampleRow[];
}

/** Attempts at a task that ended alike; `success` and `failure` are the weight of one of them. */
interface SampleRow {
  readonly place: number;
  readonly success: number;
  readonly failure: number;
  readonly times: number;
}

function modelSample(attempts: readonly HorizonAttempt[], method: HorizonMethod): ModelSample {
  requireHorizonAttempts(attempts);
  const ordered = inContentOrder(attempts);
  const weights = horizonWeights(ordered, method.weighting);
  const x = [...new Set(ordered.map(({ minutes }) => Math.log2(minutes)))].toSorted((a, b) => a - b);
  const places = new Map(x.map((value, place) => [value, place]));
  const tasks = new Map<string, SampleRow[]>();
  ordered.forEach((attempt, index) => {
    const weight = weights[index] ?? 0;
    const rows = tasks.get(attempt.task) ?? [];
    addRow(rows, {
      place: places.get(Math.log2(attempt.minutes)) ?? 0,
      success: weight * attempt.score,
      failure: weight * (1 - attempt.score),
      times: timesOf(attempt),
    });
    tasks.set(attempt.task, rows);
  });
  return {
    x,
    tasks: [...tasks].map(([task, rows]) => ({
      task,
      rows,
      attempts: rows.reduce((sum, { times }) => sum + times, 0),
    })),
  };
}

/** Adds to the row before it where the two are alike: in the order of content such rows stand together. */
function addRow(rows: SampleRow[], row: SampleRow): void {
  const last = rows.at(-1);
  const isAlike = last?.place === row.place && last.success === row.success && last.failure === row.failure;
  if (isAlike) rows[rows.length - 1] = { ...last, times: last.times + row.times };
  else rows.push(row);
}

/** The tasks of every family of any model, both in order of name. */
function familiesOf(attempts: readonly HorizonAttempt[]): string[][] {
  const families = new Map<string, Set<string>>();
  for (const attempt of attempts) {
    const family = familyOf(attempt);
    families.set(family, (families.get(family) ?? new Set()).add(attempt.task));
  }
  return [...families].toSorted(([a], [b]) => compareNames(a, b)).map(([, tasks]) => [...tasks].toSorted(compareNames));
}

/** How often each task was drawn. */
function drawTasks(families: readonly (readonly string[])[], random: Random): Map<string, number> {
  const times = new Map<string, number>();
  for (const tasks of drawn(families, random)) {
    for (const task of drawn(tasks, random)) times.set(task, (times.get(task) ?? 0) + 1);
  }
  return times;
}

/** As many as there are, drawn with replacement. */
function drawn<T>(from: readonly T[], random: Random): T[] {
  return from.map((own) => from[Math.floor(random() * from.length)] ?? own);
}

function refit(sample: ModelSample, times: ReadonlyMap<string, number>, random: Random, penalty: number): HorizonDraw {
  const success = new Float64Array(sample.x.length);
  const failure = new Float64Array(sample.x.length);
  for (const { task, rows, attempts } of sample.tasks) {
    // A task drawn twice brings its attempts twice, and as many are drawn from them.
    let toDraw = (times.get(task) ?? 0) * attempts;
    let left = attempts;
    for (const row of rows) {
      if (toDraw === 0) break;
      const drawnHere = row.times === left ? toDraw : drawBinomial(toDraw, row.times / left, random);
      success[row.place] = (success[row.place] ?? 0) + drawnHere * row.success;
      failure[row.place] = (failure[row.place] ?? 0) + drawnHere * row.failure;
      toDraw -= drawnHere;
      left -= row.times;
    }
  }
  const outcomes = sample.x.map((x, place) => ({ x, success: success[place] ?? 0, failure: failure[place] ?? 0 }));
  const succeeded = success.some((weight) => weight > 0);
  const failed = failure.some((weight) => weight > 0);
  if (!succeeded) return failed ? "none-solved" : "absent";
  if (!failed) return "all-solved";
  return fitLogistic(outcomes, penalty) ?? "one-length";
}
