import { toHex } from "../../../electron/vault/canonical.ts";
import { signDetached, sodium } from "../../../electron/vault/sodium.ts";

export { eventBytes as claimBytesOf } from "../../../electron/handover/index.ts";

/** Somebody with an Ed25519 key pair. */
export interface SampleMember {
  readonly name: string;
  readonly id: string;
  readonly key: string;
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

export function signedMember(name: string, id: string): SampleMember {
  const { publicKey, privateKey } = sodium.crypto_sign_keypair();
  const sign = (bytes: Uint8Array): Uint8Array => signDetached(bytes, privateKey);
  return { name, id, key: toHex(publicKey), publicKey, secretKey: privateKey, sign };
}
