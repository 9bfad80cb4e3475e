import {
  JsonProjector,
  JsonStreamError,
  type Handling,
  type JsonPath,
  type JsonProjection,
} from "../../json/json-projector.ts";
import { field } from "../../json/fields.ts";
import { parseLenientJsonBytes } from "../../json/lenient-json.ts";
import { timeOf } from "../eval-header.ts";
import {
  collectReferences,
  emptyPage,
  lastReferenced,
  tailFields,
  within,
  type PageRange,
  type SamplePage,
} from "./sample-page.ts";

/** One page of a sample that lies in one JSON value: a member of its own, or an element of a JSON log's samples. */

type Section = "messages" | "events" | "pool" | "attachments";

const limits = { keepBytes: 8 * 1024 * 1024, keepDepth: 200 };
const attachmentLimit = 512 * 1024;

/** Which list of the sample a path leads into, and how many keys of it are the list's own. */
function sectionOf(path: JsonPath, base: number): { section: Section; depth: number } | null {
  const top = path[base];
  const next = path[base + 1];
  if (top === "messages" || top === "events" || top === "attachments") return { section: top, depth: base + 1 };
  if (top === "message_pool") return { section: "pool", depth: base + 1 };
  if (top === "events_data" && next === "messages") return { section: "pool", depth: base + 2 };
  if (top === "transcript" && next === "events") return { section: "events", depth: base + 2 };
  if (top === "transcript" && next === "content") return { section: "attachments", depth: base + 2 };
  return null;
}

const containers = new Set(["events_data", "transcript"]);

function chooseTop(top: string | number | undefined): Handling {
  if (typeof top !== "string") return "skip";
  if (containers.has(top)) return "enter";
  return tailFields.has(top) || top === "started_at" ? "keep" : "skip";
}

function inside({ from, to }: { from: number; to: number }, index: number): boolean {
  return index >= from && index < to;
}

class PageProjection implements JsonProjection {
  readonly page: SamplePage;
  /** What an earlier pass found out; null before that. */
  readonly #known: { messages: number; events: number } | null;
  readonly #base: JsonPath;
  readonly #range: PageRange;
  #messages = 0;
  #events = 0;
  #messagesEnded = false;
  /** True where the order of the sample's fields makes another pass necessary. */
  again = false;
  readonly wantedPool = new Set<number>();

  constructor(base: JsonPath, range: PageRange, page: SamplePage, known: { messages: number; events: number } | null) {
    this.#base = base;
    this.#range = range;
    this.page = page;
    this.#known = known;
  }

