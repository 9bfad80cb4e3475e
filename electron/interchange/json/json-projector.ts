/**
 * A streaming JSON reader that builds only what is asked for.
 *
 * Logs of a gigabyte hold a few kilobytes that an import needs. The projector walks the bytes once and asks, at every
 * value, whether to go in, keep its bytes, count its items or pass over it; what is passed over is never decoded.
 * Bytes that are passed over are checked for balance of quotes and brackets only.
 */
export type JsonPath = readonly (string | number)[];
export type Handling = "enter" | "keep" | "count" | "skip";

export interface JsonProjection {
  /** What to do with the value at this path. The path is reused: copy it to keep it. */
  choose(path: JsonPath): Handling;
  /** The whole text of a value that was to be kept, as UTF-8 JSON. */
  kept(path: JsonPath, json: Uint8Array): void;
  /** How many items an array (or members an object) has that was to be counted; 0 for anything else. */
  counted?(path: JsonPath, items: number): void;
  /** A container that was entered has ended. */
  left?(path: JsonPath): void;
  /** A value that was to be kept is larger or deeper than the limits; it was passed over. */
  refused?(path: JsonPath, why: "too-large" | "too-deep"): void;
}

export interface ProjectionLimits {
  /** Largest value that is kept, in bytes. */
  readonly keepBytes: number;
  /** Deepest nesting inside a value that is kept. */
  readonly keepDepth: number;
}

export const defaultLimits: ProjectionLimits = { keepBytes: 16 * 1024 * 1024, keepDepth: 200 };

export class JsonStreamError extends Error {
  readonly code: "syntax" | "truncated";
  /** Where in the JSON, in bytes. */
  readonly offset: number;
  constructor(code: "syntax" | "truncated", offset: number, message: string) {
    super(`${message} at byte ${String(offset)}.`);
    this.name = "JsonStreamError";
    this.code = code;
    this.offset = offset;
  }
}

const states = { value: 0, valueOrEnd: 1, keyOrEnd: 2, key: 3, colon: 4, commaOrEnd: 5, raw: 6, done: 7 } as const;
type State = (typeof states)[keyof typeof states];

const maxEntered = 64;
const maxKeyBytes = 64 * 1024;
const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;
const colon = 0x3a;

const decoder = new TextDecoder("utf-8");

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

const namesKept = 1024;
/** Names repeat with every record: each is decoded once and found again by its bytes. */
const names: { readonly bytes: Uint8Array; readonly text: string }[] = Array.from({ length: namesKept }, () => ({
  bytes: new Uint8Array(0),
  text: "",
}));

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}

function decodeName(bytes: Uint8Array): string {
  const text = decoder.decode(bytes);
  if (!text.includes("\\")) return text;
  const parsed: unknown = JSON.parse(`"${text}"`);
  return typeof parsed === "string" ? parsed : text;
}

function nameOf(bytes: Uint8Array): string {
  if (bytes.length > 64) return decodeName(bytes);
  let hash = bytes.length;
  for (const byte of bytes) hash = (hash * 31 + byte) | 0;
  const slot = hash & (namesKept - 1);
  const known = names[slot];
  if (known !== undefined && sameBytes(known.bytes, bytes)) return known.text;
  const text = decodeName(bytes);
  names[slot] = { bytes: Uint8Array.from(bytes), text };
  return text;
}

export class JsonProjector {
  readonly #projection: JsonProjection;
  readonly #limits: ProjectionLimits;
  #state: State = states.value;
  /** Keys of the containers that were entered; the last is the current one. */
  readonly #path: (string | number)[] = [];
  readonly #arrays: boolean[] = [];
  /** Bytes of all chunks before this one. */
  #before = 0;

  #handling: Handling = "skip";
  #rawScalar = false;
  #rawString = false;
  #rawDepth = 0;
  #escaped = false;
  #rawItems = 0;
  #rawHasItem = false;
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  #refusal: "too-large" | "too-deep" | null = null;

  #keyParts: Uint8Array[] = [];
  #keyBytes = 0;

