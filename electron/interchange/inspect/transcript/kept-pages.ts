import { constants, deflateRaw, inflateRawSync } from "node:zlib";
import { promisify } from "node:util";

/**
 * The bytes of a sample after decompression, kept in memory in pages so that any part of them is at hand: as they are as
 * long as they fit, then compressed, the first ones first, then let go and read again from the start when they are
 * needed. Deflate has no places to begin at in its middle, so without pages every window would cost all that stands before.
 * Nothing of them is ever on a disk.
 */

const compress = promisify(deflateRaw);
const pageBytes = 1024 * 1024;
const firstBytes = 16 * 1024;
/** Pages that stay as they are however little room there is. */
const fewestPlain = 8;

export interface PageBudget {
  /** Most bytes that are kept, plain and compressed together. */
  readonly bytes: number;
}

export const defaultPageBudget: PageBudget = { bytes: 160 * 1024 * 1024 };

type Page = { readonly plain: Buffer } | { readonly packed: Buffer; readonly length: number } | null;

export class KeptPages {
  readonly #budget: number;
  readonly #pages: Page[] = [];
  /** The first page that is not compressed yet. */
  #firstPlain = 0;
  #plainBytes = 0;
  #packedBytes = 0;
  /** Small samples are many in a search: a whole page for each would cost more than the rest. */
  #current = Buffer.allocUnsafe(firstBytes);
  #filled = 0;
  #lastUnpacked: { readonly page: number; readonly bytes: Buffer } | null = null;

  constructor(budget: PageBudget = defaultPageBudget) {
    this.#budget = budget.bytes;
  }

  /** Bytes that were added. */
  get length(): number {
    return this.#pages.length * pageBytes + this.#filled;
  }

  /** Bytes that are held. */
  get held(): number {
    return this.#plainBytes + this.#packedBytes + this.#current.length;
  }

  async add(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + pageBytes - this.#filled);
      if (this.#filled + part.length > this.#current.length) this.#grow(this.#filled + part.length);
      this.#current.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === pageBytes) await this.#turn();
    }
  }

  #grow(atLeast: number): void {
    const larger = Buffer.allocUnsafe(Math.min(pageBytes, Math.max(4 * this.#current.length, atLeast)));
    this.#current.copy(larger, 0, 0, this.#filled);
    this.#current.fill(0);
    this.#current = larger;
  }

  /** Nothing before this place will be asked for. */
  forget(before: number): void {
    const until = Math.min(Math.floor(before / pageBytes), this.#pages.length);
    for (let page = 0; page < until; page += 1) this.#drop(page);
    this.#firstPlain = Math.max(this.#firstPlain, until);
  }

  /** Bytes from `start`; null where a page of them was let go. */
  read(start: number, length: number): Buffer | null {
    const first = Math.floor(start / pageBytes);
    const from = start - first * pageBytes;
    if (from + length <= pageBytes) return this.#page(first)?.subarray(from, from + length) ?? null;
    const whole = Buffer.allocUnsafe(length);
    for (let done = 0; done < length;) {
      const page = this.#page(Math.floor((start + done) / pageBytes));
      if (page === null) return null;
      const at = (start + done) % pageBytes;
      done += page.copy(whole, done, at, Math.min(page.length, at + length - done));
    }
    return whole;
  }

  /** Overwrites what is held and lets it go. */
  wipe(): void {
    for (let page = 0; page < this.#pages.length; page += 1) this.#drop(page);
    this.#current.fill(0, 0, this.#filled);
    this.#lastUnpacked?.bytes.fill(0);
    this.#lastUnpacked = null;
  }

  #page(page: number): Buffer | null {
    if (page === this.#pages.length) return this.#current.subarray(0, this.#filled);
    const kept = this.#pages[page] ?? null;
    if (kept === null) return null;
    if ("plain" in kept) return kept.plain;
    if (this.#lastUnpacked?.page === page) return this.#lastUnpacked.bytes;
    // One byte of room: zlib makes another piece as large where the output is full.
    const bytes = inflateRawSync(kept.packed, { chunkSize: kept.length + 1 });
    this.#lastUnpacked = { page, bytes };
    return bytes;
  }

  async #turn(): Promise<void> {
    this.#pages.push({ plain: this.#current });
    this.#plainBytes += pageBytes;
    this.#current = Buffer.allocUnsafe(pageBytes);
    this.#filled = 0;
    while (this.held > this.#budget && this.#plainBytes > fewestPlain * pageBytes) await this.#pack();
    for (let page = 0; this.held > this.#budget && page < this.#firstPlain; page += 1) this.#drop(page);
  }

  async #pack(): Promise<void> {
    const page = this.#firstPlain;
    this.#firstPlain += 1;
    const kept = this.#pages[page] ?? null;
    if (kept === null || !("plain" in kept)) return;
    const packed = await compress(kept.plain, { level: constants.Z_BEST_SPEED, chunkSize: pageBytes / 2 });
    kept.plain.fill(0);
    this.#plainBytes -= pageBytes;
    // A copy of its own length: the buffer that zlib gives may be part of a larger one.
    this.#pages[page] = { packed: Buffer.from(packed), length: pageBytes };
    this.#packedBytes += packed.length;
  }

  #drop(page: number): void {
    const kept = this.#pages[page] ?? null;
    if (kept === null) return;
    if ("plain" in kept) {
      kept.plain.fill(0);
      this.#plainBytes -= pageBytes;
    } else {
      kept.packed.fill(0);
      this.#packedBytes -= kept.packed.length;
    }
    this.#pages[page] = null;
  }
}
