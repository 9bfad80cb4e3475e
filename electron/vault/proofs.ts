import { VaultError } from "./errors.ts";
import type { Journal } from "./journal.ts";
import { consistencyProof, inclusionProof, merkleRoot } from "./merkle.ts";

/** What an open journal can prove of itself to others, from leaves that were checked. */
export class JournalProofs {
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  inclusion(seq: number): readonly Uint8Array[] {
    this.#mustHaveEntry(seq);
    return inclusionProof(this.#journal.known.leaves(this.#journal.size), seq);
  }

  consistency(size1: number, size2: number): readonly Uint8Array[] {
    if (!this.#isSize(size1) || !this.#isSize(size2) || size1 > size2) {
      throw new VaultError("invalid-argument", "The journal has no trees of these sizes.", { size1, size2 });
    }
    return consistencyProof(this.#journal.known.leaves(size2), size1);
  }

  rootAt(size: number): Uint8Array {
    if (!this.#isSize(size))
      throw new VaultError("invalid-argument", "The journal has no tree of this size.", { size });
    return merkleRoot(this.#journal.known.leaves(size));
  }

  leafHash(seq: number): Uint8Array {
    this.#mustHaveEntry(seq);
    return this.#journal.known.leaf(seq);
  }

  #isSize(size: number): boolean {
    return Number.isInteger(size) && size >= 0 && size <= this.#journal.size;
  }

  #mustHaveEntry(seq: number): void {
    if (!Number.isInteger(seq) || seq < 0 || seq >= this.#journal.size) {
      throw new VaultError("no-such-entry", `The journal has no entry ${String(seq)}.`, { seq });
    }
  }
}
