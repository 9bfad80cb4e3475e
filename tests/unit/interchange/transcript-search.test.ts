import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesSource } from "../../../electron/interchange/byte-source.ts";
import {
  findSample,
  hitsInItem,
  Needle,
  openContainer,
  SampleReader,
  searchSample,
  TextMatcher,
  type ItemHit,
  type TextSearch,
} from "../../../electron/interchange/inspect/index.ts";
import { asList } from "../../../electron/interchange/json/fields.ts";
import { sampleJson, evalLog, jsonLog, member, type SampleToWrite } from "../../fixtures/inspect/generate.ts";

/** What a search must find: every hit in the whole texts of every item, found by looking at all of them. */
async function lookedThrough(reader: SampleReader, text: TextSearch): Promise<ItemHit[]> {
  const matcher = new TextMatcher(text);
  const hits: ItemHit[] = [];
  for (let row = 0; row < reader.total; row += 1) {
    const item = await reader.rendered(row);
    if (item !== null) hits.push(...hitsInItem(matcher, row, item));
  }
  return hits;
}

async function searched(bytes: Uint8Array, name: string, text: TextSearch) {
  const source = findSample(await openContainer(bytesSource(bytes)), name);
  const search = { needle: new Needle(text), matcher: new TextMatcher(text), kinds: null, keep: 10_000 };
  const found = await searchSample(source, search);
  const reader = await SampleReader.open(source);
  return { found, expected: await lookedThrough(reader, text) };
}

const words = [
  "flag{x}",
  "FLAG",
  "naïve",
  "Ärger",
  "ärger",
  "😀",
  "a/b",
  'say "hi"',
  "tab\there",
  "\u001b[31m",
  "K\u212A",
  "ſs",
  "1337",
];
const hash = (digit: string): string => digit.repeat(32);
const word = fc.constantFrom(...words);
const prose = fc.array(
  fc.oneof(word, fc.string({ unit: "binary", maxLength: 6 }), fc.constantFrom(" ", "\n", "e", "0")),
  { maxLength: 8 },
);
const text = prose.map((parts) => parts.join(""));
const reference = fc.constantFrom("a", "b", "c", "d").map((digit) => `attachment://${hash(digit)}`);
const leaf = fc.oneof({ weight: 3, arbitrary: text }, { weight: 1, arbitrary: reference });
const scalar = fc.oneof(leaf, fc.constantFrom<unknown>(1337, 1.5, 1e21, true, null, -0));

const message = fc.record({
  role: fc.constantFrom("system", "user", "assistant", "tool", "other"),
  content: fc.oneof(
    leaf,
    fc.array(fc.record({ type: fc.constantFrom("text", "reasoning", "image", "data"), text: leaf, reasoning: leaf }), {
      maxLength: 3,
    }),
  ),
  tool_calls: fc.array(
    fc.record({
      id: fc.constantFrom("c1", "c2"),
      function: text,
      arguments: fc.dictionary(text, scalar, { maxKeys: 2 }),
    }),
    { maxLength: 2 },
  ),
});
const event = fc.oneof(
  fc.record({
    event: fc.constant("tool"),
    function: text,
    arguments: fc.dictionary(text, scalar, { maxKeys: 2 }),
    result: leaf,
  }),
  fc.record({
    event: fc.constant("info"),
    data: fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.dictionary(text, scalar, { maxKeys: 3 })),
  }),
  fc.record({
    event: fc.constant("model"),
    model: text,
    input: fc.constant([]),
    input_refs: fc.integer({ min: 0, max: 3 }).map((end) => [[0, end]]),
    output: fc.record({
      choices: fc.tuple(fc.record({ message, stop_reason: fc.constant("stop") })),
      usage: fc.constant({ input_tokens: 1337 }),
    }),
  }),
  fc.record({ event: text, anything: scalar }),
  fc.jsonValue(),
);
const sample = fc.record({
  messages: fc.array(message, { maxLength: 5 }),
  events: fc.array(event, { maxLength: 8 }),
  attachments: fc.record({ [hash("a")]: text, [hash("b")]: text, [hash("c")]: text }),
  pool: fc.array(message, { minLength: 3, maxLength: 3 }),
  scores: fc.dictionary(text, fc.record({ value: scalar, answer: text, explanation: text }), { maxKeys: 2 }),
});
type Made = typeof sample extends fc.Arbitrary<infer T> ? T : never;

