import { crc32 } from "node:zlib";
import { itemKinds, type ItemKind } from "../../../contract/transcripts.ts";
import type { ByteSource } from "../../byte-source.ts";
import { dataOffsetOf, inflateWhole } from "../../zip/read-member.ts";
import { ZipError, type ZipMember } from "../../zip/zip-error.ts";
import type { Needle } from "./needle.ts";
import { samplePieces, turn, type OpenOptions, type SampleSource } from "./open-sample.ts";
import { lastReferenced } from "./references.ts";
import { SampleReader, type RowPlace } from "./sample-reader.ts";
import { hitsInItem, type ItemHit, type TextMatcher } from "./text-matcher.ts";

/** Looking for a text in one sample: first in its bytes, and only where these can hold it, in the items made of them. */

export interface SampleSearch {
  readonly needle: Needle;
  readonly matcher: TextMatcher;
  /** Null: all. */
  readonly kinds: ReadonlySet<ItemKind> | null;
  /** Hits that are kept; all are counted. */
  readonly keep: number;
  readonly signal?: AbortSignal | undefined;
  readonly pause?: OpenOptions["pause"];
}

export interface SampleHits {
  readonly hits: readonly ItemHit[];
  readonly total: number;
  /** After decompression. */
  readonly bytes: number;
  /** Why it was not searched to its end, null where it was. */
  readonly problem: string | null;
}

/** Members up to these sizes are inflated in one call: streams cost more than the work. */
const atOnce = { compressed: 32 * 1024 * 1024, size: 64 * 1024 * 1024 };

/** Up to here a member's bytes are kept for the reader, who would inflate them once more. */
const keptWhole = 8 * 1024 * 1024;

/** The member's bytes in one piece, checked; null where it has to be read as a stream, or is damaged. */
async function inflated(source: ByteSource, member: ZipMember): Promise<Buffer | null> {
  const { size } = member;
  if (size === null || !isSmall(member, size)) return null;
  try {
    const compressed = await source.read(await dataOffsetOf(source, member), member.compressedSize);
    const bytes = inflateWhole(compressed, size);
    const isWhole = bytes.length === size && (member.crc32 === null || crc32(bytes) === member.crc32);
    return isWhole ? bytes : null;
  } catch (error) {
    if (isDamage(error)) return null;
    throw error;
  }
}

function isSmall({ method, compressedSize, encrypted, cut }: ZipMember, size: number): boolean {
  if (method !== 8 || encrypted || cut) return false;
  return size > 0 && size <= atOnce.size && compressedSize <= atOnce.compressed;
}

function isDamage(error: unknown): boolean {
  if (error instanceof ZipError) return true;
  return error instanceof Error && "code" in error && /^(?:Z_|ERR_BUFFER_TOO_LARGE)/.test(String(error.code));
}

interface Looked {
  readonly mayHold: boolean;
  readonly bytes: number;
  /** All bytes of it, where they are in memory and few. */
  readonly whole: Buffer | null;
}

/** Whether a stream of pieces may hold the needle, and how long it is. */
async function scanPieces(pieces: AsyncIterable<Uint8Array>, search: SampleSearch): Promise<Looked> {
  const { needle } = search;
  let held = Buffer.alloc(0);
  let bytes = 0;
  for await (const piece of pieces) {
    await turn(search);
    bytes += piece.length;
    held = Buffer.concat([held.subarray(Math.max(0, held.length - needle.reach)), piece]);
    if (needle.mayHold(held)) return { mayHold: true, bytes, whole: null };
  }
  return { mayHold: false, bytes, whole: null };
}

/** Damage is looked into by the reader, which says what stands before it. */
async function lookInto(sample: SampleSource, search: SampleSearch): Promise<Looked> {
  if (sample.kind === "member") {
    const whole = await inflated(sample.source, sample.member);
    if (whole !== null) {
      const bytes = whole.length;
      return { mayHold: search.needle.mayHold(whole), bytes, whole: bytes <= keptWhole ? whole : null };
    }
  }
  const unknown = { mayHold: true, bytes: 0, whole: null };
  if (search.needle.isBlunt) return unknown;
  try {
    return await scanPieces(samplePieces(sample), search);
  } catch (error) {
    if (error instanceof ZipError) return unknown;
    throw error;
  }
}

