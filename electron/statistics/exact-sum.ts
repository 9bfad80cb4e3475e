/**
 * The sum of `numbers`, correctly rounded: the double nearest to the true sum, so the order of the numbers cannot change
 * it, not even in the last bit. Values that are not finite are added as IEEE 754 adds them (∞ − ∞ is NaN).
 *
 * @source J. R. Shewchuk, Discrete Comput. Geom. 18 (1997), 305–363 (grow-expansion); the last rounding as in Python's
 * `math.fsum`. Valid while no partial sum overflows (|Σ| < 1.8e308).
 */
export function exactSum(numbers: readonly number[] | Float64Array): number {
  return sumInTwo(numbers) ?? sumInPartials(numbers);
}

/**
 * The sum where a pair of doubles holds it exactly all the way, as it nearly always does: then it is the pair's sum, which
 * rounds once. Null where it does not, or something is not finite.
 */
function sumInTwo(numbers: readonly number[] | Float64Array): number | null {
  let high = 0;
  let low = 0;
  for (const value of numbers) {
    const sum = high + value;
    const part = sum - high;
    const error = high - (sum - part) + (value - part);
    const rest = low + error;
    const restPart = rest - low;
    // What the sum lost must fit into the second double whole. (NaN where something was not finite: that is not 0 either.)
    if (low - (rest - restPart) + (error - restPart) !== 0) return null;
    high = sum;
    low = rest;
  }
  return high + low + 0;
}

function sumInPartials(numbers: Iterable<number>): number {
  const partials: number[] = [];
  let count = 0;
  let special: number | null = null;
  for (const value of numbers) {
    if (Number.isFinite(value)) count = growBy(partials, count, value);
    else special = (special ?? 0) + value;
  }
  partials.length = count;
  return special ?? roundedTotal(partials);
}

/** Arithmetic mean with a correctly rounded sum; NaN of no numbers. */
export function exactMean(numbers: readonly number[]): number {
  return exactSum(numbers) / numbers.length;
}

/**
 * Adds `value` to an expansion: the first `count` partials, which do not overlap, smallest first, and whose sum is exact.
 * Returns how many there are then; what stands behind them means nothing.
 */
function growBy(partials: number[], count: number, value: number): number {
  let rest = value;
  let kept = 0;
  for (let place = 0; place < count; place += 1) {
    const partial = partials[place] ?? 0;
    const sum = rest + partial;
    const error = Math.abs(rest) < Math.abs(partial) ? rest - (sum - partial) : partial - (sum - rest);
    if (error !== 0) {
      partials[kept] = error;
      kept += 1;
    }
    rest = sum;
  }
  partials[kept] = rest;
  return kept + 1;
}

function roundedTotal(partials: number[]): number {
  let total = partials.pop() ?? 0;
  let error = 0;
  for (let next = partials.pop(); next !== undefined; next = partials.pop()) {
    const before = total;
    total = before + next;
    error = next - (total - before);
    if (error !== 0) break;
  }
  // Half-way cases round by what lies below them: a partial of the same sign pushes away from the even neighbour.
  const below = partials.at(-1) ?? 0;
  if ((error < 0 && below < 0) || (error > 0 && below > 0)) {
    const doubled = error * 2;
    const pushed = total + doubled;
    if (doubled === pushed - total) return pushed;
  }
  return total + 0;
}
