import { isZero, PageFault, readLeafCell, readVarint, view } from "./page-format.ts";
import { pageSize } from "./schema.ts";

/** Bytes of a page: the first, and the one after the last. */
export type Span = readonly [from: number, to: number];

/** One page of a table b-tree, its space accounted for when it is made. */
export class BtreePage {
  readonly bytes: Uint8Array;
  readonly isLeaf: boolean;
  readonly rightmost: number;
  readonly #start: number;
  readonly #offsets: readonly number[];
  readonly #unused: Span[] = [];

  /** @throws PageFault */
  constructor(bytes: Uint8Array, start: number) {
    const header = view(bytes);
    const kind = bytes[start];
    if (kind !== 13 && kind !== 5) throw new PageFault("it is no page of a table");
    this.bytes = bytes;
    this.#start = start;
    this.isLeaf = kind === 13;
    const count = header.getUint16(start + 3);
    const pointers = start + (this.isLeaf ? 8 : 12);
    if (pointers + 2 * count > pageSize) throw new PageFault("it states too many cells");
    this.rightmost = this.isLeaf ? 0 : header.getUint32(start + 8);
    this.#offsets = Array.from({ length: count }, (_, index) => header.getUint16(pointers + 2 * index));
    this.#checkSpace(pointers + 2 * count);
  }

  /** Bytes that nobody reads and that are not zero. */
  get unused(): readonly Span[] {
    return this.#unused;
  }

  #wantZero(start: number, end: number): void {
    if (!isZero(this.bytes, start, end)) this.#unused.push([start, end]);
  }

  *leafCells(): Iterable<{ readonly offset: number }> {
    if (!this.isLeaf) throw new PageFault("it is no leaf");
    for (const offset of this.#offsets) yield { offset };
  }

  *interiorCells(): Iterable<{ readonly offset: number; readonly child: number; readonly key: number }> {
    for (const offset of this.#offsets) {
      yield { offset, child: view(this.bytes).getUint32(offset), key: readVarint(this.bytes, offset + 4).value };
    }
  }

  /** Every byte of the page must be header, pointer, cell, stated free block or stated fragment. */
  #checkSpace(pointersEnd: number): void {
    const header = view(this.bytes);
    const contentStart = header.getUint16(this.#start + 5);
    if (contentStart < pointersEnd || contentStart > pageSize)
      throw new PageFault("its content starts at no possible place");
    this.#wantZero(pointersEnd, contentStart);
    const spans = [...this.#cellSpans(), ...this.#freeBlocks()].sort((a, b) => a[0] - b[0]);
    let at = contentStart;
    let fragments = 0;
    for (const [start, end] of spans) {
      if (start < at || end > pageSize) throw new PageFault("its cells overlap");
      this.#wantZero(at, start);
      fragments += start - at;
      at = end;
    }
    this.#wantZero(at, pageSize);
    fragments += pageSize - at;
    if (fragments !== this.bytes[this.#start + 7]) throw new PageFault("its free bytes are not as many as stated");
  }

  #cellSpans(): Span[] {
    return this.#offsets.map((offset) => {
      if (offset + 4 > pageSize) throw new PageFault("a cell lies outside");
      const length = this.isLeaf
        ? readLeafCell(this.bytes, offset).length
        : 4 + readVarint(this.bytes, offset + 4).length;
      return [offset, offset + length];
    });
  }

  #freeBlocks(): Span[] {
    const header = view(this.bytes);
    const blocks: Span[] = [];
    let at = header.getUint16(this.#start + 1);
    let least = 1;
    while (at !== 0) {
      if (at < least || at + 4 > pageSize) throw new PageFault("its free blocks are out of order");
      const size = header.getUint16(at + 2);
      if (size < 4 || at + size > pageSize) throw new PageFault("a free block has no possible size");
      this.#wantZero(at + 4, at + size);
      blocks.push([at, at + size]);
      least = at + size;
      at = header.getUint16(at);
    }
    return blocks;
  }
}
