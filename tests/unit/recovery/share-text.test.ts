import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { makeShares } from "../../../electron/recovery/make-shares.ts";
import { parseShare, type ShareProblem } from "../../../electron/recovery/parse-share.ts";
import type { Share } from "../../../electron/recovery/recovery-share.ts";
import { headerFields, shareText } from "../../../electron/recovery/share-text.ts";
import { bytesOf, changed, codeOf, newSet, recoveryId, textOf, typedIn, vaultId } from "./fixtures.ts";

let share: Share;
let other: Share;
let text: string;
let code: string;

beforeAll(async () => {
  const { shares } = await newSet(3, 5);
  const [first, second] = shares;
  if (first === undefined || second === undefined) throw new Error("five shares");
  share = first;
  other = second;
  text = textOf(share);
  code = codeOf(share);
});

function problemOf(tried: string): ShareProblem | null {
  const reading = parseShare(bytesOf(tried));
  return reading.ok ? null : reading.problem;
}

const asBytes = (tried: string | Uint8Array): Uint8Array => (typeof tried === "string" ? bytesOf(tried) : tried);

const sharesOf = (tried: string | Uint8Array): unknown => {
  const reading = parseShare(asBytes(tried));
  return reading.ok ? reading.share : reading.problem;
};

describe("a share's text", () => {
  it("is a small ASCII file that names its form first", () => {
    expect(text).toMatch(/^evalvault-recovery-share\/1\n/);
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(text.length).toBeLessThan(2_000);
    for (const field of headerFields) expect(text).toContain(`\n${field}:`);
    expect(code.split("\n")).toHaveLength(7);
    expect(code).toMatch(/^1  [0-9A-HJKMNP-TV-Z]{4}( [0-9A-HJKMNP-TV-Z]{4}){5}\n/);
  });

  it("carries labels of any writing", async () => {
    const labels = [
      "Büro Nord: A",
      "保管者 Ⅱ",
      "back\\slash \\u0041",
      `${"long ".repeat(39)}label`,
      "Checksum: Code: x",
    ];
    const shares = await makeShares({
      secret: new Uint8Array(32).fill(9),
      threshold: 2,
      holders: labels,
      vaultId,
      recoveryId,
      vaultLabel: "Vault: Müller 🔑",
      madeAt: 0,
    });
    for (const one of shares) {
      expect(textOf(one)).toMatch(/^[\n\x20-\x7e]*$/);
      expect(sharesOf(shareText(one))).toEqual(one);
      expect(sharesOf(wrapped(textOf(one)))).toEqual(one);
    }
  });

  it("cannot be written of a share that was typed in", () => {
    expect(() => shareText(typedIn(share))).toThrow(RangeError);
  });
});

/** As mail programs do it. */
const wrapped = (long: string): string => long.replace(/(.{1,60})(?: +|$)/gm, "$1\n");

