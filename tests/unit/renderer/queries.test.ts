import { describe, expect, it, vi } from "vitest";
import type { Result } from "../../../electron/contract/result.ts";
import { QueryCache, queryKey } from "../../../renderer/state/queries.ts";

/** A service that answers when it is told to. */
function slowService() {
  const open: ((result: Result<unknown>) => void)[] = [];
  const ask = vi.fn(() => new Promise<Result<unknown>>((resolve) => open.push(resolve)));
  const answer = async (value: unknown): Promise<void> => {
    open.shift()?.({ ok: true, value });
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { cache: new QueryCache(ask as never), ask, answer };
}

const key = queryKey("runs.list", {});

describe("the answers that screens show", () => {
  it("asks once for two that show the same, and tells both", async () => {
    const { cache, ask, answer } = slowService();
    const listeners = [vi.fn(), vi.fn()];
    for (const listener of listeners) cache.subscribe("runs.list", {}, listener);
    expect(cache.read(key)).toEqual({ status: "loading" });
    await answer(["a"]);
    expect(ask).toHaveBeenCalledTimes(1);
    for (const listener of listeners) expect(listener).toHaveBeenCalledTimes(1);
    expect(cache.read(key)).toMatchObject({ status: "ready", data: ["a"] });
  });

  it("keeps the last answer in sight while it asks again", async () => {
    const { cache, ask, answer } = slowService();
    cache.subscribe("runs.list", {}, vi.fn());
    await answer(["a"]);
    cache.invalidate();
    expect(ask).toHaveBeenCalledTimes(2);
    expect(cache.read(key)).toMatchObject({ status: "ready", data: ["a"] });
    await answer(["b"]);
    expect(cache.read(key)).toMatchObject({ data: ["b"] });
  });

  it("asks once more when the vault changed while it was asking, however often", async () => {
    const { cache, ask, answer } = slowService();
    cache.subscribe("runs.list", {}, vi.fn());
    cache.invalidate();
    cache.invalidate();
    expect(ask).toHaveBeenCalledTimes(1);
    await answer(["old"]);
    expect(ask).toHaveBeenCalledTimes(2);
    await answer(["new"]);
    expect(ask).toHaveBeenCalledTimes(2);
    expect(cache.read(key)).toMatchObject({ data: ["new"] });
  });

  it("forgets what nobody shows", async () => {
    const { cache, answer } = slowService();
    const stop = cache.subscribe("runs.list", {}, vi.fn());
    await answer(["a"]);
    stop();
    cache.invalidate();
    expect(cache.read(key)).toEqual({ status: "loading" });
  });

  it("holds nothing after a lock, not even what arrives late", async () => {
    const { cache, answer } = slowService();
    const listener = vi.fn();
    cache.subscribe("runs.list", {}, listener);
    await answer(["secret"]);
    cache.invalidate();
    cache.clear();
    await answer(["late secret"]);
    expect(cache.read(key)).toEqual({ status: "loading" });
    const maps = Object.values(cache).filter((part: unknown) => part instanceof Map);
    expect(maps.map((map) => map.size)).toEqual([0]);
  });
});
