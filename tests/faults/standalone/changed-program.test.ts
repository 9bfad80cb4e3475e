import { readFileSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { afterAll, describe, expect, it } from "vitest";
import { Journal } from "../../../electron/vault/journal.ts";
import { KeyRing, memberKeyPairs } from "../../../electron/vault/keys.ts";
import { readOuter } from "../../../electron/vault/outer.ts";
import { addCompartmentKeys } from "../../../electron/vault/slots.ts";
import { systemRandom } from "../../../electron/vault/sodium.ts";
import { closeWriter, openForWriting } from "../../../electron/vault/sqlite.ts";
import { rebuild } from "../../../electron/vault/tidy.ts";
import { countedRandom, makeSmallVault, temporaryFolder, utf8 } from "../vault/small-vault.ts";
import { disagreement } from "./agreement.ts";

/**
 * A member with a changed program signs what no program of ours writes: every signature is good, and both verifiers must
 * find the same things wrong all the same.
 */

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});

let made = 0;

/** A vault to which its founder committed these statements, each under a good checkpoint of its own, with an entry. */
async function signed(...commits: readonly string[]): Promise<Buffer> {
  made += 1;
  const path = join(folder.path, `${String(made)}.evault`);
  const { founderId } = await makeSmallVault(path);
  const random = countedRandom(path);
  const keys = new KeyRing(memberKeyPairs(random(32), random(32)).secrets);
  const database: Database.Database = openForWriting(path);
  addCompartmentKeys(keys, readOuter(database), founderId);
  const journal = new Journal(database, path, { memberId: founderId, keys, random: systemRandom });
  for (const sql of commits) {
    journal.commit({
      entries: sql.includes("epoch") ? [utf8("with it")] : [],
      before: () => database.exec(sql),
      outer: true,
    });
  }
  rebuild(database);
  closeWriter(database);
  return readFileSync(path);
}

const founder = "(SELECT id FROM member WHERE number = 1)";

describe("signed by a member with a changed program", () => {
  it.each<readonly [string, ...string[]]>([
    ["nothing odd", "UPDATE vault SET label = 'Another'"],
    ["members under other numbers", "UPDATE member SET number = number + 5"],
    [
      "a slot less, and its keys",
      `DELETE FROM slot WHERE number = 2; DELETE FROM compartment_key WHERE member <> ${founder}`,
    ],
  ])("%s: in order for both", async (_, ...commits) => {
    expect(await disagreement(folder.path, await signed(...commits), true)).toBeNull();
  });

  it.each<readonly [string, ...string[]]>([
    ["a label of many pages", "UPDATE compartment SET label = printf('%.9000c', 'x')"],
    ["a slot too cheap", "UPDATE slot SET ops = 2 WHERE number = 2"],
    ["a slot too dear", "UPDATE slot SET memory = 2147483648 WHERE number = 2"],
    ["a slot of nobody", "UPDATE slot SET member = zeroblob(16) WHERE number = 2"],
    ["a compartment key of nobody", "UPDATE compartment_key SET member = zeroblob(16) WHERE number = 2"],
    ["a compartment key of a later epoch", "UPDATE compartment_key SET epoch = epoch + 1 WHERE number = 2"],
    ["a compartment key of epoch 0", "UPDATE compartment_key SET epoch = 0 WHERE number = 2"],
    ["a compartment key of no compartment", "UPDATE compartment_key SET compartment = 9 WHERE number = 2"],
    ["a member that nobody added", "UPDATE member SET added_by = zeroblob(16) WHERE number = 2"],
    ["a member added by itself", "UPDATE member SET added_by = id WHERE number = 2"],
    ["a member with another signature", "UPDATE member SET signature = zeroblob(64) WHERE number = 2"],
    [
      "a member twice",
      "INSERT INTO member SELECT 9, id, ed25519, x25519, added_by, signature FROM member WHERE number = 2",
    ],
    [
      "members in another order",
      "UPDATE member SET number = number * 10",
      "UPDATE member SET number = 1 WHERE number = 20",
    ],
    ["another founder's id", "UPDATE vault SET nonce = zeroblob(32)"],
    [
      "an entry under a retired key",
      "UPDATE compartment SET epoch = 1",
      "UPDATE compartment SET epoch = 2",
      "UPDATE compartment SET epoch = 1",
    ],
    ["a vault row under another number", "UPDATE vault SET one = 3"],
    [`a second frontier`, "INSERT INTO frontier SELECT 2, entries, blobs FROM frontier"],
    [`a blob that was left`, "INSERT INTO staged VALUES (12)"],
    ["keys of one without a slot", "DELETE FROM slot WHERE number = 2"],
    [
      "a compartment key twice",
      "INSERT INTO compartment_key SELECT 9, compartment, epoch, member, sealed FROM compartment_key WHERE number = 1",
    ],
  ])("%s: refused by both", async (_, ...commits) => {
    let file: Buffer;
    try {
      file = await signed(...commits);
    } catch (error) {
      // Some of it not even the vault's own parts can be brought to write.
      expect(error).toMatchObject({ name: "VaultError" });
      return;
    }
    expect(await disagreement(folder.path, file, false)).toBeNull();
  });
});
