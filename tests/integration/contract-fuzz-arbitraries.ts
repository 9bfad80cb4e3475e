import fc from "fast-check";
import { z } from "zod";

/** Values that make inputs meaningful, by the name of the key that they stand under: ids that exist, granted handles. */
export type Hints = Readonly<Record<string, readonly unknown[]>>;

/** Longest text and list that are generated: what a limit allows is far more than a test has time for. */
const longestText = 300;
const longestList = 4;

/**
 * Values of a schema of the contract. Values that the schema refuses (a trimmed name of spaces only) are left out, so
 * that what comes is within the contract.
 * @throws Error for a kind of schema that no request used when this was written.
 */
export function within(schema: z.core.$ZodType, hints: Hints, key = ""): fc.Arbitrary<unknown> {
  const known = hints[key];
  const own = ofKind(schema, hints, key).filter((value) => z.safeParse(schema, value).success);
  if (known === undefined || known.length === 0 || isWrapped(schema)) return own;
  const fitting = known.filter((value) => z.safeParse(schema, value).success);
  if (fitting.length === 0) return own;
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: own });
}

function isWrapped(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodArray;
}

function ofKind(schema: z.core.$ZodType, hints: Hints, key: string): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodObject) return objects(schema, hints);
  if (schema instanceof z.ZodOptional) return fc.option(within(schema.unwrap(), hints, key), { nil: undefined });
  if (schema instanceof z.ZodDefault) return fc.option(within(schema.unwrap(), hints, key), { nil: undefined });
  if (schema instanceof z.ZodNullable) return fc.option(within(schema.unwrap(), hints, key), { nil: null });
  if (schema instanceof z.ZodArray) return lists(schema, hints, key);
  if (schema instanceof z.ZodRecord) return records(schema, hints);
  // What is put in order after it was read goes in as anything.
  if (schema instanceof z.ZodPipe) return within(schema.in, hints, key);
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map((option) => within(option, hints, key)));
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodString) return texts(schema);
  if (schema instanceof z.ZodNumber) return numbers(schema);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  // The one custom schema of the inputs is a secret.
  if (schema instanceof z.ZodCustom) return fc.uint8Array({ minLength: 1, maxLength: 40 });
  throw new Error(`no arbitrary for a schema of the kind ${schema._zod.def.type}`);
}

function objects(schema: z.ZodObject, hints: Hints): fc.Arbitrary<unknown> {
  const shape = Object.entries<z.core.$ZodType>(schema.shape);
  const optional = new Set(shape.filter(([, value]) => value instanceof z.ZodOptional).map(([name]) => name));
  const model = Object.fromEntries(shape.map(([name, value]) => [name, within(value, hints, name)]));
  return fc
    .record(model)
    .map((value) =>
      Object.fromEntries(Object.entries(value).filter(([name, one]) => one !== undefined || !optional.has(name))),
    );
}

function records(schema: z.ZodRecord, hints: Hints): fc.Arbitrary<unknown> {
  const entry = fc.tuple(within(schema.keyType, hints).map(String), within(schema.valueType, hints));
  return fc.array(entry, { maxLength: longestList }).map((entries) => Object.fromEntries(entries));
}

/** A limit or a pattern that a schema's checks set. */
function checked(schema: z.core.$ZodType, name: "minimum" | "maximum" | "pattern"): unknown {
  const definitions = (schema._zod.def.checks ?? []).map((check): object => check._zod.def);
  return definitions.map((one) => Object.entries(one).find(([key]) => key === name)?.[1] as unknown).find(Boolean);
}

function bound(schema: z.core.$ZodType, name: "minimum" | "maximum"): number | undefined {
  const value = checked(schema, name);
  return typeof value === "number" ? value : undefined;
}

function lists(schema: z.ZodArray, hints: Hints, key: string): fc.Arbitrary<unknown> {
  const minLength = bound(schema, "minimum") ?? 0;
  const maxLength = Math.max(minLength, Math.min(bound(schema, "maximum") ?? longestList, longestList));
  return fc.array(within(schema.element, hints, key), { minLength, maxLength });
}

/** Texts that are trouble somewhere: markup, formulas, SQL, paths, controls, lone surrogates, names of prototypes. */
export const hostileTexts: readonly string[] = [
  "__proto__",
  "constructor",
  "../../../../etc/passwd",
  "/etc/passwd",
  "' OR 1=1 --",
  '"; DROP TABLE attempt; --',
  "=HYPERLINK(1)",
  "<script>alert(1)</script>",
  "[[figure:__proto__]] [[table:nothing]]",
  "\u0000\u001b]0;x\u0007\u202e",
  "\ud800",
  "%_\\*?[",
  "A//B",
  "secret",
];

