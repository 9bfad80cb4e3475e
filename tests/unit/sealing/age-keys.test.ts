import { bech32 } from "@scure/base";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decryptBytes, encryptBytes } from "../../../electron/sealing/age.ts";
import {
  generateIdentity,
  parseIdentities,
  parseRecipient,
  parseRecipients,
} from "../../../electron/sealing/age-keys.ts";
import { SealingError } from "../../../electron/sealing/errors.ts";
import { fingerprint } from "../../../electron/sealing/fingerprint.ts";
import { failureOf } from "../../integration/sealing/sealing-fixture.ts";

const at = new Date("2026-07-01T12:00:00Z");
/** The key pair of age's own README. */
const knownSecret = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
const knownRecipient = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

function thrown(work: () => unknown): SealingError {
  try {
    work();
  } catch (error) {
    if (error instanceof SealingError) return error;
    throw error;
  }
  throw new Error("expected a SealingError");
}

describe("recipients", () => {
  it("reads both kinds", async () => {
    expect(parseRecipient(` ${knownRecipient}\n`)).toMatchObject({ key: knownRecipient, kind: "classic" });
    const hybrid = await generateIdentity("post-quantum", at);
    expect(hybrid.recipient).toMatchObject({ kind: "post-quantum" });
    expect(hybrid.recipient.key).toMatch(/^age1pq1/);
    expect(hybrid.recipient.key).toHaveLength(1959);
  });

  it("refuses every typo of one character, naming the recipient and never showing the key", () => {
    fc.assert(
      fc.property(
        fc.nat(knownRecipient.length - 1),
        fc.constantFrom(...Array.from("abcdefghijklmnopqrstuvwxyz0123456789ABZ -é")),
        (place, character) => {
          fc.pre(knownRecipient[place] !== character);
          const typo = knownRecipient.slice(0, place) + character + knownRecipient.slice(place + 1);
          // A blank at either end is not part of what was typed.
          fc.pre(typo.trim().length === typo.length);
          const error = thrown(() => parseRecipients([{ key: knownRecipient }, { key: typo, name: "Agency" }]));
          expect(error).toMatchObject({ code: "recipient-malformed", params: { index: 1, name: "Agency" } });
          expect(error.message).toContain('"Agency"');
          expect(error.message).not.toContain(typo.slice(4, 20));
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ["", "prefix"],
    ["bge1xyz", "prefix"],
    [knownRecipient.slice(0, -1), "checksum"],
    [knownRecipient.toUpperCase(), "mixed-case"],
    [bech32.encodeFromBytes("age", new Uint8Array(31)), "length"],
    [`${knownRecipient.slice(0, 20)}1${knownRecipient.slice(21)}`, "characters"],
  ])("says what is wrong with %j: %s", (key, reason) => {
    const error = thrown(() => parseRecipient(key, { index: 3 }));
    expect(error).toMatchObject({ code: "recipient-malformed", params: { index: 3, reason } });
    expect(error.message).toContain("Recipient 4");
  });

  it.each([
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM/XXUB+VHtZ6isGN alice@example.com",
    bech32.encodeFromBytes("age1yubikey", new Uint8Array(33)),
    bech32.encodeFromBytes("age1tag", new Uint8Array(33)),
  ])("refuses a kind of key that is not sealed to: %s", (key) => {
    expect(thrown(() => parseRecipient(key)).code).toBe("recipient-unsupported");
  });

  it("refuses none, the same twice, and two kinds together", async () => {
    const hybrid = await generateIdentity("post-quantum", at);
    const classic = { key: knownRecipient };
    expect(thrown(() => parseRecipients([])).code).toBe("recipients-empty");
    const twice = thrown(() => parseRecipients([classic, { key: `${knownRecipient} `, name: "B" }]));
    expect(twice).toMatchObject({ code: "recipient-duplicate", params: { index: 1, earlier: 0, name: "B" } });
    for (const mixed of [
      [classic, hybrid.recipient],
      [hybrid.recipient, classic],
    ]) {
      const error = thrown(() => parseRecipients(mixed));
      expect(error).toMatchObject({ code: "recipients-mixed", params: { index: 1 } });
    }
  });

  it("are refused by encryption too, before anything is encrypted", async () => {
    const plain = Buffer.from("x");
    const passphrase = Buffer.from("secret");
    const hybrid = await generateIdentity("post-quantum", at);
    const classic = { key: knownRecipient };
    const lowOrder = { key: bech32.encodeFromBytes("age", new Uint8Array(32)), name: "Nobody" };
    expect((await failureOf(encryptBytes(plain, { recipients: [] }))).code).toBe("recipients-empty");
    expect((await failureOf(encryptBytes(plain, { recipients: [classic, classic] }))).code).toBe("recipient-duplicate");
    const mixed = { recipients: [classic, hybrid.recipient] };
    expect((await failureOf(encryptBytes(plain, mixed))).code).toBe("recipients-mixed");
    const both = { recipients: [classic], passphrase };
    expect((await failureOf(encryptBytes(plain, both))).code).toBe("recipients-with-passphrase");
    expect((await failureOf(encryptBytes(plain, { passphrase: new Uint8Array(0) }))).code).toBe("passphrase-empty");
    const unusable = await failureOf(encryptBytes(plain, { recipients: [classic, lowOrder] }));
    expect(unusable).toMatchObject({ code: "recipient-malformed", params: { index: 1, reason: "unusable" } });
  });
});

describe("identities", () => {
  it("reads a key file with comments, blank lines and several keys", async () => {
    const other = await generateIdentity("post-quantum", at);
    const file = `# created: today\r\n\r\n  ${knownSecret}\r\n${Buffer.from(other.keyFile).toString()}`;
    const identities = await parseIdentities(Buffer.from(file));
    expect(identities.map(({ recipient }) => recipient.key)).toEqual([knownRecipient, other.recipient.key]);
  });

  it("makes keys that open what was sealed to them, and nobody else's", async () => {
    for (const kind of ["classic", "post-quantum"] as const) {
      const [mine, other] = [await generateIdentity(kind, at), await generateIdentity(kind, at)];
      const sealed = await encryptBytes(Buffer.from("for mine"), { recipients: [mine.recipient] });
      const opened = await decryptBytes(sealed, { identities: [other.keyFile, mine.keyFile] });
      expect(Buffer.from(opened).toString()).toBe("for mine");
      const refused = await failureOf(decryptBytes(sealed, { identities: [other.keyFile] }));
      expect(refused.code).toBe("no-matching-key");
    }
  });

  it.each([
    ["", "identities-empty"],
    ["# only a comment\n", "identities-empty"],
    [`# x\n${knownSecret.replace("GFPYY", "GFPYZ")}\n`, "identity-malformed"],
    [knownSecret.toLowerCase(), "identity-malformed"],
    [knownRecipient, "identity-malformed"],
    ["\u00ff\u00fe", "identity-malformed"],
    ["AGE-PLUGIN-YUBIKEY-1QQPSWQZ", "identity-unsupported"],
    ["-----BEGIN OPENSSH PRIVATE KEY-----\n", "identity-unsupported"],
    ["age-encryption.org/v1\n-> scrypt", "identity-encrypted"],
    ["-----BEGIN AGE ENCRYPTED FILE-----\n", "identity-encrypted"],
  ])("refuses %j as %s, never showing the line", async (file, code) => {
    const error = await failureOf(parseIdentities(Buffer.from(file, "latin1")));
    expect(error.code).toBe(code);
    expect(JSON.stringify([error.message, error.params])).not.toContain("GFPYZ");
  });
});

describe("fingerprints", () => {
  it("are what sha256sum and the BIP-39 list say", () => {
    // printf %s age1zvky… | sha256sum | cut -c1-32
    const made = fingerprint(knownRecipient);
    expect(made).toEqual({
      keyId: "6a804773982840fa7eae3847079a53b0",
      hex: "6a80 4773 9828 40fa 7eae 3847 079a 53b0",
      words: "hedgehog acquire table core lottery large wide shove either devote neutral gauge",
    });
  });
});
