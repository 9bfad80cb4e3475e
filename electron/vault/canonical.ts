/** One value of a canonical encoding: bytes, text (UTF-8), a non-negative safe integer, or nothing. */
export type CanonicalField = Uint8Array | string | number | null;

const utf8 = new TextEncoder();

/**
 * The one encoding under every hash, signature and associated data of the format: unambiguous, no padding.
 * Each field is a tag byte and its value: `s` (0x73) + u32 length + UTF-8, `b` (0x62) + u32 length + bytes,
 * `i` (0x69) + u64, `n` (0x6e) alone; numbers big-endian. The domain is the first field, of kind `s`.
 */
export function pack(domain: string, ...fields: readonly CanonicalField[]): Uint8Array {
  const values: Prepared[] = [{ text: encodedDomain(domain) }];
  for (const field of fields) values.push(typeof field === "string" ? { text: utf8.encode(field) } : field);
  let total = 0;
  for (const value of values) total += encodedLength(value);
  const out = new Uint8Array(total);
  const view = new DataView(out.buffer);
  let at = 0;
  for (const value of values) at = write(out, view, at, value);
  return out;
}

/**
 * The encoding of {@link pack} up to its last field, which is `length` bytes that are not copied: hashed one after the other
 * they are the same.
 */
export function packBefore(length: number, domain: string, ...fields: readonly CanonicalField[]): Uint8Array {
  const before = pack(domain, ...fields);
  const out = new Uint8Array(before.length + 5);
  out.set(before);
  out[before.length] = 0x62;
  new DataView(out.buffer).setUint32(before.length + 1, length);
  return out;
}

const domains = new Map<string, Uint8Array>();

/** Domains are a handful of constants that come up for every row. */
function encodedDomain(domain: string): Uint8Array {
  const known = domains.get(domain) ?? utf8.encode(domain);
  domains.set(domain, known);
  return known;
}

type Prepared = Uint8Array | number | null | { readonly text: Uint8Array };

function encodedLength(value: Prepared): number {
  if (value === null) return 1;
  if (typeof value === "number") return 9;
  return 5 + (value instanceof Uint8Array ? value.length : value.text.length);
}

function write(out: Uint8Array, view: DataView, at: number, value: Prepared): number {
  if (value === null) {
    out[at] = 0x6e;
    return at + 1;
  }
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError("a canonical integer must be 0 … 2^53-1");
    out[at] = 0x69;
    view.setBigUint64(at + 1, BigInt(value));
    return at + 9;
  }
  const bytes = value instanceof Uint8Array ? value : value.text;
  out[at] = value instanceof Uint8Array ? 0x62 : 0x73;
  view.setUint32(at + 1, bytes.length);
  out.set(bytes, at + 5);
  return at + 5 + bytes.length;
}

/** Bytes as lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

/** Bytes of a hexadecimal text; empty where the text is not hexadecimal. */
export function fromHex(text: string): Uint8Array {
  return /^(?:[0-9a-f]{2})*$/.test(text) ? new Uint8Array(Buffer.from(text, "hex")) : new Uint8Array();
}

/** Bytes as standard base64 with padding (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

/** Bytes of a standard base64 text; null unless the text is the one canonical encoding of its bytes. */
export function fromBase64(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Buffer.from(text, "base64"));
  return toBase64(bytes) === text ? bytes : null;
}

/** Whether two byte strings are equal. Not for secrets (not constant time). */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}
