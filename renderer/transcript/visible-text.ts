/**
 * Text from a log as a person can judge it: characters that would act on the page or hide are replaced by signs for them.
 * Tabs and line feeds stay; a carriage return before a line feed stays out of sight.
 */

/** C0 but tab and line feed, DEL, C1. */
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u;

/** Marks that reorder text (UAX #9), joiners and spaces without width, the byte-order mark, tag characters, separators. */
const hidden =
  /[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/u;

const anyOfThem = new RegExp(`${control.source}|${hidden.source}`, "gu");
const oneOfThem = new RegExp(`${control.source}|${hidden.source}`, "u");

/** Names of the control characters of ASCII, from 0. Unicode has pictures of them; the fonts that are shipped have not. */
const names =
  "NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US";
const nameOf = names.split(" ");

/** The name in brackets for the control characters of ASCII, the code for the rest. */
function signOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const name = code === 0x7f ? "DEL" : nameOf[code];
  if (name !== undefined) return `⟨${name}⟩`;
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

/** @returns the text with a sign for each character that cannot be seen; the same text where there is none. */
export function visibleText(text: string): string {
  if (!oneOfThem.test(text)) return text;
  return text.replaceAll("\r\n", "\n").replaceAll(anyOfThem, signOf);
}

/**
 * The first characters of a text, not cut within a surrogate pair.
 * @returns the part, and how many UTF-16 units were left out.
 */
export function cutText(text: string, limit: number): { readonly shown: string; readonly left: number } {
  if (text.length <= limit) return { shown: text, left: 0 };
  const code = text.charCodeAt(limit - 1);
  const end = code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit;
  return { shown: text.slice(0, end), left: text.length - end };
}
