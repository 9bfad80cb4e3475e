import { createHash, hash, randomBytes } from "node:crypto";

import sodium from "libsodium-wrappers-sumo";

await sodium.ready;

export { sodium };

/** Length of an XChaCha20-Poly1305 nonce, in bytes. */
export const nonceLength = sodium.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
/** Length of the Poly1305 tag at the end of each ciphertext, in bytes. */
export const tagLength = sodium.crypto_aead_xchacha20poly1305_ietf_ABYTES;

/** A source of random bytes; tests and the sample generator give their own. */
export type RandomBytes = (length: number) => Uint8Array;

/** The system's random bytes. Through Node: libsodium's WebAssembly asks for them four at a time. */
export const systemRandom: RandomBytes = (length) => new Uint8Array(randomBytes(length));

/** XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha): ciphertext with its 16-byte tag. */
export function aeadSeal(plaintext: Uint8Array, ad: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array {
  return sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, ad, null, nonce, key);
}

/** The plaintext of {@link aeadSeal}, or null where key, nonce, associated data or ciphertext are not the ones sealed. */
export function aeadOpen(
  ciphertext: Uint8Array,
  ad: Uint8Array,
  nonce: Uint8Array,
  key: Uint8Array,
): Uint8Array | null {
  if (ciphertext.length < tagLength || nonce.length !== nonceLength) return null;
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, ciphertext, ad, nonce, key);
  } catch {
    return null;
  }
}

/** BLAKE2b (RFC 7693) of `length` bytes, keyed where a key is given. */
export function blake2b(length: number, message: Uint8Array, key: Uint8Array | null = null): Uint8Array {
  return sodium.crypto_generichash(length, message, key);
}

/** From here on copying parts together costs more than a hash object does. */
const largePart = 8 * 1024;

/** SHA-256 of the parts, one after the other. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const [only = new Uint8Array()] = parts;
  if (parts.length > 1 && parts.some((part) => part.length >= largePart)) {
    const hashed = createHash("sha256");
    for (const part of parts) hashed.update(part);
    return new Uint8Array(hashed.digest());
  }
  return new Uint8Array(hash("sha256", parts.length > 1 ? Buffer.concat(parts) : only, "buffer"));
}

/** Detached Ed25519 signature (RFC 8032) with a 64-byte libsodium secret key. */
export function signDetached(message: Uint8Array, secretKey: Uint8Array): Uint8Array {
  return sodium.crypto_sign_detached(message, secretKey);
}

/** Whether a detached Ed25519 signature holds. Never throws. */
export function verifyDetached(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  try {
    return sodium.crypto_sign_verify_detached(signature, message, publicKey);
  } catch {
    return false;
  }
}

/** Overwrites secrets with zeros. */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) sodium.memzero(secret);
}
