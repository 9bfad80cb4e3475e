import fc from "fast-check";
import sodium from "libsodium-wrappers-sumo";
import { beforeAll, describe, expect, it } from "vitest";
import {
  formatKeyId,
  formatPublicKey,
  formatSignature,
  minisignKeyId,
  parsePublicKey,
  parseSignature,
  publicKeyLine,
  signBytes,
  toMinisignPublicKey,
  verifyBytes,
  type MinisignPublicKey,
  type SignBytes,
} from "../../../electron/sealing/minisign.ts";
import { failureOf } from "../../integration/sealing/sealing-fixture.ts";

/** Published with minisign-verify (jedisct1/rust-minisign-verify, src/lib.rs): a signature of the four bytes "test". */
const publishedKey = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
const publishedSignature = [
  "untrusted comment: signature from minisign secret key",
  "RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=",
  "trusted comment: timestamp:1556193335\tfile:test",
  "y/rUw2y8/hOUYjZU71eHp/Wo1KZ40fGy2VJEDl34XMJM+TX48Ss/17u3IvIfbVR1FkZZSNCisQbuQY+bHwhEBg==",
  "",
].join("\n");

describe("a published minisign signature", () => {
  it("verifies, and not with another byte, comment or key", async () => {
    const key = parsePublicKey(publishedKey);
    const signature = parseSignature(Buffer.from(publishedSignature));
    expect(formatKeyId(key.keyId)).toBe("E7620F1842B4E81F");
    expect(await verifyBytes(Buffer.from("test"), signature, key)).toBe(true);
    expect(await verifyBytes(Buffer.from("Test"), signature, key)).toBe(false);
    expect(await verifyBytes(Buffer.from("test"), { ...signature, trustedComment: "" }, key)).toBe(false);
    expect(await verifyBytes(Buffer.from("test"), signature, { ...key, key: key.key.map((byte) => byte ^ 1) })).toBe(
      false,
    );
    expect(formatSignature(signature)).toBe(publishedSignature);
    expect(publicKeyLine(key)).toBe(publishedKey);
  });

  it.each([
    ["", "four lines"],
    [publishedSignature.split("\n").slice(0, 3).join("\n"), "four lines"],
    [`${publishedSignature}more\n`, "four lines"],
    [publishedSignature.replace("untrusted comment: ", "comment: "), "comment line"],
    [publishedSignature.replace("\ntrusted comment: ", "\ncomment: "), "comment line"],
    [publishedSignature.replace("RUQf", "RWQf"), "legacy"],
    [publishedSignature.replace("RUQf", "QUQf"), "algorithm"],
    [publishedSignature.replace("KLzZwo=", "KLzZwp="), "base64"],
    [publishedSignature.replace("KLzZwo=", "KLzZwo"), "base64"],
    [publishedSignature.replace("file:test", "file:te\u0007st"), "printable"],
    [publishedSignature.replace("file:test", "x".repeat(9000)), "printable"],
  ])("is refused in a form that is not minisign's: %#", (text, why) => {
    expect(text).not.toBe(publishedSignature);
    expect(() => parseSignature(Buffer.from(text))).toThrow(why);
  });
});

describe("signing through a callback", () => {
  let publicKey: MinisignPublicKey;
  let sign: SignBytes;
  beforeAll(async () => {
    await sodium.ready;
    const pair = sodium.crypto_sign_keypair();
    publicKey = await toMinisignPublicKey(pair.publicKey);
    sign = (bytes) => sodium.crypto_sign_detached(bytes, pair.privateKey);
  });

  it("names the key by the first 8 bytes of its BLAKE2b-256", async () => {
    expect(publicKey.keyId).toEqual(sodium.crypto_generichash(32, publicKey.key, null).slice(0, 8));
    expect(publicKey.keyId).toEqual(await minisignKeyId(publicKey.key));
  });

  it("goes round through text for any bytes and any printable comment", async () => {
    const comment = fc
      .string({ maxLength: 200, unit: "grapheme" })
      .filter((text) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(text));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), comment, comment, async (bytes, trusted, untrusted) => {
        const made = await signBytes(bytes, publicKey, sign, { trusted, untrusted });
        const read = parseSignature(Buffer.from(formatSignature(made)));
        expect(read).toEqual(made);
        expect(await verifyBytes(bytes, read, parsePublicKey(formatPublicKey(publicKey)))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it("takes a promise, and refuses a signer that fails, gives rubbish, or has another key", async () => {
    const bytes = Buffer.from("x");
    const comments = { trusted: "t", untrusted: "u" };
    const later: SignBytes = async (text) => Promise.resolve(sign(text));
    expect(await verifyBytes(bytes, await signBytes(bytes, publicKey, later, comments), publicKey)).toBe(true);
    const fails: SignBytes = () => {
      throw new Error("locked");
    };
    const other = sodium.crypto_sign_keypair();
    const wrong: SignBytes = (text) => sodium.crypto_sign_detached(text, other.privateKey);
    for (const bad of [fails, () => new Uint8Array(63), () => new Uint8Array(64), wrong]) {
      expect((await failureOf(signBytes(bytes, publicKey, bad, comments))).code).toBe("signer-failed");
    }
    for (const comment of ["two\nlines", "\u2028", "x".repeat(9000)]) {
      const refused = signBytes(bytes, publicKey, sign, { trusted: comment, untrusted: "u" });
      expect((await failureOf(refused)).code).toBe("signature-malformed");
    }
  });

  it("refuses what is no public key", async () => {
    const line = publicKeyLine(publicKey);
    for (const text of [
      "",
      "RW",
      line.slice(1),
      `${line.slice(0, -1)}!`,
      `${line}\n${line}\n${line}`,
      line.replace("RW", "RU"),
    ]) {
      expect(() => parsePublicKey(text)).toThrow(/no minisign public key/);
    }
    expect((await failureOf(toMinisignPublicKey(new Uint8Array(31)))).code).toBe("public-key-malformed");
    expect(parsePublicKey(`\n${line}\r\n`)).toEqual(publicKey);
  });
});
