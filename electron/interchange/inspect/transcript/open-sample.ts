import { piecesOf, type ByteSource } from "../../byte-source.ts";
import { asList } from "../../json/fields.ts";
import { JsonStreamError } from "../../json/json-projector.ts";
import { parseLenientJsonBytes } from "../../json/lenient-json.ts";
import { readMember } from "../../zip/read-member.ts";
import { ZipError, type ZipMember } from "../../zip/zip-error.ts";
import { KeptPages, type PageBudget } from "./kept-pages.ts";
import { Conversation, type OpenSample } from "./sample-parts.ts";
import { SampleIndex } from "./sample-index.ts";
import { ValueScanner } from "./value-scanner.ts";
import { SampleScanner, type ScanRoot, type Section } from "./sample-scanner.ts";

/** One sample of a log: where its bytes are. */
export type SampleSource =
  | { readonly kind: "member"; readonly source: ByteSource; readonly member: ZipMember }
  /** A chunked sample: the members of its folder, by their names in it. */
  | { readonly kind: "folder"; readonly source: ByteSource; readonly members: ReadonlyMap<string, ZipMember> }
  /** An element of a JSON log's samples. */
  | { readonly kind: "element"; readonly source: ByteSource; readonly sample: number };

export interface OpenOptions {
  readonly signal?: AbortSignal | undefined;
  readonly budget?: PageBudget | undefined;
  /** Called with bytes of the source that were read, and of how many. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
  /** Lets others have a turn where it worked for long; asked at every piece. */
  readonly pause?: (() => Promise<void> | void) | undefined;
  /** All bytes of a sample that is one member, where somebody has them in memory already. */
  readonly whole?: Uint8Array | null;
}

type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** A document of a sample and what it is. */
interface Document {
  readonly root: ScanRoot;
  readonly pieces: () => Pieces;
  /** Compressed bytes. */
  readonly weight: number;
  /** Bytes after decompression, 0 where nobody can say. */
  readonly size: number;
  /** Of a chunk: where the next one of its section begins, so that what is missing is known to be. */
  readonly upTo: number | null;
}

const chunkName = /^(messages|events|attachments)\/(\d{1,9})\.json$/;
const damagedNote = "The sample is damaged; what stands before the damage is shown.";
const missingNote = "Parts of the sample are missing or damaged; their items cannot be shown.";

/** Lets others have a turn. @throws the signal's reason where the work was aborted */
export async function turn({ pause, signal }: Pick<OpenOptions, "pause" | "signal">): Promise<void> {
  await pause?.();
  signal?.throwIfAborted();
}

function documentsOf(sample: SampleSource, whole: Uint8Array | null = null): Document[] {
  if (sample.kind === "member") {
    const { source, member } = sample;
    const pieces = (): Pieces => (whole === null ? readMember(source, member) : [whole]);
    return [{ root: { kind: "sample" }, pieces, weight: member.compressedSize, size: member.size ?? 0, upTo: null }];
  }
  if (sample.kind === "element") {
    const { source } = sample;
    const pieces = (): Pieces => piecesOf(source, 0, source.size, 1024 * 1024);
    return [
      { root: { kind: "log", sample: sample.sample }, pieces, weight: source.size, size: source.size, upTo: null },
    ];
  }
  return folderDocuments(sample);
}

function folderDocuments({ source, members }: Extract<SampleSource, { kind: "folder" }>): Document[] {
  const shell = members.get("sample.json");
  const documents: Document[] = [];
  const add = (root: ScanRoot, member: ZipMember, upTo: number | null): void => {
    const pieces = (): Pieces => readMember(source, member);
    documents.push({ root, pieces, weight: member.compressedSize, size: member.size ?? 0, upTo });
  };
  if (shell !== undefined) add({ kind: "sample" }, shell, null);
  const chunks = new Map<Section, { first: number; member: ZipMember }[]>([
    ["pool", []],
    ["events", []],
    ["attachments", []],
  ]);
  for (const [name, member] of members) {
    const [, list, first] = chunkName.exec(name) ?? [];
    const section = list === "messages" ? "pool" : list === "events" ? "events" : "attachments";
    if (first !== undefined) chunks.get(section)?.push({ first: Number(first), member });
  }
  for (const [section, parts] of chunks) {
    parts.sort((a, b) => a.first - b.first);
    for (const [place, { first, member }] of parts.entries()) {
      add({ kind: "chunk", section, first }, member, parts[place + 1]?.first ?? null);
    }
  }
  return documents;
}

/**
 * Reads a sample once from end to end: notes where everything lies, and keeps its bytes. Damage ends the document that it is
 * in; what stands before it is kept, and a note says so.
 * @throws the signal's reason where it is aborted; ZipError for what is no damage (encrypted, an unknown method, too large)
 */
