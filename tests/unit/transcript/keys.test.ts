import { describe, expect, it } from "vitest";
import { itemNumber } from "../../../renderer/transcript/go-to-dialog.tsx";
import { transcriptKeyOf, transcriptKeys, type KeyTarget } from "../../../renderer/transcript/keys.ts";
import { TranscriptReader } from "../../../renderer/transcript/reader.ts";
import { FindInTranscript } from "../../../renderer/transcript/find-in-transcript.ts";
import { outlineOf } from "./outline-sample.ts";
import { sourceOf } from "./source-sample.ts";

const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

function target(opened: string[] = []): KeyTarget {
  const outline = outlineOf(
    [
      { kind: "span-begin", span: 0 },
      { kind: "model", span: 0 },
      { kind: "tool", span: 0, failed: true },
      { kind: "span-end", span: 0 },
      { kind: "final-score" },
    ],
    [{ parent: -1, first: 0, last: 3 }],
  );
  const reader = new TranscriptReader(sourceOf(outline), outline);
  const find = new FindInTranscript(reader);
  const note = (what: string) => () => void opened.push(what);
  return { reader, find, openFind: note("find"), openGoTo: note("go to"), showJson: note("json"), copy: note("copy") };
}

function press(on: KeyTarget, key: string, shiftKey = false): boolean {
  const act = transcriptKeyOf({ ...plain, key, shiftKey });
  act?.(on);
  return act !== null;
}

describe("keys of a transcript", () => {
  it("are each told once, and no two are the same", () => {
    const named = transcriptKeys.map(({ key, shift }) => `${String(shift)} ${key}`);
    expect(new Set(named).size).toBe(named.length);
    expect(new Set(transcriptKeys.map(({ words }) => words)).size).toBe(transcriptKeys.length);
  });

  it("jump, fold, and change what is shown; capitals by Shift alone", () => {
    const opened: string[] = [];
    const on = target(opened);
    press(on, "t");
    expect(on.reader.read().current).toBe(2);
    press(on, "S", false);
    expect(on.reader.read().current).toBe(4);
    press(on, "E", true);
    expect(on.reader.read().current).toBe(2);
    press(on, "e");
    expect(on.reader.read().said).toBe("No error after this.");
    press(on, "o");
    expect([...on.reader.read().rows]).toEqual([0, 4]);
    press(on, "O", true);
    expect([...on.reader.read().rows]).toEqual([0, 1, 2, 3, 4]);
    press(on, "m");
    press(on, "m");
    expect(on.reader.read().mode).toBe("text");
    expect([...on.reader.read().rows]).toEqual([1]);
    press(on, "/", true);
    for (const key of ["g", "v", "y"]) press(on, key);
    expect(opened).toEqual(["find", "go to", "json", "copy"]);
  });

  it("leave chords and other keys alone", () => {
    for (const chord of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }])
      expect(transcriptKeyOf({ ...plain, ...chord, key: "j" })).toBeNull();
    for (const key of ["Tab", "Enter", "x", "constructor", "Escape"])
      expect(transcriptKeyOf({ ...plain, key })).toBeNull();
  });
});

it("takes a number with or without separators for an item that is there", () => {
  expect(itemNumber("12,033", 300_000)).toBe(12_033);
  expect(itemNumber(" 1 ", 10)).toBe(1);
  for (const text of ["", "0", "11", "-1", "1e1", "ten", "99999999999"]) expect(itemNumber(text, 10)).toBeNull();
});
