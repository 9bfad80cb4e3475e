import { exactMean, exactSum } from "./exact-sum.ts";

/**
 * Pearson's correlation of two lists in step with each other; null where one of them does not vary, or below two values.
 * The order of the pairs does not matter.
 */
export function correlation(first: readonly number[], second: readonly number[]): number | null {
  if (first.length < 2 || isConstant(first) || isConstant(second)) return null;
  const [meanFirst, meanSecond] = [exactMean(first), exactMean(second)];
  const products = first.map((value, index) => (value - meanFirst) * ((second[index] ?? Number.NaN) - meanSecond));
  const squares = (values: readonly number[], mean: number): number => exactSum(values.map((v) => (v - mean) ** 2));
  return exactSum(products) / Math.sqrt(squares(first, meanFirst) * squares(second, meanSecond));
}

function isConstant(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}
