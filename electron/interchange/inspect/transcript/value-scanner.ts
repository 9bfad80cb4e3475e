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
/** By length and first byte: what a key can be, without making a string of it. */
const byShape: ({ readonly bytes: Buffer; readonly code: number }[] | undefined)[] = [];
for (const [code, name] of wantedFields.entries()) {
  const shape = 256 * name.length + name.charCodeAt(0);
  byShape[shape] = [...(byShape[shape] ?? []), { bytes: Buffer.from(name), code }];
}

function codeOf(chunk: Buffer, from: number, to: number): number {
  const candidates = byShape[256 * (to - from) + (chunk[from] ?? 0)];
  if (candidates === undefined) return -1;
  for (const { bytes, code } of candidates) if (sameBytes(bytes, chunk, from, to)) return code;
  return -1;
}

const errorCodes: ReadonlySet<number> = new Set([wantedFields.indexOf("error"), wantedFields.indexOf("tool_error")]);
const callsCode = wantedFields.indexOf("tool_calls");
const timeCode = wantedFields.indexOf("timestamp");
const longestName = Math.max(...wantedFields.map((name) => name.length));
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
    const { length } = chunk;
    let at = from;
    while (at < length) {
      if (this.#inString) {
        at = this.#passString(chunk, at);
        if (this.#depth === 0 && !this.#isInside) return at;
        continue;
      }
      const byte = chunk[at] ?? 0;
      at += 1;
      if (this.#structure(byte)) return at;
    }
    return -1;
  }

  /** A byte outside of strings; true where it ends the value. */
  #structure(byte: number): boolean {
    if (byte === quote) this.#beginString();
    else if (byte === openBrace || byte === openBracket) this.#deeper(byte);
    else if (byte === closeBrace || byte === closeBracket) {
      this.#depth -= 1;
      return this.#depth <= 0;
    } else if (byte === comma && this.#depth === 1) {
      this.#keyNext = true;
      this.#code = -1;
    }
    return false;
  }

  get #isInside(): boolean {
    return this.#inString;
  }

  #passString(chunk: Buffer, from: number): number {
    const end = this.#stringEnd(chunk, from);
    if (this.#capturing) this.#capture(chunk, from, end);
    return end;
  }

  #deeper(byte: number): void {
    this.#depth += 1;
    if (this.#depth > this.deepest) this.deepest = this.#depth;
    if (!this.#noting || this.#code < 0) return;
    if (this.#depth === 2 && byte === openBrace && errorCodes.has(this.#code)) this.failed = true;
    if (this.#depth === 3 && this.#code === callsCode) this.callsTools = true;
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

  /** The place after the closing quote; `#inString` stays true where the chunk ends first. */
  #stringEnd(chunk: Buffer, from: number): number {
    const { length } = chunk;
    let at = from;
    if (this.#escaped && at < length) {
      this.#escaped = false;
      at += 1;
    }
    const near = Math.min(length, at + shortString);
    while (at < near) {
      const byte = chunk[at];
      if (byte === quote) {
        this.#inString = false;
        return at + 1;
      }
      at += byte === backslash ? 2 : 1;
    }
    if (at > length) this.#escaped = true;
    return at >= length ? length : this.#farStringEnd(chunk, at);
  }

  #farStringEnd(chunk: Buffer, from: number): number {
    const { length } = chunk;
    for (let at = from; ;) {
      const found = chunk.indexOf(quote, at);
      const end = found < 0 ? length : found;
      let slashes = 0;
      while (end - slashes > at && chunk[end - slashes - 1] === backslash) slashes += 1;
      if (found < 0) {
        this.#escaped = slashes % 2 === 1;
        return length;
      }
      if (slashes % 2 === 0) {
        this.#inString = false;
        return found + 1;
      }
      at = found + 1;
    }
  }
}

function scalarEnd(chunk: Buffer, from: number): number {
  for (let at = from; at < chunk.length; at += 1) {
    const byte = chunk[at] ?? 0;
    if (byte === comma || byte === closeBrace || byte === closeBracket || byte <= 0x20) return at;
  }
  return -1;
}
