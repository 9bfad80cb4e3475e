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
