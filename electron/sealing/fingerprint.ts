import { createHash } from "node:crypto";
import { entropyToMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";

/** How a public key is named in a manifest and compared out of band. */
export interface Fingerprint {
  /** 32 hexadecimal digits, the name of the key in manifests. */
  readonly keyId: string;
  /** The same in groups of four, for reading aloud. */
  readonly hex: string;
  /** The same as twelve words of the BIP-39 English list (the last word carries a 4-bit checksum). */
  readonly words: string;
}

/**
 * Fingerprint of a public key in its text form (`age1…`, or the base64 line of a minisign public key): the first
 * 16 bytes of the SHA-256 of that text. Anyone can make it: `printf %s KEY | sha256sum | cut -c1-32`.
 */
export function fingerprint(keyText: string): Fingerprint {
  const digest = createHash("sha256").update(keyText, "utf8").digest().subarray(0, 16);
  const keyId = digest.toString("hex");
  return {
    keyId,
    hex: (keyId.match(/.{4}/g) ?? []).join(" "),
    words: entropyToMnemonic(new Uint8Array(digest), wordlist),
  };
}
