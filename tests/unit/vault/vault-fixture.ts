import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVault, leastKdf, unlockVault, VaultError, type OpenVault } from "../../../electron/vault/index.ts";

/** Vaults of several members, for the tests of who may read what. */

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const words = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : new TextDecoder().decode(bytes);
export const leadPassphrase = utf8("the lead's passphrase");
export const kdf = leastKdf;

export function temporaryFolder(name: string): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), `evalvault-${name}-`));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** A vault with compartment 2, "Evaluations", opened by its lead. */
export async function makeShared(path: string): Promise<OpenVault> {
  return createVault(path, {
    label: "Workspace 7",
    founder: { label: "Lead A", name: "Ada", passphrase: leadPassphrase, kdf },
    compartments: [{ label: "Evaluations" }],
    firstEntries: () => [utf8("founded")],
    sharedEntries: () => [utf8("first evaluation")],
  });
}

/** Adds a member whose passphrase is their name. */
export async function addMember(vault: OpenVault, name: string, compartments?: readonly number[]): Promise<string> {
  return vault.addMember({ label: `Member ${name}`, name, passphrase: utf8(name), kdf, compartments });
}

export async function openAs(path: string, name: string): Promise<OpenVault> {
  return unlockVault(path, { member: { name }, passphrase: name === "Ada" ? leadPassphrase : utf8(name) });
}

/** What a member reads, in order; null where it is sealed. */
export const textsOf = (vault: OpenVault): (string | null)[] =>
  [...vault.entries(0)].map((one) => words(one.plaintext));

export async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return "no error";
  } catch (error) {
    return error instanceof VaultError ? error.code : `not a vault error: ${String(error)}`;
  }
}

export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}
