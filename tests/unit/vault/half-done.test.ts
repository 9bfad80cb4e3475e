import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { verifyVault, VaultError, type OpenVault, type RandomBytes } from "../../../electron/vault/index.ts";
import { KeyRing, memberKeyPairs } from "../../../electron/vault/keys.ts";
import { openVaultWith } from "../../../electron/vault/open-vault.ts";
import { systemRandom } from "../../../electron/vault/sodium.ts";
import { createVault } from "../../../electron/vault/create-vault.ts";
import { addMember, codeOf, kdf, leadPassphrase, openAs, temporaryFolder, textsOf, utf8 } from "./vault-fixture.ts";

vi.mock("../../../electron/vault/key-derivation.ts", async (original) => {
  const { quickDerivation } = await import("./quick-derivation.ts");
  return quickDerivation(original);
});

const folder = temporaryFolder("half-done");
afterAll(folder.remove);

interface Prepared {
  readonly path: string;
  readonly bob: string;
  readonly open: (path: string, random: RandomBytes) => OpenVault;
}

/** A vault of Ada, Bob and Eve, closed, and a way in for Ada with her own source of random bytes. */
async function prepare(): Promise<Prepared> {
  const path = join(folder.path, "prepared.evault");
  const drawn: Uint8Array[] = [];
  const vault = await createVault(path, {
    label: "Workspace 7",
    founder: { label: "Lead A", name: "Ada", passphrase: leadPassphrase, kdf },
    compartments: [{ label: "Evaluations" }],
    firstEntries: () => [utf8("founded")],
    random: (length) => {
      const bytes = systemRandom(length);
      drawn.push(bytes.slice());
      return bytes;
    },
  });
  const [seed = new Uint8Array(), box = new Uint8Array()] = drawn;
  const { memberId } = vault;
  const bob = await addMember(vault, "Bob");
  await addMember(vault, "Eve");
  vault.close();
  const open = (at: string, random: RandomBytes): OpenVault =>
    openVaultWith(at, { memberId, keys: new KeyRing(memberKeyPairs(seed.slice(), box.slice()).secrets), random });
  return { path, bob, open };
}

const prepared = await prepare();
const entries = [utf8("one"), utf8("two"), utf8("three")];
const changes: Record<string, (vault: OpenVault) => unknown> = {
  "a removal": (vault) => {
    vault.removeMember({ member: prepared.bob, entries });
  },
  "a revocation": (vault) => {
    vault.revokeCompartment({ compartment: 2, member: prepared.bob, entries });
  },
  "a rotation": (vault) => {
    vault.rotateCompartment({ compartment: 1, entries });
  },
  "a new compartment": (vault) =>
    vault.addCompartment({ label: "C", holders: [vault.memberId], entries: () => entries }),
  "a new compartment for others": (vault) =>
    vault.addCompartment({ label: "C", holders: [prepared.bob], entries: () => entries }),
  "a new member": (vault) => vault.addMember({ label: "C", name: "C", passphrase: utf8("c"), kdf, entries }),
};

/** Whatever is to be the same after a change that failed. */
const stateOf = (vault: OpenVault): unknown => ({
  compartments: vault.compartments(),
  slots: vault.slots(),
  members: vault.memberKeys().length,
  checkpoint: vault.checkpoint,
  texts: textsOf(vault),
});

const isSecret = (bytes: Uint8Array): boolean => bytes.length === 32;
const isWiped = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

describe.each(Object.keys(changes))("%s that fails half way", (name) => {
  const change =
    changes[name] ??
    ((): never => {
      throw new Error("no such change");
    });

  it("changes nothing, wipes what it made, and is done the next time", async () => {
    const path = join(folder.path, `${name}.evault`);
    let failures = 0;
    for (let last = 0; ; last += 1) {
      copyFileSync(prepared.path, path);
      const drawn: Uint8Array[] = [];
      let left = last;
      const vault = prepared.open(path, (length) => {
        if (left === 0) throw new VaultError("io", "There are no random bytes left.");
        left -= 1;
        const bytes = systemRandom(length);
        drawn.push(bytes);
        return bytes;
      });
      const before = stateOf(vault);
      const code = await codeOf(() => change(vault));
      expect(drawn.filter(isSecret).every(isWiped)).toBe(true);
      if (code === "no error") {
        vault.close();
        break;
      }
      expect(code).toBe("io");
      failures += 1;
      expect(stateOf(vault)).toEqual(before);
      left = Number.MAX_SAFE_INTEGER;
      vault.append([utf8("goes on")], { compartment: 2 });
      await change(vault);
      expect(textsOf(vault).slice(-4)).toEqual(["goes on", "one", "two", "three"]);
      expect(drawn.filter(isSecret).every(isWiped)).toBe(true);
      vault.append([utf8("and on")], { compartment: 2 });
      expect(await vault.verify()).toMatchObject({ ok: true, problems: [], sealed: 0 });
      vault.close();
      const eve = await openAs(path, "Eve");
      expect(textsOf(eve).slice(-5)).toEqual(["goes on", "one", "two", "three", "and on"]);
      eve.close();
      expect(await verifyVault(path)).toMatchObject({ ok: true, problems: [] });
    }
    expect(failures).toBeGreaterThanOrEqual(4);
  });
});
