import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Unreadable, verifyVault as verifyAlone } from "../../../electron/standalone/evalvault-verify.mjs";
import { VaultError, verifyVault, type OpenVault } from "../../../electron/vault/index.ts";
import { inPieces, makeSmallVault, noise, utf8, type SmallVault } from "../vault/small-vault.ts";

/** The two programs' words on the same bytes, and vaults to have them about. */

export interface Words {
  readonly ok: boolean;
  readonly why: string;
}

/** What the app's own verification says, without a passphrase. */
export async function wordsOfTheApp(path: string): Promise<Words> {
  try {
    const { ok, problems } = await verifyVault(path);
    return { ok, why: problems.map(({ where, what }) => `${where}: ${what}`).join("; ") };
  } catch (error) {
    if (error instanceof VaultError) return { ok: false, why: error.code };
    throw error;
  }
}

/** What the standalone verifier says. Anything but a verdict or "unreadable" is a crash, and thrown. */
export function wordsOfTheOther(file: Buffer): Words {
  const read = (offset: number, length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    file.copy(bytes, 0, offset, offset + length);
    return bytes;
  };
  try {
    const { ok, problems } = verifyAlone({ size: file.length, read });
    return { ok, why: problems.map(({ where, what }) => `${where}: ${what}`).join("; ") };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, why: error.message };
    throw error;
  }
}

/** Writes a file's bytes to a place and asks both; gives back what is not as it should be, or nothing. */
export async function disagreement(folder: string, file: Buffer, expected?: boolean): Promise<string | null> {
  const path = join(folder, "asked.evault");
  writeFileSync(path, file);
  const [app, other] = [await wordsOfTheApp(path), wordsOfTheOther(file)];
  if (app.ok === other.ok && (expected === undefined || app.ok === expected)) return null;
  return `app ${String(app.ok)} (${app.why}), standalone ${String(other.ok)} (${other.why})`;
}

/** A vault in which all happened that can happen to one: members come and gone, compartments, epochs, blobs, snapshots. */
export async function makeRichVault(path: string): Promise<SmallVault> {
  const small = await makeSmallVault(path, { blobs: [300, 3000, 300_000, 0], entries: 6 });
  const vault = small.open();
  await enrich(vault, small);
  vault.close();
  return small;
}

async function enrich(vault: OpenVault, { founderId, secondId }: SmallVault): Promise<void> {
  const label = "Evaluations";
  const holders = [founderId, secondId];
  const shared = vault.addCompartment({ label, holders, entries: () => [utf8("a compartment")] });
  const blob = await vault.stageBlob(inPieces(noise(5000, "shared")), { compartment: shared });
  vault.append([utf8("in it, with a blob")], { compartment: shared, blobs: [blob] });
  vault.rotateCompartment({ compartment: shared, entries: [utf8("a new key")] });
  vault.append([utf8("under the new key")], { compartment: shared });
  const kept = vault.addCompartment({ label: "Kept apart", holders: [founderId], entries: () => [utf8("another")] });
  vault.grantCompartment({ compartment: kept, member: secondId, entries: [utf8("shared")] });
  vault.append([utf8("kept apart ".repeat(900))], { compartment: kept });
  vault.revokeCompartment({ compartment: kept, member: secondId });
  vault.removeMember({ member: secondId, entries: [utf8("removed")] });
  vault.append([utf8("after all that")], { compartment: shared });
  vault.saveSnapshot([{ name: "overview", bytes: noise(9000, "overview") }]);
}

export const sampleVault = (): Buffer => readFileSync(new URL("../../fixtures/vault/format-1.evault", import.meta.url));
