import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { itemKinds, type ItemKind, type TranscriptItem } from "../../../electron/contract/transcripts.ts";
import type { RequestInput } from "../../../electron/contract/index.ts";
import { blindTranscript, outlineOf, placesOf } from "../../../renderer/screens/review/blind-transcript.ts";

function item(index: number, kind: ItemKind, text: string): TranscriptItem {
  return {
    ...{ index, kind, text, at: index * 10, role: null, title: kind, detail: null, calls: [], answers: null },
    ...{ span: 7, tokens: null, bytes: 100, isCut: false },
  };
}

/** So many items, with the needle in every tenth. */
function longTranscript(total: number): readonly TranscriptItem[] {
  return Array.from({ length: total }, (_, index) =>
    item(index, index < 5 ? "assistant" : "tool", index % 10 === 0 ? "a Needle, and a needle" : "hay"),
  );
}

const place = { roundId: "round-a", item: 3 };

function serving(all: readonly TranscriptItem[]) {
  const asked: RequestInput<"reviews.transcript">[] = [];
  const source = blindTranscript(place, (input) => {
    asked.push(input);
    const items = all.slice(input.offset, input.offset + input.limit);
    return Promise.resolve({ ok: true, value: { total: all.length, items, notes: ["a note"], masked: true } });
  });
  return { asked, source };
}

const needle = { text: "needle", caseSensitive: false, wholeWord: false };

describe("a transcript that is judged blind", () => {
  it("is outlined from its items alone, without the spans of the log", async () => {
    const { source } = serving(longTranscript(1_234));
    const outline = await source.outline({});
    expect(outline.ok && outline.value).toMatchObject({ total: 1_234, messages: 5, events: 1_229, notes: ["a note"] });
    if (!outline.ok) return;
    expect(outline.value.spans.words).toEqual([]);
    expect([...outline.value.spanOf].every((span) => span === -1)).toBe(true);
    expect(outline.value.kinds.reduce((sum, { count }) => sum + count, 0)).toBe(1_234);
  });

  it("is asked for by round and place, never by run or task", async () => {
    const { asked, source } = serving(longTranscript(40));
    await source.outline({});
    await source.items(0, 10);
    await source.item(4, 0, 0);
    await source.find("one", needle, {});
    for (const input of asked) expect(Object.keys(input).sort()).toEqual(["item", "limit", "offset", "roundId"]);
  });

  it("finds every hit once, over pages, and names no attempt in them", async () => {
    const { source } = serving(longTranscript(1_234));
    const found = await source.find("one", needle, {});
    expect(found.ok && found.value).toMatchObject({ state: "done", hits: 248, kept: 248 });
    const page = await source.hits("one", 240, 500);
    if (!page.ok) throw new Error("no hits");
    expect(page.value.total).toBe(248);
    expect(page.value.hits.map(({ place: at }) => at)).toEqual([240, 241, 242, 243, 244, 245, 246, 247]);
    for (const hit of page.value.hits) expect([hit.runCode, hit.task]).toEqual(["", ""]);
    source.dropFind("one");
    expect((await source.hits("one", 0, 10)).ok).toBe(false);
  });

  it("stops where it is cancelled, and hands failures on", async () => {
    const abort = new AbortController();
    abort.abort();
    const { source } = serving(longTranscript(40));
    expect(await source.outline({ signal: abort.signal })).toEqual({ ok: false, error: { code: "cancelled" } });
    const failing = blindTranscript(place, () => Promise.resolve({ ok: false, error: { code: "not-found" } }));
    expect(await failing.outline({})).toEqual({ ok: false, error: { code: "not-found" } });
    expect((await failing.find("one", needle, {})).ok).toBe(false);
  });

  it("shows no JSON: the log's own words name the model", async () => {
    const { source } = serving([item(0, "assistant", "said")]);
    const whole = await source.item(0, 0, 0);
    expect(whole.ok && whole.value.text).toEqual({ page: "said", total: 4 });
    expect(whole.ok && whole.value.raw.page).not.toContain("said");
    expect((await source.item(1, 0, 0)).ok).toBe(false);
  });
});

describe("outline columns", () => {
  it("have one value an item, and kinds in the contract's order", () => {
    const kinds = fc.array(fc.constantFrom(...itemKinds), { maxLength: 60 });
    fc.assert(
      fc.property(kinds, (all) => {
        const outline = outlineOf(
          all.map((kind, index) => item(index, kind, "")),
          [],
        );
        for (const column of [outline.kindOf, outline.flagOf, outline.atOf, outline.spanOf])
          expect(column).toHaveLength(all.length);
        expect(outline.messages + outline.events).toBe(all.length);
        const order = outline.kinds.map(({ kind }) => itemKinds.indexOf(kind));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }),
    );
  });
});

describe("looking for a text", () => {
  it("takes it as it is written: no pattern", () => {
    expect(placesOf("a.b a+b (a.b)", { ...needle, text: "a.b" })).toEqual([0, 9]);
    expect(placesOf("(((", { ...needle, text: "(" })).toEqual([0, 1, 2]);
  });

  it("minds case and whole words where it is asked to", () => {
    expect(placesOf("Flag flag flags", { text: "flag", caseSensitive: true, wholeWord: false })).toEqual([5, 10]);
    expect(placesOf("Flag flag flags", { text: "flag", caseSensitive: false, wholeWord: true })).toEqual([0, 5]);
  });

  it("finds exactly where the text stands", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ minLength: 1, maxLength: 4 }), (within, text) => {
        for (const at of placesOf(within, { text, caseSensitive: true, wholeWord: false }))
          expect(within.slice(at, at + text.length)).toBe(text);
        if (within.includes(text))
          expect(placesOf(within, { text, caseSensitive: true, wholeWord: false })[0]).toBe(within.indexOf(text));
      }),
    );
  });
});
