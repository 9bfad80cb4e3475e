import { itemKinds, type ItemKind, type TranscriptOutline } from "../../electron/contract/transcripts.ts";
import { countBelow } from "./marks.ts";

/** How much of a transcript is shown: all of it, what happened, or what was said. */
export const transcriptModes = ["all", "events", "text"] as const;
export type TranscriptMode = (typeof transcriptModes)[number];

const said: readonly ItemKind[] = ["system", "user", "assistant", "message"];
/** Where the log has events only, these hold what was said. */
const saidInEvents: readonly ItemKind[] = ["sample-init", "input", "model"];

function isShown(outline: TranscriptOutline, mode: TranscriptMode): (index: number) => boolean {
  if (mode === "all") return () => true;
  if (mode === "events") return (index) => index >= outline.messages;
  const kinds = new Set((outline.messages > 0 ? said : saidInEvents).map((kind) => itemKinds.indexOf(kind)));
  return (index) => kinds.has(outline.kindOf[index] ?? -1);
}

/** One a span: 1 where it is folded itself or lies in one that is. Parents come before children in an outline. */
export function foldedSpans(outline: TranscriptOutline, folded: ReadonlySet<number>): Uint8Array {
  const { parent } = outline.spans;
  const inFold = new Uint8Array(parent.length);
  for (let span = 0; span < parent.length; span += 1) {
    const around = parent[span] ?? -1;
    if (folded.has(span) || (around >= 0 && inFold[around] === 1)) inFold[span] = 1;
  }
  return inFold;
}

/**
 * The items that are shown, rising: of a folded span its first item alone, and that only where nothing around it is
 * folded.
 */
export function shownRows(outline: TranscriptOutline, mode: TranscriptMode, folded: ReadonlySet<number>): Int32Array {
  const inFold = foldedSpans(outline, folded);
  const fits = isShown(outline, mode);
  const { parent, first } = outline.spans;
  const rows = new Int32Array(outline.total);
  let count = 0;
  for (let index = 0; index < outline.total; index += 1) {
    if (!fits(index)) continue;
    const span = outline.spanOf[index] ?? -1;
    if (span >= 0 && inFold[span] === 1) {
      const around = parent[span] ?? -1;
      const isHead = first[span] === index && (around < 0 || inFold[around] !== 1);
      if (!isHead) continue;
    }
    rows[count++] = index;
  }
  return rows.slice(0, count);
}

/** The row of an item, or of the nearest shown item before it (the first row where there is none before). */
export function rowOfItem(rows: Int32Array, index: number): number {
  return Math.max(0, countBelow(rows, index + 1) - 1);
}

/** Spans from the outermost to the one that an item lies in. */
export function pathOf(outline: TranscriptOutline, index: number): readonly number[] {
  const path: number[] = [];
  let span = outline.spanOf[index] ?? -1;
  while (span >= 0 && path.length < 200) {
    path.unshift(span);
    span = outline.spans.parent[span] ?? -1;
  }
  return path;
}

/** The folded spans that hide an item: those to open for it to be shown. */
export function foldsOver(outline: TranscriptOutline, folded: ReadonlySet<number>, index: number): readonly number[] {
  return pathOf(outline, index).filter((span) => folded.has(span));
}

/** By item: the outermost span that begins with it. */
export function spanHeads(outline: TranscriptOutline): ReadonlyMap<number, number> {
  const heads = new Map<number, number>();
  for (const [span, item] of outline.spans.first.entries()) if (!heads.has(item)) heads.set(item, span);
  return heads;
}
