import { readAhead, type ByteSource } from "../byte-source.ts";
import { localHeaderBytes, memberLimit, memberName, ZipError, type ZipMember } from "./zip-error.ts";

/** Finding the members of an archive whose directory is gone, by the headers that stand before each of them. */

const signatures = {
  local: Buffer.from([0x50, 0x4b, 0x03, 0x04]),
  directory: Buffer.from([0x50, 0x4b, 0x01, 0x02]),
  descriptor: Buffer.from([0x50, 0x4b, 0x07, 0x08]),
};
const sizesFollow = 0x08;
const firstPiece = 4 * 1024;
const largestPiece = 1024 * 1024;
/** How many false descriptors of one member are looked at: compressed data holds hardly any by chance. */
const mostDescriptors = 1_000;

/**
 * The first place from `from` on and before `end` where one of the signatures stands, null where none does. It is
 * usually near, so the pieces that are looked through begin small.
 */
async function find(
  source: ByteSource,
  from: number,
  wanted: readonly Buffer[],
  end: number = source.size,
): Promise<number | null> {
  let piece = firstPiece;
  let at = from;
  while (at < end) {
    const bytes = Buffer.from(await source.read(at, Math.min(piece, end - at) + 3));
    const places = wanted.map((signature) => bytes.indexOf(signature)).filter((place) => place >= 0);
    if (places.length > 0) return at + Math.min(...places);
    at += piece;
    piece = Math.min(2 * piece, largestPiece);
  }
  return null;
}

interface LocalHeader {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly crc32: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly dataOffset: number;
}

/** The two sizes in a Zip64 extra field (APPNOTE 4.5.3), null where there is none. */
function zip64Sizes(extra: Buffer): { size: number; compressedSize: number } | null {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1 && length >= 16 && at + 20 <= extra.length) {
      return {
        size: Number(extra.readBigUInt64LE(at + 4)),
        compressedSize: Number(extra.readBigUInt64LE(at + 12)),
      };
    }
    at += 4 + length;
  }
  return null;
}

async function localHeaderAt(source: ByteSource, at: number): Promise<LocalHeader | null> {
  const fixed = Buffer.from(await source.read(at, localHeaderBytes));
  if (fixed.length < localHeaderBytes) return null;
  const nameLength = fixed.readUInt16LE(26);
  const extraLength = fixed.readUInt16LE(28);
  const rest = Buffer.from(await source.read(at + localHeaderBytes, nameLength + extraLength));
  const method = fixed.readUInt16LE(8);
  if (nameLength === 0 || rest.length < nameLength + extraLength || ![0, 8, 93].includes(method)) return null;
  const wide = fixed.readUInt32LE(18) === 0xffffffff ? zip64Sizes(rest.subarray(nameLength)) : null;
  return {
    name: memberName(rest.subarray(0, nameLength)),
    method,
    flags: fixed.readUInt16LE(6),
    crc32: fixed.readUInt32LE(14),
    compressedSize: wide?.compressedSize ?? fixed.readUInt32LE(18),
    size: wide?.size ?? fixed.readUInt32LE(22),
    dataOffset: at + localHeaderBytes + nameLength + extraLength,
  };
}

/** The sizes that stand after a member written to a stream, found by their own length field agreeing with the place. */
async function describedEnd(source: ByteSource, header: LocalHeader): Promise<Partial<ZipMember>> {
  const next = (await find(source, header.dataOffset, [signatures.local, signatures.directory])) ?? source.size;
  let from = header.dataOffset;
  for (let tries = 0; tries < mostDescriptors; tries += 1) {
    const at = await find(source, from, [signatures.descriptor], next);
    if (at === null) break;
    const fields = Buffer.from(await source.read(at, 24));
    const length = at - header.dataOffset;
    if (fields.length >= 16 && fields.readUInt32LE(8) === length) {
      return { compressedSize: length, crc32: fields.readUInt32LE(4), size: fields.readUInt32LE(12) };
    }
    if (fields.length >= 24 && fields.readBigUInt64LE(8) === BigInt(length)) {
      return { compressedSize: length, crc32: fields.readUInt32LE(4), size: Number(fields.readBigUInt64LE(16)) };
    }
    from = at + 4;
  }
  return { compressedSize: next - header.dataOffset, crc32: null, size: null, cut: next === source.size };
}

async function startsWithSignature(source: ByteSource, at: number): Promise<boolean> {
  const bytes = await source.read(at, 2);
  return bytes.length < 2 || (bytes[0] === 0x50 && bytes[1] === 0x4b);
}

async function memberFrom(source: ByteSource, at: number, header: LocalHeader): Promise<[ZipMember, number]> {
  const base: ZipMember = {
    name: header.name,
    method: header.method,
    encrypted: (header.flags & 1) !== 0,
    compressedSize: header.compressedSize,
    size: header.size,
    crc32: header.crc32,
    headerOffset: at,
    dataOffset: header.dataOffset,
    cut: false,
  };
  if ((header.flags & sizesFollow) !== 0 && header.compressedSize === 0) {
    const member = { ...base, ...(await describedEnd(source, header)) };
    return [member, header.dataOffset + member.compressedSize];
  }
  const end = header.dataOffset + header.compressedSize;
  if (end > source.size) {
    return [{ ...base, compressedSize: source.size - header.dataOffset, cut: true }, header.dataOffset];
  }
  // A size that does not lead to the next header was itself damaged: look for that header from the data on.
  return [base, (await startsWithSignature(source, end)) ? end : header.dataOffset];
}

/**
 * Walks an archive from its first byte, header by header, and answers with every member that has one.
 * Members come in the order of the file, so of two with one name the later is the newer.
 */
export async function walkLocalHeaders(source: ByteSource, signal?: AbortSignal): Promise<ZipMember[]> {
  const members: ZipMember[] = [];
  const near = readAhead(source);
  for (let from = 0; ;) {
    signal?.throwIfAborted();
    const at = await find(near, from, [signatures.local]);
    if (at === null) return members;
    const header = await localHeaderAt(near, at);
    if (header === null) {
      from = at + 4;
      continue;
    }
    const [member, next] = await memberFrom(near, at, header);
    if (members.length >= memberLimit) {
      throw new ZipError("too-many-members", `The archive has more than ${String(memberLimit)} members.`);
    }
    members.push(member);
    from = Math.max(next, at + 4);
  }
}
