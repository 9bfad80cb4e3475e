import type { SearchedAttempt } from "../../../electron/contract/searching.ts";

/** One line of the hits: an attempt, or one of its hits by its place among all. */
export type HitRow =
  | { readonly kind: "attempt"; readonly attempt: number }
  | { readonly kind: "hit"; readonly attempt: number; readonly place: number };

/** Attempts and the hits below each, as one row of lines. Nothing of a hit is needed to know which line it is. */
export interface HitRows {
  readonly total: number;
  /** By attempt: the line of its heading. */
  readonly starts: Int32Array;
  /** By attempt: the place of its first hit, −1 where none of its hits is kept. */
  readonly firsts: Int32Array;
}

/**
 * @param attempts those with hits that are known, in their order
 * @param kept hits that are kept of all attempts, also of those that are not known yet
 */
export function hitRows(attempts: readonly Pick<SearchedAttempt, "hits" | "firstHit">[], kept: number): HitRows {
  const starts = new Int32Array(attempts.length);
  const firsts = new Int32Array(attempts.length);
  let total = 0;
  for (const [place, { hits, firstHit }] of attempts.entries()) {
    starts[place] = total;
    firsts[place] = firstHit ?? -1;
    total += 1 + (firstHit === null ? 0 : Math.max(0, Math.min(hits, kept - firstHit)));
  }
  return { total, starts, firsts };
}

/** The line at a place; null past the end. */
export function hitRowAt(rows: HitRows, row: number): HitRow | null {
  if (row < 0 || row >= rows.total) return null;
  let low = 0;
  let high = rows.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((rows.starts[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  const below = row - (rows.starts[low] ?? 0);
  if (below === 0) return { kind: "attempt", attempt: low };
  return { kind: "hit", attempt: low, place: (rows.firsts[low] ?? 0) + below - 1 };
}
