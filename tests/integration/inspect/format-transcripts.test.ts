import { describe, expect, it } from "vitest";
import { itemKinds, type TranscriptItem } from "../../../electron/contract/transcripts.ts";
import { evalLog, jsonLog, member, sampleJson, type SampleToWrite } from "../../fixtures/inspect/generate.ts";
import { transcriptOf } from "../../fixtures/inspect/read-back.ts";

/** The format of Inspect's logs, one fact a test: messages, events, and what was taken out of them to be written once. */

const hash = (digit: string): string => digit.repeat(32);
const user = (text: string) => ({ role: "user", content: text });

/** The items of a sample, which have to be the same from both containers but for their sizes. */
async function itemsOf(sample: Partial<SampleToWrite>): Promise<TranscriptItem[]> {
  const log = { samples: [{ id: "a", ...sample }] };
  const { items } = await transcriptOf(evalLog(log));
  expect((await transcriptOf(jsonLog(log))).items).toEqual(items);
  return items;
}

async function firstMessage(message: unknown, fields: Readonly<Record<string, unknown>> = {}): Promise<TranscriptItem> {
  const [first] = await itemsOf({ fields: { messages: [message], ...fields } });
  if (first === undefined) throw new Error("no item");
  return first;
}

async function onlyEvent(event: unknown, fields: Readonly<Record<string, unknown>> = {}): Promise<TranscriptItem> {
  const [first] = await itemsOf({ fields: { messages: [], ...fields }, events: [event] });
  if (first === undefined) throw new Error("no item");
  return first;
}

describe("a message", () => {
  it.each([
    ["system", "system"],
    ["user", "user"],
    ["assistant", "assistant"],
    ["tool", "tool-output"],
  ])("is of the role %s", async (role, kind) => {
    expect(await firstMessage({ role, content: "words" })).toMatchObject({ role, kind, text: "words" });
  });

  it.each([
    ["a text", "plain", "plain"],
    ["a part of text", [{ type: "text", text: "part", refusal: false, citations: [] }], "part"],
    ["reasoning", [{ type: "reasoning", reasoning: "think", signature: "s" }], "[reasoning]\nthink"],
    [
      "reasoning that the provider hid, with a summary",
      [{ type: "reasoning", reasoning: "", summary: "in short", redacted: true }],
      "[reasoning (redacted by the provider)]\nin short",
    ],
    ["an image", [{ type: "image", image: "data:image/png;base64,AA" }], "[image]"],
    ["audio", [{ type: "audio", audio: "x" }], "[audio]"],
    ["video", [{ type: "video", video: "x" }], "[video]"],
    ["a document", [{ type: "document", document: "x" }], "[document]"],
    ["several parts", ["a", { type: "text", text: "b" }], "a\nb"],
    ["an image that was stripped, which nobody can bring back", "<base64-data-removed>", "<base64-data-removed>"],
  ])("says %s", async (_what, content, text) => {
    expect((await firstMessage({ role: "user", content })).text).toBe(text);
  });

  it("says data and a server's tools as they stand", async () => {
    const content = [
      { type: "data", data: { k: "v" } },
      { type: "tool_use", name: "web_search", result: "found" },
    ];
    const { text } = await firstMessage({ role: "assistant", content });
    for (const words of ['"k": "v"', "[server tool web_search]", "found"]) expect(text).toContain(words);
  });

  it("calls tools; a call that could not be parsed says so", async () => {
    const calls = [
      { id: "1", function: "bash", arguments: { cmd: "ls" }, type: "function" },
      { id: "2", function: "python", arguments: {}, parse_error: "no JSON" },
    ];
    const item = await firstMessage({ role: "assistant", content: "", tool_calls: calls });
    expect(item.detail).toContain("→ bash\ncmd: ls");
    expect(item.detail).toContain("(could not be parsed: no JSON)");
    expect(item.calls.map(({ id, name }) => [id, name])).toEqual([
      ["1", "bash"],
      ["2", "python"],
    ]);
  });

  it.each([
    ["error", { error: { type: "timeout", message: "too slow" } }],
    ["tool_error, as it was called in old logs", { tool_error: "too slow" }],
  ])("of a tool fails by %s", async (_what, failure) => {
    const item = await firstMessage({ role: "tool", function: "bash", content: "", ...failure });
    expect([item.title, item.detail]).toEqual(["Tool · bash", "Error: too slow"]);
  });
});

