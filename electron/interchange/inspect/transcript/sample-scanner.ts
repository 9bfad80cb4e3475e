import { JsonStreamError } from "../../json/json-projector.ts";
import { tailFields } from "./references.ts";
import { ValueScanner } from "./value-scanner.ts";

/** Lists of a sample whose items are noted one by one. */
export type Section = "messages" | "events" | "pool" | "attachments";

/** What a scan tells, in the order of the bytes. Places are bytes from the start of what was pushed. */
export interface ScanVisitor {
  /** The sample's object begins at this place; nothing before it will be needed. */
  sampleBegins(at: number): void;
  sampleEnds(at: number): void;
  /** A message or event; `value` holds what was noted of it. */
  item(
    section: "messages" | "events" | "pool",
    index: number,
    start: number,
    length: number,
    value: ValueScanner,
  ): void;
  attachment(name: string, start: number, length: number): void;
  field(name: string, start: number, length: number, value: ValueScanner): void;
}

/** What a document is: a sample, a log of samples of which one is wanted, or a chunk of one list. */
export type ScanRoot =
  | { readonly kind: "sample" }
  | { readonly kind: "log"; readonly sample: number }
  | { readonly kind: "chunk"; readonly section: Section; readonly first: number };

type Role = "log" | "samples" | "sample" | "events_data" | "transcript" | Section;

interface Frame {
  readonly role: Role;
  readonly isArray: boolean;
  /** Of a list: its first item's index. */
  readonly first: number;
  index: number;
  key: string;
}

/** What is done with a value: gone into as something, noted, or passed over. */
type Handling = { readonly enter: Role } | "item" | "attachment" | "field" | "skip";

const lists: ReadonlySet<Role> = new Set(["samples", "messages", "events", "pool"]);
const noted: ReadonlySet<string> = new Set([...tailFields, "started_at", "message_refs"]);
/** What is gone into inside of objects, by key; lists that are not here hold items. */
const inside: ReadonlyMap<Role, ReadonlyMap<string, Role>> = new Map<Role, ReadonlyMap<string, Role>>([
  ["log", new Map([["samples", "samples"]])],
  [
    "sample",
    new Map([
      ["messages", "messages"],
      ["events", "events"],
      ["attachments", "attachments"],
      ["message_pool", "pool"],
      ["events_data", "events_data"],
      ["transcript", "transcript"],
    ]),
  ],
  ["events_data", new Map([["messages", "pool"]])],
  [
    "transcript",
    new Map([
      ["events", "events"],
      ["content", "attachments"],
    ]),
  ],
]);

const states = { value: 0, valueOrEnd: 1, key: 2, keyOrEnd: 3, colon: 4, next: 5, inside: 6, done: 7 } as const;
type State = (typeof states)[keyof typeof states];

const longestKey = 64 * 1024;
const [quote, comma, colon, openBrace, closeBrace, openBracket, closeBracket] = Buffer.from('",:{}[]');

/** Finds the parts of a sample in a stream of JSON. */
export class SampleScanner {
  readonly #visitor: ScanVisitor;
  readonly #root: ScanRoot;
  readonly #frames: Frame[] = [];
  readonly #value: ValueScanner;
  #state: State = states.value;
  #handling: Handling = "skip";
  #start = 0;
  /** Bytes of all chunks before this one. */
  #before: number;
  #keyParts: Buffer[] = [];
  #keyEscaped = false;

  /**
   * @param at where in the stream that the visitor counts in this document begins
   * @param value walks over values; one serves all documents of a sample
   */
  constructor(visitor: ScanVisitor, root: ScanRoot, at = 0, value = new ValueScanner()) {
    this.#value = value;
    this.#visitor = visitor;
    this.#root = root;
    this.#before = at;
  }

  /** @throws JsonStreamError `syntax` */
  push(chunk: Buffer, isFirst = false): void {
    let at = isFirst && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? 3 : 0;
    while (at < chunk.length) {
      if (this.#state === states.inside) at = this.#inside(chunk, at);
      else if (this.#state === states.key) at = this.#readKey(chunk, at);
      else at = this.#structure(chunk[at] ?? 0, at);
    }
    this.#before += chunk.length;
  }

  /** @throws JsonStreamError `truncated` where the document has not ended */
  end(): void {
    if (this.#state !== states.done) throw new JsonStreamError("truncated", this.#before, "The JSON ends too early");
  }

  #fail(at: number): never {
    throw new JsonStreamError("syntax", this.#before + at, "The JSON is malformed");
  }

  #structure(byte: number, at: number): number {
    if (byte <= 0x20) return at + 1;
    if (this.#isEnd(byte)) return this.#leave(at);
    switch (this.#state) {
      case states.value:
      case states.valueOrEnd:
        return this.#beginValue(byte, at);
      case states.keyOrEnd:
        return this.#expect(byte === quote, states.key, at);
      case states.colon:
        return this.#expect(byte === colon, states.value, at);
      case states.next:
        return this.#next(byte, at);
      default:
        return this.#fail(at);
    }
  }

  /** Whether a byte ends the container, where it may end. */
  #isEnd(byte: number): boolean {
    const frame = this.#frames.at(-1);
    if (frame === undefined || byte !== (frame.isArray ? closeBracket : closeBrace)) return false;
    return this.#state === states.valueOrEnd || this.#state === states.keyOrEnd || this.#state === states.next;
  }

  #expect(isThere: boolean, then: State, at: number): number {
    if (!isThere) return this.#fail(at);
    this.#state = then;
    return at + 1;
  }

  #next(byte: number, at: number): number {
    const frame = this.#frames.at(-1);
    if (byte !== comma || frame === undefined) return this.#fail(at);
    frame.index += 1;
    this.#state = frame.isArray ? states.value : states.keyOrEnd;
    return at + 1;
  }

