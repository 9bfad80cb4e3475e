import "../kill/quick-argon2.ts";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unlockVault, verifyVault, type OpenVault } from "../../../electron/vault/index.ts";
import { checkOpen, makeBase } from "../kill/after-kill.ts";
import { times } from "../kill/child.ts";
import { blobBytes, founder, passphrase, sha256, snapshotOf, text, work } from "../kill/vault-tale.ts";
import { inPieces, noise, temporaryFolder } from "./small-vault.ts";

/**
 * Power lost at any moment: the write-ahead log cut off at every 512 bytes, alone or followed by rubbish, or with a sector
 * or a bit of it lost. What is there afterwards is a beginning of what was committed, whole, and the vault works on.
 */

const folder = temporaryFolder();
const base = join(folder.path, "base.evault");
const log = join(folder.path, "log");
const path = join(folder.path, "cut.evault");
/** How many entries there were before, and after each commit. */
let sizes: readonly number[];
let texts: readonly string[];

const open = (at: string): Promise<OpenVault> =>
  unlockVault(at, { member: { label: founder.label }, passphrase: passphrase(0) });
const textsOf = (vault: OpenVault): string[] =>
  [...vault.entries(0)].map(({ plaintext }) => Buffer.from(plaintext ?? []).toString("utf8"));

beforeAll(async () => {
  const whole = join(folder.path, "a.evault");
  await makeBase(whole);
  const vault = await open(whole);
  sizes = await withoutFolding(() => commitAll(vault));
  texts = textsOf(vault);
  // Everything is still in the log: closing would fold it in.
  copyFileSync(whole, base);
  copyFileSync(`${whole}-wal`, log);
  vault.close();
});
afterAll(() => {
  folder.remove();
});

/** Removing somebody folds the log at once; here it is to stay, so that this commit can be cut, too. */
async function withoutFolding<T>(act: () => Promise<T>): Promise<T> {
  const pragma: unknown = Reflect.get(Database.prototype, "pragma");
  if (typeof pragma !== "function") throw new Error("there is no pragma");
  let held = 0;
  Reflect.set(Database.prototype, "pragma", function (this: unknown, ...args: readonly unknown[]): unknown {
    if (!String(args[0]).startsWith("wal_checkpoint")) return Reflect.apply(pragma, this, args);
    held += 1;
    return [];
  });
  try {
    return await act();
  } finally {
    Reflect.set(Database.prototype, "pragma", pragma);
    expect(held).toBe(1);
  }
}

/** Commits of every kind; gives back the sizes after each. */
async function commitAll(vault: OpenVault): Promise<number[]> {
  const reached = [vault.size];
  const done = (): unknown => reached.push(vault.size);
  const entries = (words: string): Uint8Array[] => [text(words)];
  vault.append([text("pair one a"), text("pair one b")], { compartment: work });
  done();
  const bytes = blobBytes(20_000, "cut");
  const blob = await vault.stageBlob(inPieces(bytes), { compartment: work });
  vault.append(entries(`blob ${blob.id} ${sha256(bytes)}`), { blobs: [blob], compartment: work });
  done();
  vault.saveSnapshot([{ name: "overview", bytes: snapshotOf(vault.size) }]);
  const id = "3c".repeat(16);
  const name = "Margaret Hamilton";
  await vault.addMember({
    id,
    label: "Evaluator C",
    name,
    passphrase: passphrase(9),
    entries: entries(`member ${id}`),
  });
  done();
  vault.rotateCompartment({ compartment: work, entries: entries(`rotated ${String(work)}`) });
  done();
  vault.append([text(`pair ${"x".repeat(9_000)} a`), text(`pair ${"x".repeat(9_000)} b`)], { compartment: work });
  done();
  vault.removeMember({ member: id, entries: entries(`removed ${id}`) });
  done();
  return reached;
}

/** Opens what a power cut left, checks it, works on in it, and verifies it. Gives back how many entries survived. */
async function recover(cut: Uint8Array): Promise<number> {
  for (const end of ["-wal", "-shm"]) rmSync(`${path}${end}`, { force: true });
  copyFileSync(base, path);
  writeFileSync(`${path}-wal`, cut);
  const vault = await open(path);
  const { size } = vault;
  expect(textsOf(vault)).toEqual(texts.slice(0, size));
  checkOpen(vault, [], true);
  vault.append([text("pair after a"), text("pair after b")], { compartment: work });
  vault.close();
  expect((await verifyVault(path)).problems).toEqual([]);
  return size;
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
    expect([...counts].sort((a, b) => a - b)).toEqual(sizes);
  });

  it("with any single sector of the log lost", { timeout: 300_000 }, async () => {
    const whole = readFileSync(log);
    for (let at = 0; at < whole.length; at += 512 * 5) {
      const holed = Buffer.from(whole);
      holed.fill(0, at, Math.min(at + 512, whole.length));
      expect(sizes).toContain(await recover(holed));
    }
  });

  it("with any single bit of the log turned", { timeout: 300_000 * times }, async () => {
    const whole = readFileSync(log);
    const stride = Math.max(8, Math.floor(1_499 / times));
    const survived = new Set<number>();
    for (let at = 0; at < whole.length; at += at < 80 ? 1 : stride) {
      const turned = Buffer.from(whole);
      turned[at] = (turned[at] ?? 0) ^ (1 << (at % 8));
      survived.add(await recover(turned));
    }
    for (const size of survived) expect(sizes).toContain(size);
    expect(survived.size).toBeGreaterThan(3);
  });

  it("loses nothing where the log is whole", async () => {
    expect(await recover(readFileSync(log))).toBe(texts.length);
  });
});