describe("an event", () => {
  const kinds = "sample_init sample_limit sandbox state store model tool approval input score score_edit error logger"
    .split(" ")
    .concat("info span_begin span_end step subtask compaction checkpoint interrupt anchor branch".split(" "));

  it.each(kinds)("%s has a kind of its own", async (event) => {
    const kind = event.replaceAll("_", "-");
    expect(itemKinds).toContain(kind);
    expect((await onlyEvent({ event, timestamp: "2026-03-02T09:30:01+00:00" })).kind).toBe(kind);
  });

  it("of a kind that nobody knows is shown whole", async () => {
    const item = await onlyEvent({ event: "of_tomorrow", data: { word: "inside" } });
    expect([item.kind, item.title]).toEqual(["event", "of_tomorrow"]);
    expect(item.detail).toContain("inside");
  });

  it("of a model call that was cancelled says by whom", async () => {
    const item = await onlyEvent({ event: "model", model: "m", output: {}, error: "Cancelled by operator" });
    expect(item.detail).toContain("Cancelled by operator");
  });

  it("with a score of null means NaN", async () => {
    expect((await onlyEvent({ event: "score", score: { value: null } })).title).toBe("Score · unscored");
    expect((await onlyEvent({ event: "score", score: { value: Number.NaN } })).title).toBe("Score · unscored");
  });

  it.each(["state", "store"])("of the kind %s is a list of JSON patches", async (event) => {
    const item = await onlyEvent({ event, changes: [{ op: "replace", path: "/x", value: "after" }] });
    expect(item.detail).toContain('"op": "replace"');
    expect(item.detail).toContain("after");
  });

  it("stands in the sample's transcript in logs of 2024, with its long texts beside it", async () => {
    const transcript = {
      events: [{ event: "info", data: `tc://${hash("a")}` }],
      content: { [hash("a")]: "long ago" },
    };
    const items = await itemsOf({ fields: { messages: [], events: undefined, transcript } });
    expect(items[0]).toMatchObject({ kind: "info", text: "long ago" });
  });

  it.each([
    ["spans", { event: "span_begin", id: "s1" }, { event: "span_end", id: "s1" }, { span_id: "s1" }],
    ["steps (until 2025)", { event: "step", action: "begin" }, { event: "step", action: "end" }, {}],
  ])("belongs to one of %s", async (_what, begin, end, belongs) => {
    const inside = { event: "info", data: "x", ...belongs };
    const events = [{ ...begin, name: "solvers" }, inside, { ...end, name: "solvers" }, { event: "info", data: "y" }];
    const [first, second, , last] = await itemsOf({ fields: { messages: [] }, events });
    expect(first).toMatchObject({ title: "Begin · solvers", span: 0 });
    expect([second?.span, last?.span]).toEqual([0, null]);
  });
});

