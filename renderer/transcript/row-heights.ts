/**
 * Heights of many rows under each other, measured or guessed, in px. Tops, the row at a place and a changed height each
 * cost the logarithm of the number of rows: a Fenwick tree (Fenwick 1994, "A new data structure for cumulative
 * frequency tables").
 */
export class RowHeights {
  readonly count: number;
  private readonly heights: Float64Array;
  /** sums[i] holds the heights of the rows (i − lowbit(i), i], counted from 1. */
  private readonly sums: Float64Array;
  private readonly highBit: number;

  /** @param heightOf a row's height; more than 0, or a row could not be told from the next by its place. */
  constructor(count: number, heightOf: (row: number) => number) {
    this.count = count;
    this.heights = new Float64Array(count);
    this.sums = new Float64Array(count + 1);
    for (let row = 0; row < count; row += 1) {
      const height = heightOf(row);
      this.heights[row] = height;
      this.sums[row + 1] = height;
    }
    for (let node = 1; node <= count; node += 1) {
      const parent = node + (node & -node);
      if (parent <= count) this.sums[parent] = (this.sums[parent] ?? 0) + (this.sums[node] ?? 0);
    }
    this.highBit = count === 0 ? 0 : 2 ** Math.floor(Math.log2(count));
  }

  get total(): number {
    return this.top(this.count);
  }

  /** 0 for a row that is not there. */
  height(row: number): number {
    return this.heights[row] ?? 0;
  }

  /** The sum of the heights of all rows before this one. */
  top(row: number): number {
    let sum = 0;
    for (let node = Math.max(0, Math.min(this.count, row)); node > 0; node -= node & -node) sum += this.sums[node] ?? 0;
    return sum;
  }

  /** The row that covers a place: `top(row) <= y < top(row + 1)`; the first or last row for a place beyond the ends. */
  rowAt(y: number): number {
    let node = 0;
    let left = y;
    for (let bit = this.highBit; bit > 0; bit >>>= 1) {
      const next = node + bit;
      const sum = this.sums[next];
      if (next > this.count || sum === undefined || sum > left) continue;
      node = next;
      left -= sum;
    }
    return Math.max(0, Math.min(this.count - 1, node));
  }

  /** @returns by how much the row grew. */
  set(row: number, height: number): number {
    if (row < 0 || row >= this.count) return 0;
    const change = height - this.height(row);
    if (change === 0) return 0;
    this.heights[row] = height;
    for (let node = row + 1; node <= this.count; node += node & -node)
      this.sums[node] = (this.sums[node] ?? 0) + change;
    return change;
  }
}
