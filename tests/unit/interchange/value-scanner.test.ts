import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ValueScanner } from "../../../electron/interchange/inspect/transcript/value-scanner.ts";

/** Walking over one JSON value, held against what JSON.parse makes of it. */

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom("", "\\", '"', '\\"', "a\\\\", "{[", "]}", "model", "attachment://x"),
  // Beyond the place where the end of a string is looked for natively, with backslashes before quotes.
  fc
    .tuple(fc.integer({ min: 50, max: 90 }), fc.constantFrom("", '"', "\\", '\\\\"', '"\\'))
    .map(([length, end]) => `${"x".repeat(length)}${end}`),
);
const names = ["event", "span_id", "id", "role", "name", "type", "parent_id", "action", "tool_call_id"] as const;
const key = fc.oneof(
  fc.constantFrom(...names),
  fc.constantFrom("error", "tool_error", "tool_calls", "evenT", "i", "uuid"),
  text,
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    text,
    fc.constantFrom<unknown>(null, true, false, 0, -1.5e-7, 12),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 5, noNullPrototype: true }),
  ),
}));
const object = fc.dictionary(key, value, { maxKeys: 7, noNullPrototype: true });

function isRecord(of: unknown): of is Record<string, unknown> {
  return typeof of === "object" && of !== null && !Array.isArray(of);
}

function depthOf(of: unknown): number {
  if (typeof of !== "object" || of === null) return 0;
  return 1 + Math.max(0, ...Object.values(of).map(depthOf));
}

/** Where the scanner says that a value ends, cut into pieces of given lengths and followed by something else. */
function walked(scanner: ValueScanner, json: string, lengths: readonly number[]): number {
  const bytes = Buffer.from(`${json}, "after": {"event": "x"}}`);
  scanner.begin(bytes[0] ?? 0, true);
  let at = 0;
  for (let piece = 0; at < bytes.length; piece += 1) {
    const length = lengths[piece % lengths.length] ?? bytes.length;
    const end = scanner.walk(bytes.subarray(at, at + length), 0);
    if (end >= 0) return at + end;
    at += length;
  }
  return -1;
}

const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
// One for all, as a sample's scan has it: nothing may stay from the value before.
const scanner = new ValueScanner();

describe("a walk over a value", () => {
  it("ends where the value does, wherever it is cut", () => {
    fc.assert(
      fc.property(fc.oneof(value, object), cuts, fc.constantFrom(0, 1), (made, lengths, indent) => {
        const json = JSON.stringify(made, null, indent);
        expect(walked(scanner, json, lengths)).toBe(Buffer.byteLength(json));
        expect(walked(scanner, json, [1_000_000])).toBe(Buffer.byteLength(json));
        expect(scanner.deepest).toBe(depthOf(made));
      }),
      { numRuns: 500 },
    );
  });

  it("notes the texts of the fields that are wanted, and nothing of what lies deeper", () => {
    fc.assert(
      fc.property(object, cuts, (made, lengths) => {
        const json = JSON.stringify(made);
        walked(scanner, json, lengths);
        for (const name of names) {
          const said = Object.hasOwn(made, name) ? made[name] : null;
          expect(scanner.text(name), name).toBe(typeof said === "string" ? said : null);
        }
        const errors = ["error", "tool_error"].map((name) => (Object.hasOwn(made, name) ? made[name] : null));
        expect(scanner.failed).toBe(errors.some((error) => typeof error === "string" || isRecord(error)));
        const calls = Object.hasOwn(made, "tool_calls") ? made.tool_calls : null;
        expect(scanner.callsTools).toBe(typeof calls === "object" && calls !== null && hasContainer(calls));
      }),
      { numRuns: 500 },
    );
  });
});

function hasContainer(of: object): boolean {
  return Object.values(of).some((one) => typeof one === "object" && one !== null);
}
