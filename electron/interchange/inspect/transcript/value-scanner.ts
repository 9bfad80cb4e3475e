import { timeOf } from "../eval-header.ts";
import { sameBytes, ShortTexts, Times } from "./short-texts.ts";

/** Walks over one JSON value, byte by byte, cut anywhere, and notes a few fields of an object on the way. */

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
/** With this bit a bracket is the brace of its kind. */
const inBraces = 0x20;

/** Fields of events and messages that an index needs. Their places here are their codes. */
const wantedFields = [
  "event",
  "span_id",
  "timestamp",
  "id",
  "parent_id",
  "name",
  "type",
  "action",
  "role",
  "tool_call_id",
  "error",
  "tool_error",
  "tool_calls",
] as const;
export type WantedField = (typeof wantedFields)[number];
const longestName = Math.max(...wantedFields.map((name) => name.length));
const names = wantedFields.map((name) => Buffer.from(name));
/** By length and first byte: what a key can be, without making a string of it. An array without holes: V8 looks others up. */
const byShape = Array.from({ length: 256 * (longestName + 1) }, (_, shape) =>
  [...names.keys()].filter((code) => 256 * (names[code]?.length ?? 0) + (names[code]?.[0] ?? 0) === shape),
);

function codeOf(chunk: Buffer, from: number, to: number): number {
  const candidates = byShape[256 * (to - from) + (chunk[from] ?? 0)];
  if (candidates === undefined) return -1;
  for (const code of candidates) {
    const name = names[code];
    if (name !== undefined && sameBytes(name, chunk, from, to)) return code;
  }
  return -1;
}

const errorCodes: ReadonlySet<number> = new Set([wantedFields.indexOf("error"), wantedFields.indexOf("tool_error")]);
const callsCode = wantedFields.indexOf("tool_calls");
const timeCode = wantedFields.indexOf("timestamp");
/** Longest text of a field that is noted, in bytes. */
const longestNoted = 400;
/** From here on in a string, looking for its end with one native call costs less. */
const shortString = 64;

export class ValueScanner {
  /** Texts of the wanted fields of the object last walked over; null where it has none. */
  readonly #texts: (string | null)[] = wantedFields.map(() => null);
  /** It has an error. */
  failed = false;
  /** It makes tool calls. */
  callsTools = false;
  /** Its timestamp, milliseconds since 1970-01-01T00:00Z; NaN where it has none that can be read. */
  time = Number.NaN;
  /** Its deepest nesting. */
  deepest = 0;

  readonly #short = new ShortTexts();
  readonly #times = new Times();
  #noting = false;
  #scalar = false;
  /** The value is a string. */
  #isText = false;
  #inString = false;
  #escaped = false;
  #depth = 0;
  #keyNext = false;
  #inKey = false;
  #code = -1;
  #capturing = false;
  readonly #held = Buffer.alloc(longestNoted);
  #heldBytes = 0;

  text(field: WantedField): string | null {
    return this.#texts[wantedFields.indexOf(field)] ?? null;
  }

  /** Begins a value with its first byte, which `walk` is given again. */
  begin(first: number, noting: boolean): void {
    this.#scalar = first !== quote && first !== openBrace && first !== openBracket;
    this.#isText = first === quote;
    this.#inString = false;
    this.#escaped = false;
    this.#depth = 0;
    this.deepest = 0;
    this.#capturing = false;
    this.#inKey = false;
    this.#code = -1;
    this.#noting = noting && first === openBrace;
    this.#keyNext = true;
    if (!noting) return;
    this.#texts.fill(null);
    this.failed = false;
    this.callsTools = false;
    this.time = Number.NaN;
  }

