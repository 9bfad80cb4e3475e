/** References from messages and events to texts and messages that lie elsewhere in the sample. */

/** Fields of a sample that say what ended it. */
export const tailFields: ReadonlySet<string> = new Set(["scores", "score", "error", "limit", "invalidation"]);

const reference = /^(?:attachment|tc):\/\/([0-9a-zA-Z_-]{1,64})$/;

/** The name that a whole-string attachment reference points to, null where the text is none. */
export function attachmentName(text: string): string | null {
  return text.length > 80 ? null : (reference.exec(text)?.[1] ?? null);
}

const mostReferences = 20_000;

/** Gathers the names of all attachments that a value refers to. */
export function collectReferences(value: unknown, into: Set<string>): void {
  if (into.size >= mostReferences) return;
  if (typeof value === "string") {
    const name = attachmentName(value);
    if (name !== null) into.add(name);
  } else if (Array.isArray(value)) {
    for (const item of value) collectReferences(item, into);
  } else if (typeof value === "object" && value !== null) {
    for (const item of Object.values(value)) collectReferences(item, into);
  }
}

/** The same value with every reference that is known replaced by its text; unknown ones stay as they are. */
export function resolveReferences(value: unknown, attachments: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") {
    const name = attachmentName(value);
    return name === null ? value : (attachments.get(name) ?? value);
  }
  if (Array.isArray(value)) return value.map((item) => resolveReferences(item, attachments));
  if (typeof value === "object" && value !== null) {
    // An own property of any name, "__proto__" among them, becomes an own property again.
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveReferences(item, attachments)]));
  }
  return value;
}

/** The last index that a list of ranges [[start, end), …] covers, null where there is none. */
export function lastReferenced(ranges: unknown): number | null {
  const last: unknown = Array.isArray(ranges) ? ranges.at(-1) : undefined;
  const end: unknown = Array.isArray(last) ? last[1] : undefined;
  return typeof end === "number" && Number.isInteger(end) && end > 0 ? end - 1 : null;
}
