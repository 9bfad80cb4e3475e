import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyVault, type OpenVault } from "../../../electron/vault/index.ts";
import { inPieces, makeSmallVault, noise, temporaryFolder, utf8, type SmallVault } from "./small-vault.ts";

/**
 * Power lost at any moment: the write-ahead log cut off at every 512 bytes, alone or followed by rubbish. What is there
 * afterwards is a beginning of what was committed, whole, and the vault works on.
 */

const folder = temporaryFolder();
const base = join(folder.path, "base.evault");
const log = join(folder.path, "log");
const path = join(folder.path, "cut.evault");
let small: SmallVault;
/** What each commit made, in order. */
let texts: readonly string[];
let firstSize: number;

beforeAll(async () => {
  small = await makeSmallVault(join(folder.path, "a.evault"), { blobs: [300] });
  const vault = small.open();
  firstSize = vault.size;
  texts = await work(vault);
  // Everything is still in the log: closing would fold it in.
  copyFileSync(small.path, base);
  copyFileSync(`${small.path}-wal`, log);
  vault.close();
});
afterAll(() => {
  folder.remove();
});

/** Commits of every kind; gives back the texts of all entries made. */
async function work(vault: OpenVault): Promise<string[]> {
  const made: string[] = [];
  const say = (text: string): Uint8Array => {
    made.push(text);
    return utf8(text);
  };
  for (let round = 0; round < 2; round += 1) {
    vault.append([say(`one of round ${String(round)}`)]);
    vault.append([say("x".repeat(9000)), say("second of a pair")]);
    const blob = await vault.stageBlob(inPieces(noise(20_000, String(round))));
    vault.append([say(`blob ${blob.id}`)], { blobs: [blob] });
    vault.saveSnapshot([{ name: "overview", bytes: noise(3000, `snapshot ${String(round)}`) }]);
  }
  await vault.addMember({
    label: "Evaluator C",
    name: "Margaret Hamilton",
    passphrase: utf8("the moon is a harsh mistress"),
    kdf: { ops: 3, memory: 64 * 1024 * 1024 },
    entries: [say("member C")],
  });
  return made;
}

/** Opens what a power cut left, checks it, works on in it, and verifies it. Gives back how many entries survived. */
async function recover(cut: Uint8Array): Promise<number> {
  for (const end of ["-wal", "-shm"]) rmSync(`${path}${end}`, { force: true });
  copyFileSync(base, path);
  writeFileSync(`${path}-wal`, cut);
  const vault = small.open(path);
  const survived = vault.size - firstSize;
  const found = [...vault.entries(firstSize)].map((entry) => Buffer.from(entry.plaintext ?? []).toString("utf8"));
  expect(found).toEqual(texts.slice(0, survived));
  for (const text of found) {
    const id = /^blob ([0-9a-f]+)$/.exec(text)?.[1];
    if (id !== undefined) expect(vault.blob(id).read(0, 20_000).length).toBe(20_000);
  }
  vault.append([utf8("after the cut")]);
  vault.close();
  expect((await verifyVault(path)).problems).toEqual([]);
  return survived;
}

describe("a power cut", () => {
  it("at every 512 bytes of the log, with and without rubbish after it", { timeout: 300_000 }, async () => {
    const whole = readFileSync(log);
    const counts = new Set<number>();
    let cuts = 0;
    for (let step = 0; step <= whole.length; step += 512) {
      const length = Math.min(step + 511, whole.length) === whole.length ? whole.length : step;
      counts.add(await recover(whole.subarray(0, length)));
      const rubbish = noise(512 * (1 + (length % 7)), String(length));
      await recover(Buffer.concat([whole.subarray(0, length), rubbish]));
      cuts += 2;
    }
    expect(cuts).toBeGreaterThan(200);
    // Every commit is seen to survive somewhere, none of them in part.
    expect([...counts].sort((a, b) => a - b)).toEqual([0, 1, 3, 4, 5, 7, 8, 9]);
  });

  it("with any single sector of the log lost", { timeout: 300_000 }, async () => {
    const whole = readFileSync(log);
    for (let at = 0; at < whole.length; at += 512 * 5) {
      const holed = Buffer.from(whole);
      holed.fill(0, at, Math.min(at + 512, whole.length));
      await recover(holed);
    }
  });

  it("loses nothing where the log is whole", async () => {
    expect(await recover(readFileSync(log))).toBe(texts.length);
  });
});
