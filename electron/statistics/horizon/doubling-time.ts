import { type Bounds, upperTail } from "../interval.ts";
import { quantile } from "../quantile.ts";
import { leastSquares, trend, type TrendPoint } from "../trend.ts";
import type { HorizonDraw } from "./bootstrap.ts";
import { horizonMinutes } from "./time-horizon.ts";

/** A model with a horizon: `released` in days since any one day, `minutes` its 50 % horizon. */
export interface DatedHorizon {
  readonly model: string;
  readonly released: number;
  readonly minutes: number;
}

/** Shorter horizons count as this many minutes, so that their logarithm exists. */
const shortest = 0.001;

/**
 * The models that were the best when they came out: whose horizon no model released on or before their day exceeds.
 * Leave out models by date before, not after: METR's "from 2023 on" sees no model from before 2023.
 *
 * @source METR, eval-analysis-public, src/horizon/generate_benchmark_results.py
 */
export function stateOfTheArt<T extends DatedHorizon>(models: readonly T[]): T[] {
  return models.filter((model) =>
    models.every((other) => other.released > model.released || other.minutes <= model.minutes),
  );
}

export type DoublingTime =
  | { readonly estimable: false; readonly reason: "too-few" | "one-time" | "not-growing"; readonly models: number }
  | {
      readonly estimable: true;
      /** Days in which the horizon doubles: ln 2 / slope of ln minutes on days. */
      readonly days: number;
      readonly models: number;
    };

/** Doubling time of the horizons given (usually `stateOfTheArt`), by least squares of ln minutes on the release day. */
export function doublingTime(models: readonly DatedHorizon[]): DoublingTime {
  const line = trend(models.map(pointOf));
  if (!line.estimable) return { estimable: false, reason: line.reason, models: models.length };
  if (line.slope <= 0) return { estimable: false, reason: "not-growing", models: models.length };
  return { estimable: true, days: Math.LN2 / line.slope, models: models.length };
}

export interface DoublingTimeInterval extends Bounds {
  readonly median: number;
  readonly level: number;
  /** Resamples with a doubling time, and those without (fewer than two models fitted, or no growth), which are left out. */
  readonly used: number;
  readonly leftOut: number;
}

/**
 * Percentile interval of the doubling time in days, from resamples of the same models drawn together.
 * Null where no resample gave one. As at METR only growth is kept; `leftOut` says how much that left out.
 *
 * @throws StatisticsError `level-out-of-range`
 */
export function doublingTimeInterval(
  models: readonly DatedHorizon[],
  draws: ReadonlyMap<string, readonly HorizonDraw[]>,
  level = 0.95,
): DoublingTimeInterval | null {
  const upper = upperTail(level);
  const count = models.reduce((most, { model }) => Math.max(most, draws.get(model)?.length ?? 0), 0);
  const days: number[] = [];
  for (let draw = 0; draw < count; draw += 1) {
    const points = models.flatMap(({ model, released }) => pointOfDraw(released, draws.get(model)?.[draw]));
    if (new Set(points.map(({ at }) => at)).size < 2) continue;
    const doubling = Math.LN2 / leastSquares(points).slope;
    if (doubling > 0 && Number.isFinite(doubling)) days.push(doubling);
  }
  days.sort((a, b) => a - b);
  const [low, median, high] = [quantile(days, 1 - upper), quantile(days, 0.5), quantile(days, upper)];
  if (low === null || median === null || high === null) return null;
  return { low, median, high, level, used: days.length, leftOut: count - days.length };
}

function pointOf({ released, minutes }: DatedHorizon): TrendPoint {
  return { at: released, value: Math.log(Math.max(minutes, shortest)) };
}

function pointOfDraw(released: number, draw: HorizonDraw | undefined): TrendPoint[] {
  if (draw === undefined || typeof draw === "string") return [];
  const minutes = horizonMinutes(draw, 0.5);
  return Number.isFinite(minutes) && minutes >= shortest ? [{ at: released, value: Math.log(minutes) }] : [];
}
