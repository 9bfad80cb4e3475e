import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeSmallVault, noise, temporaryFolder } from "../vault/small-vault.ts";
import { disagreement, makeRichVault, sampleVault } from "./agreement.ts";

/**
 * Two verifiers that share no code, on the same damaged files: neither may find in order what the other does not. A
 * sample of all places here; EVALVAULT_EVERY_BYTE=1 takes every byte.
 */

const pageSize = 4096;
const changesOfEach = process.env["EVALVAULT_EVERY_BYTE"] === "1" ? Number.POSITIVE_INFINITY : 260;

const folder = temporaryFolder();
const vaults = new Map<string, Buffer>();

beforeAll(async () => {
  const small = await makeSmallVault(join(folder.path, "small.evault"));
  const rich = await makeRichVault(join(folder.path, "rich.evault"));
  vaults.set("the sample of format 1", sampleVault());
  vaults.set("a small vault", readFileSync(small.path));
  vaults.set("a vault of many compartments", readFileSync(rich.path));
});
afterAll(() => {
  folder.remove();
});

const names = ["the sample of format 1", "a small vault", "a vault of many compartments"] as const;
const whole = (name: string): Buffer => Buffer.from(vaults.get(name) ?? []);

/** Asks about each damaged file; both must refuse it. */
async function refusals(files: Iterable<readonly [string, Buffer]>): Promise<{ tried: number; odd: string[] }> {
  const odd: string[] = [];
  let tried = 0;
  for (const [what, file] of files) {
    const found = await disagreement(folder.path, file, false);
    if (found !== null) odd.push(`${what}: ${found}`);
    tried += 1;
  }
  return { tried, odd };
}

describe.each(names)("%s", (name) => {
  it("is in order for both", async () => {
    expect(await disagreement(folder.path, whole(name), true)).toBeNull();
  });

  it("with one byte changed anywhere is refused by both", { timeout: 900_000 }, async () => {
    const file = whole(name);
    const stride = Math.max(1, Math.floor(file.length / changesOfEach));
    function* changes(): Generator<readonly [string, Buffer]> {
      for (let at = 0, turn = 0; at < file.length; at += stride, turn += 1) {
        const changed = Buffer.from(file);
        changed.writeUInt8(changed.readUInt8(at) ^ (1 << (turn % 8)), at);
        yield [`byte ${String(at)}`, changed];
      }
    }
    const { tried, odd } = await refusals(changes());
    expect(odd).toEqual([]);
    expect(tried).toBeGreaterThanOrEqual(Math.min(changesOfEach, file.length));
  });

  it("with a changed byte in its header, or in the head of any page, is refused by both", async () => {
    const file = whole(name);
    function* changes(): Generator<readonly [string, Buffer]> {
      const places = Array.from({ length: 100 }, (_, at) => at);
      for (let page = 0; page < file.length; page += pageSize)
        places.push(page + (page === 0 ? 100 : 0) + ((page / pageSize) % 12));
      for (const at of places) {
        const changed = Buffer.from(file);
        changed.writeUInt8(changed.readUInt8(at) ^ 0x41, at);
        yield [`byte ${String(at)}`, changed];
      }
    }
    expect((await refusals(changes())).odd).toEqual([]);
  });

  it("cut off, or with more at its end, is refused by both", async () => {
    const file = whole(name);
    function* lengths(): Generator<readonly [string, Buffer]> {
      const cuts = [0, 1, 15, 16, 71, 72, 99, 100, 101, 4095, file.length - 1, file.length - 511];
      for (let at = 512; at < file.length; at += 512 * 7) cuts.push(at);
      for (let at = pageSize; at < file.length; at += pageSize) cuts.push(at);
      for (const length of cuts) yield [`cut to ${String(length)}`, file.subarray(0, length)];
      for (const more of [1, pageSize, 5000]) yield [`${String(more)} more`, Buffer.concat([file, Buffer.alloc(more)])];
    }
    expect((await refusals(lengths())).odd).toEqual([]);
  });

  it("with pages emptied, filled, swapped or repeated is refused by both", async () => {
    const file = whole(name);
    const pages = file.length / pageSize;
    const page = (number: number): Buffer => file.subarray(number * pageSize, (number + 1) * pageSize);
    function* mixed(): Generator<readonly [string, Buffer]> {
      for (let number = 0; number < pages; number += Math.ceil(pages / 15)) {
        const other = (number + 1 + (number % 5)) % pages;
        for (const [what, bytes] of [
          ["emptied", Buffer.alloc(pageSize)],
          ["filled", noise(pageSize, "page")],
          ["replaced", page(other)],
        ] as const) {
          const changed = Buffer.from(file);
          changed.set(bytes, number * pageSize);
          if (!changed.equals(file)) yield [`page ${String(number + 1)} ${what}`, changed];
        }
        const swapped = Buffer.from(file);
        swapped.set(page(other), number * pageSize);
        swapped.set(page(number), other * pageSize);
        if (!swapped.equals(file)) yield [`pages ${String(number + 1)} and ${String(other + 1)} swapped`, swapped];
      }
    }
    const { tried, odd } = await refusals(mixed());
    expect(odd).toEqual([]);
    expect(tried).toBeGreaterThan(30);
  });
});
