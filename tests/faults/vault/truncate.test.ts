import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inspectVault, VaultError, verifyVault, type VaultErrorCode } from "../../../electron/vault/index.ts";
import { makeSmallVault, temporaryFolder, type SmallVault } from "./small-vault.ts";

/** A vault whose end is missing, or that has more than it had. */

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

const codeOf = (action: () => unknown): VaultErrorCode | "no error" => {
  try {
    action();
    return "no error";
  } catch (error) {
    if (error instanceof VaultError) return error.code;
    throw error;
  }
};

async function isSeenToBeBroken(path: string): Promise<boolean> {
  try {
    return !(await verifyVault(path)).ok;
  } catch (error) {
    if (error instanceof VaultError) return true;
    throw error;
  }
}

describe("a vault cut off", () => {
  it("anywhere is refused by everything that opens it, and stays as it is", { timeout: 300_000 }, async () => {
    const path = join(folder.path, "cut.evault");
    const lengths = new Set([0, 1, 15, 16, 99, 100, 4095, whole.length - 1, whole.length - 4096]);
    for (let length = 512; length < whole.length; length += 512) lengths.add(length);
    for (const length of lengths) {
      const cut = whole.subarray(0, length);
      writeFileSync(path, cut);
      const expected: VaultErrorCode = length < 100 ? "not-a-vault" : "damaged";
      expect(
        codeOf(() => inspectVault(path)),
        `inspect at ${String(length)}`,
      ).toBe(expected);
      expect(
        codeOf(() => small.open(path)),
        `open at ${String(length)}`,
      ).toBe(expected);
      expect(await isSeenToBeBroken(path), `verify at ${String(length)}`).toBe(true);
      expect(readFileSync(path).equals(cut), `file at ${String(length)}`).toBe(true);
    }
  });

  it.each([1, 4096, 5000])("or with %i bytes more is not whole", async (more) => {
    const path = join(folder.path, "longer.evault");
    writeFileSync(path, Buffer.concat([whole, Buffer.alloc(more)]));
    expect(await isSeenToBeBroken(path)).toBe(true);
  });
});

describe("what is no vault, or not one of this version", () => {
  const write = (name: string, bytes: Uint8Array): string => {
    const path = join(folder.path, name);
    writeFileSync(path, bytes);
    return path;
  };
  const withByte = (at: number, value: number): Buffer => {
    const copy = Buffer.from(whole);
    copy[at] = value;
    return copy;
  };

  it("is told apart: missing, folder, text, another SQLite file, a later format", async () => {
    const cases: readonly (readonly [string, VaultErrorCode])[] = [
      [join(folder.path, "nothing.evault"), "missing"],
      [folder.path, "not-a-vault"],
      [write("text.evault", Buffer.from("a".repeat(5000))), "not-a-vault"],
      [write("other.evault", withByte(68, 0)), "not-a-vault"],
      [write("later.evault", withByte(63, 2)), "future-format"],
    ];
    for (const [path, code] of cases) {
      expect(
        codeOf(() => inspectVault(path)),
        path,
      ).toBe(code);
      expect(
        codeOf(() => small.open(path)),
        path,
      ).toBe(code);
      await expect(verifyVault(path), path).rejects.toMatchObject({ code });
    }
    expect(readFileSync(join(folder.path, "later.evault")).equals(withByte(63, 2))).toBe(true);
  });
});