  /** The place after the value, −1 where the chunk ends first. */
  walk(chunk: Buffer, from: number): number {
    if (this.#scalar) return scalarEnd(chunk, from);
    let at = from;
    if (this.#inString) at = this.#passString(chunk, from);
    else if (this.#depth === 0) at = this.#first(chunk, from);
    if (this.#isText) return this.#inString ? -1 : at;
    while (at < chunk.length) {
      at = this.#noting && this.#depth === 1 ? this.#fields(chunk, at) : this.#skim(chunk, at);
      if (this.#depth <= 0) return at;
    }
    return -1;
  }

  /** Begins the value: a string is passed over to where it or the chunk ends. */
  #first(chunk: Buffer, from: number): number {
    const byte = chunk[from] ?? 0;
    if (byte !== quote) {
      this.#deeper(byte);
      return from + 1;
    }
    this.#beginString();
    return this.#passString(chunk, from + 1);
  }

  /** Walks over an object's own keys and values, to where something in it or its end or the chunk's end comes. */
  #fields(chunk: Buffer, from: number): number {
    const { length } = chunk;
    let at = from;
    while (at < length) {
      const byte = chunk[at] ?? 0;
      at += 1;
      if (byte === quote) {
        this.#beginString();
        at = this.#passString(chunk, at);
      } else if (byte === comma) {
        this.#keyNext = true;
        this.#code = -1;
      } else if (byte === openBrace || byte === openBracket) {
        this.#deeper(byte);
        return at;
      } else if (byte === closeBrace || byte === closeBracket) {
        this.#depth = 0;
        return at;
      }
    }
    return at;
  }

  /** Passes over what nothing is noted of: to the object whose fields are, to the value's end or the chunk's. */
  #skim(chunk: Buffer, from: number): number {
    const { length } = chunk;
    const floor = this.#noting ? 1 : 0;
    let [at, depth] = [from, this.#depth];
    while (at < length && depth > floor) {
      const byte = chunk[at] ?? 0;
      at += 1;
      if (byte === quote) {
        at = this.#skimString(chunk, at);
      } else if ((byte | inBraces) === openBrace) {
        depth += 1;
        if (depth > this.deepest) this.deepest = depth;
        if (depth === 3 && this.#noting && this.#code === callsCode) this.callsTools = true;
      } else if ((byte | inBraces) === closeBrace) depth -= 1;
    }
    this.#depth = depth;
    return at;
  }

  #skimString(chunk: Buffer, from: number): number {
    const end = endOfString(chunk, from);
    if (end >= 0) return end;
    this.#inString = true;
    this.#escaped = end === cutInEscape;
    return chunk.length;
  }

  /** The place after a string, which is taken in where it is noted; the chunk's length where that ends first. */
  #passString(chunk: Buffer, from: number): number {
    const end = endOfString(chunk, this.#escaped ? from + 1 : from);
    this.#inString = end < 0;
    this.#escaped = end === cutInEscape;
    const to = end < 0 ? chunk.length : end;
    if (this.#capturing) this.#capture(chunk, from, to);
    return to;
  }

  #deeper(byte: number): void {
    this.#depth += 1;
    if (this.#depth > this.deepest) this.deepest = this.#depth;
    if (!this.#noting || this.#code < 0) return;
    if (this.#depth === 2 && byte === openBrace && errorCodes.has(this.#code)) this.failed = true;
  }

  #beginString(): void {
    this.#inString = true;
    if (!this.#noting || this.#depth !== 1) return;
    this.#heldBytes = 0;
    if (this.#keyNext) {
      this.#keyNext = false;
      this.#inKey = true;
      this.#capturing = true;
    } else if (this.#code >= 0) {
      this.#capturing = true;
      if (errorCodes.has(this.#code)) this.failed = true;
    }
  }

  /** Takes a part of a key or a noted text, up to the closing quote where it is there. */
  #capture(chunk: Buffer, from: number, to: number): void {
    const end = this.#inString ? to : to - 1;
    const limit = this.#inKey ? longestName : longestNoted;
    if (this.#heldBytes + end - from > limit) this.#heldBytes = limit + 1;
    else if (this.#inString || this.#heldBytes > 0) {
      chunk.copy(this.#held, this.#heldBytes, from, end);
      this.#heldBytes += end - from;
    }
    if (this.#inString) return;
    this.#capturing = false;
    if (this.#heldBytes > limit) {
      this.#inKey = false;
      return;
    }
    if (this.#heldBytes > 0) this.#note(this.#held, 0, this.#heldBytes);
    else this.#note(chunk, from, end);
  }

  #note(bytes: Buffer, from: number, to: number): void {
    if (this.#inKey) {
      this.#inKey = false;
      this.#code = codeOf(bytes, from, to);
    } else if (this.#code === timeCode) {
      const time = this.#times.read(bytes, from, to);
      this.time = Number.isNaN(time) ? (timeOf(this.#short.get(bytes, from, to)) ?? Number.NaN) : time;
    } else this.#texts[this.#code] = this.#short.get(bytes, from, to);
  }
}

/** What {@link endOfString} says of a chunk that ends first, the second one where it ends behind a backslash. */
const [cut, cutInEscape] = [-1, -2];

/** The place after the closing quote of a string that `from` lies in. */
function endOfString(chunk: Buffer, from: number): number {
  const { length } = chunk;
  const near = Math.min(length, from + shortString);
  let at = from;
  while (at < near) {
    const byte = chunk[at];
    if (byte === quote) return at + 1;
    at += byte === backslash ? 2 : 1;
  }
  if (at >= length) return at > length ? cutInEscape : cut;
  return farEndOfString(chunk, at);
}

function farEndOfString(chunk: Buffer, from: number): number {
  for (let at = from; ;) {
    const found = chunk.indexOf(quote, at);
    const end = found < 0 ? chunk.length : found;
    let slashes = 0;
    while (end - slashes > at && chunk[end - slashes - 1] === backslash) slashes += 1;
    if (found < 0) return slashes % 2 === 1 ? cutInEscape : cut;
    if (slashes % 2 === 0) return found + 1;
    at = found + 1;
  }
}

function scalarEnd(chunk: Buffer, from: number): number {
  for (let at = from; at < chunk.length; at += 1) {
    const byte = chunk[at] ?? 0;
    if (byte === comma || byte === closeBrace || byte === closeBracket || byte <= 0x20) return at;
  }
  return -1;
}
