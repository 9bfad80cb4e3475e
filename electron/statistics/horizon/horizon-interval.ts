import { type IntervalMethod, type TaskUnit, upperTail } from "../interval.ts";
import { quantile } from "../quantile.ts";
import type { HorizonDraw } from "./bootstrap.ts";
import type { HorizonAttempt } from "./horizon-attempt.ts";
import { successAt } from "./logistic-fit.ts";
import { horizonMinutes } from "./time-horizon.ts";

/** Interval of a time horizon, in minutes. */
export interface HorizonInterval {
  readonly low: number;
  /** Null: no upper end, because too many resamples solved everything. */
  readonly high: number | null;
  readonly level: number;
  readonly method: IntervalMethod;
  /** The topmost level that was resampled: families (clusters), or tasks where none has a family. */
  readonly unit: TaskUnit;
}

/** How many resamples gave what; they add up to the number drawn. */
export interface DrawCounts {
  readonly falling: number;
  readonly notFalling: number;
  readonly noneSolved: number;
  readonly allSolved: number;
  readonly oneLength: number;
  readonly absent: number;
}

/**
 * Percentile interval of the horizon at a chance of `share`, from resamples.
 *
 * A resample in which nothing was solved counts as 0 minutes, one in which everything was as no bound (METR leaves both
 * out, which makes the interval narrower). Resamples whose curve does not fall have no horizon and are left out; where
 * they are more than the tail of the level (2.5 % for 0.95) there is no interval, and null is returned.
 *
 * @source METR, eval-analysis-public, src/horizon/plot/bootstrap_ci.py (quantiles, linear interpolation)
 * @throws StatisticsError `level-out-of-range`
 */
export function horizonInterval(
  draws: readonly HorizonDraw[],
  share: number,
  attempts: readonly HorizonAttempt[],
  level = 0.95,
): HorizonInterval | null {
  const upper = upperTail(level);
  const counts = countDraws(draws);
  const seen = draws.length - counts.absent;
  if (seen === 0 || (counts.notFalling + counts.oneLength) / seen > 1 - upper) return null;
  const minutes = draws.flatMap((draw) => minutesOf(draw, share)).toSorted((a, b) => a - b);
  const [low, high] = [quantile(minutes, 1 - upper), quantile(minutes, upper)];
  if (low === null || high === null || !Number.isFinite(low)) return null;
  return {
    low,
    high: Number.isFinite(high) ? high : null,
    level,
    method: "hierarchical-bootstrap",
    unit: attempts.some(({ family }) => family !== null) ? "cluster" : "task",
  };
}

/** Counts resamples by what they gave. */
export function countDraws(draws: readonly HorizonDraw[]): DrawCounts {
  const count = (wanted: (draw: HorizonDraw) => boolean): number => draws.filter(wanted).length;
  return {
    falling: count((draw) => typeof draw !== "string" && draw.slope < 0),
    notFalling: count((draw) => typeof draw !== "string" && draw.slope >= 0),
    noneSolved: count((draw) => draw === "none-solved"),
    allSolved: count((draw) => draw === "all-solved"),
    oneLength: count((draw) => draw === "one-length"),
    absent: count((draw) => draw === "absent"),
  };
}

export interface BandPoint {
  readonly minutes: number;
  readonly low: number;
  readonly high: number;
}

/** Pointwise percentile band of the fitted chance of success at given human minutes; empty where nothing was fitted. */
export function horizonBand(draws: readonly HorizonDraw[], minutes: readonly number[], level = 0.95): BandPoint[] {
  const upper = upperTail(level);
  return minutes.flatMap((at) => {
    const chances = draws.flatMap((draw) => chanceOf(draw, Math.log2(at))).toSorted((a, b) => a - b);
    const [low, high] = [quantile(chances, 1 - upper), quantile(chances, upper)];
    return low === null || high === null ? [] : [{ minutes: at, low, high }];
  });
}

function minutesOf(draw: HorizonDraw, share: number): number[] {
  if (draw === "none-solved") return [0];
  if (draw === "all-solved") return [Number.POSITIVE_INFINITY];
  return typeof draw === "string" || draw.slope >= 0 ? [] : [horizonMinutes(draw, share)];
}

function chanceOf(draw: HorizonDraw, x: number): number[] {
  if (draw === "none-solved") return [0];
  if (draw === "all-solved") return [1];
  return typeof draw === "string" ? [] : [successAt(draw, x)];
}
