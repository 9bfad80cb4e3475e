import { closeSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inspectVault, verifyVault } from "../../../electron/vault/index.ts";
import {
  inPieces,
  makeSmallVault,
  noise,
  readContents,
  temporaryFolder,
  utf8,
  type SmallVault,
} from "./small-vault.ts";

/** A vault beyond the sizes up to which it is tidied (32 MiB) and looked at in memory (64 MiB). */

const folder = temporaryFolder();
let small: SmallVault;
let blobId = "";
const half = 36_000_000;

beforeAll(async () => {
  small = await makeSmallVault(join(folder.path, "a.evault"));
  const vault = small.open();
  const kept = await vault.stageBlob(inPieces(noise(half, "kept"), 1_000_000));
  const dropped = await vault.stageBlob(inPieces(noise(half, "dropped"), 1_000_000));
  vault.append([utf8("a large blob")], { blobs: [kept] });
  // What was dropped leaves free pages behind, as in any vault that is in use for long.
  vault.discardBlob(dropped);
  blobId = kept.id;
  vault.close();
}, 120_000);
afterAll(() => {
  folder.remove();
});

function flip(at: number): void {
  const file = openSync(small.path, "r+");
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, at);
  writeSync(file, Buffer.of((byte[0] ?? 0) ^ 4), 0, 1, at);
  closeSync(file);
}

describe("a large vault", () => {
  it("is whole, also where pages are free", { timeout: 120_000 }, async () => {
    expect(statSync(small.path).size).toBeGreaterThan(64 * 1024 * 1024);
    expect((await verifyVault(small.path)).problems).toEqual([]);
    expect(inspectVault(small.path).entries).toBe(small.contents.entries.length + 1);
    const vault = small.open();
    expect(readContents(vault, [...small.blobIds, blobId]).blobs.slice(0, 2)).toEqual(small.contents.blobs);
    expect((await vault.verify()).problems).toEqual([]);
    vault.close();
  });

  it("names a changed byte of a blob, and reads no other content", { timeout: 120_000 }, async () => {
    const at = 20_000_000;
    flip(at);
    const result = await verifyVault(small.path);
    expect(result.problems.map(({ where }) => where).join(" ")).toContain(blobId);
    const vault = small.open();
    const blob = vault.blob(blobId);
    expect(() => {
      for (let from = 0; from < blob.size; from += 1_000_000) blob.read(from, 1_000_000);
    }).toThrow(expect.objectContaining({ code: "damaged" }));
    vault.close();
    flip(at);
    expect((await verifyVault(small.path)).ok).toBe(true);
  });

  it("can be locked while it is verified", { timeout: 120_000 }, async () => {
    const vault = small.open();
    const running = vault.verify();
    setTimeout(() => {
      vault.close();
    }, 20);
    await expect(running).rejects.toMatchObject({ code: "closed" });
    small.open().close();
  });

  it("can be given up while it is verified", { timeout: 120_000 }, async () => {
    const abort = new AbortController();
    let steps = 0;
    const running = verifyVault(small.path, {
      signal: abort.signal,
      progress: ({ done, total }) => {
        steps += 1;
        expect(done).toBeLessThanOrEqual(total);
        if (done > total / 4) abort.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ code: "cancelled" });
    expect(steps).toBeGreaterThan(3);
  });
});
