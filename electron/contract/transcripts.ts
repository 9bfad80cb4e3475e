import { z } from "zod";
import { attemptAddressSchema } from "./evaluation.ts";
import { countSchema } from "./values.ts";

/** Transcripts: the conversation of an attempt, then its events, then what ended it, as one row of items. */

/** What an item is. The first five are messages by role, the last seven end the row; `event` is one of a kind unknown here. */
export const itemKinds = [
  "system",
  "user",
  "assistant",
  "tool-output",
  "message",
  "model",
  "tool",
  "sandbox",
  "approval",
  "input",
  "sample-init",
  "sample-limit",
  "state",
  "store",
  "span-begin",
  "span-end",
  "step",
  "subtask",
  "info",
  "logger",
  "compaction",
  "checkpoint",
  "interrupt",
  "anchor",
  "branch",
  "score",
  "score-edit",
  "error",
  "event",
  "limit",
  "invalidation",
  "final-score",
  "unreadable",
] as const;
export const itemKindSchema = z.enum(itemKinds);
export type ItemKind = z.infer<typeof itemKindSchema>;

/** Tokens of one model call, as the log says. True input is input + cache reads + cache writes. */
export const itemTokensSchema = z.strictObject({
  input: z.number().nullable(),
  output: z.number().nullable(),
  total: z.number().nullable(),
  cacheRead: z.number().nullable(),
  cacheWrite: z.number().nullable(),
  reasoning: z.number().nullable(),
});

/** A tool call that an item makes. `output`: the item that answers it, null where there is none. */
export const itemCallSchema = z.strictObject({
  id: z.string().nullable(),
  name: z.string(),
  output: countSchema.nullable(),
});

/**
 * An item's texts are exactly what the log holds: markup, escapes and direction marks are characters in them. Whoever shows
 * them makes such characters visible.
 */
export const transcriptItemSchema = z.strictObject({
  /** Its place in the row, from 0: its id. */
  index: countSchema,
  /** Milliseconds since the attempt began, null where the log does not say. */
  at: z.number().nullable(),
  kind: itemKindSchema,
  /** Of a message: who spoke, as the log says. */
  role: z.string().nullable(),
  title: z.string(),
  text: z.string(),
  detail: z.string().nullable(),
  calls: z.array(itemCallSchema),
  /** Of a tool's output: the call that it answers, and the item that made it. */
  answers: z.strictObject({ id: z.string(), call: countSchema.nullable() }).nullable(),
  /** The innermost span that it lies in: its place in the outline's spans. */
  span: countSchema.nullable(),
  tokens: itemTokensSchema.nullable(),
  /** Of its JSON in the log. */
  bytes: countSchema,
  /** Its texts are cut here: `transcripts.item` gives all of them. */
  isCut: z.boolean(),
});
export type TranscriptItem = z.infer<typeof transcriptItemSchema>;

export const transcriptSchema = z.strictObject({
  total: countSchema,
  items: z.array(transcriptItemSchema),
  notes: z.array(z.string()),
});

const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array, "bytes");
const placesSchema = z.custom<Int32Array>((value) => value instanceof Int32Array, "32-bit integers");

/** Bits of `flagOf`. */
export const itemFlags = { failed: 1, callsTools: 2 } as const;

/**
 * What a whole transcript is made of, small enough to be held for 300,000 items: columns with one value an item, or one a
 * span. `spanAt` and `jumpFrom` read them.
 */
