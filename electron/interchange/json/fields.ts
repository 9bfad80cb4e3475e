/** Reading fields of JSON that somebody else wrote: every value is checked, own properties only, nothing is assumed. */
export type JsonObject = Readonly<Record<string, unknown>>;

const nothing: JsonObject = Object.freeze({});

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as an object, an empty one where it is anything else. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : nothing;
}

/** The value as a list, an empty one where it is anything else. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** An own property of an object, undefined where there is none or the value is no object. */
export function field(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function listField(value: unknown, key: string): readonly unknown[] {
  return asList(field(value, key));
}

/** A string property made well formed (lone surrogates replaced), cut at `limit` characters; null where absent. */
export function textField(value: unknown, key: string, limit = 10_000): string | null {
  const found = field(value, key);
  return typeof found === "string" ? wellFormed(found.slice(0, limit)) : null;
}

/** A finite number property, null where absent or anything else. */
export function numberField(value: unknown, key: string): number | null {
  const found = field(value, key);
  return typeof found === "number" && Number.isFinite(found) ? found : null;
}

/** Lone surrogates cannot be written as UTF-8: each becomes U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}
