import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  createVault,
  inspectVault,
  leafHash,
  leastKdf,
  newMemberId,
  parseCheckpoint,
  parseNote,
  unlockVault,
  VaultError,
  verifyConsistency,
  verifyInclusion,
  verifyNote,
  verifyVault,
  writeFileDurably,
  type OpenVault,
  type UnlockRequest,
} from "../../../electron/vault/index.ts";
import { fromHex, pack } from "../../../electron/vault/canonical.ts";
import { sodium } from "../../../electron/vault/sodium.ts";
import { openForWriting, closeWriter } from "../../../electron/vault/sqlite.ts";

const folder = mkdtempSync(join(tmpdir(), "evalvault-life-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const words = (bytes: Uint8Array | null): string => (bytes === null ? "sealed" : new TextDecoder().decode(bytes));
const passphrase = utf8("correct horse battery staple");
const kdf = leastKdf;

async function makeVault(name: string): Promise<{ path: string; vault: OpenVault }> {
  const path = join(folder, name);
  const vault = await createVault(path, {
    label: "Workspace 7",
    founder: { label: "Lead A", name: "Ada Lovelace", passphrase, kdf },
    firstEntries: ({ vaultId, memberId }) => [utf8(`${vaultId}/${memberId}`)],
  });
  return { path, vault };
}

async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return "no error";
  } catch (error) {
    return error instanceof VaultError ? error.code : `not a vault error: ${String(error)}`;
  }
}

describe("a vault's life", () => {
  it("is created, locked, unlocked and says the same again", async () => {
    const { path, vault } = await makeVault("life.evault");
    expect(readdirSync(folder)).toContain("life.evault");
    expect(words(vault.entry(0).plaintext)).toBe(`${vault.id}/${vault.memberId}`);
    const receipt = vault.append([utf8("one"), utf8("two")]);
    expect(receipt).toMatchObject({ firstSeq: 1, lastSeq: 2, root: vault.checkpoint.rootHex });
    const { id } = vault;
    vault.close();
    vault.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(await codeOf(() => vault.append([]))).toBe("closed");

    const again = await unlockVault(path, { passphrase });
    expect(again.id).toBe(id);
    expect([...again.entries(1)].map((entry) => [entry.seq, words(entry.plaintext), entry.author])).toEqual([
      [1, "one", again.memberId],
      [2, "two", again.memberId],
    ]);
    expect(await codeOf(() => again.entry(3))).toBe("no-such-entry");
    again.close();
    expect(readFileSync(path).includes("Lovelace")).toBe(false);
  });

  it("is never made over another file, and leaves nothing behind when it fails", async () => {
    const path = join(folder, "there.evault");
    writeFileSync(path, "something else");
    const before = readdirSync(folder).length;
    const founder = { label: "Lead A", name: "Ada", passphrase, kdf };
    expect(await codeOf(() => createVault(path, { label: "x", founder, firstEntries: () => [] }))).toBe("exists");
    const failing = createVault(join(folder, "failing.evault"), {
      label: "x",
      founder,
      firstEntries: () => {
        throw new VaultError("invalid-argument", "no");
      },
    });
    expect(await codeOf(() => failing)).toBe("invalid-argument");
    expect(
      await codeOf(() => createVault(join(folder, "no", "x"), { label: "x", founder, firstEntries: () => [] })),
    ).toBe("missing");
    expect(readFileSync(path, "utf8")).toBe("something else");
    expect(readdirSync(folder)).toHaveLength(before);
  });

  it("opens for who is meant, and refuses everything else in the same words", async () => {
    const { path, vault } = await makeVault("members.evault");
    const keyFile = utf8("a key file");
    const id = newMemberId();
    const bob = { label: "Evaluator B", name: "Bob", passphrase: utf8("bob's"), keyFile, kdf };
    expect(await vault.addMember({ ...bob, id, entries: [utf8("bob is here")] })).toBe(id);
    expect(words(vault.entry(1).plaintext)).toBe("bob is here");
    expect(await codeOf(() => vault.addMember({ ...bob, name: " BOB " }))).toBe("invalid-argument");
    vault.close();

    for (const member of [{ id }, { name: "bob" }, { label: "evaluator b" }]) {
      const opened = await unlockVault(path, { member, passphrase: bob.passphrase, keyFile });
      expect(opened.memberId).toBe(id);
      expect(words(opened.entry(1).plaintext)).toBe("bob is here");
      opened.close();
    }
    const wrong: UnlockRequest[] = [
      { member: { id }, passphrase: bob.passphrase },
      { member: { id }, passphrase: utf8("bob"), keyFile },
      { member: { name: "Eve" }, passphrase: bob.passphrase, keyFile },
      { member: { id: "zz" }, passphrase },
      { passphrase },
    ];
    const errors = new Set<string>();
    for (const request of wrong) {
      const error: unknown = await unlockVault(path, request).catch((thrown: unknown) => thrown);
      errors.add(error instanceof VaultError ? `${error.code}: ${error.message}` : "opened");
    }
    expect([...errors]).toEqual([
      "wrong-passphrase: The vault did not open: member, passphrase or key file is not right.",
    ]);
  });

  it("has the author of each entry from who signed", async () => {
    const { path, vault } = await makeVault("authors.evault");
    const lead = vault.memberId;
    const bob = await vault.addMember({ label: "Evaluator B", name: "Bob", passphrase: utf8("b"), kdf });
    vault.append([utf8("by lead")]);
    vault.close();
    const his = await unlockVault(path, { member: { id: bob }, passphrase: utf8("b") });
    his.append([utf8("by bob")]);
    const keys = his.memberKeys().find((one) => one.memberId === bob);
    expect(keys?.addedBy).toBe(lead);
    expect([...his.entries(0)].map((entry) => entry.author)).toEqual([lead, lead, bob]);
    expect(his.checkpoints().map((one) => [one.number, one.size, one.signer])).toEqual([
      [1, 0, lead],
      [2, 1, lead],
      [3, 1, lead],
      [4, 2, lead],
      [5, 3, bob],
    ]);
    expect(his.checkpoints(4, 1).map((one) => one.number)).toEqual([4]);
    his.close();
    expect(await verifyVault(path)).toMatchObject({
      ok: true,
      depth: "ciphertext",
      entries: 3,
      checkpoints: 5,
      blobs: 0,
    });
  });

  it("changes a passphrase and keeps everything else", async () => {
    const { path, vault } = await makeVault("change.evault");
    const next = utf8("another one");
    expect(await codeOf(() => vault.changePassphrase({ current: next, next, kdf }))).toBe("wrong-passphrase");
    await vault.changePassphrase({ current: passphrase, next, kdf, nextKeyFile: utf8("file") });
    expect(vault.slots()).toMatchObject([{ label: "Lead A", keyFile: true }]);
    vault.close();
    expect(await codeOf(() => unlockVault(path, { passphrase }))).toBe("wrong-passphrase");
    const again = await unlockVault(path, { passphrase: next, keyFile: utf8("file") });
    expect(again.size).toBe(1);
    expect(await again.verify()).toMatchObject({ ok: true, depth: "everything", problems: [] });
    again.close();
  });

  it("refuses a key derivation below the floor or beyond reason, when made and when opened", async () => {
    const { path, vault } = await makeVault("floor.evault");
    const weak = { ops: 2, memory: 64 * 1024 * 1024 };
    const bob = { label: "B", name: "B", passphrase };
    for (const cost of [
      weak,
      { ops: 3, memory: 32 * 1024 * 1024 },
      { ops: 3, memory: 2 ** 31 },
      { ops: 99, memory: 2 ** 26 },
    ]) {
      expect(await codeOf(() => vault.addMember({ ...bob, kdf: cost }))).toBe("kdf-refused");
    }
    vault.close();
    const database = openForWriting(path);
    database.prepare("UPDATE slot SET ops = 1").run();
    closeWriter(database);
    expect(await codeOf(() => unlockVault(path, { passphrase }))).toBe("kdf-refused");
    expect((await verifyVault(path)).problems.map((one) => one.where)).toContain("slot 1");
  });

  it("is held by one opener, and tells the others", async () => {
    const { path, vault } = await makeVault("held.evault");
    expect(await codeOf(() => unlockVault(path, { passphrase }))).toBe("in-use");
    expect(await codeOf(() => inspectVault(path))).toBe("in-use");
    expect(await codeOf(() => verifyVault(path))).toBe("in-use");
    vault.append([utf8("still mine")]);
    vault.close();
    expect(inspectVault(path)).toMatchObject({
      label: "Workspace 7",
      format: 1,
      entries: 2,
      slots: [{ label: "Lead A" }],
    });
  });

  it("cancels a key derivation", async () => {
    const { path, vault } = await makeVault("cancel.evault");
    vault.close();
    const controller = new AbortController();
    const opening = unlockVault(path, { passphrase }, { signal: controller.signal });
    setTimeout(() => {
      controller.abort();
    }, 20);
    expect(await codeOf(() => opening)).toBe("cancelled");
    expect(inspectVault(path).entries).toBe(1);
  });
});

