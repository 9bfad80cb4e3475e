import type { ByteSource } from "../../byte-source.ts";
import type { Transcript, TranscriptAddress, TranscriptOptions } from "../../logged-run.ts";
import { ZipError, type ZipMember } from "../../zip/zip-error.ts";
import { detectContainer } from "../detect.ts";
import { openArchive } from "../read-eval.ts";
import { sampleSource, type OpenOptions, type SampleSource } from "./open-sample.ts";
import { SampleReader } from "./sample-reader.ts";
import { windowOf } from "./window.ts";

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

const mostItems = 1_000;

/** A stored log that samples are read from: its members by name, null for a JSON log. */
export interface SampleContainer {
  readonly source: ByteSource;
  readonly members: ReadonlyMap<string, ZipMember> | null;
}

/** @throws TranscriptError `not-found` where the bytes are no log; the signal's reason where it is aborted */
export async function openContainer(source: ByteSource, signal?: AbortSignal): Promise<SampleContainer> {
  const container = await detectContainer(source);
  if (container.kind === "none") throw new TranscriptError("not-found", "The log holds no such sample.");
  return { source, members: container.kind === "zip" ? (await openArchive(source, signal)).members : null };
}

/** Where an attempt's sample lies. @throws TranscriptError `not-found` */
export function findSample(container: SampleContainer, member: string): SampleSource {
  const source = sampleSource(container, member);
  if (source === null) throw new TranscriptError("not-found", "The log holds no such sample.");
  return source;
}

/**
 * Opens an attempt's transcript: reads its sample once from end to end, in bounded memory.
 *
 * @param format what `LoggedRun.format` said; "inspect" is the only one
 * @throws TranscriptError `not-found` or `damaged`; the signal's reason where it is aborted
 */
export async function openTranscript(
  source: ByteSource,
  format: string,
  attempt: Pick<TranscriptAddress, "member">,
  options: OpenOptions = {},
): Promise<SampleReader> {
  if (format !== "inspect") throw new TranscriptError("not-found", "Transcripts of this format cannot be read.");
  try {
    const container = await openContainer(source, options.signal);
    return await SampleReader.open(findSample(container, attempt.member), options);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof ZipError || error instanceof SyntaxError) {
      throw new TranscriptError("damaged", "The sample is damaged.", { cause: error });
    }
    throw error;
  }
}

/**
 * One page of an attempt's transcript: the conversation's messages, then the events, then error, limit, invalidation
 * and scores; message pools and attachments are put back. For more than one page: `openTranscript`.
 *
 * @throws as `openTranscript`
 */
export async function readTranscript(
  source: ByteSource,
  format: string,
  attempt: TranscriptAddress,
  options: TranscriptOptions = {},
): Promise<Transcript> {
  const reader = await openTranscript(source, format, attempt, { signal: options.signal });
  const offset = Math.max(0, Math.floor(options.offset ?? 0));
  const limit = Math.min(mostItems, Math.max(1, Math.floor(options.limit ?? 200)));
  try {
    return await windowOf(reader, { offset, limit, signal: options.signal });
  } finally {
    reader.wipe();
  }
}
