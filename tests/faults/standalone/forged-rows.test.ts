import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inspectVault } from "../../../electron/vault/index.ts";
import { temporaryFolder, type SmallVault } from "../vault/small-vault.ts";
import { disagreement, wordsOfTheApp, wordsOfTheOther } from "./agreement.ts";
import { makeForger, type Forge } from "./forger.ts";

/** Rows that no program of ours writes, under good signatures: both verifiers go by the document, and at once. */

const folder = temporaryFolder();
let small: SmallVault;
let forge: Forge;
beforeAll(async () => {
  ({ small, forge } = await makeForger(join(folder.path, "whole.evault")));
});
afterAll(() => {
  folder.remove();
});

let made = 0;
function nextPath(): string {
  made += 1;
  return join(folder.path, `${String(made)}.evault`);
}

/** One more blob, empty, in store 77, each of whose columns can be another. */
function blobMore(columns: Readonly<Record<string, string>>): string {
  const row = {
    store: "77",
    position: "(SELECT max(position) + 1 FROM blob)",
    id: "x'00000000004d00000000000000000001'",
    compartment: "1",
    epoch: "1",
    chunks: "0",
    // SHA-256 of nothing.
    digest: "x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'",
    nonce: "zeroblob(24)",
    head: "zeroblob(60)",
    ...columns,
  };
  return `INSERT INTO blob VALUES (${Object.values(row).join(", ")})`;
}

const entryMore = (compartment: number, epoch: number): string =>
  `INSERT INTO entry SELECT max(seq) + 1, ${String(compartment)}, ${String(epoch)}, zeroblob(24), zeroblob(80) FROM entry`;

describe("rows under a good signature", () => {
  it.each<readonly [string, ...string[]]>([
    ["as they were", "SELECT 1"],
    ["with a blob more", blobMore({})],
    ["with an entry more", entryMore(1, 1)],
    ["with labels of 200 characters of any script", "UPDATE slot SET label = replace(printf('%.200c', 'x'), 'x', '𝄞')"],
    ["with a snapshot far off", "UPDATE snapshot SET number = 1000000000000 WHERE number = 1"],
    ["with a slot that needs a key file", "UPDATE slot SET key_file = 1"],
  ])("%s: in order for both", async (_, ...statements) => {
    expect(await disagreement(folder.path, forge(nextPath(), statements), true)).toBeNull();
  });

  it.each<readonly [string, string, ...string[]]>([
    ["a blob whose id is not its store's", "its id", blobMore({ id: "x'00000000004e00000000000000000001'" })],
    ["a blob whose head is too short", "head", blobMore({ head: "zeroblob(59)" })],
    ["a blob whose head is too long", "head", blobMore({ head: "zeroblob(61)" })],
    ["a blob without a head", "head", blobMore({ head: "zeroblob(0)" })],
    ["a blob of more chunks than a store has numbers", "chunks", blobMore({ chunks: "1048577" })],
    ["a blob of 10^12 chunks", "chunks", blobMore({ chunks: "1000000000000" })],
    ["a blob at position 10^12", "missing", blobMore({ position: "1000000000000" })],
    ["a blob in no compartment", "no compartment", blobMore({ compartment: "9" })],
    ["a blob of epoch 0", "no compartment", blobMore({ epoch: "0" })],
    ["a blob of an epoch to come", "no compartment", blobMore({ epoch: "2" })],
    ["an entry in no compartment", "no compartment", entryMore(9, 1)],
    ["an entry in compartment 0", "no compartment", entryMore(0, 1)],
    ["an entry of epoch 0", "no compartment", entryMore(1, 0)],
    ["an entry of an epoch to come", "no compartment", entryMore(1, 5)],
    ["a slot with key file 2", "key_file", "UPDATE slot SET key_file = 2 WHERE number = 2"],
    ["a slot with key file 10^12", "key_file", "UPDATE slot SET key_file = 1000000000000 WHERE number = 2"],
    ["a compartment of epoch 0", "0", "INSERT INTO compartment VALUES (7, 'Seven', 0)"],
    ["a compartment of number 0", "0", "INSERT INTO compartment VALUES (0, 'None', 1)"],
    ["a slot's label of 4 KB", "label", "UPDATE slot SET label = printf('%.4096c', 'x') WHERE number = 2"],
    ["a slot's label of 201 characters", "label", "UPDATE slot SET label = printf('%.201c', 'x') WHERE number = 2"],
    ["a slot without a label", "label", "UPDATE slot SET label = '' WHERE number = 2"],
    ["a slot's label of two lines", "label", "UPDATE slot SET label = 'Lead' || char(10) || 'A' WHERE number = 2"],
    [
      "a slot's label with a separator",
      "label",
      "UPDATE slot SET label = 'Lead' || char(8232) || 'A' WHERE number = 2",
    ],
    ["a vault's label that steers a terminal", "label", "UPDATE vault SET label = char(155) || '2J'"],
    ["a compartment's label of 4 KB", "label", "UPDATE compartment SET label = printf('%.4096c', 'x') WHERE id = 1"],
  ])("%s: refused by both, and named", async (_, named, ...statements) => {
    const path = nextPath();
    const file = forge(path, statements);
    expect(await disagreement(folder.path, file, false)).toBeNull();
    expect((await wordsOfTheApp(path)).why).toContain(named);
  });
});

