import { Reel, type RowRange, type Sight, type Spot } from "./reel.ts";
import { RowHeights } from "./row-heights.ts";

/** A spot that is held at the upper edge of the frame while rows are drawn and measured, until a person scrolls. */
interface Pin extends Spot {
  /** The marked hit within the row is to be in sight, not only the row's beginning. */
  readonly toHit: boolean;
  /** It was gone to, not only passed by on the position bar. */
  readonly isGoal: boolean;
}

export interface ReelParts {
  /** What scrolls. */
  readonly scroller: HTMLElement;
  /** As long as the runway. */
  readonly runway: HTMLElement;
  /** Holds the rows that are drawn, each with `data-row`, one below the other. */
  readonly block: HTMLElement;
}

export interface ReelSnapshot {
  /** Rows to be drawn. */
  readonly range: RowRange;
  /** Rows of which something is in sight. */
  readonly sight: RowRange;
}

const nothing: RowRange = { first: 0, last: -1 };
/** Drawn beyond the sight on either side, in frames; a new range is drawn when less than the second is left. */
const around = { drawn: 0.8, least: 0.3 };

function within(inner: RowRange, outer: RowRange): boolean {
  return inner.first >= outer.first && inner.last <= outer.last;
}

function same(a: RowRange, b: RowRange): boolean {
  return a.first === b.first && a.last === b.last;
}

/** Puts a reel into the page: says which rows are to be drawn, measures them and keeps the one that is read in place. */
export class ReelFrame {
  private reel = new Reel(new RowHeights(0, () => 1));
  private parts: ReelParts | null = null;
  private frame = 0;
  private length = -1;
  private pin: Pin | null = null;
  /** The scroll position that was set from here; any other is a person's. */
  private setTop = 0;
  /** The scroll position. Kept, because asking the page for it has all of it laid out anew. */
  private at = 0;
  private snapshot: ReelSnapshot = { range: nothing, sight: nothing };
  private readonly listeners = new Set<() => void>();
  private readonly onMeasured: (row: number, height: number) => void;

  /** @param onMeasured is told the height of every row that was drawn with its content. */
  constructor(onMeasured: (row: number, height: number) => void) {
    this.onMeasured = onMeasured;
  }

  readonly read = (): ReelSnapshot => this.snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  /** Takes the elements into use. @returns what lets go of them. */
  attach(parts: ReelParts): () => void {
    this.parts = parts;
    this.frame = parts.scroller.clientHeight;
    this.at = parts.scroller.scrollTop;
    this.length = -1;
    const observer = new ResizeObserver(() => {
      this.frame = parts.scroller.clientHeight;
      this.laidOut();
    });
    observer.observe(parts.scroller);
    observer.observe(parts.block);
    const onScroll = (): void => {
      this.at = parts.scroller.scrollTop;
      if (Math.abs(this.at - this.setTop) > 1) this.pin = null;
      this.look();
    };
    const onRest = (): void => {
      this.rest();
    };
    parts.scroller.addEventListener("scroll", onScroll, { passive: true });
    parts.scroller.addEventListener("scrollend", onRest);
    this.place();
    this.look();
    return () => {
      observer.disconnect();
      parts.scroller.removeEventListener("scroll", onScroll);
      parts.scroller.removeEventListener("scrollend", onRest);
      this.parts = null;
    };
  }

  /** Puts other rows on the reel, with a spot of theirs at the upper edge. */
  setRows(count: number, heightOf: (row: number) => number, spot: Spot): void {
    this.reel = new Reel(new RowHeights(count, heightOf));
    this.pin = { ...spot, toHit: false, isGoal: true };
    this.snapshot = { range: nothing, sight: nothing };
    this.place();
    this.look();
  }

  /** Brings a spot to the upper edge, or its marked hit into sight, and holds it there until a person scrolls. */
  show(spot: Spot, toHit = false): void {
    this.pin = { ...spot, toHit, isGoal: true };
    this.place();
    this.look();
  }

  /** Brings a spot to the upper edge as somebody drags along: nothing was gone to. */
  drag(spot: Spot): void {
    this.pin = { ...spot, toHit: false, isGoal: false };
    this.place();
    this.look();
  }

  /** Moves by px, as a key does; nothing is held then. */
  moveBy(px: number): void {
    this.pin = null;
    this.scrollTo(this.at + px);
    this.look();
  }

  /** Moves by a share of the frame. */
  page(frames: number): void {
    this.moveBy(Math.round(frames * Math.max(40, this.frame - 40)));
  }

