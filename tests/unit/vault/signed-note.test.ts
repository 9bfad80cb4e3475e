import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatNote,
  formatVerifierKey,
  noteKeyHash,
  parseNote,
  parseVerifierKey,
  signNote,
  verifyNote,
} from "../../../electron/vault/signed-note.ts";
import { sodium } from "../../../electron/vault/sodium.ts";

/** The published example of golang.org/x/mod/sumdb/note, whose format c2sp.org/signed-note writes down. */
const verifierKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const example =
  "If you think cryptography is the answer to your problem,\n" +
  "then you don't know what your problem is.\n" +
  "\n" +
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

const keyOf = (seed: number): { publicKey: Uint8Array; privateKey: Uint8Array } =>
  sodium.crypto_sign_seed_keypair(new Uint8Array(32).fill(seed));

describe("signed notes", () => {
  it("verifies the published example and no change of it", () => {
    const key = parseVerifierKey(verifierKey);
    const note = parseNote(example);
    if (key === null || note === null) throw new Error("the example does not parse");
    expect(Buffer.from(noteKeyHash(key)).toString("hex")).toBe("c74f20a3");
    expect(formatVerifierKey(key)).toBe(verifierKey);
    expect(formatNote(note)).toBe(example);
    expect(verifyNote(note, key)).toBe(true);
    expect(verifyNote({ ...note, text: note.text.replace("answer", "Answer") }, key)).toBe(false);
    expect(verifyNote(note, { ...key, name: "PeterNeumann2" })).toBe(false);
    expect(verifyNote(note, { ...key, publicKey: keyOf(1).publicKey })).toBe(false);
  });

  it("refuses a verifier key whose hash is not its key's", () => {
    expect(parseVerifierKey(verifierKey.replace("c74f20a3", "c74f20a4"))).toBe(null);
    expect(parseVerifierKey(verifierKey.replace("+ARpc", "+AhpC"))).toBe(null);
  });

  it.each([
    ["without a blank line", "text\n— a AAAAAAAA\n"],
    ["without a last line break", example.slice(0, -1)],
    ["with a control character", example.replace("If", "I\tf")],
    ["with a carriage return", example.replaceAll("\n", "\r\n")],
    ["with base64 that is not canonical", "text\n\n— a AAAAAAB=\n"],
    ["with a hyphen for the dash", example.replace("—", "-")],
    ["with no signature bytes", "text\n\n— a AAAAAA==\n"],
  ])("refuses a note %s", (_, text) => {
    expect(parseNote(text)).toBe(null);
  });

  it("verifies what it signs, for any text and key, and nothing else", () => {
    const lines = fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).filter(isLine), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 255 }), fc.nat(), (parts, seed, at) => {
        const { publicKey, privateKey } = keyOf(seed);
        const key = { name: "evalvault", publicKey };
        const text = formatNote(signNote(`${parts.join("\n")}\n`, key, privateKey));
        const note = parseNote(text);
        expect(note !== null && verifyNote(note, key)).toBe(true);
        const bytes = Buffer.from(text);
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ 1;
        const changed = parseNote(bytes.toString("utf8"));
        expect(changed !== null && verifyNote(changed, key)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

const isLine = (text: string): boolean => !/[\p{Cc}\p{Cs}\ufffd]/u.test(text);
