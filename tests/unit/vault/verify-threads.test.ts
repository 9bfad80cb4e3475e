import Database from "better-sqlite3";
import { closeSync, copyFileSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entryLeaf, type EntryRow } from "../../../electron/vault/leaves.ts";
import { verifyVault } from "../../../electron/vault/index.ts";
import { KeyRing, memberKeyPairs } from "../../../electron/vault/keys.ts";
import { packRows } from "../../../electron/vault/packed-rows.ts";
import { closeWriter, openClosed } from "../../../electron/vault/sqlite.ts";
import { PageFile } from "../../../electron/vault/tidy.ts";
import { verifyOpen } from "../../../electron/vault/verify.ts";
import { startWorkers, threadsWorthwhile } from "../../../electron/vault/verify-threads.ts";
import type { EntryWork } from "../../../electron/vault/verify-work.ts";
import { makeSmallVault, noise, temporaryFolder, type SmallVault } from "../../faults/vault/small-vault.ts";

/** Verifying with the work in threads: a vault that is large enough for them, whole and damaged. */

const folder = temporaryFolder();
const damagedPath = join(folder.path, "damaged.evault");
const entries = 18_000;
const blobSize = 6_000_000;
let small: SmallVault;

beforeAll(async () => {
  const shape = { blobs: [blobSize], second: false, snapshot: false };
  small = await makeSmallVault(join(folder.path, "a.evault"), shape);
  const vault = small.open();
  vault.append(Array.from({ length: entries }, (_, place) => noise(300, String(place))));
  vault.close();
}, 120_000);
afterAll(() => {
  folder.remove();
});

/** A copy with one bit of a byte in its blob turned; the page's first bytes would be the number of the next. */
function turnBitInBlob(): void {
  copyFileSync(small.path, damagedPath);
  const file = openSync(damagedPath, "r+");
  // Blobs lie behind the entries, snapshots would behind them.
  const at = statSync(damagedPath).size - 4096 * 700 + 1_000;
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, at);
  writeSync(file, Buffer.of((byte[0] ?? 0) ^ 1), 0, 1, at);
  closeSync(file);
}

function rowsOf(bytes: readonly Uint8Array[]): EntryRow[] {
  return bytes.map((ciphertext, seq) => ({ seq, compartment: 1, epoch: 1, nonce: noise(24, String(seq)), ciphertext }));
}

const workOn = (rows: readonly EntryRow[]): EntryWork => ({
  kind: "entries",
  vaultId: new Uint8Array(32),
  numbers: Float64Array.from(rows.flatMap((row) => [row.seq, row.compartment, row.epoch])),
  rows: packRows(rows),
  keys: [{ compartment: 1, epoch: 1, key: new Uint8Array(32) }],
});

describe("verifying with threads", () => {
  it("finds a vault of many small entries and a large blob whole, closed and open", { timeout: 120_000 }, async () => {
    expect(statSync(small.path).size).toBeGreaterThan(2 * threadsWorthwhile);
    const total = small.contents.entries.length + entries;
    const closed = await verifyVault(small.path);
    expect(closed).toMatchObject({ ok: true, problems: [], depth: "ciphertext", sealed: 0, entries: total });
    const vault = small.open();
    const open = await vault.verify();
    expect(open).toMatchObject({ ok: true, problems: [], depth: "everything", sealed: 0, entries: total });
    vault.close();
  });

  it("names a damaged chunk, without a key by its blob, with one by itself", { timeout: 120_000 }, async () => {
    turnBitInBlob();
    const [id = ""] = small.blobIds;
    const changed = { where: `blob ${id}`, what: "its chunks are not what was written there" };
    expect((await verifyVault(damagedPath)).problems).toEqual([changed]);
    const vault = small.open(damagedPath);
    const [first, second, ...rest] = (await vault.verify()).problems;
    expect(first).toEqual(changed);
    expect(second?.where).toMatch(new RegExp(`^blob ${id} chunk \\d+$`));
    expect(second?.what).toBe("it is not what was written there");
    expect(rest).toEqual([]);
    vault.close();
  });

  it("stops when cancelled, and can be done again", { timeout: 120_000 }, async () => {
    const vault = small.open();
    const stop = new AbortController();
    const given = vault.verify({
      signal: stop.signal,
      progress: () => {
        stop.abort();
      },
    });
    await expect(given).rejects.toMatchObject({ code: "cancelled" });
    expect((await vault.verify()).ok).toBe(true);
    vault.close();
  });

  it(
    "says what is sealed to somebody who has no key, and calls nothing of it wrong",
    { timeout: 120_000 },
    async () => {
      const stranger = new KeyRing(memberKeyPairs(noise(32, "seed"), noise(32, "box")).secrets);
      const database = openClosed(small.path);
      const pages = new PageFile(small.path);
      const result = await verifyOpen(database, pages, { keys: stranger, tidy: false });
      closeWriter(database);
      pages.close();
      expect(result).toMatchObject({ ok: true, depth: "everything", sealed: result.entries });
      expect(result.entries).toBeGreaterThan(entries);
    },
  );

  it("names an entry under a key that was retired before it", { timeout: 120_000 }, async () => {
    const vault = small.open();
    vault.rotateCompartment({ compartment: 1, entries: [noise(10, "after the change")] });
    vault.append([noise(10, "the last")]);
    const last = vault.size - 1;
    vault.close();
    expect((await verifyVault(small.path)).problems).toEqual([]);
    const database = new Database(small.path);
    database.prepare("UPDATE entry SET epoch = 1 WHERE seq = ?").run(last);
    database.close();
    const { problems } = await verifyVault(small.path);
    expect(problems).toContainEqual({ where: `entry ${String(last)}`, what: "it is under a retired key" });
  });
});

describe("the work itself", () => {
  it("gives the same in a thread as without one, for small and large rows", async () => {
    const lengths = [0, 1, 16_383, 16_384, 300_000, 5];
    // Made anew each time: what is handed over to a thread is gone here.
    const rows = (): EntryRow[] => rowsOf(lengths.map((length) => noise(length, `row ${String(length)}`)));
    const [here, there] = [startWorkers(0), startWorkers(threadsWorthwhile)];
    expect(here.lanes).toBe(1);
    expect(there.lanes).toBe(2);
    const leaves = Buffer.concat(rows().map(entryLeaf));
    const without = await here.do(workOn(rows()), 0);
    const within = await Promise.all([0, 1, 2].map((lane) => there.do(workOn(rows()), lane)));
    await there.end();
    expect(Buffer.from(without.hashes)).toEqual(leaves);
    // None of them was sealed with that key.
    expect([...without.good]).toEqual([0, 0, 0, 0, 0, 0]);
    for (const one of within) expect(one).toEqual(without);
  });
});