describe("what was taken out", () => {
  const attachments = { [hash("a")]: "the long text", [hash("b")]: `attachment://${hash("a")}` };

  it("a whole text attachment://… is put back, and tc://… as well", async () => {
    for (const scheme of ["attachment", "tc"]) {
      const item = await firstMessage(user(`${scheme}://${hash("a")}`), { attachments });
      expect(item.text).toBe("the long text");
    }
  });

  it("a part of a text stays as it is, and so does a reference to nothing", async () => {
    for (const text of [`see attachment://${hash("a")}`, `attachment://${hash("f")}`])
      expect((await firstMessage(user(text), { attachments })).text).toBe(text);
  });

  it("is put back at any depth of an event, once: a text that looks like a reference stays", async () => {
    const deep = { event: "tool", function: "f", arguments: { deep: [{ er: `attachment://${hash("a")}` }] } };
    expect((await onlyEvent(deep, { attachments })).detail).toContain("the long text");
    const once = await onlyEvent({ event: "info", data: `attachment://${hash("b")}` }, { attachments });
    expect(once.text).toBe(`attachment://${hash("a")}`);
  });

  const call = { event: "model", model: "m", input: [], output: { completion: "said" } };
  const pool = [user("first"), user("second"), user(`attachment://${hash("a")}`), user("fourth")];

  it.each([
    ["events_data", { events_data: { messages: pool, calls: [] } }],
    ["message_pool, for some weeks of 2026", { message_pool: pool, call_pool: [] }],
  ])("a model call's input is ranges of %s, whose entries refer to attachments themselves", async (_what, fields) => {
    const asked = await onlyEvent(
      {
        ...call,
        input_refs: [
          [3, 4],
          [0, 3],
        ],
      },
      { ...fields, attachments },
    );
    expect(asked.detail).toContain("Answering (user): the long text");
    const other = await onlyEvent({ ...call, input_refs: [[0, 2]] }, { ...fields, attachments });
    expect(other.detail).toContain("Answering (user): second");
  });

  it("a chunked sample refers to attachments by number and to its conversation by ranges", async () => {
    const { messages, events, attachments: _none, metadata, ...shell } = sampleJson({ id: "a", scores: { s: "C" } });
    expect([messages, events, metadata].every((part) => part !== undefined)).toBe(true);
    const folder = "samples/a_epoch_1";
    const parts = {
      "sample.json": {
        ...shell,
        message_refs: [
          [1, 3],
          [0, 1],
        ],
      },
      "messages/0.json": [user("last"), user("attachment://2")],
      "messages/2.json": [user("attachment://0")],
      "events/0.json": [{ event: "info", data: "attachment://1" }],
      // attachment://0 stands in a content: contents are taken as they are.
      "attachments/0.json": ["nought", "attachment://0"],
      "attachments/2.json": ["two"],
      ...{ "skeleton.json": {}, "events/stats.json": {}, "events/uuids.json": [], "calls/0.json": [{}] },
    };
    const extra = Object.entries(parts).map(([name, part]) => member(`${folder}/${name}`, part));
    const { items, notes } = await transcriptOf(evalLog({ samples: [] }, { extra }));
    expect(items.map(({ text }) => text).slice(0, 4)).toEqual(["two", "nought", "last", "attachment://0"]);
    expect(notes).toEqual([]);
  });

  it("a chunk that is not there is said to be missing", async () => {
    const { messages: _messages, events: _events, ...shell } = sampleJson({ id: "a" });
    const extra = [
      member("samples/a_epoch_1/sample.json", { ...shell, message_refs: [[0, 3]] }),
      member("samples/a_epoch_1/messages/0.json", [user("here")]),
      member("samples/a_epoch_1/messages/2.json", [user("there")]),
    ];
    const { items, notes } = await transcriptOf(evalLog({ samples: [] }, { extra }));
    expect(items.map(({ text }) => text)).toEqual(["here", "", "there"]);
    expect(items[1]?.kind).toBe("unreadable");
    expect(notes).toEqual(["Parts of the sample are missing or damaged; their items cannot be shown."]);
  });

  it("an edited score shows what it was", async () => {
    const history = [{ value: "I" }, { value: "C", provenance: { author: "Ingrid" } }];
    const items = await itemsOf({ scores: { s: { value: "C", history } }, fields: { messages: [] }, events: [] });
    expect(items[0]).toMatchObject({ kind: "final-score", title: "Score · s · C" });
    expect(items[0]?.detail).toContain("before: I");
  });
});
