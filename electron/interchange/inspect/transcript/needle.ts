import type { TextSearch } from "./text-matcher.ts";

/**
 * Says of bytes of a log whether a search can find anything in the items that are made of them, without reading them as
 * JSON: the longest piece of the searched text that can only come out of one string of the log must be in the bytes as
 * JSON writes it. Where there is no such piece, everything has to be looked into.
 */

/** What rendering itself says. A piece of one of these may be found in an item without being in its bytes. */
const ownWords = [
  "[reasoning (redacted by the provider)]",
  "[server tool",
  "(could not be parsed:",
  "System",
  "User",
  "Assistant",
  "Tool",
  "message",
  "event",
  "Error:",
  "Answering (",
  "Stopped:",
  "Tokens:",
  "Model",
  "Sandbox",
  "Result:",
  "Score",
  "Score edited",
  "Limit",
  "Input by a person",
  "Info",
  "Log",
  "Approval",
  "Sample begins",
  "Begin",
  "End",
  "State changes",
  "Store changes",
  "Answer:",
  "Explanation:",
  "Edited; before:",
  "unscored",
  "Invalidated in the log",
  "A message that cannot be shown",
  "A event that cannot be shown",
  "null",
].map((words) => words.toLowerCase());

/** Characters that neither rendering puts between two strings nor JSON must or may write with a short escape. */
const plainRuns = /[A-Za-z0-9_.\-@#$%&*+=~^!?<>|;']+/g;
const otherRuns = /[^\u0000-\u007f\u00b7\u2192\u2026\ufffd\ud800-\udfff]+/g;
/** A piece of a number's text: the log may write the same number otherwise. */
const ofNumber = /^[+-]?\d*\.?\d*(?:e[+-]?\d*)?$/i;
/** Longest piece of other characters: each is an alternative of several spellings. */
const longestOther = 6;
/** Bytes that are looked through at once as text: larger strings cost several times as much to make. */
const slice = 32 * 1024;

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function isOwn(piece: string): boolean {
  const lower = piece.toLowerCase();
  return ownWords.some((words) => words.includes(lower));
}

function plainPiece(text: string): string | null {
  const pieces = (text.match(plainRuns) ?? []).filter((piece) => !ofNumber.test(piece) && !isOwn(piece));
  return pieces.sort((a, b) => b.length - a.length)[0] ?? null;
}

/** What a unit becomes where case does not count: Canonicalize of ECMAScript without the flag u. */
function canonical(unit: number): number {
  const upper = String.fromCharCode(unit).toUpperCase();
  const code = upper.charCodeAt(0);
  return upper.length !== 1 || (unit >= 0x80 && code < 0x80) ? unit : code;
}

let folds: Map<number, number[]> | null = null;

/** UTF-16 units that match a unit where case does not count. */
function foldsOf(unit: number): readonly number[] {
  if (folds === null) {
    folds = new Map();
    for (let code = 0; code < 0x10000; code += 1) {
      const to = canonical(code);
      const others = folds.get(to);
      if (others === undefined) folds.set(to, [code]);
      else others.push(code);
    }
  }
  return folds.get(canonical(unit)) ?? [unit];
}

/** All spellings of a unit in JSON, as a pattern over bytes read as Latin-1. */
function spellings(unit: string, caseSensitive: boolean): string {
  const code = unit.charCodeAt(0);
  const ways = (caseSensitive ? [code] : foldsOf(code)).flatMap((fold) => {
    const bytes = Buffer.from(String.fromCharCode(fold), "utf8").toString("latin1");
    const hex = fold.toString(16).padStart(4, "0");
    const anyCase = hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
    return [escaped(bytes), `\\\\u${anyCase}`];
  });
  return `(?:${ways.join("|")})`;
}

interface Pattern {
  readonly pattern: RegExp | null;
  readonly reach: number;
  /** Digits that are looked for also in numbers that the log writes otherwise than they are shown. */
  readonly digits?: string;
}

function plainPattern(piece: string, caseSensitive: boolean): Pattern {
  return { pattern: new RegExp(escaped(piece), caseSensitive ? "" : "i"), reach: piece.length };
}

function otherPattern(piece: string, caseSensitive: boolean): Pattern {
  const units = piece.slice(0, longestOther).split("");
  const pattern = new RegExp(units.map((unit) => spellings(unit, caseSensitive)).join(""));
  return { pattern, reach: 6 * units.length };
}

/** Digits that can only come out of one string or one number; fewer could be a number's exponent. */
const digitRuns = /\d{4,}/g;
/** Longest number that is held against what it is shown as, in bytes; a longer one is looked into. */
const longestNumber = 400;
/**
 * Numbers that may be shown with other digits than the log has: with an exponent, or with more digits than a double
 * keeps (15). Every other one is shown as the beginning of what the log has, or that with its point elsewhere.
 */
const oddNumbers = /[:,[\s](-?(?:\d[\d.]{15,}(?:[eE][+-]?\d+)?|[\d.]+[eE][+-]?\d+))/g;

function digitPattern(text: string): Pattern {
  const [digits] = (text.match(digitRuns) ?? []).sort((a, b) => b.length - a.length);
  if (digits === undefined) return { pattern: null, reach: 0 };
  return { pattern: new RegExp(digits), reach: Math.max(longestNumber, digits.length), digits };
}

/** Whether a number in a part of a log is shown with these digits, though it is not written with them. */
function showsDigits(text: string, digits: string): boolean {
  for (const [, number = ""] of text.matchAll(oddNumbers)) {
    if (number.length >= longestNumber - 1 || String(Number(number)).includes(digits)) return true;
  }
  return false;
}

function bestPattern(text: string, caseSensitive: boolean): Pattern & { readonly bytes: Buffer | null } {
  const plain = plainPiece(text);
  const other = plain === null || plain.length < 2 ? (text.match(otherRuns)?.[0] ?? null) : null;
  if (other !== null) return { ...otherPattern(other, caseSensitive), bytes: null };
  if (plain === null) return { ...digitPattern(text), bytes: null };
  return { ...plainPattern(plain, caseSensitive), bytes: caseSensitive ? Buffer.from(plain, "latin1") : null };
}

export class Needle {
  /** Null: nothing is known of what has to be in the bytes. */
  readonly #pattern: RegExp | null;
  /** The bytes themselves, where case counts. */
  readonly #bytes: Buffer | null;
  readonly #digits: string | null;
  /** How far a piece can reach across the end of a slice. */
  readonly reach: number;

  constructor({ text, caseSensitive }: TextSearch) {
    const found = bestPattern(text, caseSensitive);
    this.#pattern = found.pattern;
    this.#bytes = found.bytes;
    this.#digits = found.digits ?? null;
    this.reach = Math.max(found.reach, oddEscape.length);
  }

  /** Everything has to be looked into. */
  get isBlunt(): boolean {
    return this.#pattern === null;
  }

  /** Whether an item that is made of these bytes can have a hit. */
  mayHold(bytes: Buffer): boolean {
    if (this.#pattern === null) return true;
    const found = this.#bytes === null ? this.#holdsPattern(bytes, this.#pattern) : bytes.includes(this.#bytes);
    return found || hasOddEscape(bytes);
  }

  #holdsPattern(bytes: Buffer, pattern: RegExp): boolean {
    for (let at = 0; at < bytes.length; at += slice) {
      const text = bytes.toString("latin1", at, Math.min(bytes.length, at + slice + this.reach));
      if (pattern.test(text) || (this.#digits !== null && showsDigits(text, this.#digits))) return true;
    }
    return false;
  }
}

/** The longest of what `hasOddEscape` looks at. */
const oddEscape = "\\u0000";
const escapeStart = Buffer.from("\\u00");

/**
 * Whether JSON spells a character by number that everybody writes as it is, or with a short escape: `\u0041` for A. A
 * piece could hide behind it.
 */
function hasOddEscape(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(escapeStart); at >= 0; at = bytes.indexOf(escapeStart, at + 4)) {
    const high = bytes[at + 4] ?? 0;
    if (high >= 0x32 && high <= 0x37) return true;
    if (high === 0x30 && /[89acdACD]/.test(String.fromCharCode(bytes[at + 5] ?? 0))) return true;
  }
  return false;
}
