import { copyFileSync, existsSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect } from "vitest";
import { createVault, unlockVault, VaultError, verifyVault, type OpenVault } from "../../../electron/vault/index.ts";
import { formsOf, searchFiles } from "../../e2e/canary-search.ts";
import { inPieces } from "../vault/small-vault.ts";
import {
  blobBytes,
  canary,
  founder,
  passphrase,
  second,
  secondPassphrase,
  sha256,
  snapshotOf,
  tell,
  text,
  work,
} from "./vault-tale.ts";

/** Vaults for writers to be killed on, and what must be true of them afterwards. */

/** A vault with two members, some entries, a blob and a snapshot; closed. */
export async function makeBase(path: string): Promise<void> {
  const vault = await createVault(path, {
    label: "To be killed",
    founder: { ...founder, passphrase: passphrase(0) },
    compartments: [{ label: "Evaluations" }],
    firstEntries: ({ memberId }) =>
      [`member ${memberId}`, `compartment 1 ${memberId}`, `compartment ${String(work)} ${memberId}`].map(text),
  });
  await addSecond(vault);
  await appendBlob(vault, 3_000);
  vault.saveSnapshot([{ name: "overview", bytes: snapshotOf(vault.size) }]);
  vault.close();
}

async function addSecond(vault: OpenVault): Promise<void> {
  const id = "5e".repeat(16);
  const entries = [text(`member ${id}`)];
  await vault.addMember({ ...second, id, passphrase: secondPassphrase, entries });
}

async function appendBlob(vault: OpenVault, length: number): Promise<void> {
  const bytes = blobBytes(length, "base");
  const blob = await vault.stageBlob(inPieces(bytes, 1_000_000), { compartment: work });
  vault.append([text(`blob ${blob.id} ${sha256(bytes)}`)], { blobs: [blob], compartment: work });
}

/** A vault as a killed program leaves it: entries in the log only, chunks of a blob that no entry names. */
export async function makeCrashed(base: string, crashed: string): Promise<void> {
  const path = `${crashed}.open`;
  copyFileSync(base, path);
  const vault = await unlockVault(path, { member: { label: founder.label }, passphrase: passphrase(0) });
  vault.append([text("pair crashed a"), text("pair crashed b")], { compartment: work });
  await appendBlob(vault, 50_000);
  await vault.stageBlob(inPieces(blobBytes(9_000_000, "dropped"), 1_000_000), { compartment: work });
  copyFileSync(path, crashed);
  copyFileSync(`${path}-wal`, `${crashed}-wal`);
  vault.close();
  rmSync(path);
}

/** Puts a vault of its own into an empty folder. */
export function putVault(from: string, to: string): void {
  for (const name of readdirSync(dirname(to))) rmSync(join(dirname(to), name), { recursive: true });
  copyFileSync(from, to);
  if (existsSync(`${from}-wal`)) copyFileSync(`${from}-wal`, `${to}-wal`);
}

const needles = formsOf("the canary", canary);

/** Which files of a folder hold what was typed. */
export function readable(folder: string): readonly string[] {
  return searchFiles([{ folder }], [], needles).found;
}

/** Opens with the passphrase that was acknowledged last, or with the one that was being set. */
async function unlock(path: string, lines: readonly string[]): Promise<OpenVault> {
  const acknowledged = lines.filter((line) => / passphrase \d+$/.test(line)).length;
  try {
    return await unlockVault(path, { member: { label: founder.label }, passphrase: passphrase(acknowledged) });
  } catch (error) {
    if (!(error instanceof VaultError) || error.code !== "wrong-passphrase") throw error;
    return unlockVault(path, { member: { label: founder.label }, passphrase: passphrase(acknowledged + 1) });
  }
}

