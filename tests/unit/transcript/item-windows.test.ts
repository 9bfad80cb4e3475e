import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Result } from "../../../electron/contract/result.ts";
import { ItemWindows, type WindowAnswer, type WindowLimits } from "../../../renderer/transcript/item-windows.ts";

const total = 5_000;
const limits: WindowLimits = { pageSize: 10, pages: 6, characters: 400, requests: 2 };

function answer(offset: number, limit: number): Result<WindowAnswer<string>> {
  const length = Math.max(0, Math.min(limit, total - offset));
  return { ok: true, value: { items: Array.from({ length }, (_, place) => `item ${offset + place}`) } };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe("items of a transcript by pages", () => {
  it("asks for each page once while it is kept, and tells when it is there", async () => {
    const ask = vi.fn((offset: number, limit: number) => Promise.resolve(answer(offset, limit)));
    const windows = new ItemWindows(ask, (item) => item.length, limits);
    const told = vi.fn();
    windows.subscribe(told);
    windows.want([3, 4, 12]);
    expect(windows.item(3)).toBeUndefined();
    await settled();
    expect(windows.item(3)).toBe("item 3");
    expect(windows.item(12)).toBe("item 12");
    windows.want([5, 13]);
    await settled();
    expect(ask.mock.calls).toEqual([
      [0, 10],
      [10, 10],
    ]);
    expect(told).toHaveBeenCalledTimes(2);
  });

  it("stays within its bounds whatever is looked at, and has what is in sight in the end", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(total - 60), { minLength: 1, maxLength: 30 }), async (places) => {
        const windows = new ItemWindows(
          (offset, limit) => Promise.resolve(answer(offset, limit)),
          (item) => item.length,
          limits,
        );
        for (const place of places) {
          windows.want([place, place + 15]);
          if (place % 2 === 0) await settled();
        }
        await settled();
        await settled();
        const last = places.at(-1) ?? 0;
        expect(windows.item(last)).toBe(`item ${last}`);
        expect(windows.item(last + 15)).toBe(`item ${last + 15}`);
        // Two pages in sight may weigh more than the bound; nothing else is then kept.
        expect(windows.held.pages).toBeLessThanOrEqual(limits.pages);
        expect(windows.held.characters).toBeLessThanOrEqual(Math.max(limits.characters, 2 * 10 * 9));
      }),
      { numRuns: 50 },
    );
  });

  it("does not ask for what was passed by", async () => {
    const waiting: (() => void)[] = [];
    const ask = vi.fn(
      (offset: number, limit: number) =>
        new Promise<Result<WindowAnswer<string>>>((resolve) => {
          waiting.push(() => {
            resolve(answer(offset, limit));
          });
        }),
    );
    const windows = new ItemWindows(ask, (item) => item.length, limits);
    for (let place = 0; place < 1_000; place += 10) windows.want([place]);
    expect(ask).toHaveBeenCalledTimes(limits.requests);
    while (waiting.length > 0) {
      waiting.shift()?.();
      await settled();
    }
    expect(ask.mock.calls.map(([offset]) => offset)).toEqual([0, 10, 990]);
    expect(windows.item(990)).toBe("item 990");
  });

  it("says why it could not read, and goes on when asked again", async () => {
    let result: Result<WindowAnswer<string>> = { ok: false, error: { code: "log-damaged" } };
    const ask = vi.fn(() => Promise.resolve(result));
    const windows = new ItemWindows(ask, (item) => item.length, limits);
    windows.want([0]);
    await settled();
    expect(windows.failure).toEqual({ code: "log-damaged" });
    windows.want([50]);
    await settled();
    expect(ask).toHaveBeenCalledTimes(1);
    result = answer(50, 10);
    windows.retry();
    await settled();
    expect(windows.failure).toBeNull();
    expect(windows.item(50)).toBe("item 50");
  });

  it("keeps nothing once it is closed", async () => {
    const windows = new ItemWindows(
      (offset, limit) => Promise.resolve(answer(offset, limit)),
      (item) => item.length,
      limits,
    );
    const told = vi.fn();
    windows.subscribe(told);
    windows.want([0]);
    windows.close();
    await settled();
    expect(told).not.toHaveBeenCalled();
    expect(windows.held).toEqual({ pages: 0, characters: 0 });
  });
});