function toWrite({ messages, events, attachments, pool, scores }: Made): SampleToWrite {
  return { id: "a", scores, events, fields: { messages, attachments, events_data: { messages: pool, calls: [] } } };
}

const digits = (most: number) =>
  fc
    .string({ unit: fc.integer({ min: 0, max: 9 }).map(String), minLength: 1, maxLength: most })
    .map((one) => `1${one}`);
/** Numbers as JSON may write them, of any length. */
const numbers = fc.array(
  fc.oneof(
    digits(40),
    fc.tuple(fc.constantFrom("", "-"), digits(25), digits(25)).map(([sign, whole, part]) => `${sign}${whole}.${part}`),
    fc.tuple(fc.integer({ min: 0, max: 12 }), digits(20)).map(([zeros, part]) => `0.${"0".repeat(zeros)}${part}`),
    fc
      .tuple(
        digits(6),
        fc.constantFrom("", ".5", ".0625"),
        fc.constantFrom("e", "E"),
        fc.integer({ min: -30, max: 30 }),
      )
      .map(([whole, part, e, exponent]) => `${whole}${part}${e}${String(exponent)}`),
  ),
  { minLength: 4, maxLength: 4 },
) as fc.Arbitrary<[string, string, string, string]>;

/** A needle that is likely to be somewhere: a piece of what was made, or any text. */
function needleIn(made: Made): fc.Arbitrary<string> {
  const whole = JSON.stringify(made);
  const piece = fc
    .tuple(fc.nat(Math.max(0, whole.length - 2)), fc.integer({ min: 1, max: 7 }))
    .map(([at, length]) => whole.slice(at, at + length));
  const ofTexts = fc
    .tuple(word, fc.nat(3), fc.integer({ min: 1, max: 6 }))
    .map(([one, at, length]) => one.slice(at, at + length) || one);
  return fc.oneof(
    piece,
    ofTexts,
    word,
    fc.constantFrom("Error", "null", "cmd: ", "→", "unscored", "attachment", "1337", "Answering (user)"),
  );
}

const looked = sample.chain((made) =>
  fc.record({
    made: fc.constant(made),
    text: needleIn(made).filter((one) => one.length > 0),
    caseSensitive: fc.boolean(),
    wholeWord: fc.boolean(),
  }),
);

/** Other spellings of the same JSON: every character outside of ASCII, or every letter, by number; slashes escaped. */
const spellings: Readonly<Record<string, (json: string) => string>> = {
  plain: (json) => json,
  ascii: (json) => json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  upper: (json) =>
    json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`),
  slashes: (json) => json.replaceAll("/", "\\/"),
  numbers: (json) => json.replace(/(?<!\\)[gk](?=[a-z ])/g, (unit) => `\\u00${unit.charCodeAt(0).toString(16)}`),
};

const name = "samples/a_epoch_1.json";

/** A sample in the shape of chunks: pool and events in two members each, attachments by number. */
function chunked(made: Made) {
  const {
    messages,
    events,
    attachments,
    events_data: _pool,
    metadata: _metadata,
    ...shell
  } = sampleJson(toWrite(made));
  expect(attachments).toBeDefined();
  const number = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value).replace(
        /attachment:\/\/([a-d])\1{31}/g,
        (_all, digit: string) => `attachment://${String("abcd".indexOf(digit))}`,
      ),
    );
  const pool = [...made.pool, ...asList(messages)].map(number);
  const list = asList(events).map(number);
  const folder = "samples/a_epoch_1";
  const texts = [hash("a"), hash("b"), hash("c")].map((key) => made.attachments[key]);
  return [
    member(`${folder}/sample.json`, number({ ...shell, message_refs: [[3, pool.length]] })),
    member(`${folder}/messages/0.json`, pool.slice(0, 2)),
    member(`${folder}/messages/2.json`, pool.slice(2)),
    ...(list.length > 0 ? [member(`${folder}/events/0.json`, list.slice(0, 3))] : []),
    ...(list.length > 3 ? [member(`${folder}/events/3.json`, list.slice(3))] : []),
    member(`${folder}/attachments/0.json`, texts.slice(0, 1)),
    member(`${folder}/attachments/1.json`, texts.slice(1)),
  ];
}

