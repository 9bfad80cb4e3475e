import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { closeWriter, openForWriting } from "../../../electron/vault/sqlite.ts";
import { createVault, inspectVault, verifyVault, type OpenVault } from "../../../electron/vault/index.ts";
import {
  addMember,
  codeOf,
  kdf,
  leadPassphrase,
  makeShared,
  once,
  openAs,
  temporaryFolder,
  textsOf,
  utf8,
  words,
} from "./vault-fixture.ts";

vi.mock("../../../electron/vault/key-derivation.ts", async (original) => {
  const { quickDerivation } = await import("./quick-derivation.ts");
  return quickDerivation(original);
});

const folder = temporaryFolder("compartments");
afterAll(folder.remove);
const at = (name: string): string => join(folder.path, `${name}.evault`);

/** Closes it, and opens it as somebody. */
async function reopen(vault: OpenVault, path: string, name: string): Promise<OpenVault> {
  vault.close();
  return openAs(path, name);
}

/** The bytes of every row that holds a key for a member, and of their slot. */
function keyRows(path: string, member: string): readonly Uint8Array[] {
  const database = openForWriting(path);
  try {
    const bytes = Buffer.from(member, "hex");
    const sealed: unknown[] = database
      .prepare("SELECT sealed FROM compartment_key WHERE member = ?")
      .pluck()
      .all(bytes);
    const wrapped: unknown[] = database.prepare("SELECT wrapped FROM slot WHERE member = ?").pluck().all(bytes);
    return [...sealed, ...wrapped].filter((one) => one instanceof Uint8Array);
  } finally {
    closeWriter(database);
  }
}

