/** Where things stand on a strip that stands for the whole transcript: runs of whole pixels, from the top. */
export interface StripRun {
  readonly from: number;
  /** The first pixel after it. */
  readonly to: number;
}

/**
 * The pixels of a strip that hold a mark. Marks are at least `least` px tall, so that one among 300,000 is seen.
 * @param rows rows with a mark, rising; @param count rows in all; @param height of the strip, px.
 */
export function stripRuns(rows: Iterable<number>, count: number, height: number, least = 2): readonly StripRun[] {
  const runs: { from: number; to: number }[] = [];
  if (count <= 0 || height <= 0) return runs;
  for (const row of rows) {
    const from = Math.min(height - least, Math.floor((row / count) * height));
    const last = runs.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, from + least);
    else runs.push({ from, to: from + least });
  }
  return runs;
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
