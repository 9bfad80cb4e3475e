import { itemFlags } from "../../../contract/transcripts.ts";
import { field } from "../../json/fields.ts";
import { parseLenientJsonBytes } from "../../json/lenient-json.ts";
import { timeOf } from "../eval-header.ts";
import { kindCode } from "./item-kinds.ts";
import { openSample, type OpenOptions, type SampleSource } from "./open-sample.ts";
import { collectReferences, lastReferenced, resolveReferences, tailFields } from "./references.ts";
import { renderEvent, renderMessage, renderTail, unreadable, type Rendered } from "./render-item.ts";
import type { ItemColumns, Place, SampleIndex } from "./sample-index.ts";
import type { OpenSample } from "./sample-parts.ts";

/** A row's place in its list. */
export type RowPlace =
  | { readonly list: "messages" | "pool" | "events"; readonly index: number; readonly columns: ItemColumns }
  | { readonly list: "tail"; readonly index: number };

/** Bytes that are read together where pages were let go. */
const rereadBytes = 4 * 1024 * 1024;
/** Bytes of an attachment that hold at least this many UTF-16 units, whatever they are: six for one. */
const bytesAUnit = 6;

/** Reads items of a sample that was opened. */
export class SampleReader {
  readonly #sample: OpenSample;
  #again: { readonly start: number; readonly bytes: Buffer } | null = null;
  #tail: readonly Rendered[] | null = null;
  #startedAt: number | null | undefined;

  private constructor(sample: OpenSample) {
    this.#sample = sample;
  }

  /** @throws as `openSample` */
  static async open(source: SampleSource, options: OpenOptions = {}): Promise<SampleReader> {
    const reader = new SampleReader(await openSample(source, options));
    // What stands at the end is part of how many items there are.
    await reader.tail();
    return reader;
  }

  get index(): SampleIndex {
    return this.#sample.index;
  }

  get notes(): readonly string[] {
    return this.#sample.notes;
  }

  /** Bytes that are held of it, and of all of it. */
  get held(): number {
    return this.#sample.pages.held;
  }

  get bytes(): number {
    return this.#sample.pages.length;
  }

  get messages(): number {
    return this.#sample.conversation?.length ?? this.index.messages.length;
  }

  get events(): number {
    return this.index.events.length;
  }

