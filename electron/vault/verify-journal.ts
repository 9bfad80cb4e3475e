import { sameBytes, toHex } from "./canonical.ts";
import { CheckpointReader, noteDigest, readTip, type CheckedCheckpoint } from "./checkpoints.ts";
import { openEntryRow } from "./journal.ts";
import { entryLeaf, readEntry } from "./leaves.ts";
import { CompactRange } from "./merkle.ts";
import { checkOuter, outerDigest, readOuter, type OuterRows } from "./outer.ts";
import { checkSchema } from "./schema-check.ts";
import { readSnapshotRow } from "./snapshots.ts";
import type { Checked, Verification } from "./verification.ts";

/** Schema, vault id, members, slots, keys. Null where they cannot be read: nothing else can be checked then. */
export function verifyOuterRows(run: Verification): OuterRows | null {
  const schema = run.attempt("schema", () => {
    checkSchema(run.database);
    return true;
  });
  if (schema === null) return null;
  return run.attempt("members and slots", () => {
    const outer = readOuter(run.database);
    for (const { where, what } of checkOuter(run.database, outer)) run.problem(where, what);
    return outer;
  });
}

/** Every checkpoint's form, signature, link to the one before and order; the newest against the file around it. */
export async function verifyCheckpoints(run: Verification, outer: OuterRows, sqlite: number): Promise<Checked> {
  const reader = new CheckpointReader(run.database, outer);
  const count = run.attempt("checkpoint", () => reader.count()) ?? 0;
  const whole: CheckedCheckpoint[] = [];
  let before: CheckedCheckpoint | null = null;
  for (let number = 1; number <= count; number += 1) {
    const one = run.attempt(`checkpoint ${String(number)}`, () => reader.read(number));
    if (one !== null) {
      checkLink(run, before, one);
      whole.push(one);
    }
    before = one;
    await run.step(600);
  }
  const newest = whole.at(-1);
  if (newest?.number !== count) {
    run.problem("checkpoint", "the newest one is not whole: what it covers cannot be checked");
  } else {
    run.attempt("frontier", () => readTip(run.database, reader));
    run.attempt("members and slots", () => {
      if (!sameBytes(newest.body.outer, outerDigest(run.database))) {
        run.problem("members and slots", "they are not what the newest checkpoint was signed over");
      }
    });
    if (newest.body.sqlite !== sqlite) run.problem("header", "it was not written with the newest checkpoint");
  }
  return { checkpoints: whole, count };
}

function checkLink(run: Verification, before: CheckedCheckpoint | null, one: CheckedCheckpoint): void {
  const where = `checkpoint ${String(one.number)}`;
  if (one.number === 1) {
    if (one.body.previous.some((byte) => byte !== 0)) run.problem(where, "it is not the first of its vault");
    return;
  }
  if (before === null) return;
  if (!sameBytes(one.body.previous, noteDigest(before.note))) {
    run.problem(where, "it does not follow the checkpoint before it");
  }
  if (one.size < before.size || one.body.blobs < before.body.blobs)
    run.problem(where, "it covers less than the one before it");
}

/** Every entry under the roots of all checkpoints, and opened where there are keys. Gives back how many entries there are. */
export async function verifyEntries(run: Verification, outer: OuterRows, checked: Checked): Promise<number> {
  const range = new CompactRange();
  const pending = [...checked.checkpoints];
  let good = 0;
  let lost = false;
  const settle = (): void => {
    for (let next = pending[0]; next?.size === range.size; next = pending[0]) {
      pending.shift();
      if (!lost && toHex(range.root()) !== next.rootHex) {
        lost = true;
        run.problem(
          `entries ${String(good)} to ${String(next.size - 1)}`,
          `they are not what checkpoint ${String(next.number)} was signed over`,
        );
      }
      good = next.size;
    }
  };
  settle();
  const total = run.attempt("entry", () => highest(run, "SELECT max(seq) FROM entry")) ?? 0;
  const read = run.database.prepare("SELECT * FROM entry WHERE seq = ?");
  for (let seq = 0; seq < total; seq += 1) {
    const row = run.attempt(`entry ${String(seq)}`, () => readEntry(read.get(seq), seq));
    if (row !== null && run.keys !== undefined) {
      const { keys } = run;
      run.attempt(`entry ${String(seq)}`, () => openEntryRow(row, outer.vaultId, keys));
    }
    range.append(row === null ? new Uint8Array(32) : entryLeaf(row));
    settle();
    await run.step(row?.ciphertext.length ?? 0);
  }
  if (pending.length > 0) run.problem(`entry ${String(total)}`, "it and those after it are missing");
  if (total > good) run.problem(`entry ${String(good)}`, "it and those after it are under no checkpoint");
  return total;
}

function highest(run: Verification, sql: string): number {
  const newest: unknown = run.database.prepare(sql).pluck().get();
  return typeof newest === "number" ? newest + 1 : 0;
}

/** Snapshots and what must not be there in a closed vault. */
export async function verifyRest(run: Verification, outer: OuterRows): Promise<void> {
  const members = new Set(outer.members.map((member) => toHex(member.id)));
  const numbers =
    run.attempt("snapshot", () => run.database.prepare("SELECT number FROM snapshot").pluck().all()) ?? [];
  const read = run.database.prepare("SELECT * FROM snapshot WHERE number = ?");
  for (const number of numbers) {
    const where = `snapshot ${String(number)}`;
    const row = run.attempt(where, () => {
      const found = readSnapshotRow(read.get(number), where);
      if (found === null) run.problem(where, "it is not what was written there (it can be deleted: nothing is lost)");
      else if (!members.has(toHex(found.member))) run.problem(where, "it belongs to nobody");
      return found;
    });
    await run.step(row?.ciphertext.length ?? 0);
  }
  run.attempt("frontier", () => {
    const rows: unknown[] = run.database.prepare("SELECT one FROM frontier").pluck().all();
    if (rows.length !== 1 || rows[0] !== 1) run.problem("frontier", "there must be exactly one row");
    const vaults: unknown[] = run.database.prepare("SELECT one FROM vault").pluck().all();
    if (vaults.length !== 1 || vaults[0] !== 1) run.problem("vault", "there must be exactly one row");
  });
}
