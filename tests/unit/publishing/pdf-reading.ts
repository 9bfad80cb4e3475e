import { inflateSync } from "node:zlib";

/** A PDF as its bytes say it, read without a PDF library: what a search for left-out words has to go through. */
export interface ReadPdf {
  /** Words of each page without any space between them, in the order in which they are drawn. */
  readonly pages: readonly string[];
  /** Everything in it: objects as they stand and streams unpacked, as Latin-1. */
  readonly everything: string;
  /** Titles of the outline. */
  readonly outline: readonly string[];
}

const objectStart = /(?:^|\n)(\d+) 0 obj\n/g;

interface RawObject {
  readonly text: string;
  readonly stream: Buffer | null;
}

function readObjects(bytes: Buffer): Map<number, RawObject> {
  const text = bytes.toString("latin1");
  const found = new Map<number, RawObject>();
  objectStart.lastIndex = 0;
  for (let match = objectStart.exec(text); match !== null; match = objectStart.exec(text)) {
    const from = match.index + match[0].length;
    const opening = /stream\r?\n|\nendobj/g;
    opening.lastIndex = from;
    const next = opening.exec(text);
    if (next === null) break;
    const dictionary = text.slice(from, next.index);
    const length = /\/Length (\d+)/.exec(dictionary)?.[1];
    if (next[0].startsWith("stream") && length !== undefined) {
      const at = next.index + next[0].length;
      const packed = bytes.subarray(at, at + Number(length));
      const stream = dictionary.includes("/FlateDecode") ? inflateSync(packed) : packed;
      found.set(Number(match[1]), { text: dictionary, stream });
      objectStart.lastIndex = at + Number(length);
    } else found.set(Number(match[1]), { text: dictionary, stream: null });
  }
  return found;
}

const unicode = (hex: string): string => Buffer.from(hex, "hex").swap16().toString("utf16le");

/** Glyph number (four hexadecimal digits) to text, from a ToUnicode map (ISO 32000-1, 9.10.3). */
function readToUnicode(map: string): Map<string, string> {
  const glyphs = new Map<string, string>();
  for (const [, block = ""] of map.matchAll(/beginbfchar\s([\s\S]*?)endbfchar/g)) {
    for (const [, glyph = "", text = ""] of block.matchAll(/<([0-9A-F]{4})>\s*<([0-9A-F]+)>/gi))
      glyphs.set(glyph.toUpperCase(), unicode(text));
  }
  for (const [, block = ""] of map.matchAll(/beginbfrange\s([\s\S]*?)endbfrange/g)) {
    for (const [, from = "", to = "", text = ""] of block.matchAll(
      /<([0-9A-F]{4})>\s*<([0-9A-F]{4})>\s*<([0-9A-F]+)>/gi,
    )) {
      const first = parseInt(text, 16);
      for (let glyph = parseInt(from, 16); glyph <= parseInt(to, 16); glyph += 1) {
        const name = glyph.toString(16).toUpperCase().padStart(4, "0");
        glyphs.set(name, String.fromCodePoint(first + glyph - parseInt(from, 16)));
      }
    }
  }
  return glyphs;
}

/** The text that a content stream shows, by the fonts of its page. */
function shownText(content: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let font: ReadonlyMap<string, string> | undefined;
  let text = "";
  for (const [, name, shown = ""] of content.matchAll(/\/(F\d+) [\d.]+ Tf|(\[[^\]]*\] ?TJ|<[0-9A-F]*> ?Tj)/gi)) {
    if (name !== undefined) font = fonts.get(name);
    for (const [, hex = ""] of shown.matchAll(/<([0-9A-F]*)>/gi)) {
      for (const glyph of hex.toUpperCase().match(/.{4}/g) ?? []) text += font?.get(glyph) ?? "\ufffd";
    }
  }
  return text;
}

const literal = (text: string): string => text.replaceAll(/\\([()\\])/g, "$1");

/** @throws Error where a stream is not what it says */
export function readPdf(pdf: Uint8Array): ReadPdf {
  const bytes = Buffer.from(pdf);
  const objects = readObjects(bytes);
  const streamOf = (number: string | undefined): string =>
    objects.get(Number(number))?.stream?.toString("latin1") ?? "";
  const pages = [...objects.values()]
    .filter(({ text }) => text.startsWith("<</Type /Page\n"))
    .map(({ text }) => {
      const fonts = new Map(
        [...text.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = "", number]) => {
          const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(number))?.text ?? "")?.[1];
          return [name, readToUnicode(streamOf(map))];
        }),
      );
      return shownText(streamOf(/\/Contents (\d+) 0 R/.exec(text)?.[1]), fonts).replaceAll(/\s/g, "");
    });
  const outline = [...objects.values()].flatMap(({ text }) => {
    const title = /^<<\/Title \(((?:[^\\()]|\\[\s\S])*)\)\n\/Dest/.exec(text)?.[1];
    return title === undefined ? [] : [literal(title)];
  });
  const streams = [...objects.values()].map(({ stream }) => stream?.toString("latin1") ?? "");
  return { pages, outline, everything: [bytes.toString("latin1"), ...streams].join("\n") };
}
