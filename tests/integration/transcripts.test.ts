import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { itemKinds, jumpFrom, spanAt } from "../../electron/contract/transcripts.ts";
import { chunkedMembers, longLog, wholeSample, type LongTranscript } from "../fixtures/inspect/long-transcript.ts";
import { createVaultFor, ServiceClient, temporaryFolder } from "./service-client.ts";

/** Transcripts over the contract: outline, windows, whole items, in one member and in chunks. */

const size: LongTranscript = { events: 3_000, messages: 40, attachments: 25 };
const long = "<b>loud</b> \u001b[31m\u202e ".repeat(70_000);
const folder = temporaryFolder();
const client = new ServiceClient(folder.path("profile"));
let runId = "";

const address = (task: string) => ({ runId, task, epoch: 1 });

beforeAll(async () => {
  await createVaultFor(client, folder.path("v.evault"));
  const whole = wholeSample("whole", size, new Map([[2_002, long]]));
  const log = longLog("transcripts", [{ id: "whole", json: whole }], { extra: chunkedMembers("chunked", size) });
  writeFileSync(folder.path("long.eval"), log);
  await client.ask("imports.logs", { files: [client.file(folder.path("long.eval"))], campaignId: null });
  const [run] = await client.ask("runs.list", {});
  runId = run?.id ?? "";
});

afterAll(async () => {
  await client.close();
  folder.remove();
});

describe.each(["whole", "chunked"])("a transcript in a sample that is %s", (task) => {
  it("has an outline that agrees with its items", async () => {
    const outline = await client.ask("transcripts.outline", address(task));
    expect(outline).toMatchObject({ total: 3_041, messages: 40, events: 3_000, notes: [] });
    expect(outline.kindOf).toHaveLength(outline.total);
    const { items } = await client.ask("attempts.transcript", { ...address(task), offset: 0, limit: 1_000 });
    for (const item of items) {
      expect(itemKinds[outline.kindOf[item.index] ?? -1]).toBe(item.kind);
      expect(outline.atOf[item.index]).toBe(item.at ?? -1);
      expect(outline.spanOf[item.index]).toBe(item.span ?? -1);
    }
    const counted = Object.fromEntries(outline.kinds.map(({ kind, count }) => [kind, count]));
    expect(counted).toMatchObject({ user: 14, assistant: 13, "tool-output": 13, "span-begin": 500, "final-score": 1 });
    expect(outline.kinds.find(({ kind }) => kind === "tool")).toMatchObject({ failed: 10 });
  });

  it("has spans that hold their items, and jumps that land on what was asked for", async () => {
    const outline = await client.ask("transcripts.outline", address(task));
    expect(outline.spans.name).toHaveLength(500);
    expect(spanAt(outline, 3)).toEqual({
      place: 3,
      name: "react",
      type: "agent",
      parent: null,
      depth: 0,
      first: 58,
      last: 63,
    });
    expect(spanAt(outline, 500)).toBeNull();
    const failed = jumpFrom(outline, 0, 1, { kinds: [], failed: true });
    const { items } = await client.ask("attempts.transcript", { ...address(task), offset: failed ?? 0, limit: 1 });
    expect(items).toMatchObject([{ kind: "tool", index: 42 }]);
    expect(items[0]?.detail).toContain("killed after 180 s");
    expect(jumpFrom(outline, outline.total, -1, { kinds: ["score", "final-score"] })).toBe(3_040);
    expect(jumpFrom(outline, 3_040, 1, { kinds: ["final-score"] })).toBeNull();
  });

  it("leads from a call to its output and back, and counts tokens", async () => {
    const { items } = await client.ask("attempts.transcript", { ...address(task), offset: 640, limit: 6 });
    const [, model, tool] = items;
    expect(model).toMatchObject({ kind: "model", calls: [{ id: "call-100", name: "bash", output: 642 }] });
    expect(model?.tokens).toMatchObject({ input: 1_100, output: 60, total: 1_160, reasoning: null });
    expect(model?.text).toMatch(/^attachment 0 /);
    expect(tool).toMatchObject({ kind: "tool", index: 642, answers: { id: "call-100", call: 641 } });
  });

  it("is the same wherever a window begins", async () => {
    const { items } = await client.ask("attempts.transcript", { ...address(task), offset: 1_000, limit: 400 });
    const parts = [0, 133, 301].map((from) => ({ offset: 1_000 + from, limit: 99 }));
    for (const { offset, limit } of parts) {
      const window = await client.ask("attempts.transcript", { ...address(task), offset, limit });
      expect(window.items).toEqual(items.slice(offset - 1_000, offset - 1_000 + limit));
    }
  });
});

describe("one item", () => {
  it("is cut in a window and whole by itself, every character as the log has it", async () => {
    const index = 40 + 2_002;
    const { items } = await client.ask("attempts.transcript", { ...address("whole"), offset: index, limit: 1 });
    expect(items[0]).toMatchObject({ isCut: true, text: long.slice(0, 100_000) });
    const first = await client.ask("transcripts.item", { ...address("whole"), index, textOffset: 0, rawOffset: 0 });
    expect(first.text.total).toBe(long.length);
    const pages = [first.text.page];
    for (let at = first.text.page.length; at < first.text.total; at += pages.at(-1)?.length ?? 1) {
      const next = await client.ask("transcripts.item", { ...address("whole"), index, textOffset: at, rawOffset: 0 });
      pages.push(next.text.page);
    }
    expect(pages.join("")).toBe(long);
    expect(first.raw.page).toContain('"event":"tool"');
    expect(first.raw.page).toContain("\\u001b[31m");
    const beyond = { ...address("whole"), index: 99_999, textOffset: 0, rawOffset: 0 };
    expect(await client.refused("transcripts.item", beyond)).toMatchObject({ code: "not-found" });
  });
});

describe("a reader who leaves", () => {
  it("stops what is being read, and what was held is let go", async () => {
    await client.ask("transcripts.close", address("whole"));
    const asked = client.request("transcripts.outline", address("whole"));
    asked.cancel();
    expect(await asked.result).toMatchObject({ ok: false, error: { code: "cancelled" } });
    const again = await client.ask("transcripts.outline", address("whole"));
    expect(again.total).toBe(3_041);
    await client.ask("transcripts.close", address("whole"));
    expect(await client.refused("transcripts.outline", address("nobody"))).toMatchObject({ code: "not-found" });
  });

  it("finds nothing after a lock", async () => {
    const asked = client.request("attempts.transcript", { ...address("chunked"), offset: 0, limit: 10 });
    await client.ask("vault.lock", {});
    const result = await asked.result;
    if (!result.ok) expect(["vault-locked", "cancelled"]).toContain(result.error.code);
    expect(await client.refused("transcripts.outline", address("whole"))).toMatchObject({ code: "vault-locked" });
  });
});