  constructor(projection: JsonProjection, limits: ProjectionLimits = defaultLimits) {
    this.#projection = projection;
    this.#limits = limits;
  }

  /** True once the outermost value has ended. */
  get complete(): boolean {
    return this.#state === states.done;
  }

  /**
   * Takes the next bytes, cut anywhere. Nobody may change them afterwards: values that are kept are parts of them.
   * @throws JsonStreamError `syntax`
   */
  push(chunk: Uint8Array): void {
    let at = 0;
    if (this.#before === 0 && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) at = 3;
    while (at < chunk.length) {
      if (this.#state === states.raw) at = this.#raw(chunk, at);
      else if (this.#state === states.key) at = this.#key(chunk, at);
      else at = this.#structure(chunk, at);
    }
    this.#before += chunk.length;
  }

  /**
   * Says that there are no more bytes.
   * @throws JsonStreamError `truncated` where the outermost value has not ended
   */
  end(): void {
    if (this.#state === states.raw && this.#rawScalar && this.#path.length === 0) this.#endRaw();
    if (this.#state !== states.done) throw new JsonStreamError("truncated", this.#before, "The JSON ends too early");
  }

  #fail(at: number, message: string): never {
    throw new JsonStreamError("syntax", this.#before + at, message);
  }

  #structure(chunk: Uint8Array, at: number): number {
    const byte = chunk[at] ?? 0;
    if (isSpace(byte)) return at + 1;
    switch (this.#state) {
      case states.valueOrEnd:
        if (byte === closeBracket) return this.#leave(at);
        return this.#value(byte, at);
      case states.value:
        return this.#value(byte, at);
      case states.keyOrEnd:
        if (byte === closeBrace) return this.#leave(at);
        if (byte !== quote) return this.#fail(at, "A name was expected");
        this.#state = states.key;
        return at + 1;
      case states.colon:
        if (byte !== colon) return this.#fail(at, "A colon was expected");
        this.#state = states.value;
        return at + 1;
      case states.commaOrEnd:
        return this.#next(byte, at);
      default:
        return this.#fail(at, "Nothing was expected after the end");
    }
  }

  #next(byte: number, at: number): number {
    const array = this.#arrays.at(-1) ?? false;
    if (byte === (array ? closeBracket : closeBrace)) return this.#leave(at);
    if (byte !== comma) return this.#fail(at, "A comma or an end was expected");
    const last = this.#path.length - 1;
    const key = this.#path[last];
    if (array && typeof key === "number") this.#path[last] = key + 1;
    this.#state = array ? states.value : states.keyOrEnd;
    return at + 1;
  }

  #leave(at: number): number {
    this.#path.pop();
    this.#arrays.pop();
    this.#projection.left?.(this.#path);
    this.#state = this.#path.length === 0 ? states.done : states.commaOrEnd;
    return at + 1;
  }

  #value(byte: number, at: number): number {
    if (byte === closeBrace || byte === closeBracket || byte === comma || byte === colon) {
      return this.#fail(at, "A value was expected");
    }
    const container = byte === openBrace || byte === openBracket;
    let handling = this.#projection.choose(this.#path);
    if (handling === "enter") {
      if (container && this.#path.length < maxEntered) {
        this.#arrays.push(byte === openBracket);
        this.#path.push(byte === openBracket ? 0 : "");
        this.#state = byte === openBracket ? states.valueOrEnd : states.keyOrEnd;
        return at + 1;
      }
      handling = "skip";
    }
    this.#beginRaw(handling, byte, container);
    return at;
  }

  #beginRaw(handling: Handling, byte: number, container: boolean): void {
    this.#handling = handling;
    this.#rawScalar = !container && byte !== quote;
    this.#rawString = false;
    this.#rawDepth = 0;
    this.#escaped = false;
    this.#rawItems = 0;
    this.#rawHasItem = false;
    this.#parts = [];
    this.#partBytes = 0;
    this.#refusal = null;
    this.#state = states.raw;
  }