  get total(): number {
    return this.messages + this.events + (this.#tail?.length ?? 0);
  }

  /** Milliseconds since 1970-01-01T00:00Z; old logs have the attempt's start in their first event alone. */
  async startedAt(): Promise<number | null> {
    if (this.#startedAt !== undefined) return this.#startedAt;
    const said = await this.#field("started_at");
    const first = this.index.events.time(0);
    this.#startedAt = (typeof said === "string" ? timeOf(said) : null) ?? (Number.isNaN(first) ? null : first);
    return this.#startedAt;
  }

  /** Where a row is found; null beyond the end. */
  place(row: number): RowPlace | null {
    const { conversation } = this.#sample;
    if (row < this.messages) {
      if (conversation === null) return { list: "messages", index: row, columns: this.index.messages };
      return { list: "pool", index: conversation.poolIndex(row), columns: this.index.pool };
    }
    if (row < this.messages + this.events) {
      return { list: "events", index: row - this.messages, columns: this.index.events };
    }
    return row < this.total ? { list: "tail", index: row - this.messages - this.events } : null;
  }

  /** A message's or event's place in its list; null for what stands at the end, and for what is missing. */
  known(row: number): Exclude<RowPlace, { list: "tail" }> | null {
    const place = this.place(row);
    if (place === null || place.list === "tail") return null;
    return place.index < 0 || place.index >= place.columns.length ? null : place;
  }

  kindOf(row: number): number {
    const place = this.place(row);
    if (place === null) return kindCode("unreadable");
    if (place.list === "tail") return kindCode(this.#tail?.[place.index]?.kind ?? "unreadable");
    return place.index < 0 || place.index >= place.columns.length
      ? kindCode("unreadable")
      : place.columns.kind(place.index);
  }

  /** Whether a message or event says that it makes tool calls, or could: of a model's answer only its text says it. */
  mayCall(row: number): boolean {
    const place = this.known(row);
    if (place === null) return false;
    return place.list === "events"
      ? place.columns.kind(place.index) === kindCode("model")
      : (place.columns.flag(place.index) & itemFlags.callsTools) !== 0;
  }

  /** The row that is the output of a call, null where there is none; of a message a message, of an event an event. */
  outputOf(row: number, call: string): number | null {
    if (row >= this.messages) {
      const event = this.index.eventOfCall.get(call);
      return event === undefined ? null : this.messages + event;
    }
    const { conversation } = this.#sample;
    if (conversation === null) return this.index.messageOfCall.get(call) ?? null;
    const pooled = this.index.poolOfCall.get(call);
    return pooled === undefined ? null : conversation.placeOf(pooled);
  }

  /** An item's JSON; null where it is missing or cannot be shown. */
  async json(place: RowPlace): Promise<Buffer | null> {
    if (place.list === "tail" || place.index < 0 || place.index >= place.columns.length) return null;
    const at = place.columns.place(place.index);
    return at === null ? null : this.read(at);
  }

  /** @param limit most UTF-16 units of an attachment that are needed; absent: all */
  async rendered(row: number, limit?: number): Promise<Rendered | null> {
    const place = this.place(row);
    if (place === null) return null;
    if (place.list === "tail") return (await this.tail())[place.index] ?? null;
    const json = await this.json(place);
    const value = json === null ? null : parsed(json);
    if (place.list !== "events") return renderMessage((await this.#resolved([value], limit))[0]);
    const last = lastReferenced(field(value, "input_refs"));
    const asked = last === null ? undefined : await this.#pooled(last);
    const [event, question] = await this.#resolved([value, asked], limit);
    return json === null ? unreadable("event") : renderEvent(event, question);
  }

  /** What stands at the end of the row. */
  async tail(): Promise<readonly Rendered[]> {
    if (this.#tail !== null) return this.#tail;
    const names = [...this.index.fields.keys()].filter((name) => tailFields.has(name));
    const values = await Promise.all(names.map((name) => this.#field(name)));
    const resolved = await this.#resolved(values);
    this.#tail = renderTail(new Map(names.map((name, at) => [name, resolved[at]])));
    return this.#tail;
  }

  /** Bytes of the sample; read once more where they were let go. */
  async read({ start, length }: Place): Promise<Buffer> {
    const kept = this.#sample.pages.read(start, length);
    if (kept !== null) return kept;
    const again = this.#again;
    if (again === null || start < again.start || start + length > again.start + again.bytes.length) {
      this.#again = { start, bytes: await this.#reread(start, Math.max(length, rereadBytes)) };
    }
    const { start: from = 0, bytes } = this.#again ?? { bytes: Buffer.alloc(0) };
    return bytes.subarray(start - from, start - from + length);
  }

  /** Overwrites what is held. */
  wipe(): void {
    this.#sample.pages.wipe();
    this.#again?.bytes.fill(0);
    this.#again = null;
  }

  async #reread(start: number, length: number): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    let at = 0;
    for await (const piece of this.#sample.reread()) {
      const [from, to] = [Math.max(0, start - at), Math.min(piece.length, start + length - at)];
      if (from < to) parts.push(piece.subarray(from, to));
      at += piece.length;
      if (at >= start + length) break;
    }
    return Buffer.concat(parts);
  }

  async #field(name: string): Promise<unknown> {
    const place = this.index.fields.get(name);
    return place === undefined ? undefined : parsed(await this.read(place));
  }

  async #pooled(index: number): Promise<unknown> {
    const place = index < this.index.pool.length ? this.index.pool.place(index) : null;
    return place === null ? undefined : parsed(await this.read(place));
  }

  async #resolved(values: readonly unknown[], limit?: number): Promise<unknown[]> {
    const wanted = new Set<string>();
    collectReferences(values, wanted);
    const texts = new Map<string, string>();
    for (const name of wanted) {
      const text = await this.attachment(name, limit);
      if (text !== null) texts.set(name, text);
    }
    return texts.size === 0 ? [...values] : values.map((value) => resolveReferences(value, texts));
  }

  /** The text of an attachment, at least `limit` units of it; null where it is none. */
  async attachment(name: string, limit?: number): Promise<string | null> {
    const place = this.index.attachments.get(name);
    if (place === undefined) return null;
    const enough = limit === undefined ? place.length : bytesAUnit * limit;
    if (place.length <= enough) {
      const value = parsed(await this.read(place));
      return typeof value === "string" ? value : null;
    }
    return beginningOf(await this.read({ start: place.start, length: enough }));
  }
}

function parsed(json: Buffer): unknown {
  try {
    return parseLenientJsonBytes(json);
  } catch {
    return null;
  }
}

/** The text of a JSON string that was cut somewhere; null where it is none. */
function beginningOf(json: Buffer): string | null {
  if (json[0] !== 0x22) return null;
  // An escape is at most 12 bytes long (a pair), a character 4.
  for (let end = json.length; end > json.length - 16; end -= 1) {
    try {
      const value: unknown = JSON.parse(`${json.toString("utf8", 0, end)}"`);
      if (typeof value === "string") return value.replace(/[\ud800-\udbff\ufffd]+$/, "");
    } catch {
      // Cut inside an escape.
    }
  }
  return null;
}
