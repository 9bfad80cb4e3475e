import { createCipheriv, createDecipheriv, getCiphers } from "node:crypto";
import sodium from "libsodium-wrappers-sumo";

/** ChaCha20-Poly1305 (RFC 8439) over one chunk, without associated data; the 16-byte tag is at the end. */
export interface ChunkCipher {
  readonly seal: (plain: Uint8Array, nonce: Uint8Array, key: Uint8Array) => Uint8Array;
  /** Null where the chunk is not what was sealed under this key and nonce. */
  readonly open: (sealed: Uint8Array, nonce: Uint8Array, key: Uint8Array) => Uint8Array | null;
}

export const tagBytes = 16;
const algorithm = "chacha20-poly1305";

/** libsodium's, in WebAssembly: runs wherever the app does. Await `sodium.ready` first. */
export const sodiumCipher: ChunkCipher = {
  seal: (plain, nonce, key) => sodium.crypto_aead_chacha20poly1305_ietf_encrypt(plain, null, null, nonce, key),
  open: (sealed, nonce, key) => {
    if (sealed.length < tagBytes) return null;
    try {
      return sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, sealed, null, nonce, key);
    } catch {
      return null;
    }
  },
};

/** OpenSSL's, three times as fast; Electron's crypto library does not offer it. */
export const openSslCipher: ChunkCipher = {
  seal: (plain, nonce, key) => {
    const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
    const sealed = new Uint8Array(plain.length + tagBytes);
    sealed.set(cipher.update(plain));
    cipher.final();
    sealed.set(cipher.getAuthTag(), plain.length);
    return sealed;
  },
  open: (sealed, nonce, key) => {
    if (sealed.length < tagBytes) return null;
    const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
    decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
    const plain = decipher.update(sealed.subarray(0, sealed.length - tagBytes));
    try {
      decipher.final();
    } catch {
      return null;
    }
    return plain;
  },
};

export const hasOpenSslCipher = getCiphers().includes(algorithm);

/** The fastest that this runtime has. */
export const chunkCipher: ChunkCipher = hasOpenSslCipher ? openSslCipher : sodiumCipher;
