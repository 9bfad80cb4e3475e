import { describe, expect, it, vi } from "vitest";
import type { AttemptRow } from "../../../electron/contract/evaluation.ts";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import type { Result } from "../../../electron/contract/result.ts";
import { AttemptPages, indexOfTask, pageSize, rowAt } from "../../../renderer/screens/run/attempt-pages.ts";

type Page = RequestOutput<"runs.attempts">;

function row(task: string, tokens: number | null = null): AttemptRow {
  const cell = {
    outcome: "not-run",
    solved: null,
    score: null,
    limit: null,
    note: "",
    evidence: 0,
    reviewed: false,
  } as const;
  const cells = [1, 2].map((epoch) => ({ ...cell, epoch, totalTokens: epoch === 1 ? tokens : null, totalMs: null }));
  const facts = { category: null, difficulty: null, humanMinutes: null };
  return { task, title: task, ...facts, cells, totalTokens: tokens, totalMs: null };
}

const total = 20 * pageSize;

/** What the service answers at an offset: rows named after their place. */
function pageAt(offset: number): Result<Page> {
  const length = Math.max(0, Math.min(pageSize, total - offset));
  const rows = Array.from({ length }, (_, place) => row(`t${String(offset + place)}`, 10));
  return { ok: true, value: { total, epochs: 2, rows } };
}

/** Answers that are held back until the test gives them. */
function heldBack() {
  const waiting: { offset: number; answer: (result: Result<Page>) => void }[] = [];
  const ask = (offset: number): Promise<Result<Page>> =>
    new Promise((answer) => {
      waiting.push({ offset, answer });
    });
  return { waiting, ask };
}

describe("a grid by pages", () => {
  it("reads the first page when somebody looks, and each page once", async () => {
    const ask = vi.fn((offset: number) => Promise.resolve(pageAt(offset)));
    const pages = new AttemptPages(ask);
    expect(pages.read().total).toBeNull();
    pages.subscribe(() => undefined);
    pages.want(0, pageSize);
    await vi.waitFor(() => {
      expect(pages.read().pages.size).toBe(2);
    });
    pages.want(0, 10);
    expect(ask.mock.calls.map(([offset]) => offset)).toEqual([0, pageSize]);
    expect(rowAt(pages.read(), pageSize + 3)?.task).toBe(`t${String(pageSize + 3)}`);
    expect(rowAt(pages.read(), 5 * pageSize)).toBeUndefined();
    expect(indexOfTask(pages.read(), `t${String(pageSize + 3)}`)).toBe(pageSize + 3);
    expect(indexOfTask(pages.read(), "nowhere")).toBeNull();
  });

  it("keeps the pages near the one in sight and forgets the rest", async () => {
    const pages = new AttemptPages((offset) => Promise.resolve(pageAt(offset)));
    for (let page = 0; page < 20; page += 1) expect((await pages.row(page * pageSize))?.task).toBeDefined();
    expect([...pages.read().pages.keys()].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, page) => page + 8),
    );
    expect(await pages.row(total)).toBeUndefined();
  });

  it("says why it could not read, and forgets that with the next answer", async () => {
    let result: Result<Page> = { ok: false, error: { code: "vault-locked" } };
    const pages = new AttemptPages(() => Promise.resolve(result));
    expect(await pages.row(0)).toBeUndefined();
    expect(pages.read().failure).toEqual({ code: "vault-locked" });
    result = pageAt(0);
    expect((await pages.row(0))?.task).toBe("t0");
    expect(pages.read().failure).toBeNull();
  });
});

describe("a change made in the grid", () => {
  const changed = { ...row("t0").cells[1], epoch: 2, outcome: "refused", totalTokens: 5 } as const;
  const cell = {
    solved: null,
    score: null,
    limit: null,
    totalMs: null,
    note: "",
    evidence: 0,
    reviewed: false,
    ...changed,
  };

  it("is shown at once, with the sums of its row", async () => {
    const pages = new AttemptPages((offset) => Promise.resolve(pageAt(offset)));
    await pages.row(0);
    const told = vi.fn();
    const stop = pages.subscribe(told);
    pages.patch("t0", cell);
    expect(told).toHaveBeenCalledTimes(1);
    expect(rowAt(pages.read(), 0)).toMatchObject({ totalTokens: 15, cells: [{ epoch: 1 }, { outcome: "refused" }] });
    expect(rowAt(pages.read(), 1)?.totalTokens).toBe(10);
    stop();
    pages.patch("t1", cell);
    expect(told).toHaveBeenCalledTimes(1);
  });

  it("is not undone by an answer that was asked for before it", async () => {
    const { waiting, ask } = heldBack();
    const pages = new AttemptPages(ask);
    pages.subscribe(() => undefined);
    waiting[0]?.answer(pageAt(0));
    await vi.waitFor(() => {
      expect(pages.read().total).toBe(total);
    });
    pages.refresh();
    pages.patch("t0", cell);
    waiting[1]?.answer(pageAt(0));
    await Promise.resolve();
    expect(rowAt(pages.read(), 0)?.cells[1]?.outcome).toBe("refused");
    pages.refresh();
    waiting[2]?.answer(pageAt(0));
    await vi.waitFor(() => {
      expect(rowAt(pages.read(), 0)?.cells[1]?.outcome).toBe("not-run");
    });
  });
});
