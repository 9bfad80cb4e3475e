import { toHex } from "./canonical.ts";
import { readEntry, type EntryRow } from "./leaves.ts";
import { CompactRange } from "./merkle.ts";
import { hasEpoch, type OuterRows } from "./outer.ts";
import { packRows } from "./packed-rows.ts";
import { nameGap, rowKeys } from "./row-keys.ts";
import { InOrder, type Checked, type Tried, type Verification } from "./verification.ts";
import type { VerifyFindings, WorkKey } from "./verify-work.ts";

/** Entries that are worked on together: so many, or the first that bring so many bytes. */
const entriesInLot = 1_000;
const bytesInLot = 1024 * 1024;

interface ReadEntry {
  readonly seq: number;
  readonly read: Tried<EntryRow>;
}

/**
 * Every entry under the roots of all checkpoints, under no older key than one before it, and opened where there is a key.
 * Gives back how many entries there are, and how many this member has no key for.
 */
export async function verifyEntries(
  run: Verification,
  outer: OuterRows,
  checked: Checked,
): Promise<{ total: number; sealed: number }> {
  const tree = new EntryTree(run, outer, checked);
  const results = new InOrder();
  const read = run.database.prepare("SELECT * FROM entry WHERE seq = ?");
  let total = 0;
  let lot: ReadEntry[] = [];
  let bytes = 0;
  for (const seq of rowKeys(run, "entry", "seq")) {
    total += 1;
    const row = run.try(`entry ${String(seq)}`, () => readEntry(read.get(seq), seq));
    lot.push({ seq, read: row });
    bytes += row.value?.ciphertext.length ?? 0;
    if (lot.length === entriesInLot || bytes >= bytesInLot) {
      await results.add(workOn(run, outer, lot, tree));
      lot = [];
      bytes = 0;
    }
    await run.step(row.value?.ciphertext.length ?? 0);
  }
  if (lot.length > 0) await results.add(workOn(run, outer, lot, tree));
  await results.drain();
  tree.end();
  return { total, sealed: tree.sealed };
}

/** Has a lot hashed and opened; what it gives enters the results. */
async function workOn(
  run: Verification,
  outer: OuterRows,
  lot: readonly ReadEntry[],
  tree: EntryTree,
): Promise<() => void> {
  const rows = lot.flatMap(({ read }) => (read.value === null ? [] : [read.value]));
  const keys = new Map(rows.map((row) => [`${String(row.compartment)}/${String(row.epoch)}`, keyOf(run, row)]));
  const findings = await run.workers.do(
    {
      kind: "entries",
      vaultId: outer.vaultId,
      numbers: Float64Array.from(rows.flatMap((row) => [row.seq, row.compartment, row.epoch])),
      rows: packRows(rows),
      keys: [...keys.values()].flatMap((key) => (key === null ? [] : [key])),
    },
    Math.floor((lot[0]?.seq ?? 0) / entriesInLot),
  );
  return () => {
    tree.take(lot, findings);
  };
}

function keyOf(run: Verification, row: EntryRow): WorkKey | null {
  return run.keys === null ? null : run.keys.get(row.compartment, row.epoch);
}

const missingLeaf = new Uint8Array(32);

/** The tree of entries, growing, held against the root of each checkpoint that it reaches. */
class EntryTree {
  sealed = 0;
  readonly #run: Verification;
  readonly #outer: OuterRows;
  readonly #checkpoints: Checked["checkpoints"];
  readonly #range = new CompactRange();
  readonly #epochs = new Map<number, number>();
  #next = 0;
  /** The place after the last row. */
  #size = 0;
  /** Entries below this are under a good root. */
  #good = 0;
  #lost = false;

  constructor(run: Verification, outer: OuterRows, checked: Checked) {
    this.#run = run;
    this.#outer = outer;
    this.#checkpoints = checked.checkpoints;
    this.#settle();
  }

  take(lot: readonly ReadEntry[], findings: VerifyFindings): void {
    let place = 0;
    for (const { seq, read } of lot) {
      if (seq !== this.#size) this.#skipTo(seq);
      if (read.value === null) {
        this.#run.problem(read.problem.where, read.problem.what);
        this.#range.append(missingLeaf);
      } else {
        if (findings.good[place] !== 1) this.#run.problem(`entry ${String(seq)}`, "it is not what was written there");
        this.#checkEpoch(seq, read.value);
        this.#range.append(findings.hashes.slice(32 * place, 32 * place + 32));
        place += 1;
      }
      this.#size += 1;
      this.#settle();
    }
  }

  /** Names what is missing. The leaves that follow are at their places no more: no root over them is right. */
  #skipTo(seq: number): void {
    nameGap(this.#run, "entry", this.#size, seq - 1);
    this.#size = seq;
    this.#settle();
  }

  /** What checkpoints and file do not have in common at the end. */
  end(): void {
    const total = this.#size;
    if (this.#next < this.#checkpoints.length) {
      this.#run.problem(`entry ${String(total)}`, "it and those after it are missing");
    }
    if (total > this.#good)
      this.#run.problem(`entry ${String(this.#good)}`, "it and those after it are under no checkpoint");
  }

  #checkEpoch(seq: number, row: EntryRow): void {
    if (!hasEpoch(this.#outer, row)) {
      this.#run.problem(`entry ${String(seq)}`, "it is in no compartment, or under a key that was never made");
      return;
    }
    const newest = this.#epochs.get(row.compartment) ?? 0;
    if (row.epoch < newest) this.#run.problem(`entry ${String(seq)}`, "it is under a retired key");
    else this.#epochs.set(row.compartment, row.epoch);
    if (this.#run.keys !== null && keyOf(this.#run, row) === null) this.sealed += 1;
  }

  #settle(): void {
    for (
      let next = this.#checkpoints[this.#next];
      next !== undefined && next.size <= this.#size;
      next = this.#checkpoints[this.#next]
    ) {
      this.#next += 1;
      const isRoot = next.size === this.#range.size && toHex(this.#range.root()) === next.rootHex;
      if (!this.#lost && !isRoot) {
        this.#lost = true;
        this.#run.problem(
          `entries ${String(this.#good)} to ${String(next.size - 1)}`,
          `they are not what checkpoint ${String(next.number)} was signed over`,
        );
      }
      this.#good = next.size;
    }
  }
}