  /** The spot at the upper edge. */
  spot(): Spot {
    return this.reel.spotAt(this.sight());
  }

  /** How far below the upper edge a row begins, in px; negative above it. */
  offsetOf(row: number): number {
    return this.reel.rowTop(row) - this.at;
  }

  height(row: number): number {
    return this.reel.heights.height(row);
  }

  /** True while nobody has scrolled since a row was gone to. */
  get isHeld(): boolean {
    return this.pin?.isGoal === true;
  }

  /** True where the row begins in sight, or covers all of it. */
  isInSight(row: number): boolean {
    const offset = this.offsetOf(row);
    return offset > -this.height(row) && offset < this.frame;
  }

  /** The rows were drawn: measures them and puts them where they belong. To be called before the page is painted. */
  laidOut(): void {
    const { parts } = this;
    if (parts === null) return;
    const measured: (readonly [number, number])[] = [];
    for (const element of parts.block.children) {
      if (!(element instanceof HTMLElement) || element.dataset["row"] === undefined) continue;
      const row = Number(element.dataset["row"]);
      const { height } = element.getBoundingClientRect();
      if (height <= 0) continue;
      measured.push([row, height]);
      if (element.dataset["waiting"] === undefined) this.onMeasured(row, height);
    }
    this.reel.measure(measured, this.sight());
    this.findHit(parts);
    this.place();
    this.look();
  }

  private sight(): Sight {
    return { top: this.at, height: this.frame };
  }

  private scrollTo(top: number): void {
    if (this.parts === null) return;
    if (Math.abs(this.at - top) > 0.5) {
      this.parts.scroller.scrollTop = top;
      // The page rounds it, and knows its ends.
      this.at = this.parts.scroller.scrollTop;
    }
    this.setTop = this.at;
  }

  /** The runway is as long as it should be; a shorter one moves the scroll position, as the page itself will. */
  private putRunway({ runway }: ReelParts): void {
    const length = this.reel.runway(this.frame);
    if (length === this.length) return;
    this.length = length;
    runway.style.height = `${String(length)}px`;
    this.at = Math.max(0, Math.min(this.at, length - this.frame));
  }

  /** The pinned row is drawn: pins the marked hit within it. */
  private findHit({ block }: ReelParts): void {
    if (this.pin?.toHit !== true) return;
    const row = block.querySelector(`[data-row="${String(this.pin.row)}"]`);
    const hit = row?.querySelector("[data-hit]");
    if (row === null || hit === null || hit === undefined) return;
    const inRow = hit.getBoundingClientRect().top - row.getBoundingClientRect().top;
    this.pin = { ...this.pin, below: Math.max(0, inRow - this.frame / 3) };
  }

  /** Lengths and places in the page follow the reel; what is pinned is scrolled to. */
  private place(): void {
    if (this.parts === null) return;
    const wanted = this.pin === null ? null : this.reel.show(this.pin, this.frame);
    this.putRunway(this.parts);
    if (wanted !== null) this.scrollTo(wanted);
    this.putBlock(this.parts);
  }

  /** By the rows that are in the page, which may not yet be those that were asked for. */
  private putBlock({ block }: ReelParts): void {
    const first = block.firstElementChild;
    const row = first instanceof HTMLElement ? Number(first.dataset["row"] ?? 0) : 0;
    block.style.transform = `translateY(${String(this.reel.rowTop(row))}px)`;
  }

  /** Scrolling rests: base comes back to where it belongs. */
  private rest(): void {
    if (this.parts === null) return;
    const top = this.reel.settle(this.sight());
    this.putRunway(this.parts);
    this.scrollTo(top);
    this.putBlock(this.parts);
  }

  /** Says which rows are in sight now and which are to be drawn. */
  private look(): void {
    if (this.parts === null || this.frame === 0) return;
    if (this.reel.mustSettle(this.sight())) this.rest();
    const sight = this.sight();
    const seen = this.reel.rowsIn(sight, 0);
    const least = this.reel.rowsIn(sight, around.least * this.frame);
    const kept = this.snapshot.range;
    const range = within(least, kept) ? kept : this.reel.rowsIn(sight, around.drawn * this.frame);
    if (same(range, kept) && same(seen, this.snapshot.sight)) return;
    this.snapshot = { range: same(range, kept) ? kept : range, sight: seen };
    for (const listener of this.listeners) listener();
  }
}
