import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unlockVault, VaultError, verifyVault } from "../../../electron/vault/index.ts";
import { makeSmallVault, readContents, temporaryFolder, utf8, type SmallVault } from "./small-vault.ts";
import { swap, tamperedCopy } from "./sql-tampering.ts";

/** Rows moved, swapped, removed, repeated or taken from elsewhere by somebody with an SQLite shell and no keys. */

const folder = temporaryFolder();
let small: SmallVault;
let other: SmallVault;
/** The same vault as it was before its founder's passphrase changed. */
let older: string;

beforeAll(async () => {
  small = await makeSmallVault(join(folder.path, "a.evault"), { blobs: [300, 3000, 300_000], entries: 6 });
  other = await makeSmallVault(join(folder.path, "b.evault"), { blobs: [300, 3000, 300_000], entries: 6 });
  older = join(folder.path, "older.evault");
  copyFileSync(small.path, older);
  const vault = small.open();
  await vault.changePassphrase({
    current: utf8("correct horse battery staple"),
    next: utf8("a quite different passphrase"),
    kdf: { ops: 3, memory: 64 * 1024 * 1024 },
  });
  vault.close();
});
afterAll(() => {
  folder.remove();
});

const tampered = (...statements: readonly string[]): string =>
  tamperedCopy(small.path, join(folder.path, "tampered.evault"), { older, other: other.path }, statements);

/** What a reader with all keys gets: the right contents, or a refusal with its place. */
function reading(path: string): string {
  try {
    const vault = small.open(path);
    try {
      return JSON.stringify(readContents(vault, small.blobIds)) === JSON.stringify(small.contents) ? "right" : "WRONG";
    } finally {
      vault.close();
    }
  } catch (error) {
    if (error instanceof VaultError) return "refused";
    throw error;
  }
}

const tamperings: readonly (readonly [string, RegExp, readonly string[]])[] = [
  [
    "two entries' contents swapped",
    /entry|entries|checkpoint/,
    swap("entry", "seq", ["nonce", "ciphertext"], "1", "2"),
  ],
  [
    "the last entry removed",
    /entry|entries|checkpoint/,
    ["DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)"],
  ],
  ["an entry in the middle removed", /entry|entries/, ["DELETE FROM entry WHERE seq = 2"]],
  [
    "an entry in the middle removed and the rest moved up",
    /entry|entries|checkpoint/,
    ["DELETE FROM entry WHERE seq = 2", "UPDATE entry SET seq = seq - 1 WHERE seq > 2"],
  ],
  [
    "an entry repeated at the end",
    /entry|entries/,
    [
      "INSERT INTO entry SELECT (SELECT max(seq) + 1 FROM entry), compartment, epoch, nonce, ciphertext FROM entry WHERE seq = 1",
    ],
  ],
  [
    "an entry of another vault in its place",
    /entry|entries|checkpoint/,
    [
      "UPDATE main.entry SET nonce = (SELECT nonce FROM other.entry WHERE seq = 1) WHERE seq = 1",
      "UPDATE main.entry SET ciphertext = (SELECT ciphertext FROM other.entry WHERE seq = 1) WHERE seq = 1",
    ],
  ],
  ["an entry's epoch changed", /entry|entries|checkpoint/, ["UPDATE entry SET epoch = 2 WHERE seq = 1"]],
  [
    "the newest checkpoint removed",
    /checkpoint|entry|entries|members|frontier|header/,
    ["DELETE FROM checkpoint WHERE number = (SELECT max(number) FROM checkpoint)"],
  ],
  [
    "the newest checkpoint and its entries removed",
    /frontier|blob|members|header|checkpoint/,
    ["DELETE FROM checkpoint WHERE number > 3", "DELETE FROM entry WHERE seq >= (SELECT max(size) FROM checkpoint)"],
  ],
  ["a checkpoint in the middle removed", /checkpoint/, ["DELETE FROM checkpoint WHERE number = 3"]],
  [
    "a checkpoint in the middle removed and the rest moved up",
    /checkpoint/,
    ["DELETE FROM checkpoint WHERE number = 3", "UPDATE checkpoint SET number = number - 1 WHERE number > 3"],
  ],
  ["two checkpoints swapped", /checkpoint/, swap("checkpoint", "number", ["size", "root", "signer", "note"], "2", "3")],
  [
    "a checkpoint's signer changed",
    /checkpoint/,
    ["UPDATE checkpoint SET signer = (SELECT id FROM member WHERE number = 2) WHERE number = 3"],
  ],
  [
    "a checkpoint of another vault",
    /checkpoint/,
    ["UPDATE main.checkpoint SET note = (SELECT note FROM other.checkpoint WHERE number = 3) WHERE number = 3"],
  ],
  ["a member removed", /member|slot|compartment key/, ["DELETE FROM member WHERE number = 2"]],
  [
    "a member's box key replaced",
    /member/,
    ["UPDATE main.member SET x25519 = (SELECT x25519 FROM other.member WHERE number = 2) WHERE number = 2"],
  ],
  [
    "a member of another vault let in",
    /member/,
    ["INSERT INTO main.member SELECT 3, id, ed25519, x25519, added_by, signature FROM other.member WHERE number = 2"],
  ],
  ["a slot removed", /members and slots/, ["DELETE FROM slot WHERE number = 2"]],
  ["a slot's label changed", /members and slots/, ["UPDATE slot SET label = 'Lead C' WHERE number = 2"]],
  [
    "a slot as it was before its passphrase changed",
    /members and slots/,
    ["DELETE FROM main.slot", "INSERT INTO main.slot SELECT * FROM older.slot"],
  ],
  ["a slot's cost lowered", /slot/, ["UPDATE slot SET ops = 1"]],
  ["a compartment key removed", /members and slots/, ["DELETE FROM compartment_key WHERE number = 2"]],
  ["the vault's label changed", /members and slots/, ["UPDATE vault SET label = 'Another'"]],
  [
    "the vault's id changed",
    /vault/,
    ["UPDATE main.vault SET id = (SELECT id FROM other.vault), nonce = (SELECT nonce FROM other.vault)"],
  ],
  ["two blobs' heads swapped", /blob/, swap("blob", "position", ["nonce", "head"], "0", "1")],
  [
    "two blobs' places swapped",
    /blob/,
    [
      "UPDATE blob SET position = 9 WHERE position = 0",
      "UPDATE blob SET position = 0 WHERE position = 1",
      "UPDATE blob SET position = 1 WHERE position = 9",
    ],
  ],
  [
    "a blob removed with its chunks",
    /blob/,
    ["DELETE FROM blob_chunk WHERE chunk = (SELECT min(chunk) FROM blob_chunk)", "DELETE FROM blob WHERE position = 0"],
  ],
  ["a blob's chunk removed", /blob/, ["DELETE FROM blob_chunk WHERE chunk = (SELECT max(chunk) FROM blob_chunk)"]],
  [
    "two chunks of a blob swapped",
    /blob/,
    swap(
      "blob_chunk",
      "chunk",
      ["nonce", "ciphertext"],
      "(SELECT max(chunk) FROM blob_chunk)",
      "(SELECT max(chunk) - 1 FROM blob_chunk)",
    ),
  ],
  [
    "a chunk that belongs to nothing",
    /blob/,
    ["INSERT INTO blob_chunk SELECT max(chunk) + 5000000, nonce, ciphertext FROM blob_chunk"],
  ],
  [
    "a blob that nobody signed",
    /blob/,
    [
      "INSERT INTO blob SELECT store + 1000, position + 3, id, compartment, epoch, chunks, digest, nonce, head FROM blob WHERE position = 0",
    ],
  ],
  [
    "the tree's memory as it was",
    /frontier/,
    ["DELETE FROM main.frontier", "INSERT INTO main.frontier SELECT 1, entries, blobs FROM other.frontier"],
  ],
  [
    "a snapshot of another vault",
    /snapshot/,
    ["DELETE FROM main.snapshot", "INSERT INTO main.snapshot SELECT * FROM other.snapshot"],
  ],
  ["a snapshot's size changed", /snapshot/, ["UPDATE snapshot SET size = size - 1"]],
];