describe("a search of a transcript", () => {
  it.each(Object.entries(spellings))("finds what looking at every item finds (%s)", async (_name, spell) => {
    await fc.assert(
      fc.asyncProperty(looked, async ({ made, ...text }) => {
        const json = spell(JSON.stringify(sampleJson(toWrite(made))));
        const bytes = evalLog(
          { samples: [] },
          { extra: [{ name, bytes: new TextEncoder().encode(json), method: "deflate" }] },
        );
        const { found, expected } = await searched(bytes, name, text);
        expect(found.hits).toEqual(expected);
        expect(found).toMatchObject({ total: expected.length, problem: null });
      }),
      { numRuns: 150 },
    );
  });

  it("finds the same in a JSON log, with zstd and in chunks", async () => {
    await fc.assert(
      fc.asyncProperty(looked, async ({ made, ...text }) => {
        const log = { samples: [{ id: "before" }, toWrite(made), { id: "after" }] };
        for (const [bytes, place] of [
          [jsonLog(log), "samples/1"],
          [evalLog(log, { method: "zstd" }), name],
          [evalLog({ samples: [] }, { extra: chunked(made) }), "samples/a_epoch_1/sample.json"],
        ] as const) {
          const { found, expected } = await searched(bytes, place, text);
          expect(found.hits).toEqual(expected);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("finds digits, however the log writes the number that shows them", async () => {
    await fc.assert(
      fc.asyncProperty(numbers, fc.nat(), fc.integer({ min: 3, max: 9 }), async (made, at, length) => {
        const event = { event: "info", data: { n: "@n@", text: "@text@", list: ["@list@", "@more@"] } };
        const places = { "@n@": made[0], "@list@": made[1], "@more@": made[2] };
        let json = JSON.stringify(sampleJson({ id: "a", events: [event, { event: "state", changes: ["@n@"] }] }));
        for (const [place, number] of Object.entries(places)) json = json.replaceAll(`"${place}"`, number);
        json = json.replace("@text@", made[3]);
        const bytes = evalLog(
          { samples: [] },
          { extra: [{ name, bytes: new TextEncoder().encode(json), method: "deflate" }] },
        );
        const shown = made.map((number) => String(Number(number))).join(" ");
        const runs = shown.match(/\d+/g) ?? [];
        const run = runs[at % runs.length] ?? "1234";
        const from = at % Math.max(1, run.length - length + 1);
        const { found, expected } = await searched(bytes, name, {
          text: run.slice(from, from + length),
          caseSensitive: at % 2 === 0,
          wholeWord: false,
        });
        expect(found.hits).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it("does not read everything for digits that no number shows", () => {
    const needle = new Needle({ text: "55213344", caseSensitive: true, wholeWord: false });
    const log = '{"a": 1234567890123456789, "b": [1e5, -2.5E-3,0.12345678901234567], "c": "commit 55e2133441"}';
    expect(needle.isBlunt).toBe(false);
    expect(needle.mayHold(Buffer.from(log))).toBe(false);
    expect(needle.mayHold(Buffer.from('{"a":5.5213344e7}'))).toBe(true);
    expect(needle.mayHold(Buffer.from('{"a":[0, 55213343999999999.9]}'))).toBe(true);
    expect(needle.mayHold(Buffer.from(`{"a":${"1".repeat(500)}}`))).toBe(true);
  });

  it("finds a text of an attachment, and of a pooled message, at the items that show it", async () => {
    const made: SampleToWrite = {
      id: "a",
      fields: {
        messages: [{ role: "user", content: "nothing" }],
        attachments: { [hash("a")]: "the hidden treasure", [hash("b")]: `see attachment` },
        events_data: {
          messages: [
            { role: "user", content: `attachment://${hash("a")}` },
            { role: "user", content: "pooled gem" },
          ],
          calls: [],
        },
      },
      events: [
        { event: "tool", function: "cat", arguments: { file: `attachment://${hash("a")}` }, result: "ok" },
        { event: "model", model: "m", input: [], input_refs: [[0, 1]], output: {} },
        { event: "model", model: "m", input: [], input_refs: [[0, 2]], output: {} },
      ],
    };
    const bytes = evalLog({ samples: [made] });
    const text = { caseSensitive: true, wholeWord: false };
    const treasure = await searched(bytes, name, { ...text, text: "treasure" });
    expect(treasure.found.hits.map(({ index, field }) => [index, field])).toEqual([
      [1, "detail"],
      [2, "detail"],
    ]);
    expect(treasure.found.hits).toEqual(treasure.expected);
    const gem = await searched(bytes, name, { ...text, text: "pooled gem" });
    expect(gem.found.hits).toMatchObject([{ index: 3, before: "Answering (user): ", match: "pooled gem", after: "" }]);
  });

  it("says what it could not search, and searches what stands before the damage", async () => {
    const made: SampleToWrite = {
      id: "a",
      fields: {
        messages: [
          { role: "user", content: "needle here" },
          { role: "user", content: "x".repeat(50) },
        ],
      },
    };
    const bytes = Buffer.from(evalLog({ samples: [made] }, { method: "stored" }));
    bytes[bytes.indexOf("xxxxxxxx") + 3] = 0x22;
    const { found } = await searched(bytes, name, { text: "needle", caseSensitive: true, wholeWord: false });
    expect(found.hits).toHaveLength(1);
    expect(found.problem).toMatch(/damaged/);
    const missing = await searched(bytes, name, { text: "nowhere to be found", caseSensitive: true, wholeWord: false });
    expect(missing.found).toMatchObject({ total: 0, problem: expect.stringMatching(/damaged/) as string });
  });

  it("gives others a turn in a long sample, and stops where it was cancelled in one", async () => {
    const messages = Array.from({ length: 2_000 }, () => ({ role: "user", content: "12" }));
    const bytes = evalLog({ samples: [{ id: "a", fields: { messages } }] });
    const source = findSample(await openContainer(bytesSource(bytes)), name);
    const text = { text: "12", caseSensitive: true, wholeWord: false };
    const search = { needle: new Needle(text), matcher: new TextMatcher(text), kinds: null, keep: 1 };
    let turns = 0;
    const pause = () => void (turns += 1);
    expect((await searchSample(source, { ...search, pause })).total).toBe(2_000);
    expect(turns).toBeGreaterThan(5);
    const controller = new AbortController();
    let last = turns;
    const cancel = () => {
      turns -= 1;
      if (turns === 3) controller.abort();
      last = Math.min(last, turns);
    };
    await expect(searchSample(source, { ...search, pause: cancel, signal: controller.signal })).rejects.toThrow();
    // No turn after the one in which it was cancelled.
    expect(last).toBe(3);
  });

  it("counts all and keeps as many as it is told", async () => {
    const bytes = evalLog({
      samples: [{ id: "a", fields: { messages: [{ role: "user", content: "ab ".repeat(500) }] } }],
    });
    const source = findSample(await openContainer(bytesSource(bytes)), name);
    const text = { text: "ab", caseSensitive: true, wholeWord: true };
    const found = await searchSample(source, {
      needle: new Needle(text),
      matcher: new TextMatcher(text),
      kinds: new Set(["user"]),
      keep: 7,
    });
    expect([found.total, found.hits.length]).toEqual([500, 7]);
    const none = await searchSample(source, {
      needle: new Needle(text),
      matcher: new TextMatcher(text),
      kinds: new Set(["model"]),
      keep: 7,
    });
    expect(none.total).toBe(0);
  });
});

describe("a text matcher", () => {
  it("matches whole words by letters, digits and underscores of any script", () => {
    const of = (text: string, one: string) => [
      ...new TextMatcher({ text: one, caseSensitive: false, wholeWord: true }).matches(text),
    ];
    expect(of("flag flags _flag FLAG. äflag flag😀", "flag")).toEqual([
      [0, 4],
      [17, 21],
      [29, 33],
    ]);
    expect(of("a.b", "a.b")).toEqual([[0, 3]]);
    expect(of("axb", "a.b")).toEqual([]);
    expect(of("aa aaa aa", "aa")).toEqual([
      [0, 2],
      [7, 9],
    ]);
  });
});
