import { pack } from "../../../electron/vault/canonical.ts";
import type * as KeyDerivation from "../../../electron/vault/key-derivation.ts";
import { blake2b } from "../../../electron/vault/sodium.ts";

/**
 * The key derivation with one hash in place of Argon2id, for tests that open members often. What it is given, its bounds and what
 * depends on it stay as they are; Argon2id itself has tests of its own.
 */
export async function quickDerivation(original: <T>() => Promise<T>): Promise<typeof KeyDerivation> {
  const real = await original<typeof KeyDerivation>();
  return {
    ...real,
    deriveSlotKey: async (secret, salt, cost) => {
      await Promise.resolve();
      real.checkKdf(cost);
      return blake2b(32, pack("quick", secret.passphrase, secret.keyFile ?? null, salt, cost.ops, cost.memory));
    },
  };
}
