/**
 * Code points that show nothing or turn the reading direction around. With them a text can look like another one
 * ("Trojan Source", CVE-2021-42574). Joiners (U+200C, U+200D) stay: scripts and emoji need them.
 */
const hiddenRanges: readonly (readonly [first: number, last: number])[] = [
  // Controls, but for tab and line feed.
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  // Soft hyphen, Arabic letter mark, zero-width space.
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x200b, 0x200b],
  // Directional marks; line and paragraph separators, embeddings, overrides; invisible operators, isolates.
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  // Halves of a pair that stand alone, byte order mark, interlinear annotation, tags.
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe007f],
];

function isHidden(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return hiddenRanges.some(([first, last]) => first <= code && code <= last);
}

/** `text` with every hidden character written out, e.g. ⟦U+202E⟧, and line ends as \n. */
export function visibleText(text: string): string {
  return replaceHidden(text.replaceAll("\r\n", "\n"), (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `⟦U+${code.toString(16).toUpperCase().padStart(4, "0")}⟧`;
  });
}

/** JSON text with hidden characters as escapes: the same value to a program, visible to a person. */
export function escapeHiddenInJson(json: string): string {
  return replaceHidden(json, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

function replaceHidden(text: string, written: (character: string) => string): string {
  let result = "";
  for (const character of text) result += isHidden(character) ? written(character) : character;
  return result;
}
