import { itemFlags, itemKinds, type TranscriptOutline } from "../../../contract/transcripts.ts";
import type { SampleReader } from "./sample-reader.ts";

const latest = 2 ** 31 - 1;

/** What a sample is made of, in columns. */
export async function outlineOf(reader: SampleReader): Promise<TranscriptOutline> {
  const { total, messages, events, index } = reader;
  const startedAt = await reader.startedAt();
  const kindOf = new Uint8Array(total);
  const flagOf = new Uint8Array(total);
  const atOf = new Int32Array(total).fill(-1);
  const spanOf = new Int32Array(total).fill(-1);
  const counts = itemKinds.map((kind) => ({ kind, count: 0, failed: 0 }));
  for (let row = 0; row < total; row += 1) {
    const { kind, flag, time, span } = rowOf(reader, row);
    kindOf[row] = kind;
    flagOf[row] = flag;
    spanOf[row] = span;
    if (startedAt !== null && !Number.isNaN(time)) atOf[row] = Math.min(latest, Math.max(0, time - startedAt));
    const count = counts[kind];
    if (count === undefined) continue;
    count.count += 1;
    if ((flag & itemFlags.failed) !== 0) count.failed += 1;
  }
  return {
    total,
    messages,
    events,
    startedAt,
    bytes: index.to > 0 ? index.to - index.from : reader.bytes,
    kindOf,
    flagOf,
    atOf,
    spanOf,
    kinds: counts.filter(({ count }) => count > 0),
    spans: spansOf(reader),
    notes: [...reader.notes],
  };
}

function rowOf(reader: SampleReader, row: number): { kind: number; flag: number; time: number; span: number } {
  const kind = reader.kindOf(row);
  const place = reader.known(row);
  if (place === null) return { kind, flag: isError(kind) ? itemFlags.failed : 0, time: Number.NaN, span: -1 };
  const { columns, index } = place;
  return { kind, flag: columns.flag(index), time: columns.time(index), span: columns.span(index) };
}

function isError(kind: number): boolean {
  return itemKinds[kind] === "error";
}

function spansOf({ index, messages }: SampleReader): TranscriptOutline["spans"] {
  const { spans } = index;
  const depth = spans.finish();
  const column = (at: (span: number) => number): Int32Array =>
    Int32Array.from({ length: spans.length }, (_, span) => at(span));
  return {
    words: spans.words,
    name: column((span) => spans.name.at(span)),
    type: column((span) => spans.type.at(span)),
    parent: column((span) => spans.parent.at(span)),
    depth,
    first: column((span) => messages + spans.first.at(span)),
    last: column((span) => messages + spans.last.at(span)),
  };
}
