import { findCodeLines, looksLikeCode } from "./code-section.ts";
import { mostHolders, wipe, type Share, type ShareDetails } from "./recovery-share.ts";
import { codeLineCount, codeLines, readCodeLines, type CodedShare, type CodeRefusal } from "./share-code.ts";
import { shareFingerprint, shareForm, shareSetId } from "./share-digests.ts";
import { closingChecksum, headerFields, headerValues, readLabel, type HeaderField } from "./share-text.ts";

/** What could be read of whose share it is, from its header. */
interface Bearer {
  readonly number: number | null;
  readonly holder: string | null;
}

/**
 * Why a text is no whole share.
 * `not-a-share`: nothing of it is like one. `newer-form`: made by a newer version. `code-damaged`: these lines of the
 * code are not as they were written, or not there. `code-mixed`: each line is whole, but they are of different shares.
 * `header-damaged`: these fields differ from the code; none named: the text above the code, or the closing checksum,
 * is not as it was. `incomplete`: the code or the end is missing. `altered`: the share was changed and its checksums
 * were made anew; its own list of fingerprints says so.
 */
export type ShareProblem = Bearer &
  (
    | { readonly code: "not-a-share" | "newer-form" | "code-mixed" | "incomplete" | "altered" }
    | { readonly code: "code-damaged"; readonly damaged: readonly number[]; readonly missing: readonly number[] }
    | { readonly code: "header-damaged"; readonly fields: readonly HeaderField[] }
  );

export type ShareReading =
  { readonly ok: true; readonly share: Share } | { readonly ok: false; readonly problem: ShareProblem };

/** A share is under 3 KB. */
const mostBytes = 65_536;

const nobody: Bearer = { number: null, holder: null };

/** Editors save with a byte order mark, some in UTF-16: what is ASCII in it is taken. A copy, which the caller wipes. */
function asciiOf(text: Uint8Array): Uint8Array {
  const [a, b, c] = text;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return text.subarray(2).filter((byte) => byte !== 0);
  return a === 0xef && b === 0xbb && c === 0xbf ? text.slice(3) : text.slice();
}

/** Where the last `word` stands as a heading, behind white space or at the start, in any case; -1 where it does not. */
function lastHeading(text: Uint8Array, word: string): number {
  const wanted = new TextEncoder().encode(word);
  for (let at = text.length - wanted.length; at >= 0; at -= 1) {
    const before = text[at - 1] ?? 0x20;
    if (before <= 0x20 && wanted.every((byte, offset) => lowerCase(text[at + offset] ?? 0) === byte)) return at;
  }
  return -1;
}

const lowerCase = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte);

interface Sections {
  /** Everything before `Code:`; empty where only the code was typed in. */
  readonly header: string;
  readonly code: Uint8Array;
  /** The 16 hex digits behind `Checksum:`; null where there are none. */
  readonly checksum: string | null;
}

const decode = (bytes: Uint8Array): string => new TextDecoder("utf-8").decode(bytes);

/** Without the heading `Code:`, all is code; or, where the form is named, the code is not there. */
function codeHeading(text: Uint8Array): { readonly start: number; readonly end: number } {
  const start = lastHeading(text, "code:");
  if (start !== -1) return { start, end: start + "code:".length };
  const at = lastHeading(text, shareForm) === -1 ? 0 : text.length;
  return { start: at, end: at };
}

function sectionsOf(text: Uint8Array): Sections {
  const { start, end } = codeHeading(text);
  const endAt = lastHeading(text, "checksum:");
  const ends = endAt >= end;
  const tail = ends
    ? decode(text.subarray(endAt + "checksum:".length))
        .replace(/\s/g, "")
        .toLowerCase()
    : "";
  return {
    header: decode(text.subarray(0, start)),
    code: text.subarray(end, ends ? endAt : text.length),
    checksum: /^[0-9a-f]{16}/.exec(tail)?.[0] ?? null,
  };
}

/** The values of the header's fields, found one after the other; white space in them is one space. */
function fieldsOf(header: string): Map<HeaderField, string> {
  const values = new Map<HeaderField, string>();
  const found: { readonly field: HeaderField; readonly start: number; readonly end: number }[] = [];
  let from = 0;
  for (const field of headerFields) {
    const pattern = new RegExp(`(?:^|\\s)${field.replace(" ", "\\s+")}:`, "gi");
    pattern.lastIndex = from;
    const match = pattern.exec(header);
    if (match === null) continue;
    from = pattern.lastIndex;
    found.push({ field, start: match.index, end: from });
  }
  for (const [at, { field, end }] of found.entries()) {
    const value = header.slice(end, found[at + 1]?.start ?? header.length);
    values.set(field, value.replace(/\s+/g, " ").trim());
  }
  return values;
}

