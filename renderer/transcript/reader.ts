import type { SearchHit } from "../../electron/contract/searching.ts";
import {
  itemFlags,
  itemKinds,
  spanAt,
  type ItemKind,
  type TranscriptItem,
  type TranscriptOutline,
} from "../../electron/contract/transcripts.ts";
import { formatCount } from "../../electron/contract/number-text.ts";
import { ItemWindows, type WindowLimits } from "./item-windows.ts";
import { kindLook } from "./kind-looks.ts";
import { marksOf, nextOf, type MarkName, type Marks } from "./marks.ts";
import { ReelFrame } from "./reel-frame.ts";
import { foldsOver, rowOfItem, shownRows, spanHeads, type TranscriptMode } from "./shown-rows.ts";
import type { TranscriptSource } from "./source.ts";

/** The place of a hit within its item. */
export interface HitPlace extends Pick<SearchHit, "index" | "field" | "offset"> {
  /** In UTF-16 units. */
  readonly length: number;
}

export function placeOfHit({ index, field, offset, match }: SearchHit): HitPlace {
  return { index, field, offset, length: match.length };
}

export interface ReaderState {
  readonly mode: TranscriptMode;
  /** Spans that are folded, by their place in the outline. */
  readonly folded: ReadonlySet<number>;
  /** Items that are shown, rising. */
  readonly rows: Int32Array;
  /** The item that keys start from: the last that was jumped to. */
  readonly current: number;
  /** Characters that are shown of items that were opened beyond the usual. */
  readonly opened: ReadonlyMap<number, number>;
  readonly hit: HitPlace | null;
  /** What a screen reader is told. */
  readonly said: string;
}

/** Pages of 50: an answer is small enough to be checked and drawn between two frames. */
const limits: WindowLimits = { pageSize: 50, pages: 120, characters: 12_000_000, requests: 2 };

/** Height of a row before any was drawn, px. */
const firstGuess = 96;
/** Characters of a text that are shown before it is opened, and at most when it first is. */
export const shownCharacters = { closed: 3_000, opened: 100_000 } as const;

function weight(item: TranscriptItem): number {
  return 200 + item.title.length + item.text.length + (item.detail?.length ?? 0);
}

/**
 * One transcript as it is being read: what is folded and shown, where the reader is, and the windows of it that are in
 * memory. Lives as long as its screen does.
 */
export class TranscriptReader {
  readonly source: TranscriptSource;
  readonly outline: TranscriptOutline;
  readonly marks: Marks;
  /** By item: the span that begins with it. */
  readonly heads: ReadonlyMap<number, number>;
  readonly windows: ItemWindows<TranscriptItem>;
  readonly frame: ReelFrame;
  private state: ReaderState;
  private readonly listeners = new Set<() => void>();
  /** By item: the height that it was last drawn with, 0 before. */
  private readonly known: Float32Array;
  private drawn = 0;
  private drawnPx = 0;
  private readonly looks = new Map<string, readonly number[]>();

  constructor(source: TranscriptSource, outline: TranscriptOutline) {
    this.source = source;
    this.outline = outline;
    this.marks = marksOf(outline);
    this.heads = spanHeads(outline);
    this.known = new Float32Array(outline.total);
    this.windows = new ItemWindows((offset, limit) => source.items(offset, limit), weight, limits);
    this.frame = new ReelFrame((row, height) => {
      this.note(row, height);
    });
    const folded: ReadonlySet<number> = new Set();
    const rows = shownRows(outline, "all", folded);
    this.state = { mode: "all", folded, rows, current: rows[0] ?? 0, opened: new Map(), hit: null, said: "" };
    this.lay({ row: 0, below: 0 });
  }

  readonly read = (): ReaderState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  kindOf(index: number): ItemKind {
    return itemKinds[this.outline.kindOf[index] ?? -1] ?? "event";
  }

  /** It is an error, or holds one. */
  isFailed(index: number): boolean {
    return ((this.outline.flagOf[index] ?? 0) & itemFlags.failed) !== 0;
  }

  /** How many spans an item lies in; a span's own beginning stands one further out. */
  depthOf(index: number): number {
    const span = this.outline.spanOf[index] ?? -1;
    if (span < 0) return 0;
    return (this.outline.spans.depth[span] ?? 0) + (this.outline.spans.first[span] === index ? 0 : 1);
  }

  /** The item as it is named before its window is there: its span, or what kind it is. */
  nameOf(index: number): string {
    const span = this.heads.get(index);
    const head = span === undefined ? null : spanAt(this.outline, span);
    if (head !== null && head.name !== "") return head.name;
    return this.windows.item(index)?.title ?? kindLook(this.kindOf(index)).words;
  }

  /** Who looks says which rows' items it needs; the union is kept. */
  lookAt(who: string, items: readonly number[]): void {
    this.looks.set(who, items);
    this.windows.want([...this.looks.values()].flat());
  }

  /** The item from which keys go on: the current one while it is in sight, else the first in sight. */
  here(): number {
    const { rows, current } = this.state;
    const row = rowOfItem(rows, current);
    if (rows[row] === current && (this.frame.isHeld || this.frame.isInSight(row))) return current;
    return rows[this.frame.spot().row] ?? current;
  }

