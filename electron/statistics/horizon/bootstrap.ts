import { StatisticsError } from "../statistics-error.ts";
import type { Random } from "../seeded-random.ts";
import { compareNames } from "../task-tally.ts";
import { familyOf, type HorizonAttempt, requireHorizonAttempts } from "./horizon-attempt.ts";
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
  }
  return results;
}

/** One model's attempts by task, in the order of their content; `x` are the distinct places on the axis. */
interface ModelSample {
  readonly x: readonly number[];
  readonly tasks: readonly { readonly task: string; readonly rows: readonly SampleRow[] }[];
}

interface SampleRow {
  readonly place: number;
  readonly success: number;
  readonly failure: number;
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
    rows.push({
      place: places.get(Math.log2(attempt.minutes)) ?? 0,
      success: weight * attempt.score,
      failure: weight * (1 - attempt.score),
    });
    tasks.set(attempt.task, rows);
  });
  return { x, tasks: [...tasks].map(([task, rows]) => ({ task, rows })) };
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
  for (const { task, rows } of sample.tasks) {
    // A task drawn twice brings its attempts twice, and as many are drawn from them.
    const count = (times.get(task) ?? 0) * rows.length;
    for (let attempt = 0; attempt < count; attempt += 1) {
      const row = rows[Math.floor(random() * rows.length)];
      if (row === undefined) continue;
      success[row.place] = (success[row.place] ?? 0) + row.success;
      failure[row.place] = (failure[row.place] ?? 0) + row.failure;
    }
  }
  const outcomes = sample.x.map((x, place) => ({ x, success: success[place] ?? 0, failure: failure[place] ?? 0 }));
  const succeeded = success.some((weight) => weight > 0);
  const failed = failure.some((weight) => weight > 0);
  if (!succeeded) return failed ? "none-solved" : "absent";
  if (!failed) return "all-solved";
  return fitLogistic(outcomes, penalty) ?? "one-length";
}