function bearerOf(fields: ReadonlyMap<HeaderField, string>): Bearer {
  const number = Number.parseInt(/^(\d{1,2})\s*of\b/i.exec(fields.get("Share") ?? "")?.[1] ?? "", 10);
  const holder = readLabel(fields.get("Holder") ?? "");
  return {
    number: number >= 1 && number <= mostHolders ? number : null,
    holder: holder === "" ? null : holder.slice(0, 200),
  };
}

function detailsOf(fields: ReadonlyMap<HeaderField, string>): ShareDetails {
  const listed = (fields.get("Fingerprints") ?? "").toLowerCase();
  return {
    vaultLabel: readLabel(fields.get("Vault") ?? ""),
    holder: readLabel(fields.get("Holder") ?? ""),
    madeAt: Date.parse((fields.get("Made on") ?? "").replace(/\s/g, "").toUpperCase()),
    fingerprints: [...listed.matchAll(/(?:^|\s)\d{1,2}\s+([0-9a-f]{16})(?=\s|$)/g)].map((match) => match[1] ?? ""),
  };
}

const plain = (text: string | undefined): string => (text ?? "").replace(/\s+/g, "").toLowerCase();

/** The fields that do not say what the code says. */
function differingFields(share: Share, details: ShareDetails, fields: ReadonlyMap<HeaderField, string>): HeaderField[] {
  const timed = Number.isNaN(details.madeAt) ? { ...details, madeAt: 0 } : details;
  const expected = headerValues(share, timed);
  return headerFields.filter((field) => {
    if (field === "Fingerprints") return shareSetId({ ...share, fingerprints: details.fingerprints }) !== share.setId;
    return plain(fields.get(field)) === "" || plain(fields.get(field)) !== plain(expected[field]);
  });
}

type ProblemFacts = ShareProblem extends infer P ? (P extends Bearer ? Omit<P, keyof Bearer> : never) : never;

function refused(bearer: Bearer, facts: ProblemFacts): ShareReading {
  return { ok: false, problem: { number: bearer.number, holder: bearer.holder, ...facts } };
}

/** What speaks against a share whose code is whole; null where nothing does. */
function headerProblem(share: Share, details: ShareDetails, { header, checksum }: Sections): ProblemFacts | null {
  const fields = differingFields(share, details, fieldsOf(header));
  if (fields.length > 0) return { code: "header-damaged", fields };
  if (details.fingerprints[share.number - 1] !== shareFingerprint(share, share.bytes)) return { code: "altered" };
  if (checksum === null) return { code: "incomplete" };
  const lines = codeLines(share);
  const expected = closingChecksum(header, lines);
  wipe(...lines);
  return checksum === expected ? null : { code: "header-damaged", fields: [] };
}

function withHeader(coded: CodedShare, sections: Sections): ShareReading {
  const details = detailsOf(fieldsOf(sections.header));
  const share: Share = { ...coded, details };
  const problem = headerProblem(share, details, sections);
  if (problem === null) return { ok: true, share };
  wipe(share.bytes);
  return refused({ number: share.number, holder: bearerOf(fieldsOf(sections.header)).holder }, problem);
}

function readSections(sections: Sections): ShareReading {
  const bearer = bearerOf(fieldsOf(sections.header));
  const form = /evalvault-recovery-share\/\d+/i.exec(sections.header)?.[0].toLowerCase();
  if (form !== undefined && form !== shareForm) return refused(bearer, { code: "newer-form" });
  const lines = findCodeLines(sections.code);
  const reading = readCodeLines(lines);
  const missing = lines.flatMap((line, at) => (line.length === 0 ? [at + 1] : []));
  const someHold = reading.ok || reading.reason !== "damaged" || reading.lines.length < codeLineCount;
  const alike = form !== undefined || someHold || looksLikeCode(sections.code);
  wipe(...lines);
  if (!alike) return refused(nobody, { code: "not-a-share" });
  if (!reading.ok) return refused(bearer, codeProblem(reading, missing));
  if (sections.header.trim() === "") return { ok: true, share: { ...reading.share, details: null } };
  return withHeader(reading.share, sections);
}

function codeProblem(reading: CodeRefusal, missing: readonly number[]): ProblemFacts {
  if (reading.reason === "newer") return { code: "newer-form" };
  if (reading.reason === "mixed") return { code: "code-mixed" };
  return { code: "code-damaged", damaged: reading.lines.filter((line) => !missing.includes(line)), missing };
}

/**
 * Reads a share from its file, or from what a person typed in from paper: all of it, or only the numbered lines of its
 * code (then `details` is null). White space, line breaks, capital and small letters, a byte order mark, and letters that
 * look like digits make no difference. Never throws for what is in the text. The caller wipes `text`.
 */
export function parseShare(text: Uint8Array): ShareReading {
  if (text.length > mostBytes) return refused(nobody, { code: "not-a-share" });
  const plainText = asciiOf(text);
  const sections = sectionsOf(plainText);
  const reading = readSections(sections);
  wipe(plainText);
  return reading;
}
