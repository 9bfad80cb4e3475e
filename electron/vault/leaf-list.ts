/** Leaf hashes in one growing block of memory, 32 bytes each. */
export class LeafList {
  #bytes: Uint8Array;
  #length: number;

  constructor(bytes: Uint8Array = new Uint8Array()) {
    this.#bytes = bytes;
    this.#length = Math.floor(bytes.length / 32);
  }

  get length(): number {
    return this.#length;
  }

  append(leaf: Uint8Array): void {
    const at = 32 * this.#length;
    if (at + 32 > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(1024, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, at));
      this.#bytes = larger;
    }
    this.#bytes.set(leaf, at);
    this.#length += 1;
  }

  at(index: number): Uint8Array {
    return this.#bytes.subarray(32 * index, 32 * Math.min(index + 1, this.#length));
  }

  first(count: number): Uint8Array[] {
    return Array.from({ length: Math.min(count, this.#length) }, (_, index) => this.at(index));
  }

  encode(): Uint8Array {
    return this.#bytes.slice(0, 32 * this.#length);
  }
}