describe("proofs and signatures", () => {
  it("verify with nothing but the note, the key and the row", async () => {
    const { vault } = await makeVault("proofs.evault");
    for (let index = 0; index < 9; index += 1) vault.append([utf8(`entry ${String(index)}`)]);
    const { note, rootHex, size, signer } = vault.checkpoint;
    const parsed = parseNote(note);
    const [key] = vault.memberKeys();
    expect(parsed !== null && key !== undefined && verifyNote(parsed, { name: signer, publicKey: key.signKey })).toBe(
      true,
    );
    expect(parseCheckpoint(parsed?.text ?? "")).toMatchObject({ size: 10, blobs: 0 });
    const root = fromHex(rootHex);
    const heads = vault.checkpoints();
    const earlier = heads.find((one) => one.size === 4);
    const proof = vault.consistencyProof(4, 10);
    expect(verifyConsistency({ size: 4, root: fromHex(earlier?.rootHex ?? "") }, { size, root }, proof)).toBe(true);
    const leaf = leafHash(pack("another entry"));
    expect(verifyInclusion({ leaf, index: 3, size, root }, vault.inclusionProof(3))).toBe(false);
    expect(vault.inclusionProof(3)).toHaveLength(4);
    expect(await codeOf(() => vault.inclusionProof(10))).toBe("no-such-entry");
    const signature = vault.sign(utf8("a report"));
    expect(sodium.crypto_sign_verify_detached(signature, utf8("a report"), vault.publicKey)).toBe(true);
    vault.close();
  });

  it("writes a file whole or not at all", () => {
    const path = join(folder, "file.bin");
    writeFileDurably(path, utf8("first"));
    writeFileDurably(path, utf8("second"));
    expect(readFileSync(path, "utf8")).toBe("second");
    expect(() => {
      writeFileDurably(join(folder, "no folder", "x"), utf8("x"));
    }).toThrow(expect.objectContaining({ code: "missing" }));
    expect(readdirSync(folder).filter((name) => name.endsWith(".partial"))).toEqual([]);
  });
});
