import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  JsonProjector,
  JsonStreamError,
  type Handling,
  type JsonPath,
} from "../../../electron/interchange/json/json-projector.ts";
import { parseLenientJson } from "../../../electron/interchange/json/lenient-json.ts";
import { pythonJson } from "../../fixtures/inspect/generate.ts";

const encoder = new TextEncoder();

interface Seen {
  kept: [JsonPath, unknown][];
  counted: [JsonPath, number][];
  refused: [JsonPath, string][];
}

function project(
  json: string | Uint8Array,
  choose: (path: JsonPath) => Handling,
  cut = 1_000_000,
  limits = { keepBytes: 1e6, keepDepth: 100 },
): Seen {
  const seen: Seen = { kept: [], counted: [], refused: [] };
  const projector = new JsonProjector(
    {
      choose,
      kept: (path, text) => seen.kept.push([[...path], JSON.parse(new TextDecoder().decode(text))]),
      counted: (path, items) => seen.counted.push([[...path], items]),
      refused: (path, why) => seen.refused.push([[...path], why]),
    },
    limits,
  );
  const bytes = typeof json === "string" ? encoder.encode(json) : json;
  for (let at = 0; at < bytes.length; at += cut) projector.push(bytes.subarray(at, at + cut));
  projector.end();
  return seen;
}

describe("JSON projector", () => {
  it("keeps any value whole, wherever the bytes are cut", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 7 }), (value, cut) => {
        const { kept } = project(JSON.stringify(value), () => "keep", cut);
        expect(kept).toEqual([[[], JSON.parse(JSON.stringify(value))]]);
      }),
    );
  });

  it("visits every leaf under its path", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.integer({ min: 1, max: 9 }), (value, cut) => {
        const leaves: [JsonPath, unknown][] = [];
        const walk = (path: JsonPath, part: unknown): void => {
          if (Array.isArray(part))
            part.forEach((item, index) => {
              walk([...path, index], item);
            });
          else if (typeof part === "object" && part !== null)
            for (const [key, item] of Object.entries(part)) walk([...path, key], item);
          else leaves.push([path, part]);
        };
        const json = JSON.stringify(value);
        walk([], JSON.parse(json));
        const depthOf = (path: JsonPath): unknown =>
          path.reduce<unknown>((part, key) => (part as Record<string | number, unknown>)[key], JSON.parse(json));
        const { kept } = project(
          json,
          (path) => (typeof depthOf(path) === "object" && depthOf(path) !== null ? "enter" : "keep"),
          cut,
        );
        expect(kept).toEqual(leaves);
      }),
    );
  });

  it("counts items without building them", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 5 }), (items, cut) => {
        const { counted } = project(
          JSON.stringify({ a: items }, null, 1),
          (path) => (path.length === 0 ? "enter" : "count"),
          cut,
        );
        expect(counted).toEqual([[["a"], items.length]]);
      }),
    );
  });

  it("passes over what is not asked for, however deep", () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    const { kept } = project(
      `{"a":${deep},"b":1}`,
      (path) => (path.length === 0 ? "enter" : path[0] === "b" ? "keep" : "skip"),
      1000,
    );
    expect(kept).toEqual([[["b"], 1]]);
  });

  it("refuses to keep what is too large or too deep, and goes on", () => {
    const json = `{"a":"${"x".repeat(50)}","b":[[[[1]]]],"c":2}`;
    const seen = project(json, (path) => (path.length === 0 ? "enter" : "keep"), 10, { keepBytes: 20, keepDepth: 3 });
    expect(seen.refused).toEqual([
      [["a"], "too-large"],
      [["b"], "too-deep"],
    ]);
    expect(seen.kept).toEqual([[["c"], 2]]);
  });

  it("names a cut as truncated and anything else as syntax", () => {
    const json = encoder.encode('{"a":[1,{"b":"c"}],"d":"\\u00e9"}');
    for (let end = 0; end < json.length; end += 1) {
      expect(() => project(json.subarray(0, end), (path) => (path.length < 2 ? "enter" : "keep"))).toThrow(
        expect.objectContaining({ code: "truncated" }) as Error,
      );
    }
    for (const bad of ["{,}", '{"a" 1}', "[1 2]", "{1:2}", "{}x", '{"a":}', '{"a":1]']) {
      expect(() => project(bad, () => "enter"), bad).toThrow(JsonStreamError);
    }
  });

  it("takes hostile names as plain names", () => {
    const { kept } = project('{"__proto__":{"polluted":1},"constructor":2}', (path) =>
      path.length < 1 ? "enter" : "keep",
    );
    expect(kept.map(([path]) => path[0])).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe("JSON as Python writes it", () => {
  it("reads bare NaN and infinities, and leaves texts that look like them alone", () => {
    const value = {
      a: Number.NaN,
      b: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      c: 'NaN "NaN" -Infinity \\',
      d: "NaN",
    };
    expect(parseLenientJson(pythonJson(value))).toEqual(value);
  });

  it("reads what JSON.parse reads, the same", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const wrapped = { value, odd: Number.NaN };
        const again: unknown = JSON.parse(JSON.stringify(value));
        expect(parseLenientJson(pythonJson(wrapped))).toEqual({ value: again, odd: Number.NaN });
      }),
    );
  });

  it.each(["{'a':1}", "{a:1}", "[1,]", "NaNN", "/**/1", "[Infinit]"])("refuses %s", (text) => {
    expect(() => parseLenientJson(text)).toThrow(SyntaxError);
  });
});
