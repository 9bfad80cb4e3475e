/** Where things stand on a strip that stands for the whole transcript: runs of whole pixels, from the top. */
export interface StripRun {
  readonly from: number;
  /** The first pixel after it. */
  readonly to: number;
}

/**
 * The pixels of a strip that hold a mark. Marks are at least `least` px tall, so that one among 300,000 is seen.
 * @param rows items that are shown, rising: what the strip stands for
 * @param items those with a mark, rising; one that is folded away stands at the shown item before it, one before all that
 * are shown nowhere
 * @param height of the strip, px
 */
export function stripRuns(rows: Int32Array, items: Int32Array, height: number, least = 2): readonly StripRun[] {
  const runs: { from: number; to: number }[] = [];
  const count = rows.length;
  if (count === 0 || height <= 0) return runs;
  const scale = height / count;
  let last: { from: number; to: number } | undefined;
  for (const row of rowsBeside(rows, items)) {
    const from = Math.min(height - least, Math.floor(row * scale));
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, from + least);
    else {
      last = { from, to: from + least };
      runs.push(last);
    }
  }
  return runs;
}

/** The row of each item that is not before them all: its own, or that of the shown item before it. */
function rowsBeside(rows: Int32Array, items: Int32Array): Int32Array {
  const count = rows.length;
  const isAll = rows[count - 1] === count - 1;
  if (isAll) return items;
  const beside = new Int32Array(items.length);
  let found = 0;
  let row = 0;
  for (const item of items) {
    if (item < (rows[0] ?? 0)) continue;
    while (row + 1 < count && (rows[row + 1] ?? 0) <= item) row += 1;
    beside[found++] = row;
  }
  return beside.subarray(0, found);
}

/** The runs as one SVG path of rectangles between two verticals. */
export function stripPath(runs: readonly StripRun[], left: number, width: number): string {
  return runs.map(({ from, to }) => `M${left} ${from}h${width}v${to - from}h${-width}Z`).join("");
}

/** The row that a place on the strip stands for. */
export function stripRow(y: number, count: number, height: number): number {
  if (count <= 0 || height <= 0) return 0;
  return Math.max(0, Math.min(count - 1, Math.floor((y / height) * count)));
}

/** The part of the strip that the rows in sight take, never thinner than can be grasped. */
export function stripThumb(first: number, last: number, count: number, height: number): StripRun {
  if (count <= 0) return { from: 0, to: height };
  const least = Math.min(24, height);
  const from = (first / count) * height;
  const tall = Math.max(least, ((last + 1 - first) / count) * height);
  const top = Math.max(0, Math.min(height - tall, from));
  return { from: top, to: Math.min(height, top + tall) };
}