  #beginValue(byte: number, at: number): number {
    if (byte === closeBrace || byte === closeBracket || byte === comma || byte === colon) return this.#fail(at);
    const handling = this.#choose();
    if (typeof handling === "object") {
      const isArray = byte === openBracket;
      const wantsArray = lists.has(handling.enter) || (handling.enter === "attachments" && this.#isChunk);
      if ((isArray || byte === openBrace) && isArray === wantsArray) return this.#enter(handling.enter, isArray, at);
      this.#handling = "skip";
    } else this.#handling = handling;
    this.#start = this.#before + at;
    this.#state = states.inside;
    this.#value.begin(byte, this.#handling === "item");
    return at;
  }

  get #isChunk(): boolean {
    return this.#root.kind === "chunk";
  }

  #enter(role: Role, isArray: boolean, at: number): number {
    const first = this.#root.kind === "chunk" ? this.#root.first : 0;
    this.#frames.push({ role, isArray, first, index: 0, key: "" });
    this.#state = isArray ? states.valueOrEnd : states.keyOrEnd;
    if (role === "sample") this.#visitor.sampleBegins(this.#before + at);
    return at + 1;
  }

  #leave(at: number): number {
    const left = this.#frames.pop();
    if (left?.role === "sample") this.#visitor.sampleEnds(this.#before + at + 1);
    this.#state = this.#frames.length === 0 ? states.done : states.next;
    return at + 1;
  }

  #choose(): Handling {
    const frame = this.#frames.at(-1);
    const root = this.#root;
    if (frame === undefined) return { enter: root.kind === "chunk" ? root.section : root.kind };
    const { role, key, index } = frame;
    if (role === "samples") return root.kind === "log" && index === root.sample ? { enter: "sample" } : "skip";
    if (role === "attachments") return "attachment";
    if (role === "sample" && noted.has(key)) return "field";
    const within = inside.get(role);
    if (within === undefined) return "item";
    const enter = within.get(key);
    return enter === undefined ? "skip" : { enter };
  }

  #inside(chunk: Buffer, from: number): number {
    const end = this.#value.walk(chunk, from);
    if (end < 0) return chunk.length;
    this.#state = this.#frames.length === 0 ? states.done : states.next;
    this.#tell(this.#before + end - this.#start);
    return end;
  }

  #tell(length: number): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined || this.#handling === "skip") return;
    const { role, key, first, index, isArray } = frame;
    if (this.#handling === "field") this.#visitor.field(key, this.#start, length, this.#value);
    else if (this.#handling === "attachment") {
      this.#visitor.attachment(isArray ? String(first + index) : key, this.#start, length);
    } else if (role === "messages" || role === "events" || role === "pool") {
      this.#visitor.item(role, first + index, this.#start, length, this.#value);
    }
  }

  #readKey(chunk: Buffer, from: number): number {
    let at = from;
    if (this.#keyEscaped && at < chunk.length) {
      this.#keyEscaped = false;
      at += 1;
    }
    while (at < chunk.length && chunk[at] !== quote) at += chunk[at] === 0x5c ? 2 : 1;
    const ended = at < chunk.length;
    if (at > chunk.length) this.#keyEscaped = true;
    this.#keyParts.push(chunk.subarray(from, Math.min(at, chunk.length)));
    if (this.#keyParts.reduce((sum, part) => sum + part.length, 0) > longestKey) return this.#fail(from);
    if (!ended) return chunk.length;
    const frame = this.#frames.at(-1);
    if (frame === undefined) return this.#fail(at);
    frame.key = keyText(this.#keyParts) ?? this.#fail(at);
    this.#keyParts = [];
    this.#state = states.colon;
    return at + 1;
  }
}

function keyText(parts: readonly Buffer[]): string | null {
  const [only] = parts;
  const bytes = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
  const text = bytes.toString("utf8");
  if (!text.includes("\\")) return text;
  try {
    const parsed: unknown = JSON.parse(`"${text}"`);
    return typeof parsed === "string" ? parsed : null;
  } catch {
    return null;
  }
}
