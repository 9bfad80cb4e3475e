import { codeLineCount, lineCharacters } from "./share-code.ts";
import { joinWiping } from "./share-text.ts";

/**
 * Finds the seven lines of code in what a person typed or a file holds: with line numbers or without, wrapped or run
 * together, with any white space and signs between the groups. Bytes throughout, because code is secret.
 */

const isLineEnd = (byte: number): boolean => byte === 0x0a || byte === 0x0d;
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;

interface Token {
  readonly bytes: Uint8Array;
  /** Whether it is the first of its line on paper. */
  readonly first: boolean;
}

function* tokens(section: Uint8Array): Generator<Token> {
  let start = -1;
  let first = true;
  for (let at = 0; at <= section.length; at += 1) {
    const byte = section[at] ?? 0x0a;
    if (isDigit(byte) || isLetter(byte)) {
      if (start === -1) start = at;
      continue;
    }
    if (start !== -1) {
      yield { bytes: section.subarray(start, at), first };
      start = -1;
      first = false;
    }
    if (isLineEnd(byte)) first = true;
  }
}

/** The number of a line, where this token is one: it stands alone, and first on its line or behind a full line of code. */
function lineNumber(
  { bytes, first }: Token,
  seen: ReadonlySet<number>,
  current: number,
  collected: number,
): number | null {
  const number = (bytes[0] ?? 0) - 0x30;
  if (bytes.length !== 1 || number < 1 || number > codeLineCount || seen.has(number)) return null;
  return first || (collected >= lineCharacters && number === current + 1) ? number : null;
}

function numbered(section: Uint8Array): Map<number, Uint8Array[]> {
  const lines = new Map<number, Uint8Array[]>();
  const seen = new Set<number>();
  let current = 0;
  let collected = 0;
  for (const token of tokens(section)) {
    const number = lineNumber(token, seen, current, collected);
    if (number !== null) {
      seen.add(number);
      current = number;
      collected = 0;
    }
    const parts = lines.get(current) ?? [];
    lines.set(current, parts);
    if (number !== null) continue;
    parts.push(token.bytes);
    collected += token.bytes.length;
  }
  return lines;
}

const join = (parts: readonly Uint8Array[]): Uint8Array => joinWiping(parts.map((part) => part.slice()));

/** Without numbers: by count where the count is right, else a line of paper a line of code. */
function unnumbered(section: Uint8Array): Uint8Array[] {
  const all = [...tokens(section)];
  const whole = join(all.map(({ bytes }) => bytes));
  if (whole.length === codeLineCount * lineCharacters) {
    const lines = Array.from({ length: codeLineCount }, (_, at) =>
      whole.slice(at * lineCharacters, (at + 1) * lineCharacters),
    );
    whole.fill(0);
    return lines;
  }
  whole.fill(0);
  const lines: Uint8Array[][] = [];
  for (const { bytes, first } of all) {
    if (first) lines.push([]);
    lines.at(-1)?.push(bytes);
  }
  return Array.from({ length: codeLineCount }, (_, at) => join(lines[at] ?? []));
}

/** The seven lines, empty where one is not there. The caller wipes them. */
export function findCodeLines(section: Uint8Array): Uint8Array[] {
  const found = numbered(section);
  const hasNumbers = [...found.keys()].some((number) => number > 0);
  if (!hasNumbers) return unnumbered(section);
  return Array.from({ length: codeLineCount }, (_, at) => join(found.get(at + 1) ?? []));
}

/** Whether this is meant as code, however damaged: about as long, and made of as many digits as random characters are. */
export function looksLikeCode(section: Uint8Array): boolean {
  const visible = section.filter((byte) => byte > 0x20);
  const characters = visible.filter((byte) => isDigit(byte) || isLetter(byte));
  const full = codeLineCount * lineCharacters;
  const digits = characters.filter(isDigit).length;
  const alike =
    characters.length > full / 2 &&
    characters.length < full * 1.5 &&
    characters.length > visible.length * 0.8 &&
    digits > characters.length * 0.15;
  visible.fill(0);
  characters.fill(0);
  return alike;
}
