import { pageSize, type TableShape } from "./schema.ts";

/** Reading SQLite's file format strictly: sqlite.org/fileformat2.html, narrowed to the one form that SQLite itself writes. */

/** Something on a page that is not as SQLite writes it. */
export class PageFault extends Error {}

/** A number in SQLite's varint form and how many bytes it took. */
export interface Varint {
  readonly value: number;
  readonly length: number;
}

/**
 * Reads a varint of at most 8 bytes (56 bits).
 * @throws PageFault where it runs over the end, is longer than needed or larger than any number of the format
 */
export function readVarint(bytes: Uint8Array, offset: number): Varint {
  let value = 0;
  for (let length = 1; length <= 8; length += 1) {
    const byte = bytes[offset + length - 1];
    if (byte === undefined) throw new PageFault("a number runs over the end");
    if (length === 2 && value === 0) throw new PageFault("a number is written longer than needed");
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      if (!Number.isSafeInteger(value)) throw new PageFault("a number is too large");
      return { value, length };
    }
  }
  throw new PageFault("a number is too long");
}

/** How many bytes a number takes as a varint (below 2^56). */
export function varintLength(value: number): number {
  let length = 1;
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) length += 1;
  return length;
}

/** A view of the bytes where they lie. */
export function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A big-endian number of four bytes; without the view that a page which is looked at once would need. */
export function readUint32(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
  return a * 0x1000000 + ((b << 16) | (c << 8) | d);
}

const zeros = new Uint8Array(pageSize);

/** Whether all bytes from `start` up to `end` are zero. */
export function isZero(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
  return Buffer.compare(bytes.subarray(start, end), zeros.subarray(0, end - start)) === 0;
}

/** A cell of a table b-tree's leaf. */
export interface LeafCell {
  readonly rowid: number;
  /** Bytes that the cell takes on its page. */
  readonly length: number;
  /** The payload bytes on this page. */
  readonly local: Uint8Array;
  /** Payload bytes in all. */
  readonly payload: number;
  /** First overflow page, 0 where there is none. */
  readonly overflow: number;
}

const largestLocal = pageSize - 35;
const smallestLocal = Math.floor(((pageSize - 12) * 32) / 255) - 23;

function localLength(payload: number): number {
  if (payload <= largestLocal) return payload;
  const kept = smallestLocal + ((payload - smallestLocal) % (pageSize - 4));
  return kept <= largestLocal ? kept : smallestLocal;
}

/** @throws PageFault */
export function readLeafCell(page: Uint8Array, offset: number): LeafCell {
  const payload = readVarint(page, offset);
  const rowid = readVarint(page, offset + payload.length);
  const start = offset + payload.length + rowid.length;
  const local = localLength(payload.value);
  const spills = local < payload.value;
  const end = start + local + (spills ? 4 : 0);
  if (end > page.length) throw new PageFault("a row runs over the end of its page");
  return {
    rowid: rowid.value,
    length: Math.max(4, end - offset),
    local: page.subarray(start, start + local),
    payload: payload.value,
    overflow: spills ? view(page).getUint32(start + local) : 0,
  };
}

const integerLengths: readonly number[] = [0, 1, 2, 3, 4, 6, 8, 0, 0, 0];

function valueLength(serialType: number): number {
  if (serialType >= 12) return (serialType - (serialType % 2 === 0 ? 12 : 13)) / 2;
  const length = integerLengths[serialType];
  if (length === undefined || serialType === 7) throw new PageFault("a value is of no kind that the format uses");
  return length;
}

type ColumnType = TableShape["columns"][number]["type"];

function fitsColumn(serialType: number, type: ColumnType): boolean {
  if (type === "INTEGER") return (serialType >= 1 && serialType <= 6) || serialType === 8 || serialType === 9;
  return serialType >= 12 && serialType % 2 === (type === "BLOB" ? 0 : 1);
}

/** Whether an integer could have been written in fewer bytes; the bytes are two's complement, big-endian. */
function isWastefulInteger(bytes: Uint8Array): boolean {
  const wide = Buffer.concat([Buffer.alloc(8 - bytes.length, (bytes[0] ?? 0) >= 0x80 ? 0xff : 0), bytes]);
  const value = wide.readBigInt64BE();
  if (value === 0n || value === 1n) return true;
  const shorter = integerLengths[integerLengths.indexOf(bytes.length) - 1] ?? 0;
  const bound = 1n << BigInt(Math.max(0, 8 * shorter - 1));
  return shorter > 0 && value >= -bound && value < bound;
}

/**
 * Checks that a record is in the one form that SQLite writes for a row of this shape: kinds, lengths, shortest integers.
 * @param local the record's first bytes; the header must be among them
 * @param payload the record's whole length
 * @throws PageFault
 */
export function checkRecord(local: Uint8Array, payload: number, columns: readonly ColumnType[]): void {
  const header = readVarint(local, 0);
  let at = header.length;
  let body = header.value;
  for (const [index, type] of columns.entries()) {
    const serial = readVarint(local, at);
    at += serial.length;
    const length = valueLength(serial.value);
    const fits = index === 0 && type === "INTEGER" ? serial.value === 0 : fitsColumn(serial.value, type);
    if (!fits) throw new PageFault(`column ${String(index + 1)} is of the wrong kind`);
    if (type === "INTEGER" && length > 0) {
      if (body + length > local.length) throw new PageFault("an integer lies outside its row's page");
      if (isWastefulInteger(local.subarray(body, body + length))) {
        throw new PageFault(`column ${String(index + 1)} is written longer than needed`);
      }
    }
    body += length;
  }
  if (at !== header.value) throw new PageFault("a row's header is not of the stated length");
  if (body !== payload) throw new PageFault("a row is not of the stated length");
}