describe("compartments", () => {
  it("are made at founding and later, for those who are named", async () => {
    const path = at("made");
    const vault = await makeShared(path);
    const lead = vault.memberId;
    expect(vault.compartments()).toEqual([
      { id: 1, label: "Main", epoch: 1, holders: [lead], readable: true },
      { id: 2, label: "Evaluations", epoch: 1, holders: [lead], readable: true },
    ]);
    expect([...vault.entries(0)].map((one) => [one.compartment, words(one.plaintext)])).toEqual([
      [1, "founded"],
      [2, "first evaluation"],
    ]);
    const bob = await addMember(vault, "Bob", [1]);
    const seen: number[] = [];
    const third = vault.addCompartment({
      label: "Not for the lead",
      holders: [bob, bob],
      entries: (id) => {
        seen.push(id);
        return [utf8(`compartment ${String(id)}`)];
      },
    });
    expect([third, seen]).toEqual([3, [3]]);
    expect(vault.compartments()[2]).toEqual({
      id: 3,
      label: "Not for the lead",
      epoch: 1,
      holders: [bob],
      readable: false,
    });
    expect(await codeOf(() => vault.append([utf8("x")], { compartment: 3 }))).toBe("no-such-compartment");
    expect(await codeOf(() => vault.append([utf8("x")], { compartment: 4 }))).toBe("no-such-compartment");
    const his = await reopen(vault, path, "Bob");
    expect(his.append([utf8("only his")], { compartment: 3 })).toMatchObject({ firstSeq: 3 });
    expect(textsOf(his)).toEqual(["founded", null, "compartment 3", "only his"]);
    const hers = await reopen(his, path, "Ada");
    expect(textsOf(hers)).toEqual(["founded", "first evaluation", "compartment 3", null]);
    expect(hers.entry(3)).toMatchObject({ author: bob, compartment: 3, epoch: 1, plaintext: null });
    hers.close();
    expect(await verifyVault(path)).toMatchObject({ ok: true, problems: [] });
  });

  it("refuses holders who are not there, labels of two lines, and a founding entry without its compartment", async () => {
    const vault = await makeShared(at("refused"));
    const none = (): readonly Uint8Array[] => [];
    const before = vault.checkpointCount();
    const wanted = { label: "x", entries: none };
    expect(await codeOf(() => vault.addCompartment({ ...wanted, holders: ["00".repeat(16)] }))).toBe("no-such-member");
    expect(await codeOf(() => vault.addCompartment({ ...wanted, holders: [] }))).toBe("invalid-argument");
    expect(await codeOf(() => vault.addCompartment({ ...wanted, label: "a\nb", holders: [vault.memberId] }))).toBe(
      "invalid-argument",
    );
    for (const change of ["grantCompartment", "revokeCompartment"] as const) {
      expect(
        await codeOf(() => {
          vault[change]({ compartment: 9, member: vault.memberId });
        }),
      ).toBe("no-such-compartment");
      expect(
        await codeOf(() => {
          vault[change]({ compartment: 2, member: "no" });
        }),
      ).toBe("no-such-member");
    }
    expect(
      await codeOf(() => {
        vault.rotateCompartment({ compartment: 9 });
      }),
    ).toBe("no-such-compartment");
    expect(await codeOf(() => addMember(vault, "Bob", [1, 9]))).toBe("no-such-compartment");
    expect(vault.checkpointCount()).toBe(before);
    vault.close();
    const founding = createVault(at("no-second"), {
      label: "x",
      founder: { label: "Lead A", name: "Ada", passphrase: leadPassphrase, kdf },
      firstEntries: none,
      sharedEntries: () => [utf8("nowhere to go")],
    });
    expect(await codeOf(() => founding)).toBe("no-such-compartment");
    expect(readdirSync(folder.path).filter((name) => name.includes("no-second"))).toEqual([]);
  });

  it("are shared with a new member: all by default, or those that are named and the roster", async () => {
    const path = at("shared");
    let vault = await makeShared(path);
    await addMember(vault, "Bob");
    await addMember(vault, "Eve", []);
    vault = await reopen(vault, path, "Bob");
    expect(textsOf(vault)).toEqual(["founded", "first evaluation"]);
    vault = await reopen(vault, path, "Eve");
    expect(textsOf(vault)).toEqual(["founded", null]);
    expect(await codeOf(() => addMember(vault, "Mallory", [2]))).toBe("no-such-compartment");
    await addMember(vault, "Trent");
    vault = await reopen(vault, path, "Trent");
    expect(textsOf(vault)).toEqual(["founded", null]);
    vault.close();
  });

  it("keep blobs, staged for one of them, and open them for its holders", async () => {
    const path = at("blobs");
    let vault = await makeShared(path);
    await addMember(vault, "Eve", [1]);
    const content = utf8("a transcript".repeat(1000));
    const blob = await vault.stageBlob(once(content), { compartment: 2 });
    vault.append([utf8("in the roster")], { blobs: [blob] });
    expect(await codeOf(() => vault.stageBlob(once(content), { compartment: 5 }))).toBe("no-such-compartment");
    expect(Buffer.from(vault.blob(blob.id).read(0, blob.size)).equals(content)).toBe(true);
    vault = await reopen(vault, path, "Eve");
    expect(await codeOf(() => vault.blob(blob.id))).toBe("no-such-compartment");
    expect(await codeOf(() => vault.blob("00".repeat(16)))).toBe("no-such-blob");
    vault.close();
  });

  it("take no blob that was staged under a key that was retired since", async () => {
    const vault = await makeShared(at("retired"));
    const early = await vault.stageBlob(once(utf8("early")), { compartment: 2 });
    vault.rotateCompartment({ compartment: 2 });
    const late = await vault.stageBlob(once(utf8("late")), { compartment: 2 });
    expect(await codeOf(() => vault.append([utf8("x")], { blobs: [late, early] }))).toBe("invalid-argument");
    vault.discardBlob(early);
    vault.append([utf8("x")], { blobs: [late], compartment: 2 });
    expect(vault.entry(2)).toMatchObject({ compartment: 2, epoch: 2 });
    expect(await vault.verify()).toMatchObject({ ok: true, problems: [] });
    vault.close();
  });
});

