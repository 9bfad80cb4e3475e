/**
 * Quantile `q` in [0, 1] of numbers that are sorted upwards, by linear interpolation between order statistics
 * (Hyndman and Fan's type 7, numpy's default). Infinite values keep their place. Null of no numbers.
 *
 * @source R. J. Hyndman, Y. Fan, Am. Stat. 50 (1996), 361–365.
 */
export function quantile(sorted: ArrayLike<number>, q: number): number | null {
  const place = q * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) return null;
  if (below === above) return below;
  return below + (above - below) * (place - Math.floor(place));
}
