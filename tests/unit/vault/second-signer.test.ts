import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { verifyVault, type OpenVault } from "../../../electron/vault/index.ts";
import { verifyDetached } from "../../../electron/vault/sodium.ts";
import {
  addMember,
  codeOf,
  leadPassphrase,
  makeShared,
  once,
  openAs,
  temporaryFolder,
  textsOf,
  utf8,
} from "./vault-fixture.ts";

vi.mock("../../../electron/vault/key-derivation.ts", async (original) => {
  const { quickDerivation } = await import("./quick-derivation.ts");
  return quickDerivation(original);
});

const folder = temporaryFolder("second");
afterAll(folder.remove);
const at = (name: string): string => join(folder.path, `${name}.evault`);
const bobs = { member: { name: "Bob" }, passphrase: utf8("Bob") };

async function withBob(path: string, compartments?: readonly number[]): Promise<{ vault: OpenVault; bob: string }> {
  const vault = await makeShared(path);
  return { vault, bob: await addMember(vault, "Bob", compartments) };
}

describe("a second signer", () => {
  it("signs entries that only the first can encrypt", async () => {
    const path = at("signs");
    const { vault, bob } = await withBob(path, []);
    const second = await vault.secondSigner(bobs);
    expect(second.memberId).toBe(bob);
    const blob = await vault.stageBlob(once(utf8("evidence")), { compartment: 2 });
    expect(second.append([utf8("countersigned")], { compartment: 2, blobs: [blob] })).toMatchObject({ firstSeq: 2 });
    vault.append([utf8("by Ada")]);
    second.append([utf8("by Bob")]);
    expect([...vault.entries(2)].map((one) => one.author)).toEqual([bob, vault.memberId, bob]);
    expect(vault.checkpoint.signer).toBe(bob);
    const key = vault.memberKeys().find((one) => one.memberId === bob)?.signKey ?? new Uint8Array();
    expect(Buffer.from(second.publicKey).equals(key)).toBe(true);
    expect(verifyDetached(second.sign(utf8("a report")), utf8("a report"), key)).toBe(true);
    second.close();
    second.close();
    expect(await codeOf(() => second.append([]))).toBe("closed");
    expect(await codeOf(() => second.sign(utf8("x")))).toBe("closed");
    vault.append([utf8("by Ada alone")]);
    vault.close();
    expect(await verifyVault(path)).toMatchObject({ ok: true, problems: [] });
    const his = await openAs(path, "Bob");
    expect(textsOf(his)).toEqual(["founded", null, null, "by Ada", "by Bob", "by Ada alone"]);
    his.close();
  });

  it("is another member, with their passphrase or key backup, while the vault is open", async () => {
    const path = at("who");
    const { vault, bob } = await withBob(path);
    const lead = { member: { name: "Ada" }, passphrase: leadPassphrase };
    expect(await codeOf(() => vault.secondSigner(lead))).toBe("invalid-argument");
    expect(await codeOf(() => vault.secondSigner({ ...bobs, passphrase: leadPassphrase }))).toBe("wrong-passphrase");
    expect(await codeOf(() => vault.secondSigner({ passphrase: utf8("Bob") }))).toBe("wrong-passphrase");
    vault.close();
    const his = await openAs(path, "Bob");
    const backup = await his.backupKeys({ passphrase: utf8("safe") });
    his.close();
    const again = await openAs(path, "Ada");
    const second = await again.secondSigner({ passphrase: utf8("safe"), backup });
    expect(second.memberId).toBe(bob);
    const opening = again.secondSigner(bobs);
    again.close();
    expect(await codeOf(() => opening)).toBe("closed");
    expect(await codeOf(() => second.append([utf8("x")]))).toBe("closed");
    expect(await codeOf(() => second.sign(utf8("x")))).toBe("closed");
  });

  it("removes a third, never one of the two, and signs nothing once removed", async () => {
    const path = at("removes");
    const { vault, bob } = await withBob(path, []);
    const eve = await addMember(vault, "Eve");
    const second = await vault.secondSigner(bobs);
    for (const member of [bob, vault.memberId]) {
      expect(
        await codeOf(() => {
          second.removeMember({ member });
        }),
      ).toBe("invalid-argument");
    }
    expect(
      await codeOf(() => {
        second.removeMember({ member: "00".repeat(16) });
      }),
    ).toBe("no-such-member");
    second.removeMember({ member: eve, entries: [utf8("Bob removed Eve")] });
    expect(vault.entry(2)).toMatchObject({ author: bob, compartment: 1, epoch: 2 });
    expect(vault.compartments().map((one) => [one.epoch, one.readable])).toEqual([
      [2, true],
      [2, true],
    ]);
    vault.append([utf8("still hers to read")], { compartment: 2 });
    vault.removeMember({ member: bob });
    expect(await codeOf(() => second.append([utf8("x")]))).toBe("no-such-member");
    expect(await codeOf(() => second.sign(utf8("x")))).toBe("no-such-member");
    expect(textsOf(vault)).toEqual(["founded", "first evaluation", "Bob removed Eve", "still hers to read"]);
    vault.close();
    expect(await verifyVault(path)).toMatchObject({ ok: true, problems: [] });
  });
});
