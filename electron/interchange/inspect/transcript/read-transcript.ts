import { transcriptLimits, type TranscriptItem } from "../../../contract/transcripts.ts";
import { field } from "../../json/fields.ts";
import { piecesOf, type ByteSource } from "../../byte-source.ts";
import type { Transcript, TranscriptAddress, TranscriptOptions } from "../../logged-run.ts";
import { readMember, readWholeMember } from "../../zip/read-member.ts";
import { ZipError, type ZipMember } from "../../zip/zip-error.ts";
import { detectContainer } from "../detect.ts";
import { openArchive } from "../read-eval.ts";
import { readChunkedSample } from "./chunked-sample.ts";
import { renderEvent, renderMessage, renderTail, type Rendered } from "./render-item.ts";
import { lastReferenced, resolveReferences, within, type PageRange, type SamplePage } from "./sample-page.ts";
import { readWholeSample } from "./whole-sample.ts";

export type TranscriptErrorCode = "not-found" | "damaged";

/** Why a transcript cannot be read. */
export class TranscriptError extends Error {
  readonly code: TranscriptErrorCode;
  constructor(code: TranscriptErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "TranscriptError";
    this.code = code;
  }
}

const shellName = "sample.json";
const chunkLimit = 64 * 1024 * 1024;
const mostItems = 1_000;

async function* stoppable(
  pieces: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    yield piece;
  }
}

async function archivedPage(
  source: ByteSource,
  name: string,
  range: PageRange,
  signal: AbortSignal | undefined,
): Promise<SamplePage> {
  const { members } = await openArchive(source, signal);
  const member = members.get(name);
  if (member === undefined) throw new TranscriptError("not-found", "The log holds no such sample.");
  if (!name.endsWith(`/${shellName}`)) {
    return readWholeSample({ open: () => tolerant(source, member, signal), base: [] }, range);
  }
  const folder = name.slice(0, -shellName.length);
  const names = [...members.keys()]
    .filter((other) => other.startsWith(folder))
    .map((other) => other.slice(folder.length));
  const read = async (part: string): Promise<Uint8Array> => {
    const chunk = members.get(folder + part);
    if (chunk === undefined) throw new TranscriptError("damaged", "A part of the sample is missing.");
    return readWholeMember(source, chunk, { signal, maxBytes: chunkLimit });
  };
  return readChunkedSample({ names, read }, range);
}

/** The member's bytes up to the first damage: what was read before it can still be shown. */
async function* tolerant(
  source: ByteSource,
  member: ZipMember,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    yield* readMember(source, member, { signal });
  } catch (error) {
    if (!(error instanceof ZipError) || (error.code !== "damaged" && error.code !== "truncated")) throw error;
  }
}

function asItem(index: number, rendered: Rendered, startedAt: number | null): TranscriptItem {
  const { kind, role, title, calls, answers, tokens, time } = rendered;
  const [text, detail] = [rendered.text, rendered.detail].map((one) => one.slice(0, transcriptLimits.windowText));
  return {
    index,
    at: time === null || startedAt === null ? null : Math.max(0, time - startedAt),
    kind,
    role,
    title,
    text: text ?? "",
    detail: detail === undefined || detail === "" ? null : detail,
    calls: calls.map(({ id, name }) => ({ id, name, output: null })),
    answers: answers === null ? null : { id: answers, call: null },
    span: null,
    tokens,
    bytes: 0,
    isCut: rendered.text.length + rendered.detail.length > (text ?? "").length + (detail ?? "").length,
  };
}

function rendered(page: SamplePage, range: PageRange): Transcript {
  const start = page.totals.messages + page.totals.events;
  const items: TranscriptItem[] = [];
  for (const [index, message] of page.messages) {
    items.push(asItem(index, renderMessage(resolveReferences(message, page.attachments)), page.startedAt));
  }
  for (const [index, event] of page.events) {
    const last = lastReferenced(field(event, "input_refs"));
    const asked = last === null ? undefined : resolveReferences(page.pool.get(last), page.attachments);
    const shown = renderEvent(resolveReferences(event, page.attachments), asked);
    items.push(asItem(page.totals.messages + index, shown, page.startedAt));
  }
  const tail = renderTail(
    new Map([...page.tail].map(([name, value]) => [name, resolveReferences(value, page.attachments)])),
  );
  const { from, to } = within(range, start);
  for (const [index, item] of tail.entries()) {
    if (index >= from && index < to) items.push(asItem(start + index, item, page.startedAt));
  }
  items.sort((a, b) => a.index - b.index);
  return { total: start + tail.length, items, notes: page.notes };
}

/**
 * One page of an attempt's transcript: the conversation's messages, then the events, then error, limit, invalidation
 * and scores; message pools and attachments are put back. Reads only that attempt's sample, in bounded memory.
 *
 * @param format what `LoggedRun.format` said; "inspect" is the only one
 * @throws TranscriptError `not-found` or `damaged`; the signal's reason where it is aborted
 */
export async function readTranscript(
  source: ByteSource,
  format: string,
  attempt: TranscriptAddress,
  options: TranscriptOptions = {},
): Promise<Transcript> {
  const range: PageRange = {
    offset: Math.max(0, Math.floor(options.offset ?? 0)),
    limit: Math.min(mostItems, Math.max(1, Math.floor(options.limit ?? 200))),
  };
  if (format !== "inspect") throw new TranscriptError("not-found", "Transcripts of this format cannot be read.");
  try {
    return rendered(await pageOf(source, attempt, range, options.signal), range);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof ZipError || error instanceof SyntaxError) {
      throw new TranscriptError("damaged", "The sample is damaged.", { cause: error });
    }
    throw error;
  }
}

async function pageOf(
  source: ByteSource,
  attempt: TranscriptAddress,
  range: PageRange,
  signal: AbortSignal | undefined,
): Promise<SamplePage> {
  const container = await detectContainer(source);
  if (container.kind === "zip") return archivedPage(source, attempt.member, range, signal);
  const index = /^samples\/(\d{1,9})$/.exec(attempt.member)?.[1];
  if (container.kind === "none" || index === undefined) {
    throw new TranscriptError("not-found", "The log holds no such sample.");
  }
  const open = (): AsyncIterable<Uint8Array> => stoppable(piecesOf(source, 0, source.size), signal);
  return readWholeSample({ open, base: ["samples", Number(index)] }, range);
}
