import { sodium } from "./sodium.ts";

/**
 * X25519 (RFC 7748) of a member's secret box key with somebody's public one: how a file that was encrypted to the
 * member is opened while the secret key stays in the vault. 32 bytes; whoever receives them wipes them. Null for a
 * point of small order, with which nobody honest agrees.
 */
export function agreeWith(box: Uint8Array, publicKey: Uint8Array): Uint8Array | null {
  if (publicKey.length !== sodium.crypto_scalarmult_BYTES) return null;
  try {
    return sodium.crypto_scalarmult(box, publicKey);
  } catch {
    return null;
  }
}
