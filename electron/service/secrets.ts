import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { Refusal } from "../domain/refusal.ts";

const keyFileLimit = 1024 * 1024;

/** Does the work and wipes the secrets, whatever comes of it. */
export async function wiping<T>(secrets: readonly Uint8Array[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    for (const secret of secrets) secret.fill(0);
  }
}

/** The bytes of a key file or an identity; at most 1 MiB. The caller wipes them. */
export function readSecretFile(path: string): Uint8Array {
  if (statSync(path).size > keyFileLimit) {
    throw new Refusal("file-too-large", basename(path), "A key file has at most 1 MiB.");
  }
  return new Uint8Array(readFileSync(path));
}

/** Shortest passphrase that is taken at all, in bytes; the screen advises far longer ones. */
const shortestPassphrase = 8;

/** Throws a Refusal "passphrase-weak" for a new passphrase that is too short, whoever's it is. */
export function checkPassphrase(passphrase: Uint8Array, whose: string): void {
  if (passphrase.length < shortestPassphrase) {
    throw new Refusal("passphrase-weak", whose, `It has fewer than ${String(shortestPassphrase)} characters.`);
  }
}
