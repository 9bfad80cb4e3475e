import { sameBytes, toHex } from "./canonical.ts";
import { CheckpointReader, noteDigest, readTip, type CheckedCheckpoint } from "./checkpoints.ts";
import { checkOuter, outerDigest, readOuter, type OuterRows } from "./outer.ts";
import { checkSchema } from "./schema-check.ts";
import { readSnapshotRow } from "./snapshots.ts";
import { nameGap, rowKeys } from "./row-keys.ts";
import { InOrder, type Checked, type Tried, type Verification } from "./verification.ts";
import type { SignatureWork } from "./verify-work.ts";

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
  const newestNumber = run.attempt("checkpoint", () => reader.count()) ?? 0;
  const { whole, count } = await verifyChain(run, outer);
  const newest = whole.at(-1);
  if (newest?.number !== newestNumber) {
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

/** Checkpoints whose signatures are checked together. */
const signaturesInLot = 64;

interface ReadCheckpoint {
  readonly number: number;
  readonly read: Tried<CheckedCheckpoint>;
  /** Place of its signature in the lot, null where reading did not come so far. */
  readonly signature: number | null;
}

/** Reads the checkpoints, has their signatures checked, and gives back those that are whole, and how many there are. */
async function verifyChain(
  run: Verification,
  outer: OuterRows,
): Promise<{ whole: readonly CheckedCheckpoint[]; count: number }> {
  let notes: SignatureWork["notes"][number][] = [];
  const reader = new CheckpointReader(run.database, outer, (note, key) => notes.push({ note, key }) > 0);
  const chain = new Chain(run);
  const results = new InOrder();
  let lot: ReadCheckpoint[] = [];
  let count = 0;
  const settle = async (): Promise<void> => {
    const done = lot;
    const work = run.workers.do({ kind: "signatures", notes }, Math.floor(count / signaturesInLot));
    [lot, notes] = [[], []];
    await results.add(
      work.then(({ good }) => () => {
        for (const one of done) chain.take(one, one.signature === null || good[one.signature] === 1);
      }),
    );
  };
  for (const number of rowKeys(run, "checkpoint", "number")) {
    count += 1;
    const asked = notes.length;
    const read = run.try(`checkpoint ${String(number)}`, () => reader.read(number));
    lot.push({ number, read, signature: notes.length > asked ? asked : null });
    if (lot.length === signaturesInLot) await settle();
    await run.step(600);
  }
  if (lot.length > 0) await settle();
  await results.drain();
  return { whole: chain.whole, count };
}

/** The checkpoints that are whole, each held against the one before it. */
class Chain {
  readonly whole: CheckedCheckpoint[] = [];
  readonly #run: Verification;
  #before: CheckedCheckpoint | null = null;
  #expected = 1;

  constructor(run: Verification) {
    this.#run = run;
  }

  take({ number, read }: ReadCheckpoint, signed: boolean): void {
    if (number === 0) this.#run.problem("checkpoint 0", "they are numbered from 1");
    if (number > this.#expected) nameGap(this.#run, "checkpoint", this.#expected, number - 1);
    // After a gap there is nothing that it could follow.
    if (number !== this.#expected) this.#before = null;
    this.#expected = number + 1;
    const one = signed ? read.value : null;
    if (!signed) this.#run.problem(`checkpoint ${String(number)}`, "its signature is not a member's");
    else if (read.problem !== null) this.#run.problem(read.problem.where, read.problem.what);
    if (one !== null) {
      checkLink(this.#run, this.#before, one);
      this.whole.push(one);
    }
    this.#before = one;
  }
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
