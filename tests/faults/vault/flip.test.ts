import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sameBytes } from "../../../electron/vault/canonical.ts";
import { VaultError, verifyVault, type Snapshot } from "../../../electron/vault/index.ts";
import { makeSmallVault, readContents, snapshotBytes, temporaryFolder, type SmallVault } from "./small-vault.ts";

/**
 * One changed byte anywhere in a closed vault: verifying without a passphrase names it, and reading with the keys gives
 * the right contents or an error, never other contents. EVALVAULT_EVERY_BYTE=1 takes every byte instead of a sample.
 */

const everyByte = process.env["EVALVAULT_EVERY_BYTE"] === "1";
const verifyStride = everyByte ? 1 : 11;
const readStride = everyByte ? 3 : 37;

const folder = temporaryFolder();
let small: SmallVault;
let whole: Buffer;

beforeAll(async () => {
  small = await makeSmallVault(join(folder.path, "whole.evault"), { shared: true });
  whole = readFileSync(small.path);
});
afterAll(() => {
  folder.remove();
});

/** Every `stride`-th byte changed in one bit, each bit in its turn, as a file. */
function* changes(stride: number): Generator<{ readonly at: number; readonly file: Buffer }> {
  for (let at = 0; at < whole.length; at += stride) {
    const file = Buffer.from(whole);
    file[at] = (file[at] ?? 0) ^ (1 << (Math.floor(at / stride) % 8));
    yield { at, file };
  }
}

async function verdict(path: string): Promise<string> {
  try {
    const result = await verifyVault(path);
    if (result.ok) return "";
    return result.problems.map(({ where, what }) => `${where}: ${what}`).join("; ");
  } catch (error) {
    if (error instanceof VaultError) return error.code;
    return `NOT A VAULT ERROR: ${String(error)}`;
  }
}

/** A snapshot that is damaged is not there; one that is there is the one that was saved. */
function snapshotIsRight(snapshot: Snapshot | null): boolean {
  const [part] = snapshot?.parts ?? [];
  return snapshot === null || (part?.name === "overview" && sameBytes(part.bytes, snapshotBytes));
}

describe("one changed byte", () => {
  it("is named by verify, wherever it is", { timeout: 600_000 }, async () => {
    const path = join(folder.path, "changed.evault");
    const unseen: string[] = [];
    let tried = 0;
    for (const { at, file } of changes(verifyStride)) {
      writeFileSync(path, file);
      const found = await verdict(path);
      if (found === "" || found.startsWith("NOT")) unseen.push(`byte ${String(at)}: ${found}`);
      tried += 1;
    }
    expect(tried).toBe(Math.ceil(whole.length / verifyStride));
    expect(unseen).toEqual([]);
  });

  it("never gives other contents to who holds the keys", { timeout: 600_000 }, () => {
    const outcomes = { right: 0, refused: 0 };
    const wrong: string[] = [];
    for (const { at, file } of changes(readStride)) {
      writeFileSync(small.path, file);
      try {
        const vault = small.open();
        try {
          const contents = readContents(vault, small.blobIds);
          const snapshot = vault.loadSnapshot();
          const same = JSON.stringify(contents) === JSON.stringify(small.contents);
          if (same && snapshotIsRight(snapshot)) outcomes.right += 1;
          else wrong.push(`byte ${String(at)}: other contents`);
        } finally {
          vault.close();
        }
      } catch (error) {
        if (error instanceof VaultError) outcomes.refused += 1;
        else wrong.push(`byte ${String(at)}: ${String(error)}`);
      } finally {
        for (const end of ["-wal", "-shm"]) rmSync(`${small.path}${end}`, { force: true });
      }
    }
    writeFileSync(small.path, whole);
    expect(wrong).toEqual([]);
    expect(outcomes.refused).toBeGreaterThan(100);
    expect(outcomes.right).toBeGreaterThan(100);
  });
});
