/** The raw material of one page of a transcript, whichever shape the sample is stored in. */
export interface SamplePage {
  /** Items of the page by their place in the sample. Null stands for one too large or too damaged to show. */
  messages: Map<number, unknown>;
  events: Map<number, unknown>;
  totals: { messages: number; events: number };
  /** `scores`, `score`, `error`, `limit`, `invalidation`. */
  tail: Map<string, unknown>;
  startedAt: number | null;
  /** Entries of the message pool that the page's events refer to, by index. */
  pool: Map<number, unknown>;
  /** Texts that were moved out of messages and events, by the name they are referred to. */
  attachments: Map<string, string>;
  notes: string[];
}

export interface PageRange {
  readonly offset: number;
  readonly limit: number;
}

export const tailFields: ReadonlySet<string> = new Set(["scores", "score", "error", "limit", "invalidation"]);

export function emptyPage(): SamplePage {
  return {
    messages: new Map(),
    events: new Map(),
    totals: { messages: 0, events: 0 },
    tail: new Map(),
    startedAt: null,
    pool: new Map(),
    attachments: new Map(),
    notes: [],
  };
}

/** The part of a page that falls into a section which begins at `start` of the timeline. */
export function within(range: PageRange, start: number): { from: number; to: number } {
  return { from: Math.max(0, range.offset - start), to: Math.max(0, range.offset + range.limit - start) };
}

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
    const entries = Object.entries(value).filter(([key]) => key !== "__proto__");
    return Object.fromEntries(entries.map(([key, item]) => [key, resolveReferences(item, attachments)]));
  }
  return value;
}

/** The last index that a list of ranges [[start, end), …] covers, null where there is none. */
export function lastReferenced(ranges: unknown): number | null {
  const last: unknown = Array.isArray(ranges) ? ranges.at(-1) : undefined;
  const end: unknown = Array.isArray(last) ? last[1] : undefined;
  return typeof end === "number" && Number.isInteger(end) && end > 0 ? end - 1 : null;
}
