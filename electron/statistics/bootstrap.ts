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
 * Percentile bootstrap: as many units as there are drawn with replacement. `kinds` says how many units there are of each
 * kind (1 where every unit is one of its own), and the statistic is made of how often each kind was drawn. Put the kinds in
 * an order that their content decides, or the result depends on how they came in. Null with fewer than two units, and where the statistic was undefined on more resamples than the tail
 * of the level (2.5 % for 0.95): the missing ones could all lie beyond the end.
 *
 * @source B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), ch. 13
 * @throws StatisticsError `level-out-of-range`, `count-out-of-range` for less than one draw
 */
export function bootstrapBounds(
  kinds: readonly number[],
  statistic: (times: Int32Array) => number | null,
  random: Random,
  { draws = 2_000, level = 0.95 }: PercentileOptions = {},
): BootstrapBounds | null {
  const upper = upperTail(level);
  if (!(Number.isInteger(draws) && draws > 0)) {
    throw new StatisticsError("count-out-of-range", "A bootstrap needs at least one draw.", { draws });
  }
  const kindOf = kinds.flatMap((count, kind) => Array.from({ length: count }, () => kind));
  if (kindOf.length < 2) return null;
  const values: number[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    const value = statistic(drawTimes(kindOf, kinds.length, random));
    if (value !== null) values.push(value);
  }
  values.sort((a, b) => a - b);
  const [low, high] = [quantile(values, 1 - upper), quantile(values, upper)];
  const undefinedDraws = draws - values.length;
  if (low === null || high === null || undefinedDraws / draws > 1 - upper) return null;
  return { low, high, used: values.length, undefinedDraws };
}

function drawTimes(kindOf: readonly number[], kinds: number, random: Random): Int32Array {
  const times = new Int32Array(kinds);
  for (const own of kindOf) {
    const kind = kindOf[Math.floor(random() * kindOf.length)] ?? own;
    times[kind] = (times[kind] ?? 0) + 1;
  }
  return times;
}
