/** Short texts of a scan: most come again and again, so that making a string of each would cost most of the scan. */

const slots = 1_024;
/** Longest text that is kept, in bytes. */
const longestKept = 64;
const backslash = 0x5c;

/** Strings by the bytes that they were made of; one that is not there takes the place of another. */
export class ShortTexts {
  readonly #bytes = new Uint8Array(slots * longestKept);
  readonly #lengths = new Uint8Array(slots);
  readonly #texts = new Array<string>(slots).fill("");

  /** The text of a JSON string's bytes without their quotes; null where they are none. */
  get(chunk: Buffer, from: number, to: number): string | null {
    let hash = 0x811c9dc5;
    let isPlain = true;
    for (let at = from; at < to; at += 1) {
      const byte = chunk[at] ?? 0;
      hash = Math.imul(hash ^ byte, 0x01000193);
      if (byte === backslash || byte >= 0x80) isPlain = false;
    }
    const slot = (hash ^ (hash >>> 15)) & (slots - 1);
    if (this.#isKept(slot, chunk, from, to)) return this.#texts[slot] ?? null;
    const text = isPlain ? chunk.toString("latin1", from, to) : unescaped(chunk.toString("utf8", from, to));
    if (text !== null && to - from <= longestKept) this.#keep(slot, text, chunk, from, to);
    return text;
  }

  #isKept(slot: number, chunk: Buffer, from: number, to: number): boolean {
    if (this.#lengths[slot] !== to - from) return false;
    const start = slot * longestKept - from;
    for (let at = from; at < to; at += 1) if (this.#bytes[start + at] !== chunk[at]) return false;
    return true;
  }

  #keep(slot: number, text: string, chunk: Buffer, from: number, to: number): void {
    const start = slot * longestKept - from;
    for (let at = from; at < to; at += 1) this.#bytes[start + at] = chunk[at] ?? 0;
    this.#lengths[slot] = to - from;
    this.#texts[slot] = text;
  }
}

/** Whether a part of a chunk is these bytes; for some tens of bytes a loop costs less than a native call. */
export function sameBytes(bytes: Buffer, chunk: Buffer, from: number, to: number): boolean {
  const { length } = bytes;
  if (length !== to - from) return false;
  for (let at = 0; at < length; at += 1) if (bytes[at] !== chunk[from + at]) return false;
  return true;
}

function unescaped(text: string): string | null {
  try {
    const parsed: unknown = JSON.parse(`"${text}"`);
    return typeof parsed === "string" ? parsed : null;
  } catch {
    return null;
  }
}

function digits(chunk: Buffer, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = (chunk[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = 10 * value + digit;
  }
  return value;
}

const [dash, colon, dot, plus, capitalT, capitalZ] = Buffer.from("-:.+TZ");

/** Times as logs write them ("2026-03-02T09:30:01.500000+00:00"), most of which share their minute with the one before. */
export class Times {
  #minute = Number.NaN;
  #base = Number.NaN;

  /** Milliseconds since 1970-01-01T00:00Z; NaN for another form, which somebody else has to read. */
  read(chunk: Buffer, from: number, to: number): number {
    if (to - from < 20 || chunk[from + 10] !== capitalT || chunk[from + 4] !== dash || chunk[from + 16] !== colon) {
      return Number.NaN;
    }
    const zoneAt = chunk[from + 19] === dot ? digitsEnd(chunk, from + 20, to) : from + 19;
    const zone = zoneMinutes(chunk, zoneAt, to);
    const seconds = digits(chunk, from + 17, from + 19);
    if (!(seconds < 60)) return Number.NaN;
    this.#setMinute(chunk, from);
    return this.#base + 1_000 * seconds + thousandths(chunk, from + 20, zoneAt) - 60_000 * zone;
  }

  #setMinute(chunk: Buffer, from: number): void {
    const [year, month, day] = [
      digits(chunk, from, from + 4),
      digits(chunk, from + 5, from + 7),
      digits(chunk, from + 8, from + 10),
    ];
    const [hour, minute] = [digits(chunk, from + 11, from + 13), digits(chunk, from + 14, from + 16)];
    // All of it as one number.
    const key = (((year * 100 + month) * 100 + day) * 100 + hour) * 100 + minute;
    if (key === this.#minute) return;
    this.#minute = key;
    const isTime = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60;
    this.#base = isTime ? Date.UTC(year, month - 1, day, hour, minute) : Number.NaN;
  }
}

function digitsEnd(chunk: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && (chunk[at] ?? 0) >= 0x30 && (chunk[at] ?? 0) <= 0x39) at += 1;
  return at;
}

/** The first three digits of a fraction; the rest is cut off, as `Date` does it. */
function thousandths(chunk: Buffer, from: number, to: number): number {
  let value = 0;
  for (let place = 0; place < 3; place += 1)
    value = 10 * value + (from + place < to ? (chunk[from + place] ?? 0x30) - 0x30 : 0);
  return value;
}

/** "Z", "+01:00", "+0100"; NaN for anything else. */
function zoneMinutes(chunk: Buffer, from: number, to: number): number {
  if (chunk[from] === capitalZ && to === from + 1) return 0;
  const sign = chunk[from] === plus ? 1 : chunk[from] === dash ? -1 : Number.NaN;
  const minutesAt = chunk[from + 3] === colon ? from + 4 : from + 3;
  if (to !== minutesAt + 2) return Number.NaN;
  return sign * (60 * digits(chunk, from + 1, from + 3) + digits(chunk, minutesAt, to));
}
