import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transcriptSchema } from "../../../electron/contract/transcripts.ts";
import { asList } from "../../../electron/interchange/json/fields.ts";
import { bytesSource } from "../../../electron/interchange/byte-source.ts";
import { readLog, readTranscript, TranscriptError } from "../../../electron/interchange/inspect/index.ts";
import type { Transcript } from "../../../electron/interchange/logged-run.ts";
import {
  evalLog,
  jsonLog,
  member,
  sampleJson,
  type LogToWrite,
  type SampleToWrite,
} from "../../fixtures/inspect/generate.ts";

async function transcriptOf(
  bytes: Uint8Array,
  task: string,
  page: { offset?: number; limit?: number } = {},
): Promise<Transcript> {
  const source = bytesSource(bytes);
  const result = await readLog(source);
  if (result.kind !== "run") throw new Error(result.reason);
  const attempt = result.run.attempts.find((one) => one.task === task);
  if (attempt?.member === null || attempt === undefined) throw new Error("no such attempt");
  const transcript = await readTranscript(
    source,
    "inspect",
    { task, epoch: attempt.epoch, member: attempt.member },
    page,
  );
  return transcriptSchema.parse(transcript);
}

const hash = (digit: string): string => digit.repeat(32);

const rich: SampleToWrite = {
  id: "rich",
  scores: { s: { value: "I", answer: "flag{x}", explanation: "not it", history: [{ value: "C" }, { value: "I" }] } },
  fields: {
    messages: [
      { role: "system", content: `attachment://${hash("a")}` },
      {
        role: "user",
        content: [
          { type: "text", text: "look" },
          { type: "image", image: `tc://${hash("b")}` },
        ],
      },
      {
        role: "assistant",
        content: [
          { type: "reasoning", reasoning: "think" },
          { type: "text", text: "<script>alert(1)</script> \u001b[2J" },
        ],
        tool_calls: [{ id: "1", function: "bash", arguments: { cmd: `attachment://${hash("c")}` } }],
      },
      { role: "tool", function: "bash", content: "denied", error: { type: "permission", message: "no" } },
      { role: "user", content: `attachment://${hash("e")}` },
    ],
    attachments: {
      [hash("a")]: "You are an agent.",
      [hash("b")]: "data:image/png;base64,AAAA",
      [hash("c")]: "ls -la",
      [hash("d")]: "pooled question",
    },
    error: { message: "ValueError('x')", traceback: "line 1" },
    limit: { type: "token", limit: 10 },
    invalidation: { author: "lead", reason: "leak" },
    events_data: {
      messages: [
        { role: "user", content: "first" },
        { role: "user", content: `attachment://${hash("d")}` },
      ],
      calls: [],
    },
  },
  events: [
    { event: "sample_init", timestamp: "2026-03-02T09:30:00Z", sample: { input: "Solve it." } },
    {
      event: "model",
      timestamp: "2026-03-02T09:30:01.500Z",
      model: "m",
      input: [],
      input_refs: [[0, 2]],
      output: {
        choices: [{ message: { role: "assistant", content: "hello" }, stop_reason: "stop" }],
        usage: { input_tokens: 1 },
      },
    },
    { event: "tool", timestamp: "2026-03-02T09:30:02Z", function: "bash", arguments: { cmd: "ls" }, result: "bin" },
    { event: "something_new", timestamp: "2026-03-02T09:30:03Z", data: `attachment://${hash("c")}` },
    { event: "score", timestamp: "2026-03-02T09:30:04Z", score: { value: Number.NaN } },
  ],
};

const log: LogToWrite = { samples: [{ id: "plain", scores: { s: "C" } }, rich, { id: "last", scores: { s: "C" } }] };

/** References are written otherwise in a chunked sample, so items have other sizes there. */
function withoutSizes<T extends { items: { bytes: number }[] }>(transcript: T): T {
  return { ...transcript, items: transcript.items.map((item) => ({ ...item, bytes: 0 })) };
}