export const transcriptOutlineSchema = z.strictObject({
  total: countSchema,
  /** Items 0 to messages − 1 are the conversation, the next `events` the events, the rest what ended it. */
  messages: countSchema,
  events: countSchema,
  /** Milliseconds since 1970-01-01T00:00Z, null where the log does not say. */
  startedAt: z.number().nullable(),
  /** Bytes of the sample after decompression. */
  bytes: countSchema,
  /** One an item: its kind's place in `itemKinds`. */
  kindOf: bytesSchema,
  /** One an item: `itemFlags`. `failed`: it is or holds an error. */
  flagOf: bytesSchema,
  /** One an item: milliseconds since the attempt began, −1 where the log does not say. */
  atOf: placesSchema,
  /** One an item: the innermost span that it lies in, −1 for none. */
  spanOf: placesSchema,
  /** Kinds that occur, in the order of `itemKinds`. */
  kinds: z.array(z.strictObject({ kind: itemKindSchema, count: countSchema, failed: countSchema })),
  /** Spans in the order of their beginnings; parents come before children. Columns have one value a span. */
  spans: z.strictObject({
    /** Names and types, each once; columns say which. */
    words: z.array(z.string()),
    name: placesSchema,
    type: placesSchema,
    /** The span around it, −1 for none. */
    parent: placesSchema,
    depth: placesSchema,
    /** Its first and last item, beginning and end among them; spans of agents side by side overlap. */
    first: placesSchema,
    last: placesSchema,
  }),
  notes: z.array(z.string()),
});
export type TranscriptOutline = z.infer<typeof transcriptOutlineSchema>;

export interface TranscriptSpan {
  readonly place: number;
  readonly name: string;
  readonly type: string;
  readonly parent: number | null;
  readonly depth: number;
  readonly first: number;
  readonly last: number;
}

/** One span of an outline by its place; null where there is none. */
export function spanAt(outline: TranscriptOutline, place: number): TranscriptSpan | null {
  const { words, name, type, parent, depth, first, last } = outline.spans;
  const begins = first[place];
  if (begins === undefined) return null;
  const around = parent[place] ?? -1;
  return {
    place,
    name: words[name[place] ?? -1] ?? "",
    type: words[type[place] ?? -1] ?? "",
    parent: around < 0 ? null : around,
    depth: depth[place] ?? 0,
    first: begins,
    last: last[place] ?? begins,
  };
}

/** What to jump to: one of these kinds, or (`failed`) anything that is or holds an error. */
export interface JumpTarget {
  readonly kinds: readonly ItemKind[];
  readonly failed?: boolean;
}

/** The nearest item after (`step` 1) or before (−1) `from` that is a target; null where there is none. */
export function jumpFrom(outline: TranscriptOutline, from: number, step: 1 | -1, target: JumpTarget): number | null {
  const wanted = new Set(target.kinds.map((kind) => itemKinds.indexOf(kind)));
  for (let index = from + step; index >= 0 && index < outline.total; index += step) {
    if (wanted.has(outline.kindOf[index] ?? -1)) return index;
    if (target.failed === true && ((outline.flagOf[index] ?? 0) & itemFlags.failed) !== 0) return index;
  }
  return null;
}

/** Most UTF-16 units of a text, and most items, that one answer holds. */
export const transcriptLimits = { items: 1_000, windowText: 100_000, itemText: 1_000_000, raw: 1_000_000 } as const;

export const transcriptRequests = {
  /** Items `offset` up to `offset + limit`, their texts cut at 100,000 characters each. */
  "attempts.transcript": {
    input: attemptAddressSchema.extend({ offset: countSchema, limit: z.int().min(1).max(transcriptLimits.items) }),
    output: transcriptSchema,
  },
  /** Reads the sample once from end to end, with progress; later windows are quick. */
  "transcripts.outline": { input: attemptAddressSchema, output: transcriptOutlineSchema },
  /** One item whole: its texts from `textOffset`, and its JSON as the log holds it from `rawOffset`, in pages. */
  "transcripts.item": {
    input: attemptAddressSchema.extend({ index: countSchema, textOffset: countSchema, rawOffset: countSchema }),
    output: z.strictObject({
      item: transcriptItemSchema,
      /** A page of the whole text, of the whole detail, of the JSON; `total` in UTF-16 units. */
      text: z.strictObject({ page: z.string(), total: countSchema }),
      detail: z.strictObject({ page: z.string(), total: countSchema }),
      raw: z.strictObject({ page: z.string(), total: countSchema }),
    }),
  },
  /** The reader left: what is held of the transcript is let go, and what is still being read stops. */
  "transcripts.close": { input: attemptAddressSchema, output: z.strictObject({}) },
} as const;
