/** Text widths by estimate: charts are also drawn where no font can be measured. Ratios to the font size, after Inter. */
const narrow = new Set("iljtfrI.,:;|!'()[]{}/ ·-");
const wide = new Set("mwMW@%—…");

/** Estimated width of `text` in pixels at `size`; a little generous, so that what fits by it fits in fact. */
export function textWidth(text: string, size: number): number {
  let ratio = 0;
  for (const character of text) ratio += characterRatio(character);
  return ratio * size;
}

function characterRatio(character: string): number {
  if (narrow.has(character)) return 0.36;
  if (wide.has(character)) return 0.92;
  const code = character.codePointAt(0) ?? 0;
  if (code > 0x2e7f) return 1.05;
  return character >= "A" && character <= "Z" ? 0.71 : 0.6;
}

/** `text` cut to `width` with an ellipsis where it does not fit. */
export function fitText(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  const characters = Array.from(text);
  while (characters.length > 1 && textWidth(`${characters.join("")}…`, size) > width) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

/** `text` broken at spaces into at most `maxLines` lines of `width`; what does not fit the last ends in an ellipsis. */
export function wrapText(text: string, width: number, size: number, maxLines: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, size) > width && lines.length < maxLines - 1) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((part) => fitText(part, width, size));
}

/**
 * Middles for labels of one line each, as near as they can be to where they are wanted: none over another, all between
 * `top` and `bottom`, in the order of what they name. Where there is room for fewer, the later ones of the list get null.
 */
export function spreadLabels(wanted: readonly number[], line: number, top: number, bottom: number): (number | null)[] {
  const room = Math.max(0, Math.floor((bottom - top) / line));
  const kept = wanted
    .map((y, index) => ({ y, index }))
    .slice(0, room)
    .toSorted((a, b) => a.y - b.y || a.index - b.index);
  const places: (number | null)[] = wanted.map(() => null);
  let least = top + line / 2;
  const down = kept.map(({ y }) => {
    const place = Math.max(least, y);
    least = place + line;
    return place;
  });
  let most = bottom - line / 2;
  for (let at = kept.length - 1; at >= 0; at -= 1) {
    const place = Math.min(most, down[at] ?? most);
    most = place - line;
    const index = kept[at]?.index;
    if (index !== undefined) places[index] = place;
  }
  return places;
}

/** What stands along an axis: words, centred on a place. */
export interface PlacedWords {
  readonly at: number;
  readonly words: string;
}

/** The labels of an axis that do not touch each other, nor reach out of `from` to `to`; the first of two that do stays. */
export function thinLabels<T extends PlacedWords>(labels: readonly T[], size: number, from: number, to: number): T[] {
  const kept: T[] = [];
  let free = from;
  for (const label of labels.toSorted((a, b) => a.at - b.at)) {
    const half = textWidth(label.words, size) / 2;
    if (label.at - half < free || label.at + half > to) continue;
    kept.push(label);
    free = label.at + half + size * 0.6;
  }
  return kept;
}