  /** Walks one value without looking into it. Answers with the place after it, or the end of the chunk. */
  #raw(chunk: Uint8Array, from: number): number {
    const end = this.#rawScalar ? this.#rawScalarEnd(chunk, from) : this.#rawEnd(chunk, from);
    const stop = end < 0 ? chunk.length : end;
    if (this.#handling === "keep") this.#hold(chunk, from, stop);
    if (end >= 0) this.#endRaw();
    return stop;
  }

  #rawScalarEnd(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte === comma || byte === closeBrace || byte === closeBracket || isSpace(byte)) return at;
    }
    return -1;
  }

  #rawEnd(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length) {
      if (this.#rawString) {
        at = this.#stringEnd(chunk, at);
        if (!this.#inString && this.#rawDepth === 0) return at;
        continue;
      }
      const byte = chunk[at] ?? 0;
      at += 1;
      if (byte === closeBrace || byte === closeBracket) {
        this.#rawDepth -= 1;
        if (this.#rawDepth <= 0) return at;
      } else this.#rawByte(byte);
    }
    return -1;
  }

  get #inString(): boolean {
    return this.#rawString;
  }

  /** A byte outside of strings that ends no container. */
  #rawByte(byte: number): void {
    if (byte === quote) this.#rawString = true;
    if (this.#rawDepth === 1) {
      if (byte === comma) this.#rawItems += 1;
      else if (!isSpace(byte)) this.#rawHasItem = true;
    }
    if (byte === openBrace || byte === openBracket) {
      this.#rawDepth += 1;
      if (this.#rawDepth > this.#limits.keepDepth) this.#refuse("too-deep");
    }
  }

  /** The place after the closing quote; `#rawString` stays true where the chunk ends first. */
  #stringEnd(chunk: Uint8Array, from: number): number {
    let at = from;
    const length = chunk.length;
    if (this.#escaped && at < length) {
      this.#escaped = false;
      at += 1;
    }
    while (at < length) {
      const byte = chunk[at];
      if (byte === quote) {
        this.#rawString = false;
        return at + 1;
      }
      if (byte === backslash) {
        at += 2;
        if (at > length) this.#escaped = true;
      } else at += 1;
    }
    return length;
  }

  #refuse(why: "too-large" | "too-deep"): void {
    if (this.#handling !== "keep") return;
    this.#refusal ??= why;
    this.#parts = [];
  }

  #hold(chunk: Uint8Array, from: number, stop: number): void {
    this.#partBytes += stop - from;
    if (this.#partBytes > this.#limits.keepBytes) this.#refuse("too-large");
    if (this.#refusal === null) this.#parts.push(chunk.subarray(from, stop));
  }

  #endRaw(): void {
    this.#state = this.#path.length === 0 ? states.done : states.commaOrEnd;
    if (this.#handling === "count") {
      this.#projection.counted?.(this.#path, this.#rawHasItem ? this.#rawItems + 1 : 0);
    } else if (this.#handling === "keep") {
      if (this.#refusal !== null) this.#projection.refused?.(this.#path, this.#refusal);
      else this.#projection.kept(this.#path, joined(this.#parts));
    }
    this.#parts = [];
  }

  #key(chunk: Uint8Array, from: number): number {
    let at = from;
    let ended = false;
    if (this.#escaped && at < chunk.length) {
      this.#escaped = false;
      at += 1;
    }
    while (at < chunk.length) {
      const byte = chunk[at];
      if (byte === quote) {
        ended = true;
        break;
      }
      at += byte === backslash ? 2 : 1;
      if (at > chunk.length) {
        this.#escaped = true;
        at = chunk.length;
      }
    }
    this.#keyBytes += at - from;
    if (this.#keyBytes > maxKeyBytes) return this.#fail(at, "A name is too long");
    if (!ended) {
      this.#keyParts.push(chunk.subarray(from, at));
      return at;
    }
    this.#keyParts.push(chunk.subarray(from, at));
    this.#path[this.#path.length - 1] = this.#keyText(at);
    this.#keyParts = [];
    this.#keyBytes = 0;
    this.#state = states.colon;
    return at + 1;
  }

  #keyText(at: number): string {
    try {
      return nameOf(joined(this.#keyParts));
    } catch {
      return this.#fail(at, "A name is malformed");
    }
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
