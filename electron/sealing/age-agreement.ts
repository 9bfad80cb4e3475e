import { hkdfSync } from "node:crypto";
import { base64nopad, bech32 } from "@scure/base";
import type { Identity, Stanza } from "age-encryption";
import sodium from "libsodium-wrappers-sumo";

/** An X25519 key whose secret half stays where it is kept: all that is given out is a shared secret at a time. */
export interface KeyAgreement {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** X25519 with another public key, 32 bytes that are wiped here; null where the other key is of small order. */
  readonly agree: (publicKey: Uint8Array) => Uint8Array | null;
}

const keyBytes = 32;
const wrappedBytes = 32;
const info = "age-encryption.org/v1/X25519";

/** The age public key (`age1…`) of an X25519 public key of 32 bytes. */
export function ageRecipientOf(publicKey: Uint8Array): string {
  return bech32.encodeFromBytes("age", publicKey);
}

function share(stanza: Stanza): Uint8Array {
  const [, text = ""] = stanza.args;
  const bytes = base64nopad.decode(text);
  if (stanza.args.length !== 2 || bytes.length !== keyBytes || stanza.body.length !== wrappedBytes) {
    throw new Error("invalid X25519 stanza");
  }
  return bytes;
}

/** Opens the file key of an X25519 stanza (c2sp.org/age, "X25519 recipient type") without the secret key in hand. */
export class AgreementIdentity implements Identity {
  readonly #agreement: KeyAgreement;

  constructor(agreement: KeyAgreement) {
    this.#agreement = agreement;
  }

  async unwrapFileKey(stanzas: Stanza[]): Promise<Uint8Array | null> {
    await sodium.ready;
    for (const stanza of stanzas.filter(({ args }) => args[0] === "X25519")) {
      const fileKey = this.#unwrap(share(stanza), stanza.body);
      if (fileKey !== null) return fileKey;
    }
    return null;
  }

  #unwrap(ephemeral: Uint8Array, wrapped: Uint8Array): Uint8Array | null {
    const { publicKey, agree } = this.#agreement;
    const secret = agree(ephemeral);
    if (secret === null) throw new Error("invalid X25519 share");
    const salt = new Uint8Array([...ephemeral, ...publicKey]);
    const key = new Uint8Array(hkdfSync("sha256", secret, salt, info, keyBytes));
    try {
      return sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, wrapped, null, new Uint8Array(12), key);
    } catch {
      return null;
    } finally {
      sodium.memzero(secret);
      sodium.memzero(key);
    }
  }
}