describe("reading a share", () => {
  it.each<[string, (file: string) => string | Uint8Array]>([
    ["as written", (file) => file],
    ["with CRLF", (file) => file.replaceAll("\n", "\r\n")],
    ["with CR", (file) => file.replaceAll("\n", "\r")],
    ["with a byte order mark", (file) => `\ufeff${file}`],
    ["in UTF-16, little end first", (file) => new Uint8Array(Buffer.from(`\ufeff${file}`, "utf16le"))],
    ["in UTF-16, big end first", (file) => new Uint8Array(Buffer.from(`\ufeff${file}`, "utf16le").swap16())],
    ["in small letters", (file) => file.toLowerCase().replace("any 3", "ANY 3")],
    ["with tabs and blank lines", (file) => file.replaceAll("  ", "\t").replaceAll("\n", "\n\n")],
    ["indented", (file) => file.replaceAll("\n", "\n    ")],
    ["with no-break spaces", (file) => file.replaceAll("  ", "\u00a0 ")],
    ["wrapped", wrapped],
    ["all in one line", (file) => file.replaceAll("\n", " ")],
    ["with dashes between the groups", (file) => file.replace(code, code.replace(/(?<=\w{4}) (?=\w{4})/g, "-"))],
    ["with a full stop behind the line numbers", (file) => file.replace(code, code.replace(/^ *(\d) /gm, "$1. "))],
    ["with O for 0, I and L for 1", (file) => file.replace(code, misread(code))],
  ])("takes the file %s", (_, change) => {
    const reading = parseShare(asBytes(change(text)));
    if (!reading.ok) throw new Error(JSON.stringify(reading.problem));
    const { details, ...rest } = reading.share;
    const { details: wanted, ...wantedRest } = share;
    expect(rest).toEqual(wantedRest);
    expect(details?.fingerprints).toEqual(wanted?.fingerprints);
    expect(details?.madeAt).toBe(wanted?.madeAt);
    expect(`${details?.vaultLabel ?? ""}, ${details?.holder ?? ""}`).toMatch(/^north desk, custodian a$/i);
  });

  it.each<[string, (lines: string) => string]>([
    ["as printed", (lines) => lines],
    ["without line numbers", (lines) => lines.replace(/^ *\d /gm, "")],
    ["without any space", (lines) => lines.replace(/^ *\d /gm, "").replaceAll(" ", "")],
    ["all in one, without numbers", (lines) => lines.replace(/^ *\d /gm, "").replace(/\s/g, "")],
    ["all in one line, with numbers", (lines) => lines.replace(/\s+/g, " ")],
    ["with O for 0, I and L for 1", misread],
    ["in small letters", (lines) => lines.toLowerCase()],
    ["under its heading", (lines) => `Code:\n${lines}`],
    ["with the checksum below", (lines) => `${lines}\nChecksum: whatever`],
    ["in groups of two", (lines) => lines.replace(/(\w\w)(\w\w)/g, "$1 $2")],
    ["broken inside each line", (lines) => lines.replace(/(\w{4} \w{4} \w{4}) /g, "$1\n     ")],
  ])("takes the code alone %s", (_, change) => {
    expect(sharesOf(change(code))).toEqual({ ...share, details: null });
  });

  it("leaves the bytes that it was given", () => {
    const given = bytesOf(text);
    parseShare(given);
    expect(new TextDecoder().decode(given)).toBe(text);
  });
});

function misread(lines: string): string {
  return lines.replace(
    /^( *\d {2})|0|1/gm,
    (found, number: string | undefined) => number ?? (found === "0" ? "o" : "L"),
  );
}