describe("a transcript", () => {
  it.each([
    ["deflate", evalLog(log)],
    ["zstd", evalLog(log, { method: "zstd" })],
    ["json", jsonLog(log)],
  ])("shows messages, events, scores and what ended it as text (%s)", async (_name, bytes) => {
    const { items, total } = await transcriptOf(bytes, "rich");
    expect(total).toBe(14);
    expect(items.map((item) => [item.index, item.kind])).toEqual(
      [
        ...["system", "user", "assistant", "tool-output", "user"],
        ...["sample-init", "model", "tool", "event", "score"],
        ...["error", "limit", "invalidation", "final-score"],
      ].map((kind, index) => [index, kind]),
    );
    expect(items[0]?.text).toBe("You are an agent.");
    expect(items[1]?.text).toBe("look\n[image]");
    expect(items[2]?.text).toBe("[reasoning]\nthink\n<script>alert(1)</script> \u001b[2J");
    expect(items[2]?.detail).toBe("→ bash\ncmd: ls -la");
    expect(items[3]).toMatchObject({ title: "Tool · bash", text: "denied", detail: "Error: no" });
    expect(items[4]?.text).toBe(`attachment://${hash("e")}`);
    expect(items[6]).toMatchObject({ at: 1500, title: "Model · m", text: "hello" });
    expect(items[6]?.detail).toContain("pooled question");
    expect(items[8]?.detail).toContain("ls -la");
    expect(items[9]?.title).toBe("Score · unscored");
    expect(items[10]).toMatchObject({ text: "ValueError('x')", detail: "line 1" });
    expect(items[13]).toMatchObject({ title: "Score · s · I", text: "Answer: flag{x}" });
    expect(items[13]?.detail).toContain("before: C");
  });

  it("is the same whatever pages it is read in", async () => {
    const bytes = evalLog(log);
    const whole = await transcriptOf(bytes, "rich");
    await fc.assert(
      fc.asyncProperty(fc.nat(16), fc.integer({ min: 1, max: 16 }), async (offset, limit) => {
        const page = await transcriptOf(bytes, "rich", { offset, limit });
        expect(page).toEqual({ ...whole, items: whole.items.slice(offset, offset + limit) });
      }),
      { numRuns: 40 },
    );
  });

  it("does not depend on the order of the sample's fields", async () => {
    const whole = await transcriptOf(evalLog(log), "rich");
    const entries = Object.entries(sampleJson(rich));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(entries, { minLength: entries.length }), async (fields) => {
        const extra = [member("samples/rich_epoch_1.json", Object.fromEntries(fields))];
        expect(await transcriptOf(evalLog({ samples: [] }, { extra }), "rich")).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  it("is put together from the parts of a chunked sample", async () => {
    const { messages, events, attachments, events_data: pool, metadata, ...shell } = sampleJson(rich);
    expect([metadata, pool, attachments]).toBeDefined();
    if (!Array.isArray(messages) || !Array.isArray(events)) throw new Error("no lists");
    const texts = ["You are an agent.", "data:image/png;base64,AAAA", "ls -la", "pooled question"];
    const renumbered = JSON.stringify([messages, events]).replaceAll(
      /(?:attachment|tc):\/\/([a-d])[a-d]{31}/g,
      (_ref, digit: string) => `attachment://${String("abcd".indexOf(digit))}`,
    );
    const lists: unknown = JSON.parse(renumbered);
    if (!Array.isArray(lists)) throw new Error("no lists");
    const [numberedMessages = [], numberedEvents = []] = lists.map(asList);
    const folder = "samples/rich_epoch_1";
    const pooled = [
      { role: "user", content: "first" },
      { role: "user", content: "attachment://3" },
      ...numberedMessages,
    ];
    const extra = [
      member(`${folder}/sample.json`, {
        ...shell,
        message_refs: [
          [2, 4],
          [4, 7],
        ],
      }),
      member(`${folder}/messages/0.json`, pooled.slice(0, 3)),
      member(`${folder}/messages/3.json`, pooled.slice(3)),
      member(`${folder}/events/0.json`, numberedEvents.slice(0, 2)),
      member(`${folder}/events/2.json`, numberedEvents.slice(2)),
      member(`${folder}/attachments/0.json`, texts.slice(0, 2)),
      member(`${folder}/attachments/2.json`, texts.slice(2)),
    ];
    const bytes = evalLog({ samples: [] }, { extra });
    const whole = await transcriptOf(evalLog(log), "rich");
    const chunked = await transcriptOf(bytes, "rich");
    // JSON has no NaN: the score event became null on the way, which is how Inspect writes it.
    expect(withoutSizes(chunked)).toEqual(withoutSizes(whole));
    expect((await transcriptOf(bytes, "rich", { offset: 3, limit: 5 })).items).toEqual(chunked.items.slice(3, 8));
  });

  it("cuts what is endless and says so", async () => {
    const bytes = evalLog({
      samples: [{ id: "a", fields: { messages: [{ role: "user", content: "x".repeat(150_000) }] } }],
    });
    const { items } = await transcriptOf(bytes, "a");
    expect(items[0]?.text.length).toBe(100_000);
    expect(items[0]?.isCut).toBe(true);
  });

  it("shows anything in the place of messages and events", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue()),
        fc.array(fc.jsonValue()),
        fc.jsonValue(),
        async (messages, events, scores) => {
          const bytes = evalLog({ samples: [{ id: "a", fields: { messages, scores }, events }] });
          const { total, items } = await transcriptOf(bytes, "a");
          expect(total).toBeGreaterThanOrEqual(messages.length + events.length);
          expect(items).toHaveLength(total);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("says when there is none", async () => {
    const source = bytesSource(evalLog(log));
    const address = { task: "plain", epoch: 1, member: "samples/other_epoch_1.json" };
    await expect(readTranscript(source, "inspect", address)).rejects.toMatchObject({ code: "not-found" });
    await expect(readTranscript(source, "other", address)).rejects.toBeInstanceOf(TranscriptError);
    await expect(
      readTranscript(bytesSource(jsonLog(log)), "inspect", { ...address, member: "x" }),
    ).rejects.toMatchObject({ code: "not-found" });
    const reason = new Error("stop");
    const member = { ...address, member: "samples/plain_epoch_1.json" };
    await expect(readTranscript(source, "inspect", member, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it("shows what stands before the damage", async () => {
    const bytes = evalLog(log, { method: "stored" });
    const at = Buffer.from(bytes).indexOf("You are an agent.", Buffer.from(bytes).indexOf("rich_epoch"));
    bytes[at] = 0x58;
    const source = bytesSource(bytes);
    const transcript = await readTranscript(source, "inspect", {
      task: "rich",
      epoch: 1,
      member: "samples/rich_epoch_1.json",
    });
    expect(transcript.items.length).toBe(14);
  });
});
