import { argon2id } from "@noble/hashes/argon2.js";
import { blake2b } from "@noble/hashes/blake2.js";
import { describe, expect, it } from "vitest";
import { pack } from "../../../electron/vault/canonical.ts";
import { checkKdf, defaultKdf, deriveSlotKey, leastKdf } from "../../../electron/vault/key-derivation.ts";
import { sodium } from "../../../electron/vault/sodium.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const mebibyte = 1024 * 1024;

describe("Argon2id", () => {
  it("of the reference implementation has the tag of RFC 9106 §5.3", () => {
    const tag = argon2id(new Uint8Array(32).fill(1), new Uint8Array(16).fill(2), {
      t: 3,
      m: 32,
      p: 4,
      version: 0x13,
      key: new Uint8Array(8).fill(3),
      personalization: new Uint8Array(12).fill(4),
      dkLen: 32,
    });
    expect(hex(tag)).toBe("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  });

  it.each([
    [1, 8],
    [2, 64],
    [3, 1024],
    [4, 4096],
  ])("of libsodium agrees with the reference: t=%i, m=%i KiB, p=1", (ops, kibibytes) => {
    for (const text of ["", "correct horse battery staple", "pässwörd ☃"]) {
      const passphrase = new TextEncoder().encode(text);
      const salt = new Uint8Array(16).fill(ops);
      const ours = sodium.crypto_pwhash(
        32,
        passphrase,
        salt,
        ops,
        kibibytes * 1024,
        sodium.crypto_pwhash_ALG_ARGON2ID13,
      );
      const theirs = argon2id(passphrase, salt, { t: ops, m: kibibytes, p: 1, version: 0x13, dkLen: 32 });
      expect(hex(ours)).toBe(hex(theirs));
    }
  });
});

describe("a slot's key", () => {
  const passphrase = new TextEncoder().encode("correct horse battery staple");
  const salt = new Uint8Array(16).fill(7);

  it("comes from the worker as the format says, with and without a key file", { timeout: 60_000 }, async () => {
    const stretched = sodium.crypto_pwhash(
      32,
      passphrase,
      salt,
      leastKdf.ops,
      leastKdf.memory,
      sodium.crypto_pwhash_ALG_ARGON2ID13,
    );
    const keyFile = new TextEncoder().encode("key file");
    const expected = (file: Uint8Array | null): Uint8Array =>
      blake2b(pack("evalvault/1/slot-key", file), { key: stretched, dkLen: 32 });
    expect(await deriveSlotKey({ passphrase }, salt, leastKdf)).toEqual(expected(null));
    expect(await deriveSlotKey({ passphrase, keyFile }, salt, leastKdf)).toEqual(
      expected(blake2b(keyFile, { dkLen: 64 })),
    );
  });

  it("can be given up", async () => {
    const abort = new AbortController();
    const running = deriveSlotKey({ passphrase }, salt, defaultKdf, abort.signal);
    setTimeout(() => {
      abort.abort();
    }, 20);
    await expect(running).rejects.toMatchObject({ code: "cancelled" });
  });

  it.each([
    { ops: 2, memory: 64 * mebibyte },
    { ops: 3, memory: 64 * mebibyte - 1024 },
    { ops: 3, memory: 8 * 1024 * mebibyte },
    { ops: 1000, memory: 64 * mebibyte },
    { ops: 3, memory: 64 * mebibyte + 1 },
    { ops: Number.NaN, memory: 64 * mebibyte },
  ])("is not derived at $ops passes over $memory bytes", (cost) => {
    expect(() => {
      checkKdf(cost);
    }).toThrow(expect.objectContaining({ code: "kdf-refused" }));
  });
});