describe("a share that is not whole", () => {
  const whose = { number: 1, holder: "Custodian A" };
  const line = (number: number): string => code.split("\n")[number - 1]?.trim() ?? "";

  it("names each line of code in which one character was mistyped, wherever it is", () => {
    for (let number = 1; number <= 7; number += 1) {
      for (let at = 0; at < line(number).length; at += 1) {
        const character = line(number).charAt(at);
        if (at < 3 || character === " ") continue;
        const typo = `${line(number).slice(0, at)}${character === "7" ? "8" : "7"}${line(number).slice(at + 1)}`;
        expect(problemOf(text.replace(line(number), typo))).toEqual({
          code: "code-damaged",
          damaged: [number],
          missing: [],
          ...whose,
        });
        expect(problemOf(code.replace(line(number), typo))).toMatchObject({ code: "code-damaged", damaged: [number] });
      }
    }
  });

  it.each<[string, () => string, readonly number[], readonly number[]]>([
    ["two groups swapped", () => code.replace(line(3), line(3).replace(/^3 {2}(\w+) (\w+)/, "3  $2 $1")), [3], []],
    ["a character left out", () => code.replace(line(5), line(5).slice(0, -1)), [5], []],
    ["a character too many", () => code.replace(line(5), `${line(5)}7`), [5], []],
    ["a letter that no code has", () => code.replace(line(2), line(2).replace(/^2 {2}./, "2  U")), [2], []],
    ["a stain", () => code.replace(line(2), line(2).replace(/^2 {2}..../, "2  ..??")), [2], []],
    ["a line left out", () => code.replace(`${line(4)}\n`, ""), [], [4]],
    ["the last two lines torn off", () => code.slice(0, code.indexOf(line(6))), [], [6, 7]],
    [
      "two lines swapped",
      () =>
        code
          .replace(line(2), "x")
          .replace(line(6), `2  ${line(6).slice(3)}`)
          .replace("x", `6  ${line(2).slice(3)}`),
      [2, 6],
      [],
    ],
    [
      "two lines damaged",
      () => code.replace(line(1), line(1).slice(0, 9)).replace(line(7), line(7).slice(0, -4)),
      [1, 7],
      [],
    ],
  ])("names the lines: %s", (_, make, damaged, missing) => {
    expect(problemOf(make())).toMatchObject({ code: "code-damaged", damaged, missing });
  });

  it("notices a line of another share", () => {
    const lines = codeOf(other).split("\n");
    expect(problemOf(code.replace(line(6), lines[5]?.trim() ?? ""))).toMatchObject({ code: "code-mixed" });
  });

  it.each(headerFields)("names the field %s when it does not fit the code", (field) => {
    const unchecked = ["Vault", "Holder", "Made on"];
    const value =
      field === "Made on" ? "2031-01-01T00:00:00Z" : field === "Fingerprints" ? "1 0123456789abcdef" : "other";
    const broken = text.replace(new RegExp(`^${field}:.*$`, "m"), `${field}: ${value}`);
    expect(broken).not.toBe(text);
    const fields = unchecked.includes(field) ? [] : [field];
    expect(problemOf(broken)).toMatchObject({ code: "header-damaged", fields });
  });

  it.each(headerFields)("names the field %s when it is gone", (field) => {
    const problem = problemOf(text.replace(`\n${field}:`, "\n"));
    expect(problem?.code === "header-damaged" ? problem.fields : []).toContain(field);
  });

  it("notices a date that is none, changed prose, and a changed closing checksum", () => {
    expect(problemOf(text.replace(/Made on:.*/, "Made on: yesterday"))).toMatchObject({
      code: "header-damaged",
      fields: ["Made on"],
    });
    expect(problemOf(text.replace("opens nothing", "opens everything"))).toMatchObject({
      code: "header-damaged",
      fields: [],
    });
    expect(problemOf(text.replace(/Checksum: .*/, "Checksum: 0000000000000000"))).toMatchObject({
      code: "header-damaged",
      fields: [],
    });
  });

  it("says when the end is missing, or all of the code", () => {
    expect(problemOf(text.slice(0, text.indexOf("Checksum:")))).toEqual({ code: "incomplete", ...whose });
    expect(problemOf(text.slice(0, text.indexOf("Code:")))).toMatchObject({
      code: "code-damaged",
      missing: [1, 2, 3, 4, 5, 6, 7],
      ...whose,
    });
  });

  it("knows a share that was changed together with its checksums by its own list", () => {
    expect(problemOf(textOf(changed(share)))).toEqual({ code: "altered", ...whose });
  });

  it("says that a newer form is newer", () => {
    expect(problemOf(text.replace("share/1", "share/2"))).toMatchObject({ code: "newer-form" });
  });

  it.each<[string, string | Uint8Array]>([
    ["nothing", ""],
    ["blank", " \n\n"],
    ["a letter", "Dear custodian,\nplease find the share attached.\n"],
    ["other bytes", new Uint8Array(500).map((_, at) => (at * 37) % 256)],
    ["a megabyte", new Uint8Array(1 << 20).fill(0x41)],
  ])("says of %s that it is no share", (_, tried) => {
    expect(sharesOf(tried)).toMatchObject({ code: "not-a-share" });
  });

  it("never throws, and never takes a text with one byte changed for another share", () => {
    const whole = bytesOf(text);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const tried = whole.slice();
        tried[at] = (tried[at] ?? 0) ^ by;
        const reading = parseShare(tried);
        if (reading.ok) expect(reading.share.bytes).toEqual(share.bytes);
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => {
        expect(parseShare(bytes).ok).toBe(false);
      }),
    );
  });

  it("has nothing of the code in what it says", () => {
    const groups = code.match(/\w{4}/g) ?? [];
    for (const tried of [text.replace(line(3), line(3).slice(0, -2)), text.slice(0, -8), textOf(changed(share))]) {
      const said = JSON.stringify(problemOf(tried));
      for (const group of groups) expect(said).not.toContain(group);
    }
  });
});
