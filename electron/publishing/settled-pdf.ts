import { PublishingError } from "./publishing-error.ts";

/** What a report's PDF says of itself, whenever and wherever it is printed. */
export interface PdfFacts {
  /** Milliseconds since 1970: when it was made and changed. */
  readonly at: number;
  /** Hexadecimal, 32 digits or more; the same for the same content. */
  readonly identity: string;
}

interface PdfObject {
  readonly number: number;
  readonly text: string;
}

const malformed = (place: string): PublishingError =>
  new PublishingError("pdf-malformed", `The printed PDF is not built as expected: ${place}.`, { place });

function required<T>(value: T | undefined, place: string): T {
  if (value === undefined) throw malformed(place);
  return value;
}

interface PdfParts {
  /** "%PDF-1.4" and the line after it. */
  readonly head: string;
  /** In the order of the file. */
  readonly objects: readonly PdfObject[];
  readonly root: string;
  readonly info: number;
}

/**
 * Takes a PDF as Chromium writes it apart: one section, one plain table of cross-references, no object streams
 * (ISO 32000-1, 7.5). Bytes are read as Latin-1, one character each.
 * @throws PublishingError `pdf-malformed`
 */
function takeApart(pdf: Uint8Array): PdfParts {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.length).toString("latin1");
  const end = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text.slice(-100));
  const tableAt = Number(required(end?.[1], "end"));
  const [opening = "", entryCount] = /^xref\s+0 (\d+)\s+/.exec(text.slice(tableAt, tableAt + 60)) ?? [];
  const count = Number(required(entryCount, "cross-references"));
  const entriesAt = tableAt + opening.length;
  const places: { number: number; at: number }[] = [];
  for (let number = 0; number < count; number += 1) {
    const entry = text.slice(entriesAt + 20 * number, entriesAt + 20 * (number + 1));
    const [, at, use] = /^(\d{10}) \d{5} ([nf])/.exec(entry) ?? [];
    if (required(use, "cross-reference") === "n") places.push({ number, at: Number(at) });
  }
  places.sort((a, b) => a.at - b.at);
  const objects = places.map(({ number, at }, index) => {
    const object = text.slice(at, places[index + 1]?.at ?? tableAt);
    if (!object.startsWith(`${String(number)} 0 obj`)) throw malformed("object");
    return { number, text: object };
  });
  const trailer = text.slice(entriesAt + 20 * count);
  return {
    head: text.slice(0, required(places[0], "objects").at),
    objects,
    root: required(/\/Root (\d+ 0 R)/.exec(trailer)?.[1], "trailer"),
    info: Number(required(/\/Info (\d+) 0 R/.exec(trailer)?.[1], "trailer")),
  };
}

