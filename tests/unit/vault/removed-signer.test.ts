import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { unlockVault, verifyVault } from "../../../electron/vault/index.ts";
import { Journal } from "../../../electron/vault/journal.ts";
import { openKeyBackup, parseKeyBackup } from "../../../electron/vault/key-backup.ts";
import { KeyRing, memberKeyPairs } from "../../../electron/vault/keys.ts";
import { readOuter } from "../../../electron/vault/outer.ts";
import { addCompartmentKeys } from "../../../electron/vault/slots.ts";
import { systemRandom } from "../../../electron/vault/sodium.ts";
import { closeWriter, openForWriting } from "../../../electron/vault/sqlite.ts";
import { addMember, codeOf, makeShared, openAs, temporaryFolder, textsOf, utf8 } from "./vault-fixture.ts";

vi.mock("../../../electron/vault/key-derivation.ts", async (original) => {
  const { quickDerivation } = await import("./quick-derivation.ts");
  return quickDerivation(original);
});

const folder = temporaryFolder("removed-signer");
afterAll(folder.remove);

/** What a program can keep that its member ran before they were removed: their own keys and those of the compartments. */
async function keptKeys(path: string, backup: Uint8Array, memberId: string): Promise<KeyRing> {
  const plain = await openKeyBackup(parseKeyBackup(backup), utf8("safe"));
  if (plain === null) throw new Error("the backup does not open");
  const keys = new KeyRing(memberKeyPairs(plain.slice(0, 32), plain.slice(32)).secrets);
  const database = openForWriting(path);
  addCompartmentKeys(keys, readOuter(database), memberId);
  closeWriter(database);
  return keys;
}

describe("a removed member with a changed program and every key that they ever had", () => {
  it("can sign under a retired key, which verify names, and can read nothing that came after", async () => {
    const path = join(folder.path, "vault.evault");
    const vault = await makeShared(path);
    const bob = await addMember(vault, "Bob");
    vault.close();
    const his = await openAs(path, "Bob");
    const backup = await his.backupKeys({ passphrase: utf8("safe") });
    his.close();
    const keys = await keptKeys(path, backup, bob);
    const lead = await openAs(path, "Ada");
    lead.removeMember({ member: bob, entries: [utf8("Bob is gone")] });
    lead.append([utf8("after Bob")], { compartment: 2 });
    lead.close();
    expect(await codeOf(() => unlockVault(path, { passphrase: utf8("safe"), backup }))).toBe("no-such-member");

    const database = openForWriting(path);
    const journal = new Journal(database, path, { memberId: bob, keys, random: systemRandom });
    expect([...journal.entries(0, journal.size)].map((one) => one.plaintext === null)).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(await codeOf(() => journal.commit({ entries: [utf8("honest")] }))).toBe("no-such-compartment");
    const setEpoch = (epoch: number) => (): void => {
      database.prepare("UPDATE compartment SET epoch = ? WHERE id = 1").run(epoch);
    };
    journal.commit({ entries: [utf8("forged")], before: setEpoch(1), outer: true });
    journal.commit({ before: setEpoch(2), outer: true });
    closeWriter(database);

    expect((await verifyVault(path)).problems).toContainEqual({ where: "entry 4", what: "it is under a retired key" });
    const again = await openAs(path, "Ada");
    expect(textsOf(again).slice(2)).toEqual(["Bob is gone", "after Bob", "forged"]);
    // It comes with its author: whether a removed member may still say anything is the fold's to decide.
    expect(again.entry(4).author).toBe(bob);
    expect((await again.verify()).problems).toEqual([{ where: "entry 4", what: "it is under a retired key" }]);
    again.close();
  });
});

describe("keys in the file", () => {
  it.each([
    ["of a removed member", "it is of a member who was removed"],
    ["there twice", "it is there twice"],
    ["of an epoch that never was", "it belongs to nobody or to no compartment"],
  ])("are named that are %s", async (how, what) => {
    const path = join(folder.path, `${how}.evault`);
    const vault = await makeShared(path);
    const bob = await addMember(vault, "Bob");
    vault.close();
    const database = openForWriting(path);
    database.transaction(() => {
      if (how === "of a removed member") {
        database.prepare("DELETE FROM slot WHERE member = ?").run(Buffer.from(bob, "hex"));
      } else {
        const epoch = how === "there twice" ? 1 : 2;
        database
          .prepare(
            "INSERT INTO compartment_key SELECT NULL, compartment, ?, member, sealed FROM compartment_key WHERE number = 1",
          )
          .run(epoch);
      }
    })();
    closeWriter(database);
    expect((await verifyVault(path)).problems.map((one) => one.what)).toContain(what);
    expect(await codeOf(() => openAs(path, "Ada"))).toBe("damaged");
  });
});
