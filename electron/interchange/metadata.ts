import { attemptMetadataLimits, type AttemptMetadata } from "../contract/attempt.ts";
import { asObject, wellFormed } from "./json/fields.ts";

/** Collects the facts about an attempt that a file gives names to: flat, bounded, and safe whatever the names are. */
export class MetadataCollection {
  readonly #values = new Map<string, AttemptMetadata[string]>();

  /** Takes a value if it is a text, number, truth value or null; NaN and infinities are null. The first of a name stays. */
  add(name: string, value: unknown): void {
    const key = wellFormed(name);
    if (key === "" || key.length > attemptMetadataLimits.name || key === "__proto__" || this.#values.has(key)) return;
    if (this.#values.size >= attemptMetadataLimits.names) return;
    const flat = flatValue(value);
    if (flat !== undefined) this.#values.set(key, flat);
  }

  addAll(values: unknown): void {
    for (const [name, value] of Object.entries(asObject(values))) this.add(name, value);
  }

  get values(): AttemptMetadata {
    return this.#values.size === 0 ? noMetadata : Object.fromEntries(this.#values);
  }
}

export const noMetadata: AttemptMetadata = Object.freeze({});

function flatValue(value: unknown): AttemptMetadata[string] | undefined {
  if (typeof value === "string") return wellFormed(value.slice(0, attemptMetadataLimits.text));
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return typeof value === "boolean" || value === null ? value : undefined;
}

/** The flat values of an object somebody else wrote; what is nested in it is left out. */
export function metadataOf(value: unknown): AttemptMetadata {
  const collection = new MetadataCollection();
  collection.addAll(value);
  return collection.values;
}