function putTogether({ head, root, info }: PdfParts, objects: readonly PdfObject[], identity: string): Uint8Array {
  const size = Math.max(...objects.map(({ number }) => number)) + 1;
  const entries = new Map<number, number>();
  let at = head.length;
  for (const object of objects) {
    entries.set(object.number, at);
    at += object.text.length;
  }
  const table = Array.from({ length: size }, (_, number) => {
    const place = entries.get(number);
    if (place === undefined) return "0000000000 65535 f \n";
    return `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const id = `<${identity.slice(0, 32)}>`;
  const trailer =
    `trailer\n<</Size ${String(size)}\n/Root ${root}\n/Info ${String(info)} 0 R\n/ID [${id} ${id}]>>\n` +
    `startxref\n${String(at)}\n%%EOF\n`;
  const text = [head, ...objects.map((object) => object.text), `xref\n0 ${String(size)}\n`, ...table, trailer].join("");
  return new Uint8Array(Buffer.from(text, "latin1"));
}

/** "D:20261121140500+00'00'" (ISO 32000-1, 7.9.4). */
function pdfDate(at: number): string {
  return `D:${new Date(at).toISOString().slice(0, 19).replaceAll(/[-T:]/g, "")}+00'00'`;
}

/** A literal or hexadecimal string, as it stands in the file. */
const pdfString = String.raw`(?:\((?:[^\\()]|\\[\s\S])*\)|<[0-9A-Fa-f\s]*>)`;

/** The document's own description: its title stays, all else is the same wherever it was printed. */
function settledInfo({ number, text }: PdfObject, at: number): PdfObject {
  const title = new RegExp(String.raw`/Title\s*(${pdfString})`).exec(text)?.[1];
  const date = pdfDate(at);
  const lines = [
    ...(title === undefined ? [] : [`/Title ${title}`]),
    "/Creator (EvalVault)",
    "/Producer (EvalVault)",
    `/CreationDate (${date})`,
    `/ModDate (${date})`,
  ];
  return { number, text: `${String(number)} 0 obj\n<<${lines.join("\n")}>>\nendobj\n` };
}

const isStructureElement = (text: string): boolean => /^\d+ 0 obj\s*<<\/Type \/StructElem\b/.test(text);
const isNamesLeaf = (text: string): boolean => /^\d+ 0 obj\s*<<\/Limits \[\(node/.test(text);
const nodeName = /\((node\d{8})\)/g;

/**
 * Names of elements of the structure (table cells name their headers by them) are Chromium's counters, which go on from
 * one document to the next: here they are numbered by their order in the file.
 */
function settledNames(objects: readonly PdfObject[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { text } of objects) {
    if (!isStructureElement(text)) continue;
    const own = /\/ID \((node\d{8})\)/.exec(text)?.[1];
    if (own !== undefined) names.set(own, `node${String(names.size + 1).padStart(8, "0")}`);
  }
  return names;
}

function renamed(object: PdfObject, names: ReadonlyMap<string, string>): PdfObject {
  const text = object.text.replace(nodeName, (_, name: string) => `(${required(names.get(name), "structure name")})`);
  return { number: object.number, text };
}

/** The tree of names (ISO 32000-1, 7.9.6) has to be in their order: the pairs of all its leaves, sorted, dealt out again. */
function renamedLeaves(leaves: readonly PdfObject[], names: ReadonlyMap<string, string>): PdfObject[] {
  const pairsOf = ({ text }: PdfObject): [name: string, target: string][] =>
    [...text.slice(text.indexOf("/Names")).matchAll(/\((node\d{8})\) (\d+ 0 R)/g)].map(([, name = "", target = ""]) => [
      required(names.get(name), "structure name"),
      target,
    ]);
  const dealt = leaves.map(pairsOf);
  const pairs = dealt.flat().sort(([a], [b]) => (a < b ? -1 : 1));
  let from = 0;
  return leaves.map(({ number }, index) => {
    const own = pairs.slice(from, (from += dealt[index]?.length ?? 0));
    const limits = [own[0], own.at(-1)].map((pair) => `(${required(pair, "names")[0]})`).join(" ");
    const listed = own.map(([name, target]) => `(${name}) ${target}`).join(" ");
    return { number, text: `${String(number)} 0 obj\n<</Limits [${limits}]\n/Names [${listed}]>>\nendobj\n` };
  });
}

/**
 * The PDF as the same bytes for the same pages: no clock, no counter of the program that printed it, no word of the machine.
 * What is on the pages stays as it is.
 * @throws PublishingError `pdf-malformed`
 */
export function settlePdf(pdf: Uint8Array, { at, identity }: PdfFacts): Uint8Array {
  const parts = takeApart(pdf);
  const names = settledNames(parts.objects);
  const leaves = parts.objects.filter(({ text }) => isNamesLeaf(text));
  // An inner node's limits would have to be made anew: Chromium writes none.
  if (parts.objects.some(({ text }) => isNamesLeaf(text) && !text.includes("/Names"))) throw malformed("name tree");
  const renewed = new Map(renamedLeaves(leaves, names).map((leaf) => [leaf.number, leaf]));
  const objects = parts.objects.map((object) => {
    if (object.number === parts.info) return settledInfo(object, at);
    if (isStructureElement(object.text)) return renamed(object, names);
    return renewed.get(object.number) ?? object;
  });
  return putTogether(parts, objects, identity);
}
