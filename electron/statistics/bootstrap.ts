import { type Bounds, upperTail } from "./interval.ts";
import { quantile } from "./quantile.ts";
import type { Random } from "./seeded-random.ts";
import { StatisticsError } from "./statistics-error.ts";

export interface BootstrapBounds extends Bounds {
  /** Resamples on which the statistic was defined, and those on which it was not, which are left out. */
  readonly used: number;
  readonly undefinedDraws: number;
}

export interface PercentileOptions {
  /** Number of resamples, default 2,000. */
  readonly draws?: number;
  readonly level?: number;
}

/**
 * Percentile bootstrap: `units` drawn with replacement, as many as there are, and the statistic made of each resample.
 * Give the units in an order that their content decides, or the result depends on how they came in.
 * Null with fewer than two units, and where the statistic was undefined on more resamples than the tail of the level
 * (2.5 % for 0.95): the missing ones could all lie beyond the end.
 *
 * @source B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), ch. 13
 * @throws StatisticsError `level-out-of-range`, `count-out-of-range` for less than one draw
 */
export function bootstrapBounds<T>(
  units: readonly T[],
  statistic: (resample: readonly T[]) => number | null,
  random: Random,
  { draws = 2_000, level = 0.95 }: PercentileOptions = {},
): BootstrapBounds | null {
  const upper = upperTail(level);
  if (!(Number.isInteger(draws) && draws > 0)) {
    throw new StatisticsError("count-out-of-range", "A bootstrap needs at least one draw.", { draws });
  }
  if (units.length < 2) return null;
  const values: number[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    const value = statistic(resampled(units, random));
    if (value !== null) values.push(value);
  }
  values.sort((a, b) => a - b);
  const [low, high] = [quantile(values, 1 - upper), quantile(values, upper)];
  const undefinedDraws = draws - values.length;
  if (low === null || high === null || undefinedDraws / draws > 1 - upper) return null;
  return { low, high, used: values.length, undefinedDraws };
}

/** As many units as there are, drawn with replacement. */
function resampled<T>(units: readonly T[], random: Random): T[] {
  return units.map((unit) => units[Math.floor(random() * units.length)] ?? unit);
}
