import { transcriptLimits, type TranscriptItem } from "../../../contract/transcripts.ts";
import type { Transcript } from "../../logged-run.ts";
import type { Rendered } from "./render-item.ts";
import type { SampleReader } from "./sample-reader.ts";

/** Items of a transcript as they are shown. */

/** Messages or model calls before a tool's output that are looked into for the call that it answers. */
const lookedBack = 12;
/** UTF-16 units of all texts of one window; beyond, texts are cut to much less. */
const windowUnits = 16_000_000;
const leastUnits = 2_000;

/** The first units of a text, not cut within a pair. */
function cut(text: string, units: number): string {
  if (text.length <= units) return text;
  const last = text.charCodeAt(units - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? units - 1 : units);
}

/** The row that made a call, null where none is found near before its output. */
async function callerOf(reader: SampleReader, row: number, call: string): Promise<number | null> {
  const from = row < reader.messages ? 0 : reader.messages;
  let looked = 0;
  for (let before = row - 1; before >= from && looked < lookedBack; before -= 1) {
    if (!reader.mayCall(before)) continue;
    looked += 1;
    const item = await reader.rendered(before, 0);
    if (item?.calls.some(({ id }) => id === call) === true) return before;
  }
  return null;
}

/** What an item's calls and answers lead to. */
async function linksOf(
  reader: SampleReader,
  row: number,
  { calls, answers }: Pick<Rendered, "calls" | "answers">,
): Promise<Pick<TranscriptItem, "calls" | "answers">> {
  return {
    calls: calls.map(({ id, name }) => ({ id, name, output: id === null ? null : reader.outputOf(row, id) })),
    answers: answers === null ? null : { id: answers, call: await callerOf(reader, row, answers) },
  };
}

async function asItem(reader: SampleReader, row: number, rendered: Rendered, units: number): Promise<TranscriptItem> {
  const { kind, role, title, calls, answers, tokens, time } = rendered;
  const startedAt = await reader.startedAt();
  const [text, detail] = [cut(rendered.text, units), cut(rendered.detail, units)];
  const place = reader.known(row);
  const span = place?.columns.span(place.index) ?? -1;
  return {
    index: row,
    at: time === null || startedAt === null ? null : Math.max(0, time - startedAt),
    kind,
    role,
    title,
    text,
    detail: detail === "" ? null : detail,
    ...(await linksOf(reader, row, { calls, answers })),
    span: span < 0 ? null : span,
    tokens,
    bytes: place?.columns.place(place.index)?.length ?? 0,
    isCut: text.length < rendered.text.length || detail.length < rendered.detail.length,
  };
}

/** Items `offset` up to `offset + limit`, with cut texts. */
export async function windowOf(
  reader: SampleReader,
  { offset, limit, signal }: { offset: number; limit: number; signal?: AbortSignal | undefined },
): Promise<Transcript> {
  const items: TranscriptItem[] = [];
  let used = 0;
  for (let row = offset; row < Math.min(offset + limit, reader.total); row += 1) {
    signal?.throwIfAborted();
    // One more than is shown, so that what is cut is known to be.
    const rendered = await reader.rendered(row, transcriptLimits.windowText + 1);
    if (rendered === null) break;
    const item = await asItem(reader, row, rendered, used < windowUnits ? transcriptLimits.windowText : leastUnits);
    used += item.text.length + (item.detail?.length ?? 0);
    items.push(item);
  }
  return { total: reader.total, items, notes: [...reader.notes] };
}

/** A page of a text. */
export interface TextPage {
  readonly page: string;
  readonly total: number;
}

/** One item whole, in pages; null beyond the end. */
export async function itemOf(
  reader: SampleReader,
  row: number,
  { textOffset, rawOffset }: { textOffset: number; rawOffset: number },
): Promise<{ item: TranscriptItem; text: TextPage; detail: TextPage; raw: TextPage } | null> {
  const rendered = await reader.rendered(row);
  const place = reader.place(row);
  if (rendered === null || place === null) return null;
  const item = await asItem(reader, row, rendered, transcriptLimits.windowText);
  const raw = (await reader.json(place))?.toString("utf8") ?? "";
  const page = (text: string, from: number, units: number): TextPage => ({
    page: text.slice(from, from + units),
    total: text.length,
  });
  return {
    item,
    text: page(rendered.text, textOffset, transcriptLimits.itemText),
    detail: page(rendered.detail, textOffset, transcriptLimits.itemText),
    raw: page(raw, rawOffset, transcriptLimits.raw),
  };
}
