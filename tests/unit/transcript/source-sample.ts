import type { SearchHit, SearchState } from "../../../electron/contract/searching.ts";
import { itemKinds, type TranscriptItem, type TranscriptOutline } from "../../../electron/contract/transcripts.ts";
import type { TranscriptSource } from "../../../renderer/transcript/source.ts";

/** The item at a place of an outline, with a text that names it. */
export function itemAt(outline: TranscriptOutline, index: number): TranscriptItem {
  return {
    index,
    at: null,
    kind: itemKinds[outline.kindOf[index] ?? -1] ?? "event",
    role: null,
    title: `Title · ${index}`,
    text: `text of ${index}`,
    detail: null,
    calls: [],
    answers: null,
    span: null,
    tokens: null,
    bytes: 10,
    isCut: false,
  };
}

export function hitAt(place: number, index: number): SearchHit {
  const nowhere = { attempt: 0, runId: "run", runCode: "R", task: "t", epoch: 1, title: "" };
  return { ...nowhere, place, index, kind: "model", field: "text", offset: 0, before: "", match: "text", after: "" };
}

export const ended: SearchState = {
  state: "done",
  hits: 0,
  kept: 0,
  attemptsWithHits: 0,
  attempts: 1,
  bytes: 1,
  notSearched: [],
};

/** A source that answers at once, out of an outline; hits are those given. */
export function sourceOf(
  outline: TranscriptOutline,
  hits: readonly SearchHit[] = [],
): TranscriptSource & { readonly dropped: string[] } {
  const dropped: string[] = [];
  return {
    dropped,
    outline: () => Promise.resolve({ ok: true, value: outline }),
    items: (offset, limit) => {
      const length = Math.max(0, Math.min(limit, outline.total - offset));
      const items = Array.from({ length }, (_, place) => itemAt(outline, offset + place));
      return Promise.resolve({ ok: true, value: { items } });
    },
    item: () => Promise.resolve({ ok: false, error: { code: "not-found" } }),
    find: () => Promise.resolve({ ok: true, value: { ...ended, hits: hits.length, kept: hits.length } }),
    hits: (_id, offset, limit) =>
      Promise.resolve({
        ok: true,
        value: { search: ended, total: hits.length, hits: hits.slice(offset, offset + limit) },
      }),
    dropFind: (id) => {
      dropped.push(id);
    },
    close: () => undefined,
  };
}