function texts(schema: z.ZodString): fc.Arbitrary<unknown> {
  const least = bound(schema, "minimum") ?? 0;
  const most = Math.min(bound(schema, "maximum") ?? longestText, longestText);
  const pattern = checked(schema, "pattern");
  if (pattern instanceof RegExp) return fc.stringMatching(new RegExp(pattern.source, "u"));
  const fitting = hostileTexts.filter((text) => text.length >= least && text.length <= most);
  const any = fc.string({ minLength: least, maxLength: most, unit: "binary" });
  const short = fc.string({ minLength: Math.min(least, 1), maxLength: Math.min(12, most) });
  return fc.oneof(any, short, fc.constantFrom(...fitting));
}

function numbers(schema: z.ZodNumber): fc.Arbitrary<unknown> {
  const finite = (value: number | null): number | undefined =>
    value === null || !Number.isFinite(value) ? undefined : value;
  const [least, most] = [finite(schema.minValue), finite(schema.maxValue)];
  const min = Math.max(least ?? Number.MIN_SAFE_INTEGER, Number.MIN_SAFE_INTEGER);
  const max = Math.min(most ?? Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  // Near zero, or near the least where that is far above.
  const from = Math.ceil(Math.max(min, -3));
  const to = Math.floor(Math.min(max, from + 8));
  // Between 0.001 and 0.5 there is no whole number.
  const small = from <= to ? fc.integer({ min: from, max: to }) : fc.double({ min, max, noNaN: true });
  const any =
    schema.format?.includes("int") === true
      ? fc.integer({ min: Math.max(min, -(2 ** 31)), max: Math.min(max, 2 ** 31 - 1) })
      : fc.double({ min: Math.max(least ?? -1e308, -1e308), max: Math.min(most ?? 1e308, 1e308), noNaN: true });
  const edges = fc.constantFrom(min, max, Math.max(min, 0));
  return fc.oneof({ weight: 3, arbitrary: small }, { weight: 1, arbitrary: any }, { weight: 1, arbitrary: edges });
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Values that belong nowhere in the contract, or almost. */
export const strangeValues: readonly unknown[] = [
  null,
  undefined,
  true,
  "",
  " ",
  0,
  -1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 60,
  10n,
  "x".repeat(1_000_000),
  new Uint8Array(0),
  new Uint8Array(2_000),
  new Date(Number.NaN),
  new Map([["a", 1]]),
  [],
  [null],
  {},
  nested(20_000),
  "file-0123456789abcdef",
  "file-../../etc/passwd",
  ...hostileTexts,
];

const strangeValue = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...strangeValues) },
  { weight: 1, arbitrary: fc.anything({ maxDepth: 3 }) },
);
const strangeKey = fc.constantFrom("extra", "__proto__", "constructor", "toString", "then", "", "0");

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

/** A copy in which one own key is set; "__proto__" becomes an own key, as JSON.parse makes it. */
function withKey(value: Record<string, unknown>, key: string, one: unknown): Record<string, unknown> {
  const copy = { ...value };
  Object.defineProperty(copy, key, { value: one, enumerable: true, configurable: true, writable: true });
  return copy;
}

/** An input one step away from the contract: a key gone, added or changed, at the top or one below, or no object at all. */
export function outside(schema: z.core.$ZodType, hints: Hints): fc.Arbitrary<unknown> {
  const changed = fc
    .tuple(within(schema, hints), fc.nat(), strangeKey, strangeValue, fc.constantFrom("drop", "set", "add", "deep"))
    .map(([value, place, extra, strange, how]) => {
      if (!isRecord(value)) return strange;
      const keys = Object.keys(value);
      const key = keys[place % Math.max(1, keys.length)];
      if (key === undefined || how === "add") return withKey(value, extra, strange);
      if (how === "drop") return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
      const inner = value[key];
      if (how === "deep" && isRecord(inner)) return withKey(value, key, withKey(inner, extra, strange));
      if (how === "deep" && Array.isArray(inner)) return withKey(value, key, [...(inner as unknown[]), strange]);
      return withKey(value, key, strange);
    });
  return fc.oneof({ weight: 5, arbitrary: changed }, { weight: 1, arbitrary: strangeValue });
}