describe("holders", () => {
  it("are added with everything that came before, and their old snapshot goes", async () => {
    const path = at("granted");
    let vault = await makeShared(path);
    const eve = await addMember(vault, "Eve", [1]);
    vault.rotateCompartment({ compartment: 2, entries: [utf8("rotated")] });
    vault.append([utf8("second evaluation")], { compartment: 2 });
    vault = await reopen(vault, path, "Eve");
    expect(textsOf(vault)).toEqual(["founded", null, "rotated", null]);
    expect(
      await codeOf(() => {
        vault.grantCompartment({ compartment: 2, member: eve });
      }),
    ).toBe("no-such-compartment");
    vault.saveSnapshot([{ name: "model", bytes: utf8("without evaluations") }]);
    vault = await reopen(vault, path, "Ada");
    vault.grantCompartment({ compartment: 2, member: eve, entries: [utf8("granted")] });
    vault.grantCompartment({ compartment: 2, member: eve });
    expect(vault.compartments()[1]?.holders).toEqual([vault.memberId, eve]);
    vault = await reopen(vault, path, "Eve");
    expect(vault.loadSnapshot()).toBeNull();
    expect(textsOf(vault)).toEqual(["founded", "first evaluation", "rotated", "second evaluation", "granted"]);
    expect(vault.compartments()[1]?.readable).toBe(true);
    vault.close();
    expect(await verifyVault(path)).toMatchObject({ ok: true, problems: [] });
  });

  it("lose a compartment, its past with it, by anyone who is in the vault but themselves", async () => {
    const path = at("revoked");
    let vault = await makeShared(path);
    const ada = vault.memberId;
    const bob = await addMember(vault, "Bob");
    const eve = await addMember(vault, "Eve", []);
    const revoke =
      (member: string, compartment = 2): (() => void) =>
      () => {
        vault.revokeCompartment({ compartment, member, entries: [utf8("revoked")] });
      };
    expect(await codeOf(revoke(ada))).toBe("invalid-argument");
    expect(await codeOf(revoke(eve))).toBe("invalid-argument");
    expect(await codeOf(revoke(bob, 1))).toBe("invalid-argument");
    vault = await reopen(vault, path, "Eve");
    // She holds nothing of it herself: the new key is made and given to Ada without her.
    revoke(bob)();
    expect(vault.compartments()[1]).toEqual({ id: 2, label: "Evaluations", epoch: 2, holders: [ada], readable: false });
    expect(await codeOf(revoke(ada))).toBe("invalid-argument");
    vault = await reopen(vault, path, "Ada");
    vault.append([utf8("without Bob")], { compartment: 2 });
    expect(textsOf(vault)).toEqual(["founded", "first evaluation", "revoked", "without Bob"]);
    vault = await reopen(vault, path, "Bob");
    expect(textsOf(vault)).toEqual(["founded", null, "revoked", null]);
    vault.close();
    expect(await verifyVault(path)).toMatchObject({ ok: true, problems: [] });
  });
});