describe("rows tampered with", () => {
  it("nothing: the same handling leaves the vault whole", async () => {
    const path = tampered();
    expect(await verifyVault(path)).toMatchObject({ ok: true, problems: [] });
    expect(reading(path)).toBe("right");
  });

  it.each(tamperings)("%s: verify names it; no reader gets other contents", async (_, where, statements) => {
    const path = tampered(...statements);
    const result = await verifyVault(path);
    expect(result.ok).toBe(false);
    expect(result.problems.map((problem) => `${problem.where}: ${problem.what}`).join("\n")).toMatch(where);
    expect(reading(path)).not.toBe("WRONG");
  });
});

describe("the whole file as it was before", () => {
  it(
    "is whole, opens with the old passphrase only, and its checkpoint is one that the newer file has too",
    { timeout: 60_000 },
    async () => {
      expect(await verifyVault(older)).toMatchObject({ ok: true });
      const old = small.open(older);
      const { checkpoint } = old;
      old.close();
      const vault = small.open();
      expect(vault.checkpoints().some((one) => one.note === checkpoint.note)).toBe(true);
      expect(vault.checkpoint.number).toBe(checkpoint.number + 1);
      vault.close();
      await expect(
        unlockVault(small.path, { member: { id: small.founderId }, passphrase: utf8("correct horse battery staple") }),
      ).rejects.toMatchObject({ code: "wrong-passphrase" });
    },
  );

  it("went on by itself is a fork: no checkpoint of the one is in the other, and both stay what they are", () => {
    const before = readFileSync(older);
    const fork = small.open(older);
    fork.append([utf8("said differently")]);
    const forked = fork.checkpoint;
    fork.close();
    const vault = small.open();
    expect(vault.checkpoints().some((one) => one.note === forked.note)).toBe(false);
    vault.close();
    expect(readFileSync(older).equals(before)).toBe(false);
  });
});
