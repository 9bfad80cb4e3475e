import { pipeline, Readable } from "node:stream";
import { crc32, createInflateRaw, inflateRawSync } from "node:zlib";
import { piecesOf, type ByteSource } from "../byte-source.ts";
import { localHeaderBytes, localHeaderSignature, ZipError, type ZipMember } from "./zip-error.ts";
import { decompressZstd } from "./zstd.ts";

export interface ReadMemberOptions {
  readonly signal?: AbortSignal | undefined;
  /** The most bytes that a member may have after decompression. */
  readonly maxBytes?: number | undefined;
}

export const defaultMaxMemberBytes = 4 * 1024 ** 3;
/** Up to these sizes a member is inflated in one call: streams cost more than the work. */
const smallCompressed = 1024 * 1024;
const smallSize = 4 * 1024 * 1024;

/** Where a member's data begins. @throws ZipError `damaged` where its header is */
export async function dataOffsetOf(source: ByteSource, member: ZipMember): Promise<number> {
  if (member.dataOffset !== null) return member.dataOffset;
  const header = Buffer.from(await source.read(member.headerOffset, localHeaderBytes));
  if (header.length < localHeaderBytes || header.readUInt32LE(0) !== localHeaderSignature) {
    throw new ZipError("damaged", "The member's header is damaged.");
  }
  return member.headerOffset + localHeaderBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
}

/**
 * Inflates all of a member of `size` bytes with one call.
 * @throws Error of zlib where the data is damaged, or longer by more than a byte
 */
export function inflateWhole(bytes: Uint8Array, size: number): Buffer {
  // With room for one byte more: where the output is full, zlib makes another piece as large, and copies.
  return inflateRawSync(bytes, { maxOutputLength: size + 1, chunkSize: Math.max(64, size + 1) });
}

function inflateSmall(bytes: Uint8Array, size: number): Uint8Array {
  try {
    return inflateWhole(bytes, size);
  } catch (error) {
    throw new ZipError("damaged", "The deflate data is damaged.", { cause: error });
  }
}

async function* inflate(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const inflating = createInflateRaw({ chunkSize: 256 * 1024 });
  pipeline(Readable.from(pieces), inflating, () => {
    // Errors reach the reader below; this only keeps them from being unhandled.
  });
  try {
    for await (const piece of inflating) {
      if (piece instanceof Uint8Array) yield piece;
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_")) {
      throw new ZipError("damaged", "The deflate data is damaged.", { cause: error });
    }
    throw error;
  }
}

async function* unpacked(source: ByteSource, member: ZipMember, offset: number): AsyncGenerator<Uint8Array> {
  const { method, compressedSize, size } = member;
  if (method === 8 && size !== null && size <= smallSize && compressedSize <= smallCompressed) {
    yield inflateSmall(await source.read(offset, compressedSize), size);
    return;
  }
  const pieces = piecesOf(source, offset, offset + compressedSize);
  if (method === 0) yield* pieces;
  else if (method === 8) yield* inflate(pieces);
  else if (method === 93) yield* decompressZstd(pieces);
  else throw new ZipError("unsupported-method", `Compression method ${String(method)} is not known.`);
}

/** Follows a member's bytes and says at the end whether they are what the archive promised. */
class Audit {
  readonly #member: ZipMember;
  readonly #most: number;
  #length = 0;
  #checksum = 0;

  constructor(member: ZipMember, most: number) {
    this.#member = member;
    this.#most = most;
    if (member.encrypted) throw new ZipError("encrypted", "The member is encrypted.");
    if (member.size !== null && member.size > most) throw tooLarge(most);
  }

  take(piece: Uint8Array): void {
    this.#length += piece.length;
    if (this.#length > this.#most) throw tooLarge(this.#most);
    if (this.#member.size !== null && this.#length > this.#member.size) {
      throw new ZipError("damaged", "The member is longer than the archive says.");
    }
    this.#checksum = crc32(piece, this.#checksum);
  }

  end(): void {
    const { cut, size, crc32: expected } = this.#member;
    if (cut) throw new ZipError("truncated", "The archive ends inside this member.");
    if (size !== null && this.#length !== size) {
      throw new ZipError("damaged", "The member is shorter than the archive says.");
    }
    if (expected !== null && this.#checksum !== expected) {
      throw new ZipError("damaged", "The member's checksum does not match.");
    }
  }
}

/**
 * The bytes of one member, decompressed, in pieces. Length and CRC-32 are checked at the end, so what was read before
 * an error is not to be believed.
 * @throws ZipError `damaged`, `truncated`, `encrypted`, `unsupported-method`, `too-large`
 */
export async function* readMember(
  source: ByteSource,
  member: ZipMember,
  options: ReadMemberOptions = {},
): AsyncGenerator<Uint8Array> {
  const audit = new Audit(member, options.maxBytes ?? defaultMaxMemberBytes);
  for await (const piece of unpacked(source, member, await dataOffsetOf(source, member))) {
    options.signal?.throwIfAborted();
    audit.take(piece);
    yield piece;
  }
  audit.end();
}

function tooLarge(most: number): ZipError {
  return new ZipError("too-large", `The member is larger than ${String(most)} bytes.`);
}

/**
 * The whole of one small member.
 * @throws ZipError as `readMember`; `too-large` above `maxBytes`
 */
export async function readWholeMember(
  source: ByteSource,
  member: ZipMember,
  options: ReadMemberOptions & { readonly maxBytes: number },
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const piece of readMember(source, member, options)) parts.push(piece);
  return Buffer.concat(parts);
}
