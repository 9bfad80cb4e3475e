import { int32Column } from "./columns.ts";
import type { ValueScanner } from "./value-scanner.ts";

/** Spans of a sample, and the steps of old logs, which are nested by their order alone. */
export class SpanTree {
  readonly #words = new Map<string, number>();
  readonly #byId = new Map<string, number>();
  readonly name = int32Column();
  readonly type = int32Column();
  readonly parent = int32Column();
  /** First and last event, by its place among the events. */
  readonly first = int32Column();
  readonly last = int32Column();
  readonly #steps: number[] = [];

  get length(): number {
    return this.name.length;
  }

  get words(): string[] {
    return [...this.#words.keys()];
  }

  /** The innermost span that an event lies in, −1 for none; one that begins a span lies in it. */
  place(index: number, event: string, value: ValueScanner): number {
    if (event === "span_begin") return this.#begin(index, value, this.#idOf(value.text("parent_id")));
    if (event === "step") return this.#step(index, value);
    const id = event === "span_end" ? (value.text("id") ?? value.text("span_id")) : value.text("span_id");
    const span = id === null ? (this.#steps.at(-1) ?? -1) : this.#idOf(id);
    if (span >= 0) this.last.set(span, index);
    return span;
  }

  /** Depth of each span, 0 at the top; and every span reaches at least as far as those in it. */
  finish(): Int32Array {
    const depth = new Int32Array(this.length);
    for (let span = 0; span < this.length; span += 1) {
      const parent = this.parent.at(span);
      depth[span] = parent < 0 ? 0 : (depth[parent] ?? 0) + 1;
    }
    for (let span = this.length - 1; span >= 0; span -= 1) {
      const parent = this.parent.at(span);
      if (parent >= 0 && this.last.at(parent) < this.last.at(span)) this.last.set(parent, this.last.at(span));
    }
    return depth;
  }

  #idOf(id: string | null): number {
    return id === null ? -1 : (this.#byId.get(id) ?? -1);
  }

  #begin(index: number, value: ValueScanner, parent: number): number {
    const span = this.length;
    this.name.push(this.#word(value.text("name") ?? ""));
    this.type.push(this.#word(value.text("type") ?? ""));
    this.parent.push(parent);
    this.first.push(index);
    this.last.push(index);
    const id = value.text("id") ?? value.text("span_id");
    if (id !== null) this.#byId.set(id, span);
    return span;
  }

  #step(index: number, value: ValueScanner): number {
    if (value.text("action") === "begin") {
      const span = this.#begin(index, value, this.#steps.at(-1) ?? -1);
      this.#steps.push(span);
      return span;
    }
    const span = this.#steps.pop() ?? -1;
    if (span >= 0) this.last.set(span, index);
    return span;
  }

  #word(word: string): number {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    const place = this.#words.size;
    this.#words.set(word, place);
    return place;
  }
}
