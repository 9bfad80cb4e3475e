import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { inspectBackup, unlockVault } from "../../../electron/vault/index.ts";
import {
  addMember,
  codeOf,
  kdf,
  leadPassphrase,
  makeShared,
  openAs,
  temporaryFolder,
  textsOf,
  utf8,
} from "./vault-fixture.ts";

// With the real key derivation: this is the file that must open when nothing else does.

const folder = temporaryFolder("backup");
afterAll(folder.remove);
const at = (name: string): string => join(folder.path, `${name}.evault`);
const backupPassphrase = utf8("kept in the safe");

describe("a key backup", () => {
  it("opens the vault as its member, who can then give the slot a passphrase again", async () => {
    const path = at("forgotten");
    const vault = await makeShared(path);
    const bob = await addMember(vault, "Bob");
    expect(vault.openedWith).toBe("slot");
    vault.close();
    const his = await openAs(path, "Bob");
    const backup = await his.backupKeys({ passphrase: backupPassphrase, kdf });
    his.close();
    expect(inspectBackup(backup)).toEqual({ vaultId: vault.id, memberId: bob, label: "Member Bob" });

    for (const member of [undefined, { name: "bob" }, { id: bob }]) {
      const again = await unlockVault(path, { member, passphrase: backupPassphrase, backup });
      expect([again.memberId, again.openedWith]).toEqual([bob, "backup"]);
      expect(textsOf(again)).toEqual(["founded", "first evaluation"]);
      again.close();
    }
    const again = await unlockVault(path, { passphrase: backupPassphrase, backup });
    expect(await codeOf(() => again.changePassphrase({ current: utf8("no"), next: utf8("new"), kdf }))).toBe(
      "wrong-passphrase",
    );
    await again.changePassphrase({ next: utf8("remembered"), kdf });
    again.append([utf8("signed as ever")]);
    again.close();
    const remembered = await unlockVault(path, { member: { id: bob }, passphrase: utf8("remembered") });
    expect(remembered.openedWith).toBe("slot");
    expect(remembered.entry(2).author).toBe(bob);
    remembered.close();
  }, 90_000);

  it("is refused with another passphrase, member or vault, and once its member was removed", async () => {
    const path = at("refused");
    const vault = await makeShared(path);
    const bob = await addMember(vault, "Bob");
    vault.close();
    const his = await openAs(path, "Bob");
    expect(await codeOf(() => his.backupKeys({ passphrase: backupPassphrase, kdf: { ...kdf, ops: 2 } }))).toBe(
      "kdf-refused",
    );
    const backup = await his.backupKeys({ passphrase: backupPassphrase, kdf });
    his.close();
    const request = { passphrase: backupPassphrase, backup };
    expect(await codeOf(() => unlockVault(path, { ...request, passphrase: utf8("Bob") }))).toBe("wrong-passphrase");
    expect(await codeOf(() => unlockVault(path, { ...request, member: { name: "Ada" } }))).toBe("wrong-passphrase");
    expect(await codeOf(() => unlockVault(path, { ...request, member: { name: "Nobody" } }))).toBe("wrong-passphrase");
    const other = await makeShared(at("other"));
    other.close();
    expect(await codeOf(() => unlockVault(at("other"), request))).toBe("backup-invalid");
    const lead = await openAs(path, "Ada");
    lead.removeMember({ member: bob });
    lead.close();
    expect(await codeOf(() => unlockVault(path, request))).toBe("no-such-member");
  }, 90_000);

  it("is known from what it is not, whatever was done to the file", async () => {
    const path = at("changed");
    const vault = await makeShared(path);
    const backup = await vault.backupKeys({ passphrase: backupPassphrase, kdf });
    vault.close();
    const text = new TextDecoder().decode(backup);
    expect(text).toMatch(/^\{\n {2}"form": "EvalVault key backup, format 1",\n/);
    expect(text).not.toContain(new TextDecoder().decode(leadPassphrase));
    const file: unknown = JSON.parse(text);
    const changed = (change: object): Uint8Array => utf8(JSON.stringify(Object.assign({}, file, change)));
    const bad = [
      new Uint8Array(),
      utf8("null"),
      utf8("[]"),
      utf8(text.slice(0, -3)),
      Uint8Array.of(0xff, 0xfe, 0x7b),
      utf8(text + " ".repeat(20_000)),
      changed({ form: "EvalVault key backup, format 2" }),
      changed({ more: 1 }),
      changed({ vault: "AA".repeat(32) }),
      changed({ member: "00" }),
      changed({ label: 7 }),
      changed({ nonce: "AAAA" }),
      changed({ wrapped: "AAAA" }),
      changed({ argon2id: { passes: 3, memory: 2 ** 26, salt: "AAAA" } }),
      changed({ argon2id: { passes: 1, memory: 2 ** 26, salt: Buffer.alloc(16).toString("base64") } }),
      changed({ argon2id: { passes: 3, memory: 2 ** 31, salt: Buffer.alloc(16).toString("base64") } }),
    ];
    for (const bytes of bad) {
      expect(await codeOf(() => inspectBackup(bytes))).toBe("backup-invalid");
      expect(await codeOf(() => unlockVault(path, { passphrase: backupPassphrase, backup: bytes }))).toBe(
        "backup-invalid",
      );
    }
    // Each part is under the wrapping: a file of the right form with another content does not open.
    for (const change of [{ label: "Lead B" }, { nonce: Buffer.alloc(24).toString("base64") }]) {
      const request = { passphrase: backupPassphrase, backup: changed(change) };
      expect(await codeOf(() => unlockVault(path, request))).toBe("wrong-passphrase");
    }
  });

  it("takes any bytes for what they are", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.json().map(utf8)), (bytes) => {
        expect(() => inspectBackup(bytes)).toThrow(expect.objectContaining({ code: "backup-invalid" }));
      }),
      { numRuns: 200 },
    );
  });
});