  choose(path: JsonPath): Handling {
    const base = this.#base.length;
    if (path.length <= base) return path.every((key, index) => key === this.#base[index]) ? "enter" : "skip";
    const place = sectionOf(path, base);
    if (place === null) return path.length === base + 1 ? chooseTop(path[base]) : "skip";
    if (path.length < place.depth) return "enter";
    if (path.length === place.depth) return place.section === "attachments" ? "skip" : "enter";
    const index = path[place.depth];
    return typeof index === "number" && this.#wanted(place.section, index) ? "keep" : "skip";
  }

  #wanted(section: Section, index: number): boolean {
    if (section === "messages") {
      this.#messages = index + 1;
      return inside(within(this.#range, 0), index);
    }
    if (section === "events") return this.#eventWanted(index);
    return section === "pool" && this.wantedPool.has(index);
  }

  /** The first event is always read: old logs have the attempt's start nowhere else. */
  #eventWanted(index: number): boolean {
    this.#events = index + 1;
    if (this.#known !== null || this.#messagesEnded) return index === 0 || inside(this.#eventRange, index);
    this.again = true;
    return index === 0;
  }

  get #eventRange(): { from: number; to: number } {
    return within(this.#range, this.#known?.messages ?? this.#messages);
  }

  kept(path: JsonPath, json: Uint8Array): void {
    let value: unknown;
    try {
      value = parseLenientJsonBytes(json);
    } catch {
      value = null;
    }
    this.#place(path, value);
  }

  refused(path: JsonPath): void {
    this.#place(path, null);
  }

  #place(path: JsonPath, value: unknown): void {
    const base = this.#base.length;
    const place = sectionOf(path, base);
    const top = path[base];
    if (place === null) {
      if (top === "started_at") this.page.startedAt = typeof value === "string" ? timeOf(value) : null;
      else if (typeof top === "string") this.page.tail.set(top, value);
      return;
    }
    const index = path[place.depth];
    if (typeof index !== "number") return;
    if (place.section === "messages") this.page.messages.set(index, value);
    else if (place.section === "pool") this.page.pool.set(index, value);
    else if (place.section === "events") this.#placeEvent(index, value);
  }

  #placeEvent(index: number, value: unknown): void {
    if (index === 0) {
      const time = field(value, "timestamp");
      this.page.startedAt ??= typeof time === "string" ? timeOf(time) : null;
    }
    if (!inside(this.#eventRange, index)) return;
    this.page.events.set(index, value);
    const last = lastReferenced(field(value, "input_refs"));
    if (last !== null) this.wantedPool.add(last);
  }

  left(path: JsonPath): void {
    const base = this.#base.length;
    if (path.length === base + 1 && path[base] === "messages") {
      this.#messagesEnded = true;
      // Events that came before the messages were placed without knowing how many there are.
      if (this.#known === null && this.#events > 0) this.again = true;
    }
  }

  get totals(): { messages: number; events: number } {
    return { messages: this.#messages, events: this.#events };
  }
}

/** Keeps the attachments with the wanted names. */
class AttachmentProjection implements JsonProjection {
  readonly #base: JsonPath;
  readonly #wanted: ReadonlySet<string>;
  readonly #into: Map<string, string>;

  constructor(base: JsonPath, wanted: ReadonlySet<string>, into: Map<string, string>) {
    this.#base = base;
    this.#wanted = wanted;
    this.#into = into;
  }

  choose(path: JsonPath): Handling {
    const base = this.#base.length;
    if (path.length <= base) return path.every((key, index) => key === this.#base[index]) ? "enter" : "skip";
    const place = sectionOf(path, base);
    if (place === null) return path.length === base + 1 && path[base] === "transcript" ? "enter" : "skip";
    if (place.section !== "attachments") return "skip";
    if (path.length <= place.depth) return "enter";
    const name = path[place.depth];
    return typeof name === "string" && this.#wanted.has(name) ? "keep" : "skip";
  }

  kept(path: JsonPath, json: Uint8Array): void {
    const name = path.at(-1);
    try {
      const value = parseLenientJsonBytes(json);
      if (typeof name === "string" && typeof value === "string") this.#into.set(name, value);
    } catch {
      // An attachment that is no text stays a reference.
    }
  }

  refused(path: JsonPath): void {
    const name = path.at(-1);
    if (typeof name === "string") this.#into.set(name, "(An attachment too large to show.)");
  }
}

export interface WholeSample {
  /** The bytes of the document, from the start, once for every pass. */
  readonly open: () => AsyncIterable<Uint8Array>;
  /** Where in the document the sample is. */
  readonly base: JsonPath;
}

/** Runs the document through a projection; answers false where it is damaged before its end. */
async function pass(sample: WholeSample, projection: JsonProjection, keepBytes: number): Promise<boolean> {
  const projector = new JsonProjector(projection, { ...limits, keepBytes });
  try {
    for await (const piece of sample.open()) projector.push(piece);
    projector.end();
    return true;
  } catch (error) {
    if (error instanceof JsonStreamError) return false;
    throw error;
  }
}

async function readItems(sample: WholeSample, range: PageRange): Promise<SamplePage> {
  let projection = new PageProjection(sample.base, range, emptyPage(), null);
  let whole = await pass(sample, projection, limits.keepBytes);
  // Again where the fields stand in an unusual order: events before messages, the pool before the events.
  for (let extra = 0; extra < 2; extra += 1) {
    const { page, wantedPool, totals } = projection;
    if (!projection.again && [...wantedPool].every((index) => page.pool.has(index))) break;
    projection = new PageProjection(sample.base, range, emptyPage(), totals);
    for (const index of wantedPool) projection.wantedPool.add(index);
    whole = await pass(sample, projection, limits.keepBytes);
  }
  const { page, totals } = projection;
  page.totals = totals;
  if (!whole) page.notes.push("The sample is damaged; what stands before the damage is shown.");
  return page;
}

/**
 * Reads one page in two passes, up to four where the sample's fields are in an unusual order: the items themselves, then the
 * attachments that they refer to.
 */
export async function readWholeSample(sample: WholeSample, range: PageRange): Promise<SamplePage> {
  const page = await readItems(sample, range);
  const wanted = new Set<string>();
  for (const part of [page.messages, page.events, page.pool, page.tail]) {
    for (const value of part.values()) collectReferences(value, wanted);
  }
  if (wanted.size > 0) {
    await pass(sample, new AttachmentProjection(sample.base, wanted, page.attachments), attachmentLimit);
  }
  return page;
}