describe("a removed member", () => {
  it("has no slot, no key and no snapshot in the file, and cannot read what comes after", async () => {
    const path = at("removed");
    let vault = await makeShared(path);
    const bob = await addMember(vault, "Bob");
    await addMember(vault, "Eve", []);
    vault = await reopen(vault, path, "Bob");
    vault.append([utf8("by Bob")], { compartment: 2 });
    vault.saveSnapshot([{ name: "model", bytes: utf8("all that Bob saw") }]);
    vault.close();
    const his = keyRows(path, bob);
    expect(his).toHaveLength(3);
    vault = await openAs(path, "Ada");
    vault.removeMember({ member: bob, entries: [utf8("Bob is gone")] });
    // At once, while it is open: the log that could still hold them is folded.
    for (const row of his) expect(readFileSync(path).includes(Buffer.from(row))).toBe(false);
    expect(keysOfEpoch(vault)).toEqual([2, 2]);
    vault.append([utf8("after Bob")], { compartment: 2 });
    expect(textsOf(vault)).toEqual(["founded", "first evaluation", "by Bob", "Bob is gone", "after Bob"]);
    expect([...vault.entries(2)].map((one) => [one.author === bob, one.compartment, one.epoch])).toEqual([
      [true, 2, 1],
      [false, 1, 2],
      [false, 2, 2],
    ]);
    expect(vault.memberKeys().map((one) => one.memberId)).toContain(bob);
    expect(vault.slots().map((one) => one.memberId)).not.toContain(bob);
    expect(
      await codeOf(() => {
        vault.removeMember({ member: bob });
      }),
    ).toBe("no-such-member");
    expect(
      await codeOf(() => {
        vault.grantCompartment({ compartment: 2, member: bob });
      }),
    ).toBe("no-such-member");
    const again = await addMember(vault, "Bob");
    expect(again).not.toBe(bob);
    vault = await reopen(vault, path, "Eve");
    expect(textsOf(vault)).toEqual(["founded", null, null, "Bob is gone", null]);
    vault.close();
    expect(keyRows(path, bob)).toEqual([]);
    expect(inspectVault(path).slots.map((one) => one.label)).toEqual(["Lead A", "Member Eve", "Member Bob"]);
    expect(await verifyVault(path)).toMatchObject({ ok: true, problems: [] });
  });

  it("is nobody who has the vault open, and may be the only holder of something", async () => {
    const path = at("only-holder");
    let vault = await makeShared(path);
    const bob = await addMember(vault, "Bob", []);
    expect(
      await codeOf(() => {
        vault.removeMember({ member: vault.memberId });
      }),
    ).toBe("invalid-argument");
    vault.addCompartment({ label: "His", holders: [bob], entries: () => [] });
    vault = await reopen(vault, path, "Bob");
    vault.append([utf8("nobody else's")], { compartment: 3 });
    vault = await reopen(vault, path, "Ada");
    vault.removeMember({ member: bob });
    expect(vault.compartments()[2]).toEqual({ id: 3, label: "His", epoch: 2, holders: [], readable: false });
    expect(
      await codeOf(() => {
        vault.rotateCompartment({ compartment: 3 });
      }),
    ).toBe("invalid-argument");
    expect(textsOf(vault)).toEqual(["founded", "first evaluation", null]);
    vault.close();
    expect(await verifyVault(path)).toMatchObject({ ok: true, problems: [] });
  });
});

describe("a slot's cost", () => {
  it("never falls, and is the least that a change without one takes", async () => {
    const vault = await makeShared(at("cost"));
    const change = { current: leadPassphrase, next: leadPassphrase };
    const raised = { ops: 4, memory: 2 * kdf.memory };
    await vault.changePassphrase({ ...change, kdf: raised });
    for (const lower of [{ ...raised, ops: 3 }, { ...raised, memory: kdf.memory }, kdf]) {
      expect(await codeOf(() => vault.changePassphrase({ ...change, kdf: lower }))).toBe("kdf-refused");
    }
    await vault.changePassphrase(change);
    expect(vault.slots()[0]?.kdf).toEqual({ ops: 4, memory: 256 * 1024 * 1024 });
    expect(await codeOf(() => vault.changePassphrase({ next: leadPassphrase }))).toBe("wrong-passphrase");
    vault.close();
  });
});

describe("proofs", () => {
  it("have the root and the leaf of any size and entry", async () => {
    const vault = await makeShared(at("roots"));
    for (let round = 0; round < 7; round += 1) vault.append([utf8(String(round))], { compartment: 1 + (round % 2) });
    for (const { size, rootHex } of vault.checkpoints()) {
      expect(Buffer.from(vault.rootAt(size)).toString("hex")).toBe(rootHex);
    }
    const leaf = vault.leafHash(0);
    expect(Buffer.from(vault.rootAt(1)).equals(leaf)).toBe(true);
    leaf.fill(0);
    expect(Buffer.from(vault.rootAt(1)).equals(vault.leafHash(0))).toBe(true);
    for (const size of [-1, 1.5, vault.size + 1])
      expect(await codeOf(() => vault.rootAt(size))).toBe("invalid-argument");
    for (const seq of [-1, 0.5, vault.size]) expect(await codeOf(() => vault.leafHash(seq))).toBe("no-such-entry");
    vault.close();
  });
});

const keysOfEpoch = (vault: OpenVault): number[] => vault.compartments().map((one) => one.epoch);
