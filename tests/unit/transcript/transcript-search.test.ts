import { describe, expect, it, vi } from "vitest";
import type { RequestInput, RequestName } from "../../../electron/contract/index.ts";
import type { SearchedAttempt, SearchState } from "../../../electron/contract/searching.ts";
import { TranscriptSearch, type SearchAsked } from "../../../renderer/transcript/transcript-search.ts";
import { ended, hitAt } from "./source-sample.ts";

const asked: SearchAsked = {
  text: "flag",
  caseSensitive: false,
  wholeWord: true,
  scope: { kind: "vault" },
  kinds: ["tool"],
};

function attemptWith(hits: number, firstHit: number): SearchedAttempt {
  const words = { runCode: "R-1", model: "m", benchmark: "b", task: "t", title: "T" };
  return { ...words, runId: "run", epoch: 1, hits, firstHit };
}

/** A service whose search goes on until the test ends it, with what it has found until then. */
function heldService() {
  const sent: { readonly name: RequestName; readonly input: unknown }[] = [];
  let finish: (cancelled: boolean) => void = () => undefined;
  const found = { attempts: [] as SearchedAttempt[], hits: 0 };
  const state = (): SearchState => ({ ...ended, state: "running", hits: found.hits, kept: found.hits });
  const locked: (() => void)[] = [];
  const answer = (name: RequestName, input: { offset?: number; limit?: number }): unknown => {
    const from = input.offset ?? 0;
    const to = from + (input.limit ?? 0);
    if (name === "search.attempts")
      return { search: state(), total: found.attempts.length, attempts: found.attempts.slice(from, to) };
    const hits = Array.from({ length: found.hits }, (_, place) => hitAt(place, place)).slice(from, to);
    return name === "search.hits" ? { search: state(), total: found.hits, hits } : {};
  };
  const service = {
    on: (_name: string, listener: () => void) => {
      locked.push(listener);
      return () => undefined;
    },
    request: (name: RequestName, input: RequestInput<"search.hits">, options?: { signal?: AbortSignal }) => {
      sent.push({ name, input });
      if (name !== "search.transcripts") return Promise.resolve({ ok: true, value: answer(name, input) });
      return new Promise((resolve) => {
        finish = (cancelled) => {
          resolve(
            cancelled
              ? { ok: false, error: { code: "cancelled" } }
              : { ok: true, value: { ...state(), state: "done" } },
          );
        };
        options?.signal?.addEventListener("abort", () => finish(true));
      });
    },
  };
  // What a search asks of a connection is these two; the answers fit the contract, which the generic type cannot tell.
  const search = new TranscriptSearch(service as unknown as ConstructorParameters<typeof TranscriptSearch>[0]);
  return { search, sent, found, finish: () => finish(false), lock: () => locked.forEach((tell) => tell()) };
}

describe("a search through many transcripts", () => {
  it("shows what was found while it goes on, and all of it in the end", async () => {
    const { search, sent, found, finish } = heldService();
    const going = search.start(asked);
    expect(search.read()).toMatchObject({ isRunning: true, asked });
    expect(sent[0]?.input).toMatchObject({ text: "flag", wholeWord: true, scope: { kind: "vault" }, kinds: ["tool"] });
    found.attempts.push(attemptWith(3, 0));
    found.hits = 3;
    await vi.waitFor(() => expect(search.read().found?.hits).toBe(3), { timeout: 5_000 });
    search.want([0, 1, 2]);
    await vi.waitFor(() => expect(search.hit(2)?.index).toBe(2));
    expect(search.hit(4)).toBeUndefined();
    found.attempts.splice(0, 1, attemptWith(5, 0), attemptWith(2, 5));
    found.hits = 7;
    finish();
    await going;
    expect(search.read()).toMatchObject({ isRunning: false, failure: null, found: { state: "done", hits: 7 } });
    expect(search.read().attempts.map(({ hits }) => hits)).toEqual([5, 2]);
    await vi.waitFor(() => expect(search.hit(6)?.index).toBe(6));
  });

  it("keeps what was found when it is stopped, and calls that no failure", async () => {
    const { search, found } = heldService();
    const going = search.start(asked);
    found.attempts.push(attemptWith(1, 0));
    found.hits = 1;
    search.cancel();
    await going;
    expect(search.read()).toMatchObject({ isRunning: false, failure: null, found: { hits: 1 } });
  });

  it("knows its text by its id alone, and forgets all of it at lock", async () => {
    const { search, sent, finish, lock } = heldService();
    const going = search.start(asked);
    const id = search.read().id ?? "";
    expect(search.textOf(id)).toEqual({ text: "flag", caseSensitive: false, wholeWord: true });
    expect(search.textOf("search-other")).toBeNull();
    lock();
    finish();
    await going;
    expect(search.read()).toMatchObject({ id: null, asked: null, attempts: [], isRunning: false });
    expect(search.textOf(id)).toBeNull();
    expect(sent.at(-1)).toEqual({ name: "search.drop", input: { searchId: id } });
  });

  it("comes back to where the reader was", () => {
    const { search } = heldService();
    const told = vi.fn();
    search.subscribe(told);
    search.remember({ scrolled: 340 });
    expect(told).not.toHaveBeenCalled();
    search.remember({ cursor: 12 });
    expect(search.read()).toMatchObject({ cursor: 12, scrolled: 340 });
    expect(told).toHaveBeenCalledTimes(1);
  });
});
