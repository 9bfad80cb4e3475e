import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createVault,
  leastKdf,
  unlockVault,
  VaultError,
  verifyVault,
  type OpenVault,
} from "../../../electron/vault/index.ts";

const folder = mkdtempSync(join(tmpdir(), "evalvault-blobs-"));
const path = join(folder, "blobs.evault");
const passphrase = new TextEncoder().encode("passphrase");
let vault: OpenVault;

beforeAll(async () => {
  const founder = { label: "Lead A", name: "Ada", passphrase, kdf: leastKdf };
  vault = await createVault(path, { label: "Blobs", founder, firstEntries: () => [] });
});
afterAll(() => {
  vault.close();
  rmSync(folder, { recursive: true, force: true });
});

async function* inPieces(bytes: Uint8Array, size = 100_003): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve();
    yield bytes.subarray(at, at + size);
  }
}

async function* failing(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield* inPieces(bytes);
  throw new Error("the disk of the log was pulled out");
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const text = Buffer.from("all work and no play makes a dull log line\n".repeat(40_000));

async function reopen(): Promise<void> {
  vault.close();
  vault = await unlockVault(path, { passphrase });
}

describe("blobs", () => {
  it("come back byte for byte, whole and in ranges, at any length", async () => {
    const contents = [0, 1, 262_143, 262_144, 262_145, 1_000_000].map((length) => randomBytes(length)).concat(text);
    const staged = [];
    for (const content of contents) staged.push(await vault.stageBlob(inPieces(content)));
    vault.append([new Uint8Array([1])], { blobs: staged });
    await reopen();
    for (const [index, content] of contents.entries()) {
      const blob = staged[index];
      if (blob === undefined) throw new Error("nothing staged");
      expect(blob).toMatchObject({ size: content.length, sha256: sha256(content) });
      const reader = vault.blob(blob.id);
      expect(reader).toMatchObject({ size: content.length, sha256: sha256(content) });
      const parts: Uint8Array[] = [];
      for await (const part of reader.stream()) parts.push(part);
      expect(Buffer.concat(parts).equals(content)).toBe(true);
      for (const [offset, length] of [
        [0, 10],
        [262_140, 20],
        [content.length - 5, 50],
        [content.length + 9, 3],
      ] as const) {
        const from = Math.max(0, offset);
        expect(Buffer.from(reader.read(from, length)).equals(content.subarray(from, from + length))).toBe(true);
      }
    }
    expect(await verifyAll()).toEqual([]);
  });

  it("are invisible before they are committed, and gone when they never are", async () => {
    const large = randomBytes(20 * 1024 * 1024);
    const blob = await vault.stageBlob(inPieces(large, 1_000_000));
    expect(codeOf(() => vault.blob(blob.id))).toBe("no-such-blob");
    vault.discardBlob(blob);
    expect(codeOf(() => vault.append([], { blobs: [blob] }))).toBe("no-such-blob");
    const kept = await vault.stageBlob(inPieces(large, 1_000_000));
    await reopen();
    expect(codeOf(() => vault.append([], { blobs: [kept] }))).toBe("no-such-blob");
    expect(await verifyAll()).toEqual([]);
    vault.close();
    expect(await verifyVault(path)).toMatchObject({ ok: true, problems: [] });
    vault = await unlockVault(path, { passphrase });
  });

  it("are committed once, with their entries, even when spilled to the file first", async () => {
    const large = randomBytes(20 * 1024 * 1024);
    const seen: number[] = [];
    const blob = await vault.stageBlob(inPieces(large, 1_000_000), { progress: (bytes) => seen.push(bytes) });
    expect(seen.at(-1)).toBe(large.length);
    const { size } = vault;
    expect(codeOf(() => vault.append([new Uint8Array([2])], { blobs: [blob, blob] }))).toBe("invalid-argument");
    expect(vault.size).toBe(size);
    vault.append([new Uint8Array([2])], { blobs: [blob] });
    expect(codeOf(() => vault.append([], { blobs: [blob] }))).toBe("no-such-blob");
    expect(sha256(vault.blob(blob.id).read(0, large.length))).toBe(sha256(large));
  });

  it("leave nothing behind when the source fails or is cancelled", async () => {
    const large = randomBytes(12 * 1024 * 1024);
    await expect(vault.stageBlob(failing(large))).rejects.toThrow("the disk of the log was pulled out");
    const controller = new AbortController();
    const staging = vault.stageBlob(inPieces(large), {
      signal: controller.signal,
      progress: (bytes) => {
        if (bytes > 10_000_000) controller.abort();
      },
    });
    await expect(staging).rejects.toMatchObject({ code: "cancelled" });
    expect(await verifyAll()).toEqual([]);
  });

  it("may be on their way in and out when the vault is locked", async () => {
    const kept = await vault.stageBlob(inPieces(text));
    vault.append([], { blobs: [kept] });
    const reader = vault.blob(kept.id);
    const reading = (async () => {
      for await (const part of reader.stream()) {
        expect(part.length).toBeGreaterThan(0);
        vault.close();
      }
    })();
    const staging = vault.stageBlob(inPieces(randomBytes(12 * 1024 * 1024)));
    await expect(Promise.all([reading])).rejects.toMatchObject({ code: "closed" });
    await expect(staging).rejects.toMatchObject({ code: "closed" });
    expect(codeOf(() => reader.read(0, 1))).toBe("closed");
    await reopen();
    expect(vault.blob(kept.id).sha256).toBe(sha256(text));
    expect(await verifyAll()).toEqual([]);
  });

  it("may be staged side by side", async () => {
    const contents = [randomBytes(3_000_000), text, randomBytes(500)];
    const staged = await Promise.all(contents.map((content) => vault.stageBlob(inPieces(content))));
    vault.append([], { blobs: staged.toReversed() });
    for (const [index, blob] of staged.entries()) {
      expect(vault.blob(blob.id).sha256).toBe(sha256(contents[index] ?? new Uint8Array()));
    }
    expect(codeOf(() => vault.blob("00".repeat(16)))).toBe("no-such-blob");
    expect(await verifyAll()).toEqual([]);
  });
});

describe("snapshots", () => {
  it("come back to their member at the size they were saved at", async () => {
    const model = randomBytes(2_500_000);
    vault.saveSnapshot([
      { name: "header", bytes: new Uint8Array([7]) },
      { name: "empty", bytes: new Uint8Array() },
      { name: "model", bytes: model },
    ]);
    const { size } = vault;
    vault.append([new Uint8Array([3])]);
    await reopen();
    const snapshot = vault.loadSnapshot();
    expect(snapshot?.size).toBe(size);
    expect(snapshot?.parts.map((part) => [part.name, sha256(part.bytes)])).toEqual([
      ["header", sha256(new Uint8Array([7]))],
      ["empty", sha256(new Uint8Array())],
      ["model", sha256(model)],
    ]);
    expect([...vault.entries(size)].map((entry) => [...(entry.plaintext ?? [])])).toEqual([[3]]);
    expect([...vault.entries(0)]).toHaveLength(size + 1);
  });

  it("are replaced, and are nobody else's", async () => {
    vault.saveSnapshot([{ name: "second", bytes: new Uint8Array([9]) }]);
    expect(vault.loadSnapshot()?.parts.map((part) => part.name)).toEqual(["second"]);
    const id = await vault.addMember({ label: "B", name: "Bob", passphrase, kdf: leastKdf });
    vault.close();
    const his = await unlockVault(path, { member: { id }, passphrase });
    expect(his.loadSnapshot()).toBeNull();
    his.close();
    vault = await unlockVault(path, { member: { name: "Ada" }, passphrase });
    expect(vault.loadSnapshot()?.parts.map((part) => part.name)).toEqual(["second"]);
    expect(await verifyAll()).toEqual([]);
  });
});

async function verifyAll(): Promise<unknown> {
  return (await vault.verify()).problems;
}

function codeOf(work: () => unknown): string {
  try {
    work();
    return "no error";
  } catch (error) {
    return error instanceof VaultError ? error.code : String(error);
  }
}
