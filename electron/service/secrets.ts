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