export async function openSample(sample: SampleSource, options: OpenOptions = {}): Promise<OpenSample> {
  const index = new SampleIndex();
  const pages = new KeptPages(options.budget);
  const notes = new Set<string>();
  const documents = documentsOf(sample, options.whole);
  const lengths: number[] = [];
  const value = new ValueScanner();
  let conversation: Conversation | null = null;
  const total = documents.reduce((sum, { weight }) => sum + weight, 0);
  let done = 0;
  try {
    for (const document of documents) {
      const [from, before] = [done, pages.length];
      const told = (share: number): void => options.progress?.(from + Math.min(1, share) * document.weight, total);
      const isWhole = await scanDocument(document, index, pages, { ...options, told, value });
      lengths.push(pages.length - before);
      // Now, while its bytes are surely there.
      if (document.root.kind === "sample") conversation = conversationOf(sample, index, pages);
      if (!isWhole) notes.add(sample.kind === "folder" ? missingNote : damagedNote);
      if (pad(document, index)) notes.add(missingNote);
      done += document.weight;
      options.progress?.(done, total);
    }
  } catch (error) {
    pages.wipe();
    throw error;
  }
  if (index.tooLarge > 0) notes.add(`${String(index.tooLarge)} parts are too large or too deep to be shown.`);
  return { index, pages, conversation, notes: [...notes], reread: () => rereading(documents, lengths) };
}

/** Of a chunk that ended early, notes the items that are not there. */
function pad({ root, upTo }: Document, index: SampleIndex): boolean {
  if (root.kind !== "chunk" || upTo === null || root.section === "attachments" || root.section === "messages")
    return false;
  const columns = index[root.section];
  const missing = columns.length < upTo && upTo - columns.length < 10_000_000;
  if (missing) columns.padTo(upTo);
  return missing;
}

interface Scanning {
  readonly value: ValueScanner;
  readonly signal?: AbortSignal | undefined;
  readonly pause?: OpenOptions["pause"];
  /** Told how much of the document was read, 0 to 1. */
  readonly told: (share: number) => void;
}

/** False where the document is damaged or not the JSON that it should be. */
async function scanDocument(
  document: Document,
  index: SampleIndex,
  pages: KeptPages,
  scanning: Scanning,
): Promise<boolean> {
  const scanner = new SampleScanner(index, document.root, pages.length, scanning.value);
  let isFirst = true;
  let bytes = 0;
  try {
    for await (const piece of document.pieces()) {
      await turn(scanning);
      await pages.add(piece);
      scanner.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength), isFirst);
      isFirst = false;
      bytes += piece.length;
      if (document.size > 0) scanning.told(bytes / document.size);
      if (document.root.kind !== "log") continue;
      pages.forget(index.from === 0 ? pages.length : index.from);
      if (index.ended) return true;
    }
    scanner.end();
    return true;
  } catch (error) {
    if (error instanceof JsonStreamError) return false;
    if (error instanceof ZipError && (error.code === "damaged" || error.code === "truncated")) return false;
    throw error;
  }
}

/** The same bytes once more, from the start, for pages that were let go: of each document as much as was read before. */
async function* rereading(documents: readonly Document[], lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  for (const [place, document] of documents.entries()) {
    let left = lengths[place] ?? 0;
    try {
      for await (const piece of document.pieces()) {
        if (piece.length > 0) yield piece.subarray(0, left);
        left -= Math.min(left, piece.length);
        if (left === 0) break;
      }
    } catch (error) {
      if (!(error instanceof ZipError)) throw error;
    }
  }
}

/** Which message of the pool stands at each place of the conversation; null where the messages stand there themselves. */
function conversationOf(sample: SampleSource, index: SampleIndex, pages: KeptPages): Conversation | null {
  if (sample.kind !== "folder") return null;
  const place = index.fields.get("message_refs");
  const bytes = place === undefined ? null : pages.read(place.start, place.length);
  try {
    return new Conversation(asList(bytes === null ? null : parseLenientJsonBytes(bytes)));
  } catch {
    return new Conversation([]);
  }
}

/** The place of a sample in an archive or a log, by the name that its attempt has. */
export function sampleSource(
  container: { readonly source: ByteSource; readonly members: ReadonlyMap<string, ZipMember> | null },
  name: string,
): SampleSource | null {
  const { source, members } = container;
  if (members === null) {
    const sample = /^samples\/(\d{1,9})$/.exec(name)?.[1];
    return sample === undefined ? null : { kind: "element", source, sample: Number(sample) };
  }
  const member = members.get(name);
  if (member === undefined) return null;
  if (!name.endsWith("/sample.json")) return { kind: "member", source, member };
  const folder = name.slice(0, -"sample.json".length);
  const inside = [...members].filter(([other]) => other.startsWith(folder));
  return { kind: "folder", source, members: new Map(inside.map(([other, one]) => [other.slice(folder.length), one])) };
}

/** All bytes of a sample that items are made of, one document after the other. @throws ZipError where one is damaged */
export async function* samplePieces(sample: SampleSource): AsyncGenerator<Uint8Array> {
  for (const document of documentsOf(sample)) yield* document.pieces();
}

/** Where a sample begins in its log, and how many bytes of the log are its own. */
export function sampleWeight(sample: SampleSource): { start: number; bytes: number } {
  if (sample.kind === "element") return { start: sample.sample, bytes: sample.source.size };
  const members = sample.kind === "member" ? [sample.member] : [...sample.members.values()];
  const starts = members.map((member) => member.headerOffset);
  return {
    start: starts.reduce((least, start) => Math.min(least, start), Number.MAX_SAFE_INTEGER),
    bytes: members.reduce((sum, member) => sum + member.compressedSize, 0),
  };
}