/** Milliseconds that none of these may come near: the numbers that are not there would take days. */
const bound = 20_000;
const far = 1_000_000_000_000;

describe("numbers far off", () => {
  it.each<readonly [string, string, ...string[]]>([
    ["entry", `entries 5 to ${String(far - 1)}`, `UPDATE entry SET seq = ${String(far)} WHERE seq = 5`],
    [
      "entry more",
      `entries 6 to ${String(far - 1)}`,
      `INSERT INTO entry SELECT ${String(far)}, compartment, epoch, nonce, ciphertext FROM entry WHERE seq = 1`,
    ],
    [
      "newest checkpoint",
      "checkpoints",
      `UPDATE checkpoint SET number = ${String(far)} WHERE number = (SELECT max(number) FROM checkpoint)`,
    ],
    ["blob", "position", `UPDATE blob SET position = ${String(far)} WHERE position = 1`],
    ["blob's store", "its id", "UPDATE blob SET store = 1000000000 WHERE position = 1"],
  ])("of an %s: refused by both, named at once", { timeout: 2 * bound }, async (_, named, sql) => {
    const path = nextPath();
    const file = forge(path, [sql]);
    const began = performance.now();
    expect(await disagreement(folder.path, file, false)).toBeNull();
    expect((await wordsOfTheApp(path)).why).toContain(named);
    expect(performance.now() - began).toBeLessThan(bound);
  });

  it("of entries, under a made-up tree: opened or not, nothing is read for ever", { timeout: 2 * bound }, async () => {
    const path = nextPath();
    const move = `UPDATE entry SET seq = ${String(far)} WHERE seq = (SELECT max(seq) FROM entry)`;
    const file = forge(path, [move], { size: far + 1 });
    const began = performance.now();
    expect(await disagreement(folder.path, file, false)).toBeNull();
    expect(wordsOfTheOther(file).why).toContain("missing");
    expect(inspectVault(path).entries).toBe(far + 1);
    const vault = small.open(path);
    expect(() => [...vault.entries(0)]).toThrow(expect.objectContaining({ code: "damaged" }));
    expect(() => vault.inclusionProof(far)).toThrow(expect.objectContaining({ code: "damaged" }));
    expect((await vault.verify()).ok).toBe(false);
    vault.close();
    expect(performance.now() - began).toBeLessThan(bound);
  });

  it(
    "of the newest two checkpoints, which are linked: opened or not, none is read for ever",
    { timeout: 2 * bound },
    async () => {
      const path = nextPath();
      const move = `UPDATE checkpoint SET number = ${String(far)} WHERE number = (SELECT max(number) FROM checkpoint)`;
      const file = forge(path, [move]);
      const began = performance.now();
      expect(await disagreement(folder.path, file, false)).toBeNull();
      expect((await wordsOfTheApp(path)).why).toMatch(/checkpoints \d+ to 999999999999: they are missing/);
      const vault = small.open(path);
      expect(vault.checkpointCount()).toBe(far + 1);
      expect(() => vault.checkpoints()).toThrow(expect.objectContaining({ code: "damaged" }));
      expect(() => [...vault.entries(0)]).toThrow(expect.objectContaining({ code: "damaged" }));
      vault.close();
      expect(performance.now() - began).toBeLessThan(bound);
    },
  );

  it("of a checkpoint, 0: refused by both", async () => {
    const copy = "INSERT INTO checkpoint SELECT 0, size, root, signer, note FROM checkpoint WHERE number = 1";
    expect(await disagreement(folder.path, forge(nextPath(), [copy]), false)).toBeNull();
  });
});
