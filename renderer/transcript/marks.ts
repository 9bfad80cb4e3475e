import { itemFlags, itemKinds, type ItemKind, type TranscriptOutline } from "../../electron/contract/transcripts.ts";

/** What keys jump between and the position bar shows. */
export const markNames = ["message", "tool", "error", "limit", "score"] as const;
export type MarkName = (typeof markNames)[number];

export type Marks = Readonly<Record<MarkName, Int32Array>>;

const kindsOf: Readonly<Record<MarkName, readonly ItemKind[]>> = {
  message: ["system", "user", "assistant", "tool-output", "message", "model", "input"],
  tool: ["tool"],
  error: ["error"],
  limit: ["sample-limit", "limit", "interrupt", "compaction"],
  score: ["score", "score-edit", "final-score"],
};

/** Kinds of messages that may make tool calls. A model's event makes them too, but the tool's own event stands beside it. */
const callers: readonly ItemKind[] = ["assistant", "message"];

function places(kinds: readonly ItemKind[]): ReadonlySet<number> {
  return new Set(kinds.map((kind) => itemKinds.indexOf(kind)));
}

function collect(outline: TranscriptOutline, isMark: (kind: number, flags: number) => boolean): Int32Array {
  const found = new Int32Array(outline.total);
  let count = 0;
  for (let index = 0; index < outline.total; index += 1) {
    if (isMark(outline.kindOf[index] ?? -1, outline.flagOf[index] ?? 0)) found[count++] = index;
  }
  return found.slice(0, count);
}

/** The items of each mark, rising. */
export function marksOf(outline: TranscriptOutline): Marks {
  const calling = places(callers);
  const of = (name: MarkName, byFlag: (kind: number, flags: number) => boolean = () => false): Int32Array => {
    const kinds = places(kindsOf[name]);
    return collect(outline, (kind, flags) => kinds.has(kind) || byFlag(kind, flags));
  };
  return {
    message: of("message"),
    tool: of("tool", (kind, flags) => calling.has(kind) && (flags & itemFlags.callsTools) !== 0),
    error: of("error", (_kind, flags) => (flags & itemFlags.failed) !== 0),
    limit: of("limit"),
    score: of("score"),
  };
}

/** How many of a rising list are below a value. */
export function countBelow(rising: Int32Array, value: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rising[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The nearest of a rising list after (`step` 1) or before (−1) a place; null where there is none. */
export function nextOf(rising: Int32Array, from: number, step: 1 | -1): number | null {
  const place = step === 1 ? countBelow(rising, from + 1) : countBelow(rising, from) - 1;
  return rising[place] ?? null;
}
