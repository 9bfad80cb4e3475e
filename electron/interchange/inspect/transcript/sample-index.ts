import { itemFlags } from "../../../contract/transcripts.ts";
import { float64Column, int32Column, uint8Column } from "./columns.ts";
import { eventKind, kindCode, messageKind } from "./item-kinds.ts";
import type { ScanVisitor } from "./sample-scanner.ts";
import { SpanTree } from "./span-tree.ts";
import type { ValueScanner } from "./value-scanner.ts";

/** Where in a sample's bytes everything lies, and what an outline says of its messages and events. */

/** Part of the bytes. */
export interface Place {
  readonly start: number;
  readonly length: number;
}

/** Deepest nesting, and most bytes, of an item that is shown. */
const deepestItem = 200;
export const largestItem = 64 * 1024 * 1024;

const unreadableCode = kindCode("unreadable");

/** The items of one list. */
export class ItemColumns {
  readonly #start = float64Column();
  readonly #length = float64Column();
  readonly #kind = uint8Column();
  readonly #flag = uint8Column();
  readonly #span = int32Column();
  readonly #time = float64Column();

  get length(): number {
    return this.#start.length;
  }

  /** An item that is missing, too large or too deep has no place. */
  place(index: number): Place | null {
    const start = this.#start.at(index);
    return start >= 0 ? { start, length: this.#length.at(index) } : null;
  }

  kind(index: number): number {
    return this.#kind.at(index);
  }

  flag(index: number): number {
    return this.#flag.at(index);
  }

  /** −1 for none. */
  span(index: number): number {
    return this.#span.at(index);
  }

  /** Milliseconds since 1970-01-01T00:00Z, NaN where the item does not say. */
  time(index: number): number {
    return this.#time.at(index);
  }

  push(place: Place | null, kind: number, more: { flag: number; span: number; time: number }): void {
    this.#start.push(place?.start ?? -1);
    this.#length.push(place?.length ?? 0);
    this.#kind.push(place === null ? unreadableCode : kind);
    this.#flag.push(more.flag);
    this.#span.push(more.span);
    this.#time.push(more.time);
  }

  /** Fills up with items that are missing. */
  padTo(length: number): void {
    while (this.length < length) this.push(null, unreadableCode, { flag: 0, span: -1, time: Number.NaN });
  }
}

/** Gathers what a scan tells. */
export class SampleIndex implements ScanVisitor {
  messages = new ItemColumns();
  events = new ItemColumns();
  pool = new ItemColumns();
  spans = new SpanTree();
  readonly attachments = new Map<string, Place>();
  readonly fields = new Map<string, Place>();
  /** Of a call's id, the message or event that is its output. */
  readonly messageOfCall = new Map<string, number>();
  readonly poolOfCall = new Map<string, number>();
  readonly eventOfCall = new Map<string, number>();
  /** Items that are too large or too deep to be shown. */
  tooLarge = 0;
  /** Where the sample's own bytes begin and end. */
  from = 0;
  to = 0;
  ended = false;

  sampleBegins(at: number): void {
    this.from = at;
  }

  sampleEnds(at: number): void {
    this.to = at;
    this.ended = true;
  }

  item(
    section: "messages" | "events" | "pool",
    index: number,
    start: number,
    length: number,
    value: ValueScanner,
  ): void {
    const place = this.#shown({ start, length }, value);
    if (section === "events") this.#event(index, place, value);
    else this.#message(section, index, place, value);
  }

  attachment(name: string, start: number, length: number): void {
    if (length <= largestItem) this.attachments.set(name, { start, length });
    else this.tooLarge += 1;
  }

  field(name: string, start: number, length: number, value: ValueScanner): void {
    const place = this.#shown({ start, length }, value);
    if (place !== null) this.fields.set(name, place);
  }

  #shown(place: Place, value: ValueScanner): Place | null {
    if (place.length <= largestItem && value.deepest <= deepestItem) return place;
    this.tooLarge += 1;
    return null;
  }

  #message(section: "messages" | "pool", index: number, place: Place | null, value: ValueScanner): void {
    // A list that is there twice: the last counts, as with every JSON reader.
    if (index === 0 && this[section].length > 0) this[section] = new ItemColumns();
    const columns = this[section];
    columns.padTo(index);
    if (columns.length > index) return;
    const role = value.text("role");
    columns.push(place, kindCode(messageKind(role ?? "")), { flag: flagsOf(value), span: -1, time: Number.NaN });
    const call = value.text("tool_call_id");
    const ofCall = section === "messages" ? this.messageOfCall : this.poolOfCall;
    if (call !== null && !ofCall.has(call)) ofCall.set(call, index);
  }

  #event(index: number, place: Place | null, value: ValueScanner): void {
    if (index === 0 && this.events.length > 0) {
      this.events = new ItemColumns();
      this.spans = new SpanTree();
    }
    this.events.padTo(index);
    if (this.events.length > index) return;
    const name = value.text("event") ?? "";
    const kind = eventKind(name);
    const failed = kind === "error" ? itemFlags.failed : 0;
    const span = this.spans.place(index, name, value);
    this.events.push(place, kindCode(kind), { flag: flagsOf(value) | failed, span, time: value.time });
    const call = kind === "tool" ? value.text("id") : null;
    if (call !== null && !this.eventOfCall.has(call)) this.eventOfCall.set(call, index);
  }
}

function flagsOf(value: ValueScanner): number {
  return (value.failed ? itemFlags.failed : 0) | (value.callsTools ? itemFlags.callsTools : 0);
}
