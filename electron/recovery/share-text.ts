import { createHash } from "node:crypto";
import { codeLines, groupLength } from "./share-code.ts";
import { wipe, type Share, type ShareDetails } from "./recovery-share.ts";
import { shareForm, toHex } from "./share-digests.ts";

/** The words with which the parts of a share file begin, each at the start of a line. */
export const headerFields = [
  "Vault",
  "Vault id",
  "Recovery id",
  "Share",
  "Needed",
  "Holder",
  "Made on",
  "Set",
  "Fingerprints",
] as const;
export type HeaderField = (typeof headerFields)[number];

const prose = `${shareForm}

One share of the key with which access to a vault is brought back when nobody can open it any more.
Alone it opens nothing and tells nothing. Keep it as you keep a key: where nobody else reads it.
To use it, give this file to EvalVault, or type in the numbered lines of the code from paper.
`;

/**
 * A label in ASCII: everything else, the backslash, and the colon by which fields are found, as \\u and four hex digits
 * for each UTF-16 unit.
 */
export function asciiLabel(text: string): string {
  return text.replace(
    /[^\x20-\x39\x3b-\x5b\x5d-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** What {@link asciiLabel} was made from. */
export function readLabel(text: string): string {
  return text.replace(/\\u([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

export const timeText = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** The value of each field of the header, as it is written. */
export function headerValues(share: Share, details: ShareDetails): Record<HeaderField, string> {
  return {
    Vault: asciiLabel(details.vaultLabel),
    "Vault id": share.vaultId,
    "Recovery id": share.recoveryId,
    Share: `${String(share.number)} of ${String(share.total)}`,
    Needed: `any ${String(share.threshold)}`,
    Holder: asciiLabel(details.holder),
    "Made on": timeText(details.madeAt),
    Set: share.setId,
    Fingerprints: details.fingerprints.map((hex, at) => `${String(at + 1)} ${hex}`).join("\n"),
  };
}

const indent = 14;

function headerText(share: Share, details: ShareDetails): string {
  const values = headerValues(share, details);
  const lines = headerFields.map((field) => {
    const value = values[field].replaceAll("\n", `\n${" ".repeat(indent)}`);
    return `${`${field}:`.padEnd(indent)}${value}`;
  });
  return `${prose}\n${lines.join("\n")}\n`;
}

/**
 * First 8 bytes, in hex, of the SHA-256 over the header (everything before `Code:`, without white space, small letters)
 * and the code's characters as they should be written, without white space and line numbers.
 */
export function closingChecksum(header: string, lines: readonly Uint8Array[]): string {
  const hash = createHash("sha256").update(header.replace(/\s+/g, "").toLowerCase(), "utf8");
  for (const line of lines) hash.update(line);
  return toHex(new Uint8Array(hash.digest().subarray(0, 8)));
}

/** One line of code as a person reads it: `1  ABCD EFGH …`. Secret. */
export function groupedLine(number: number, line: Uint8Array): Uint8Array {
  const groups = line.length / groupLength;
  const text = new Uint8Array(3 + line.length + groups - 1).fill(0x20);
  text[0] = 0x30 + number;
  for (let group = 0; group < groups; group += 1) {
    text.set(line.subarray(group * groupLength, (group + 1) * groupLength), 3 + group * (groupLength + 1));
  }
  return text;
}

/** Joins bytes, and wipes the parts where they are secret. */
export function joinWiping(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  wipe(...parts);
  return whole;
}

const ascii = new TextEncoder();

/**
 * A share as a text file, ASCII (docs/recovery.md). Secret: the caller writes it once and wipes it.
 * @throws RangeError where the share was typed in from paper, so that what its header says is not known
 */
export function shareText(share: Share): Uint8Array {
  if (share.details === null) throw new RangeError("a share without details has no file");
  const header = headerText(share, share.details);
  const lines = codeLines(share);
  const checksum = closingChecksum(header, lines);
  const code = lines.flatMap((line, at) => [ascii.encode("  "), groupedLine(at + 1, line), ascii.encode("\n")]);
  wipe(...lines);
  return joinWiping([ascii.encode(`${header}\nCode:\n`), ...code, ascii.encode(`\nChecksum:     ${checksum}\n`)]);
}
