import { itemFlags, itemKinds, type ItemKind, type TranscriptOutline } from "../../../electron/contract/transcripts.ts";

export interface SampleItem {
  readonly kind: ItemKind;
  readonly failed?: boolean;
  readonly calls?: boolean;
  readonly span?: number;
}

export interface SampleSpan {
  readonly parent: number;
  readonly first: number;
  readonly last: number;
}

/** An outline of these items and spans; the first `messages` items are the conversation. */
export function outlineOf(
  items: readonly SampleItem[],
  spans: readonly SampleSpan[] = [],
  messages = 0,
): TranscriptOutline {
  const depth: number[] = [];
  for (const { parent } of spans) depth.push(parent < 0 ? 0 : (depth[parent] ?? 0) + 1);
  const flag = ({ failed, calls }: SampleItem): number =>
    (failed === true ? itemFlags.failed : 0) | (calls === true ? itemFlags.callsTools : 0);
  return {
    total: items.length,
    messages,
    events: items.length - messages,
    startedAt: null,
    bytes: 0,
    kindOf: Uint8Array.from(items, ({ kind }) => itemKinds.indexOf(kind)),
    flagOf: Uint8Array.from(items, flag),
    atOf: Int32Array.from(items, (_, index) => index * 1_000),
    spanOf: Int32Array.from(items, ({ span }) => span ?? -1),
    kinds: [],
    spans: {
      words: ["a span", "agent"],
      name: new Int32Array(spans.length),
      type: Int32Array.from(spans, () => 1),
      parent: Int32Array.from(spans, ({ parent }) => parent),
      depth: Int32Array.from(depth),
      first: Int32Array.from(spans, ({ first }) => first),
      last: Int32Array.from(spans, ({ last }) => last),
    },
    notes: [],
  };
}
