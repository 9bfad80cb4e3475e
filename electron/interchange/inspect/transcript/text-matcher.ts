import type { ItemKind } from "../../../contract/transcripts.ts";
import { searchLimits, type SearchHit } from "../../../contract/searching.ts";
import type { Rendered } from "./render-item.ts";

/** What is looked for. */
export interface TextSearch {
  readonly text: string;
  readonly caseSensitive: boolean;
  readonly wholeWord: boolean;
}

/** A hit inside one transcript. */
export type ItemHit = Pick<SearchHit, "index" | "kind" | "title" | "field" | "offset" | "before" | "match" | "after">;

const wordCharacter = /[\p{L}\p{N}_]/u;

/** The character that ends before, or begins at, a place of a text: both halves of a pair. */
function characterBefore(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff ? text.slice(Math.max(0, at - 2), at) : text.slice(Math.max(0, at - 1), at);
}

function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? "" : String.fromCodePoint(code);
}

/** Finds a text in texts, from left to right, without overlaps. */
export class TextMatcher {
  readonly #pattern: RegExp;
  readonly #wholeWord: boolean;

  constructor({ text, caseSensitive, wholeWord }: TextSearch) {
    // Without the flag u letters fold one UTF-16 unit at a time, so that nothing changes its length.
    this.#pattern = new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), caseSensitive ? "g" : "gi");
    this.#wholeWord = wholeWord;
  }

  /** Where each match begins and ends, in UTF-16 units. */
  *matches(text: string): Generator<readonly [from: number, to: number]> {
    const pattern = this.#pattern;
    for (let at = 0; ;) {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (match === null) return;
      const from = match.index;
      const to = from + match[0].length;
      const isHit = !this.#wholeWord || isWhole(text, from, to);
      at = isHit ? to : from + 1;
      if (isHit) yield [from, to];
    }
  }
}

function isWhole(text: string, from: number, to: number): boolean {
  return !wordCharacter.test(characterBefore(text, from)) && !wordCharacter.test(characterAt(text, to));
}

const halfAtEnd = /[\ud800-\udbff]$/;
const halfAtStart = /^[\udc00-\udfff]/;

/** All hits in the texts of one item, in the order in which they are shown. */
export function* hitsInItem(matcher: TextMatcher, index: number, item: Rendered): Generator<ItemHit> {
  const kind: ItemKind = item.kind;
  for (const field of ["title", "text", "detail"] as const) {
    const text = item[field];
    for (const [from, to] of matcher.matches(text)) {
      yield {
        index,
        kind,
        title: item.title,
        field,
        offset: from,
        before: text.slice(Math.max(0, from - searchLimits.context), from).replace(halfAtStart, ""),
        match: text.slice(from, to),
        after: text.slice(to, to + searchLimits.context).replace(halfAtEnd, ""),
      };
    }
  }
}
