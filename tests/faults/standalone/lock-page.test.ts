import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyPath } from "../../../electron/standalone/evalvault-verify.mjs";
import { makeSmallVault, temporaryFolder, type SmallVault } from "../vault/small-vault.ts";
import { wordsOfTheApp } from "./agreement.ts";

/** Vaults of more than 1 GiB: the page of SQLite's lock bytes belongs to nothing. Their files are mostly holes. */

const pageSize = 4096;
const lockPage = 262_145;

const folder = temporaryFolder();
let small: SmallVault;
beforeAll(async () => {
  small = await makeSmallVault(join(folder.path, "small.evault"));
});
afterAll(() => {
  folder.remove();
});

/** The small vault with free pages behind it up to page `last`, all but those of `left`: as after a great deletion. */
function grown(last: number, left: readonly number[]): string {
  const path = join(folder.path, "large.evault");
  const bytes = readFileSync(small.path);
  const base = bytes.length / pageSize;
  const numbers = Array.from({ length: last - base }, (_, index) => base + 1 + index).filter(
    (one) => !left.includes(one),
  );
  const file = openSync(path, "w");
  ftruncateSync(file, last * pageSize);
  let before = 0;
  for (let at = 0; at < numbers.length; at += 1023) {
    const [number = 0, ...leaves] = numbers.slice(at, at + 1023);
    const trunk = Buffer.alloc(pageSize);
    [before, leaves.length, ...leaves].forEach((value, place) => trunk.writeUInt32BE(value, 4 * place));
    writeSync(file, trunk, 0, pageSize, (number - 1) * pageSize);
    before = number;
  }
  bytes.writeUInt32BE(last, 28);
  bytes.writeUInt32BE(before, 32);
  bytes.writeUInt32BE(numbers.length, 36);
  writeSync(file, bytes, 0, bytes.length, 0);
  closeSync(file);
  return path;
}

async function verdicts(path: string): Promise<readonly [string, string]> {
  const other = verifyPath(path, { against: [], keys: [] });
  return [(await wordsOfTheApp(path)).why, other.problems.map(({ where, what }) => `${where}: ${what}`).join("; ")];
}

describe("a vault of more than 1 GiB", () => {
  it("is in order for both, opened also", { timeout: 300_000 }, async () => {
    const path = grown(lockPage + 500, [lockPage]);
    expect(await verdicts(path)).toEqual(["", ""]);
    const vault = small.open(path);
    expect(await vault.verify()).toMatchObject({ ok: true, problems: [] });
    vault.close();
  });

  it(
    "in which another page belongs to nothing, or that page is used, is refused by both",
    { timeout: 300_000 },
    async () => {
      const other = await verdicts(grown(lockPage + 500, [lockPage, lockPage + 3]));
      for (const why of other) expect(why).toContain("1 pages belong to nothing");
      for (const why of await verdicts(grown(lockPage + 500, [])))
        expect(why).toContain(`there is no page ${String(lockPage)}`);
    },
  );
});