  /** Jumps to the next or the one before. Says so where there is none. @returns the item. */
  jump(mark: MarkName, step: 1 | -1): number | null {
    const next = nextOf(this.marks[mark], this.here(), step);
    if (next === null) this.put({ said: `No ${markWords[mark]} ${step === 1 ? "after" : "before"} this.` });
    else this.goTo(next);
    return next;
  }

  /** Brings an item to the upper edge; opens the folds over it, and all of the transcript where it is not shown. */
  goTo(index: number, hit: HitPlace | null = null): void {
    const item = Math.max(0, Math.min(this.outline.total - 1, index));
    const over = foldsOver(this.outline, this.state.folded, item);
    let { mode, folded, rows } = this.state;
    if (rows[rowOfItem(rows, item)] !== item) {
      if (over.length > 0) folded = new Set([...folded].filter((span) => !over.includes(span)));
      rows = shownRows(this.outline, mode, folded);
      if (rows[rowOfItem(rows, item)] !== item) {
        mode = "all";
        rows = shownRows(this.outline, mode, folded);
      }
    }
    const changed = rows !== this.state.rows;
    const row = rowOfItem(rows, item);
    const opened = hit === null ? this.state.opened : this.openedFor(hit);
    this.put({ mode, folded, rows, current: item, hit, opened, said: this.placeWords(item) });
    if (changed) this.lay({ row, below: 0 });
    this.frame.show({ row, below: 0 }, hit !== null);
  }

  /** To the first or the very last row. */
  goToEnd(end: "first" | "last"): void {
    const { rows } = this.state;
    const row = end === "first" ? 0 : rows.length - 1;
    const current = rows[row] ?? 0;
    this.put({ current, hit: null, said: this.placeWords(current) });
    this.frame.show({ row, below: end === "first" ? 0 : Number.POSITIVE_INFINITY });
  }

  setMode(mode: TranscriptMode): void {
    this.reshape(mode, this.state.folded, this.here());
  }

  /** Folds an open span, opens a folded one. Its beginning stays where it is on the screen. */
  toggleFold(span: number): void {
    const folded = new Set(this.state.folded);
    if (!folded.delete(span)) folded.add(span);
    this.reshape(this.state.mode, folded, this.outline.spans.first[span] ?? 0);
  }

  foldAll(isFolded: boolean): void {
    const all = this.outline.spans.first.length;
    const folded = new Set(isFolded ? Array.from({ length: all }, (_, span) => span) : []);
    this.reshape(this.state.mode, folded, this.here());
  }

  /** Shows more of an item's texts, or as much as is usual again. */
  open(index: number, characters: number): void {
    const opened = new Map(this.state.opened);
    if (characters <= shownCharacters.closed) opened.delete(index);
    else opened.set(index, characters);
    this.put({ opened });
  }

  setHit(hit: HitPlace | null): void {
    this.put({ hit });
  }

  say(said: string): void {
    this.put({ said });
  }

  close(): void {
    this.windows.close();
    this.listeners.clear();
    this.source.close();
  }

  private openedFor(hit: HitPlace): ReadonlyMap<number, number> {
    const needed = hit.offset + hit.length;
    if (hit.field === "title" || needed <= (this.state.opened.get(hit.index) ?? shownCharacters.closed)) {
      return this.state.opened;
    }
    return new Map(this.state.opened).set(hit.index, Math.max(needed + 1_000, shownCharacters.opened));
  }

  private placeWords(index: number): string {
    const { words } = kindLook(this.kindOf(index));
    const name = this.nameOf(index);
    const what = name === words ? words : `${words}, ${name.slice(0, 120)}`;
    return `Item ${formatCount(index + 1)} of ${formatCount(this.outline.total)}: ${what}`;
  }

  /** Other rows are shown; the row of `kept` stays at its height on the screen, or comes into sight. */
  private reshape(mode: TranscriptMode, folded: ReadonlySet<number>, kept: number): void {
    const before = this.state.rows;
    const offset = this.frame.offsetOf(rowOfItem(before, kept));
    const rows = shownRows(this.outline, mode, folded);
    const row = rowOfItem(rows, kept);
    const wasInSight = this.frame.isInSight(rowOfItem(before, kept));
    const said = `${formatCount(rows.length)} of ${formatCount(this.outline.total)} items shown`;
    this.put({ mode, folded, rows, current: rows[row] ?? 0, said });
    this.lay({ row, below: wasInSight ? -offset : 0 });
  }

  private lay(spot: { readonly row: number; readonly below: number }): void {
    const { rows } = this.state;
    const guess = this.drawn === 0 ? firstGuess : this.drawnPx / this.drawn;
    const heightOf = (row: number): number => {
      const known = this.known[rows[row] ?? -1] ?? 0;
      return known > 0 ? known : guess;
    };
    this.frame.setRows(rows.length, heightOf, spot);
  }

  private note(row: number, height: number): void {
    const index = this.state.rows[row];
    if (index === undefined) return;
    const before = this.known[index] ?? 0;
    if (before === 0) this.drawn += 1;
    this.drawnPx += height - before;
    this.known[index] = height;
  }

  private put(change: Partial<ReaderState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

const markWords: Readonly<Record<MarkName, string>> = {
  message: "message",
  tool: "tool call",
  error: "error",
  limit: "limit",
  score: "score",
};
