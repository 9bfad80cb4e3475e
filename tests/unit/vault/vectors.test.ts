import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { aeadOpen, aeadSeal, sodium, verifyDetached } from "../../../electron/vault/sodium.ts";

/** Project Wycheproof's vectors against the library that the vault uses, through the functions that the vault uses. */

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
const hexSchema = z.string().transform(bytes);

function read<T extends z.ZodType>(file: string, group: T): z.output<T>[] {
  const url = new URL(`../../fixtures/vectors/${file}`, import.meta.url);
  return z.object({ testGroups: z.array(group) }).parse(JSON.parse(readFileSync(url, "utf8"))).testGroups;
}

const verdict = z.enum(["valid", "invalid", "acceptable"]);

describe("Wycheproof Ed25519", () => {
  const groups = read(
    "ed25519_test.json",
    z.object({
      publicKey: z.object({ pk: hexSchema }),
      tests: z.array(
        z.object({ tcId: z.number(), comment: z.string(), msg: hexSchema, sig: hexSchema, result: verdict }),
      ),
    }),
  );

  it("accepts every valid signature and no invalid one", () => {
    let count = 0;
    for (const group of groups) {
      for (const test of group.tests) {
        const accepted = verifyDetached(test.sig, test.msg, group.publicKey.pk);
        expect(accepted, `${String(test.tcId)} ${test.comment}`).toBe(test.result === "valid");
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(140);
  });
});

describe("Wycheproof XChaCha20-Poly1305", () => {
  const groups = read(
    "xchacha20_poly1305_test.json",
    z.object({
      ivSize: z.number(),
      tests: z.array(
        z.object({
          tcId: z.number(),
          comment: z.string(),
          key: hexSchema,
          iv: hexSchema,
          aad: hexSchema,
          msg: hexSchema,
          ct: hexSchema,
          tag: hexSchema,
          result: verdict,
        }),
      ),
    }),
  );

  it("opens every valid ciphertext to its plaintext and no invalid one", () => {
    let count = 0;
    for (const test of groups.flatMap((group) => group.tests)) {
      const sealed = new Uint8Array([...test.ct, ...test.tag]);
      const opened = aeadOpen(sealed, test.aad, test.iv, test.key);
      const name = `${String(test.tcId)} ${test.comment}`;
      if (test.result === "valid") {
        expect(opened, name).toEqual(test.msg);
        expect(aeadSeal(test.msg, test.aad, test.iv, test.key), name).toEqual(sealed);
      } else {
        expect(opened, name).toBe(null);
      }
      count += 1;
    }
    expect(count).toBeGreaterThan(280);
  });
});

describe("Wycheproof X25519", () => {
  const groups = read(
    "x25519_test.json",
    z.object({
      tests: z.array(
        z.object({
          tcId: z.number(),
          comment: z.string(),
          public: hexSchema,
          private: hexSchema,
          shared: hexSchema,
          result: verdict,
        }),
      ),
    }),
  );

  it("agrees on every shared secret and refuses those that are zero", () => {
    let refused = 0;
    for (const test of groups.flatMap((group) => group.tests)) {
      const name = `${String(test.tcId)} ${test.comment}`;
      let shared: Uint8Array | null;
      try {
        shared = sodium.crypto_scalarmult(test.private, test.public);
      } catch {
        shared = null;
      }
      if (shared === null) {
        expect(test.result, name).not.toBe("valid");
        expect(
          test.shared.every((byte) => byte === 0),
          name,
        ).toBe(true);
        refused += 1;
      } else {
        expect(shared, name).toEqual(test.shared);
      }
    }
    expect(refused).toBeGreaterThan(5);
  });
});