function checkMembers(vault: OpenVault, told: ReturnType<typeof tell>): void {
  expect(new Set(vault.memberKeys().map((one) => one.memberId))).toEqual(told.members);
  expect(new Set(vault.slots().map((one) => one.memberId))).toEqual(told.slots);
  const compartments = vault.compartments();
  expect(new Map(compartments.map(({ id, epoch }) => [id, epoch]))).toEqual(told.epochs);
  expect(new Map(compartments.map(({ id, holders }) => [id, new Set(holders)]))).toEqual(told.holders);
}

function checkSnapshot(vault: OpenVault, lines: readonly string[]): void {
  const acknowledged = lines.findLast((line) => line.startsWith("snapshot "));
  const snapshot = vault.loadSnapshot();
  if (snapshot === null) throw new Error("the snapshot is gone");
  expect(snapshot.size).toBeGreaterThanOrEqual(Number(acknowledged?.slice(9) ?? "0"));
  expect(snapshot.parts.map((part) => sha256(part.bytes))).toEqual([sha256(snapshotOf(snapshot.size))]);
}

/** Everything that was acknowledged is in an open vault, and nothing is there by half. Answers with the acknowledged. */
export function checkOpen(vault: OpenVault, lines: readonly string[], hasSnapshot: boolean): number {
  const texts = [...vault.entries(0)].map(({ plaintext }) => Buffer.from(plaintext ?? []).toString("utf8"));
  const acknowledged = lines.flatMap((line) => {
    const [, seq, words] = /^entry (\d+) (.*)$/.exec(line) ?? [];
    return seq === undefined ? [] : [{ seq: Number(seq), words: words ?? "" }];
  });
  for (const { seq, words } of acknowledged) expect(texts[seq]).toBe(`${canary} ${words}`);
  const told = tell(texts);
  expect(told.halves).toEqual([]);
  for (const { id, sha256: hash } of told.blobs) {
    const blob = vault.blob(id);
    expect(sha256(blob.read(0, blob.size))).toBe(hash);
  }
  checkMembers(vault, told);
  if (hasSnapshot) checkSnapshot(vault, lines);
  return acknowledged.length;
}

/** Looks at a vault whose writer was killed: as it lies there, reopened, closed again, verified. */
export async function checkKilled(path: string, lines: readonly string[]): Promise<number> {
  const folder = dirname(path);
  expect(readable(folder)).toEqual([]);
  const vault = await unlock(path, lines);
  let acknowledged: number;
  try {
    acknowledged = checkOpen(vault, lines, true);
  } finally {
    vault.close();
  }
  expect(readdirSync(folder)).toEqual([basename(path)]);
  expect((await verifyVault(path)).problems).toEqual([]);
  expect(readable(folder)).toEqual([]);
  return acknowledged;
}

const leftOver = /^\.killed-\d+\.evault\.[0-9a-f]+\.partial(-wal|-shm|-journal)?$/;

/** Looks at a folder in which vaults were made until the maker was killed. Answers with how many were acknowledged. */
export async function checkMade(folder: string, lines: readonly string[]): Promise<number> {
  expect(readable(folder)).toEqual([]);
  const names = readdirSync(folder).filter((name) => name !== "killed.evault");
  const made = names.filter((name) => /^killed-\d+\.evault$/.test(name));
  const acknowledged = lines.filter((line) => line.startsWith("created ")).map((line) => line.slice(8));
  expect(made).toEqual(expect.arrayContaining(acknowledged));
  // What else lies there is hidden, and by its name no vault.
  const rest = names.filter(
    (name) => !made.includes(name) && !made.some((one) => name === `${one}-wal` || name === `${one}-shm`),
  );
  for (const name of rest) expect(name).toMatch(leftOver);
  for (const name of made) {
    const path = join(folder, name);
    const vault = await unlock(path, []);
    checkOpen(vault, [], false);
    vault.close();
    expect((await verifyVault(path)).problems).toEqual([]);
  }
  expect(readable(folder)).toEqual([]);
  return acknowledged.length;
}
