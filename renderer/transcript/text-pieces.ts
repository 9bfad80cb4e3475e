import type { FindText } from "./source.ts";
import { visibleText } from "./visible-text.ts";

/** A stretch of a text: as it is, a match, or the match that was jumped to. */
export interface TextPiece {
  readonly text: string;
  readonly look: "plain" | "match" | "hit";
}

/** Matches that are marked in one text; the rest of them is found by going on. */
const mostMatches = 300;
const wordCharacter = /[\p{L}\p{N}_]/u;

/** The character that ends before a place of a text, both halves of a pair; "" at its beginning. */
function characterBefore(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff ? text.slice(Math.max(0, at - 2), at) : text.slice(Math.max(0, at - 1), at);
}

function isWhole(text: string, from: number, to: number): boolean {
  const after = text.codePointAt(to);
  if (after !== undefined && wordCharacter.test(String.fromCodePoint(after))) return false;
  return !wordCharacter.test(characterBefore(text, from));
}

/** Where the matches begin and end, in UTF-16 units, as the service's search finds them. */
export function matchesIn(text: string, find: FindText): readonly (readonly [from: number, to: number])[] {
  if (find.text === "") return [];
  // Without the flag u letters fold one UTF-16 unit at a time, as in the search itself.
  const pattern = new RegExp(find.text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), find.caseSensitive ? "g" : "gi");
  const found: (readonly [number, number])[] = [];
  for (let at = 0; found.length < mostMatches;) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) break;
    const to = match.index + match[0].length;
    const isHit = !find.wholeWord || isWhole(text, match.index, to);
    if (isHit) found.push([match.index, to]);
    at = isHit ? to : match.index + 1;
  }
  return found;
}

/**
 * A text in pieces, with everything in it made visible.
 * @param hit offset and length of the match that was jumped to, which is marked even where `find` would not find it.
 */
export function piecesOf(
  text: string,
  find: FindText | null,
  hit: { readonly offset: number; readonly length: number } | null,
): readonly TextPiece[] {
  const matches = find === null ? [] : [...matchesIn(text, find)];
  const hitEnd = hit === null ? 0 : hit.offset + hit.length;
  if (hit !== null && hitEnd <= text.length && !matches.some(([from]) => from === hit.offset)) {
    const clear = matches.filter(([from, to]) => to <= hit.offset || from >= hitEnd);
    matches.splice(0, matches.length, ...clear, [hit.offset, hitEnd]);
    matches.sort(([a], [b]) => a - b);
  }
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const [from, to] of matches) {
    if (from > end) pieces.push({ text: visibleText(text.slice(end, from)), look: "plain" });
    pieces.push({ text: visibleText(text.slice(from, to)), look: from === hit?.offset ? "hit" : "match" });
    end = to;
  }
  if (end < text.length) pieces.push({ text: visibleText(text.slice(end)), look: "plain" });
  return pieces;
}
