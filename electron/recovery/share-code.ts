import { crockfordValue, decodeCrockford, encodeCrockford } from "./crockford.ts";
import { fewestShares, idLength, shareLength, wipe, type Share } from "./recovery-share.ts";
import { formDigest, fromHex, idBytes, toHex } from "./share-digests.ts";

/**
 * The code of a share: 87 bytes as seven lines of five groups of four characters and a sixth group that checks the
 * line. It says all that is needed to combine shares, so that only these lines must be typed in from paper.
 */
export const codeLineCount = 7;
export const groupLength = 4;
const dataCharacters = 20;
export const lineCharacters = dataCharacters + groupLength;

const version = 1;
const digestLength = 8;
const checksumLength = 4;
const places = { vault: 2, recovery: 18, set: 34, check: 42, share: 50, checksum: 83, end: 87 } as const;

/** What the code carries: a share without its details. */
export type CodedShare = Omit<Share, "details">;

function shareCodeBytes(share: CodedShare): Uint8Array {
  const code = new Uint8Array(places.end);
  code[0] = (version << 4) | (share.number - 1);
  code[1] = ((share.threshold - 1) << 4) | (share.total - 1);
  code.set(idBytes(share.vaultId), places.vault);
  code.set(idBytes(share.recoveryId), places.recovery);
  code.set(fromHex(share.setId) ?? [], places.set);
  code.set(fromHex(share.secretCheck) ?? [], places.check);
  code.set(share.bytes, places.share);
  code.set(formDigest("code", code.subarray(0, places.checksum)).subarray(0, checksumLength), places.checksum);
  return code;
}

function lineCheck(line: number, data: Uint8Array): Uint8Array {
  return encodeCrockford(formDigest("line", Uint8Array.of(line), data), groupLength);
}

/** The seven lines of 24 ASCII characters each, without spaces. Secret: the caller wipes them. */
export function codeLines(share: CodedShare): Uint8Array[] {
  const code = shareCodeBytes(share);
  const text = encodeCrockford(code, codeLineCount * dataCharacters);
  const lines = Array.from({ length: codeLineCount }, (_, at) => {
    const line = new Uint8Array(lineCharacters);
    line.set(text.subarray(at * dataCharacters, (at + 1) * dataCharacters));
    line.set(lineCheck(at + 1, line.subarray(0, dataCharacters)), dataCharacters);
    return line;
  });
  wipe(code, text);
  return lines;
}

/** Whether a line of 24 characters is as it was made. `line` counts from 1. */
function lineHolds(line: number, characters: Uint8Array): boolean {
  const values = Array.from(characters, crockfordValue);
  if (values.length !== lineCharacters || values.includes(null)) return false;
  // Misread letters count as what they were meant for, so the check is over the values written anew.
  const decoded = decodeCrockford(characters, lineCharacters);
  if (decoded === null) return false;
  const data = encodeCrockford(decoded.bytes, dataCharacters);
  const holds = lineCheck(line, data).every(
    (character, at) => crockfordValue(character) === values[dataCharacters + at],
  );
  wipe(decoded.bytes, data);
  values.fill(0);
  return holds;
}

export type CodeRefusal =
  | { readonly ok: false; readonly reason: "damaged"; readonly lines: readonly number[] }
  | { readonly ok: false; readonly reason: "mixed" }
  | { readonly ok: false; readonly reason: "newer" };
export type CodeReading = { readonly ok: true; readonly share: CodedShare } | CodeRefusal;

/** Reads the code back from its lines (24 characters each, in their order); names the lines that are not as they were. */
export function readCodeLines(lines: readonly Uint8Array[]): CodeReading {
  const bad = Array.from({ length: codeLineCount }, (_, at) => at + 1).filter(
    (line) => !lineHolds(line, lines[line - 1] ?? new Uint8Array()),
  );
  if (bad.length > 0) return { ok: false, reason: "damaged", lines: bad };
  const text = new Uint8Array(codeLineCount * dataCharacters);
  for (const [at, line] of lines.entries()) text.set(line.subarray(0, dataCharacters), at * dataCharacters);
  const decoded = decodeCrockford(text, places.end);
  wipe(text);
  if (decoded === null) return { ok: false, reason: "mixed" };
  const reading = readCode(decoded.bytes, decoded.clean);
  wipe(decoded.bytes);
  return reading;
}

function readCode(code: Uint8Array, clean: boolean): CodeReading {
  const [first = 0, second = 0] = code;
  if (first >> 4 !== version) return { ok: false, reason: "newer" };
  const expected = formDigest("code", code.subarray(0, places.checksum)).subarray(0, checksumLength);
  const whole = clean && toHex(expected) === toHex(code.subarray(places.checksum, places.end));
  const share: CodedShare = {
    number: (first & 15) + 1,
    threshold: (second >> 4) + 1,
    total: (second & 15) + 1,
    vaultId: hexAt(code, places.vault, idLength),
    recoveryId: hexAt(code, places.recovery, idLength),
    setId: hexAt(code, places.set, digestLength),
    secretCheck: hexAt(code, places.check, digestLength),
    bytes: code.slice(places.share, places.share + shareLength),
  };
  if (whole && isSound(share)) return { ok: true, share };
  wipe(share.bytes);
  return { ok: false, reason: "mixed" };
}

const hexAt = (code: Uint8Array, place: number, length: number): string => toHex(code.subarray(place, place + length));

/** Place 0 is where the secret itself would be: no share is ever taken there. */
function isSound({ number, threshold, total, bytes }: CodedShare): boolean {
  return threshold >= fewestShares && threshold <= total && number <= total && bytes[shareLength - 1] !== 0;
}