/**
 * Finds exactly what a look through all items' whole texts would find.
 * @throws ZipError where the sample cannot be read at all; the signal's reason where it is aborted
 */
export async function searchSample(sample: SampleSource, search: SampleSearch): Promise<SampleHits> {
  const { mayHold, bytes, whole } = await lookInto(sample, search);
  if (!mayHold) return { hits: [], total: 0, bytes, problem: null };
  const reader = await SampleReader.open(sample, { signal: search.signal, pause: search.pause, whole });
  try {
    const found = await searchItems(reader, search);
    return { ...found, bytes: reader.bytes, problem: reader.notes[0] ?? null };
  } finally {
    reader.wipe();
  }
}

async function searchItems(reader: SampleReader, search: SampleSearch): Promise<{ hits: ItemHit[]; total: number }> {
  const candidates = await Candidates.of(reader, search.needle);
  const hits: ItemHit[] = [];
  let total = 0;
  for (let row = 0; row < reader.total; row += 1) {
    if (row % 256 === 0) await turn(search);
    if (search.kinds?.has(itemKinds[reader.kindOf(row)] ?? "unreadable") === false) continue;
    const place = reader.place(row);
    if (place === null || !(await candidates.may(place))) continue;
    const item = await reader.rendered(row);
    if (item === null) continue;
    for (const hit of hitsInItem(search.matcher, row, item)) {
      total += 1;
      if (hits.length < search.keep) hits.push(hit);
    }
  }
  return { hits, total };
}

/** JSON may write a slash with a backslash before it. */
const reference = /(?:attachment|tc):(?:\\?\/){2}([0-9a-zA-Z_-]{1,64})/g;
const referenceMarks = [Buffer.from("://"), Buffer.from(":\\/")];
const inputMark = Buffer.from('"input_refs"');

/** Which items may have a hit: by their own bytes, or by what they refer to. */
class Candidates {
  readonly #reader: SampleReader;
  readonly #needle: Needle;
  readonly #attachments = new Set<string>();
  readonly #pool = new Set<number>();

  private constructor(reader: SampleReader, needle: Needle) {
    this.#reader = reader;
    this.#needle = needle;
  }

  static async of(reader: SampleReader, needle: Needle): Promise<Candidates> {
    const candidates = new Candidates(reader, needle);
    if (needle.isBlunt) return candidates;
    for (const [name, place] of reader.index.attachments) {
      if (needle.mayHold(await reader.read(place))) candidates.#attachments.add(name);
    }
    const { pool } = reader.index;
    for (let index = 0; index < pool.length; index += 1) {
      const place = pool.place(index);
      if (place !== null && candidates.#has(await reader.read(place))) candidates.#pool.add(index);
    }
    return candidates;
  }

  async may(place: RowPlace): Promise<boolean> {
    if (this.#needle.isBlunt || place.list === "tail") return true;
    if (place.list === "pool") return this.#pool.has(place.index);
    const json = await this.#reader.json(place);
    if (json === null) return true;
    return this.#has(json) || (place.list === "events" && this.#asks(json));
  }

  #has(json: Buffer): boolean {
    if (this.#needle.mayHold(json)) return true;
    if (this.#attachments.size === 0 || !referenceMarks.some((mark) => json.includes(mark))) return false;
    for (const [, name = ""] of json.toString("latin1").matchAll(reference)) {
      if (this.#attachments.has(name)) return true;
    }
    return false;
  }

  /** Whether a model's event answers a message of the pool that may have a hit. */
  #asks(json: Buffer): boolean {
    if (this.#pool.size === 0) return false;
    const at = json.indexOf(inputMark);
    if (at < 0) return false;
    const [ranges = ""] = /\[[\d\s,[\]]*\]/.exec(json.toString("latin1", at)) ?? [];
    try {
      const last = lastReferenced(JSON.parse(ranges));
      return last === null || this.#pool.has(last);
    } catch {
      return true;
    }
  }
}
