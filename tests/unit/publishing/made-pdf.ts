/** What differs between two printings of the same pages. */
export interface Printing {
  readonly date: string;
  readonly creator: string;
  /** The name that Chromium gave each element of the structure, in the order of the file. */
  readonly names: readonly [number, number, number];
  readonly words: string;
}

const nameOf = (number: number): string => `(node${String(number).padStart(8, "0")})`;

/** A PDF of one page, put together as Chromium 130 does: the same objects, the same spelling. */
export function madePdf({ date, creator, names, words }: Printing): Uint8Array {
  const [document, header, cell] = names;
  const elements = [
    [5, document],
    [6, header],
    [7, cell],
  ] as const;
  const pairs = elements.toSorted(([, a], [, b]) => a - b).map(([at, name]) => `${nameOf(name)} ${String(at)} 0 R`);
  const sorted = names.toSorted((a, b) => a - b);
  const stream = `BT /F1 9 Tf (${words}) Tj ET (node00000001) /CreationDate`;
  const objects: readonly (readonly [number: number, text: string])[] = [
    [
      1,
      `<</Title (EV-2026-0003 \\(r2\\))\n/Creator (${creator})\n/Producer (Skia/PDF m130)\n/CreationDate (${date})\n/ModDate (${date})>>`,
    ],
    [3, `<</Length ${String(stream.length)}>> stream\n${stream}\nendstream`],
    [2, "<</Type /Page\n/Contents 3 0 R\n/Parent 9 0 R>>"],
    [5, `<</Type /StructElem\n/S /Document\n/P 10 0 R\n/K [6 0 R 7 0 R]\n/ID ${nameOf(document)}>>`],
    [6, `<</Type /StructElem\n/S /TH\n/P 5 0 R\n/K []\n/ID ${nameOf(header)}>>`],
    [
      7,
      `<</Type /StructElem\n/S /TD\n/P 5 0 R\n/K []\n/A [<</O /Table\n/Headers [${nameOf(header)}]>>]\n/ID ${nameOf(cell)}>>`,
    ],
    [8, `<</Limits [${nameOf(sorted[0] ?? 0)} ${nameOf(sorted[2] ?? 0)}]\n/Names [${pairs.join(" ")}]>>`],
    [10, "<</Type /StructTreeRoot\n/K 5 0 R\n/IDTree 8 0 R>>"],
    [9, "<</Type /Pages\n/Count 1\n/Kids [2 0 R]>>"],
    [11, "<</Type /Catalog\n/Pages 9 0 R\n/StructTreeRoot 10 0 R>>"],
  ];
  let text = "%PDF-1.4\n%\u00d3\u00eb\u00e9\u00e1\n";
  const places = new Map<number, number>();
  for (const [number, body] of objects) {
    places.set(number, text.length);
    text += `${String(number)} 0 obj\n${body}\nendobj\n`;
  }
  const table = Array.from({ length: 12 }, (_, number) => {
    const at = places.get(number);
    return at === undefined ? "0000000000 65535 f \n" : `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const end = `trailer\n<</Size 12\n/Root 11 0 R\n/Info 1 0 R>>\nstartxref\n${String(text.length)}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(`${text}xref\n0 12\n${table.join("")}${end}`, "latin1"));
}
