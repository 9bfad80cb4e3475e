import { describe, expect, it } from "vitest";
import { FindInTranscript } from "../../../renderer/transcript/find-in-transcript.ts";
import { TranscriptReader, shownCharacters } from "../../../renderer/transcript/reader.ts";
import { outlineOf, type SampleItem } from "./outline-sample.ts";
import { hitAt, sourceOf } from "./source-sample.ts";

const items: readonly SampleItem[] = [
  { kind: "user" },
  { kind: "span-begin", span: 0 },
  { kind: "model", span: 0 },
  { kind: "span-begin", span: 1 },
  { kind: "tool", span: 1 },
  { kind: "span-end", span: 1 },
  { kind: "span-end", span: 0 },
  { kind: "final-score" },
];
const outline = outlineOf(
  items,
  [
    { parent: -1, first: 1, last: 6 },
    { parent: 0, first: 3, last: 5 },
  ],
  1,
);

describe("going to an item", () => {
  it("opens only the folds over it", () => {
    const reader = new TranscriptReader(sourceOf(outline), outline);
    reader.foldAll(true);
    expect([...reader.read().rows]).toEqual([0, 1, 7]);
    reader.goTo(2);
    expect([...reader.read().folded]).toEqual([1]);
    expect([...reader.read().rows]).toEqual([0, 1, 2, 3, 6, 7]);
    reader.goTo(4);
    expect(reader.read().folded.size).toBe(0);
  });

  it("shows everything again where it is not shown, and stays within the transcript", () => {
    const reader = new TranscriptReader(sourceOf(outline), outline);
    reader.setMode("text");
    expect([...reader.read().rows]).toEqual([0]);
    reader.goTo(7);
    expect(reader.read()).toMatchObject({ mode: "all", current: 7 });
    reader.goTo(900);
    expect(reader.read().current).toBe(7);
    reader.goTo(-3);
    expect(reader.read().current).toBe(0);
  });

  it("tells where that is, and opens a long item as far as its hit", () => {
    const reader = new TranscriptReader(sourceOf(outline), outline);
    reader.goTo(4, { index: 4, field: "text", offset: 5_000_000, length: 10 });
    expect(reader.read().opened.get(4)).toBeGreaterThan(5_000_010);
    expect(reader.read().said).toBe("Item 5 of 8: tool call");
    reader.open(4, shownCharacters.closed);
    expect(reader.read().opened.has(4)).toBe(false);
  });

  it("is told by the name of a span that begins there", () => {
    const reader = new TranscriptReader(sourceOf(outline), outline);
    expect(reader.nameOf(1)).toBe("a span");
    expect(reader.depthOf(1)).toBe(0);
    expect(reader.depthOf(4)).toBe(2);
    expect(reader.depthOf(7)).toBe(0);
  });
});

describe("a text found in a transcript", () => {
  const text = { text: "text", caseSensitive: false, wholeWord: false };
  const hits = [hitAt(0, 2), hitAt(1, 2), hitAt(2, 4)].map((hit, place) => ({ ...hit, offset: place * 10 }));

  it("is gone to from here on, hit by hit and round the end", async () => {
    const reader = new TranscriptReader(sourceOf(outline, hits), outline);
    const find = new FindInTranscript(reader);
    await find.start(text);
    const seen = [find.read().at];
    for (let turn = 0; turn < 3; turn += 1) {
      find.go(1);
      seen.push(find.read().at);
    }
    expect(seen).toEqual([0, 1, 2, 0]);
    find.go(-1);
    expect(reader.read()).toMatchObject({ current: 4, hit: { index: 4, offset: 20, length: 4 } });
  });

  it("goes on from the hit that was opened from elsewhere", async () => {
    const reader = new TranscriptReader(sourceOf(outline, hits), outline);
    const find = new FindInTranscript(reader);
    reader.goTo(2, { index: 2, field: "text", offset: 10, length: 4 });
    await find.start(text, { index: 2, field: "text", offset: 10, length: 4 });
    expect(find.read().at).toBe(1);
    expect(reader.read().hit).toMatchObject({ offset: 10 });
  });

  it("says so where there is none, and leaves nothing behind when it is cleared", async () => {
    const source = sourceOf(outline);
    const reader = new TranscriptReader(source, outline);
    const find = new FindInTranscript(reader);
    await find.start(text);
    expect(reader.read().said).toBe("Not found in this transcript.");
    find.go(1);
    find.clear();
    expect(source.dropped).toHaveLength(1);
    expect(find.read()).toMatchObject({ total: null, hits: [] });
    await find.start({ ...text, text: "" });
    expect(find.read().isRunning).toBe(false);
  });

  it("of a search that was replaced does not come back", async () => {
    const source = sourceOf(outline, hits);
    const reader = new TranscriptReader(source, outline);
    const find = new FindInTranscript(reader);
    const first = find.start(text);
    const second = find.start({ ...text, text: "other" });
    await Promise.all([first, second]);
    expect(find.read().text.text).toBe("other");
    expect(source.dropped).toHaveLength(1);
  });
});
