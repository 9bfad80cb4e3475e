import type { RowHeights } from "./row-heights.ts";

/**
 * The arithmetic of a window over rows whose heights are guessed until they are drawn. Rows lie on a reel; the reel lies
 * on a runway, which is what the browser scrolls. The runway is never longer than `longestRunway`, because a browser
 * knows no place beyond about 33 million px, and 300,000 rows reach further.
 *
 * `base` is where the reel's start lies on the runway. When a row above the sight turns out taller than guessed, base
 * moves instead of the scroll position: nothing jumps and no scroll under way is disturbed. `settle` brings base back to
 * where it belongs once scrolling rests, moving base and the scroll position by the same px.
 */

export const longestRunway = 8_000_000;

export interface Sight {
  /** Scroll position on the runway and height of the frame, in px. */
  readonly top: number;
  readonly height: number;
}

export interface RowRange {
  readonly first: number;
  /** The last row, itself drawn; less than `first` where there are none. */
  readonly last: number;
}

/** A place on the reel that does not depend on heights: a row, and how far below its top, in px. */
export interface Spot {
  readonly row: number;
  readonly below: number;
}

export class Reel {
  heights: RowHeights;
  base = 0;

  constructor(heights: RowHeights) {
    this.heights = heights;
  }

  /** How long the runway is, in px. Whatever lies on the reel beyond it is reached by settling again. */
  runway(frame: number): number {
    return Math.max(frame, Math.min(longestRunway, this.heights.total));
  }

  /** Where a row begins on the runway. */
  rowTop(row: number): number {
    return this.heights.top(row) + this.base;
  }

  /** The row at the upper edge of the sight, and how much of it is above. */
  spotAt(sight: Sight): Spot {
    const y = sight.top - this.base;
    const row = this.heights.rowAt(y);
    return { row, below: y - this.heights.top(row) };
  }

  /** The rows in sight, and those within `around` px of it. */
  rowsIn(sight: Sight, around: number): RowRange {
    if (this.heights.count === 0) return { first: 0, last: -1 };
    const y = sight.top - this.base;
    return { first: this.heights.rowAt(y - around), last: this.heights.rowAt(y + sight.height + around) };
  }

  /**
   * Takes measured heights. The row at the upper edge of the sight stays where it is on the screen.
   * @returns whether any was another than before.
   */
  measure(heights: Iterable<readonly [row: number, height: number]>, sight: Sight): boolean {
    const anchor = this.spotAt(sight).row;
    let changed = false;
    let above = 0;
    for (const [row, height] of heights) {
      const grew = this.heights.set(row, height);
      if (grew !== 0) changed = true;
      if (row < anchor) above += grew;
    }
    this.base -= above;
    return changed;
  }

  /**
   * Where the scroll position should be for base to lie as it belongs: at the start of the reel on the start of the
   * runway, at its end on its end, and amid a reel longer than the runway amid that. Sets base; the caller scrolls.
   * @returns the scroll position at which the same rows stand at the same places.
   */
  settle(sight: Sight): number {
    return this.place(sight.top - this.base, sight.height);
  }

  /** Like `settle`, with a spot of the reel at the upper edge of the sight; as near to it as the ends allow. */
  show(spot: Spot, frame: number): number {
    return this.place(this.heights.top(spot.row) + spot.below, frame);
  }

  /** True where the sight shows a void before or after the reel, or nears an end of the runway that is not the reel's. */
  mustSettle(sight: Sight): boolean {
    const { base } = this;
    const end = base + this.heights.total;
    const bottom = sight.top + sight.height;
    const near = 2 * sight.height;
    if (base > 0 && sight.top < base) return true;
    if (base < 0 && (sight.top < near || end < bottom)) return true;
    const runway = this.runway(sight.height);
    return end > runway && bottom > runway - near;
  }

  /** @param y a place on the reel that is to stand at the upper edge. */
  private place(y: number, frame: number): number {
    const { total } = this.heights;
    const runway = this.runway(frame);
    const start = Math.max(0, Math.min(total - frame, y));
    const half = (runway - frame) / 2;
    if (total <= runway || start <= half) this.base = 0;
    else if (total - frame - start <= half) this.base = runway - total;
    else this.base = Math.round(half - start);
    return start + this.base;
  }
}
