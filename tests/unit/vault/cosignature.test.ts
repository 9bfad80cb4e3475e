import { createPrivateKey, sign as nodeSign } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cosignCheckpoint,
  cosignerKeyHash,
  formatCosignerKey,
  formatNote,
  parseCosignerKey,
  parseNote,
  parseVerifierKey,
  signNote,
  VaultError,
  verifyCosignature,
  verifyNote,
  type NoteKey,
} from "../../../electron/vault/index.ts";
import { signDetached, sodium } from "../../../electron/vault/sodium.ts";

/** A cosigner's key of the published tests of transparency-dev/formats, which reads the same format. */
const published = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";
/** The example of c2sp.org/tlog-cosignature: a checkpoint with its log's signature and a witness's, made at 1679315147. */
const example =
  "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n" +
  "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n" +
  "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

interface Cosigner {
  readonly key: NoteKey;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

function cosigner(name: string, seed: number): Cosigner {
  const { publicKey, privateKey } = sodium.crypto_sign_seed_keypair(new Uint8Array(32).fill(seed));
  return { key: { name, publicKey }, sign: (message) => signDetached(message, privateKey) };
}

const text = "evalvault/ab\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nouter 00\n";
const witness = cosigner("witness", 7);

describe("cosignatures", () => {
  it("have the published key id", () => {
    const key = parseCosignerKey(published);
    if (key === null) throw new Error("the published key does not parse");
    expect(Buffer.from(cosignerKeyHash(key)).toString("hex")).toBe("da77ade7");
    expect(formatCosignerKey(key)).toBe(published);
    for (const other of [
      published.replace("da77ade7", "da77ade8"),
      published.replace("+BOvN", "+AevN"),
      published.replace("remora", "remorse"),
      published.slice(0, -4),
      "a+b",
    ]) {
      expect(parseCosignerKey(other)).toBeNull();
    }
    expect(parseVerifierKey(published)).toBeNull();
  });

  it("are found in the published example, beside the log's own signature", () => {
    const note = parseNote(example);
    expect(note === null ? null : formatNote(note)).toBe(example);
    expect(note?.signatures.map((one) => [one.name, one.signature.length])).toEqual([
      ["example.com/behind-the-sofa", 64],
      ["witness.example.com/w1", 72],
    ]);
    const time = note?.signatures[1]?.signature.slice(0, 8) ?? new Uint8Array();
    expect(Buffer.from(time).readBigUInt64BE()).toBe(1679315147n);
  });

  it("are over the two lines and the text, by another implementation of Ed25519", () => {
    const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.alloc(32, 7)]);
    const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    const expected = nodeSign(null, Buffer.from(`cosignature/v1\ntime 1679315147\n${text}`), privateKey);
    const line = cosignCheckpoint(text, witness.key, witness.sign, 1679315147);
    expect(Buffer.from(line.signature.slice(8)).toString("hex")).toBe(expected.toString("hex"));
    expect(line.name).toBe("witness");
  });

  it("stand beside the signer's, count for the newest time, and are no ordinary signature", () => {
    const lead = sodium.crypto_sign_seed_keypair(new Uint8Array(32).fill(9));
    const leadKey = { name: "lead", publicKey: lead.publicKey };
    const { signatures } = signNote(text, leadKey, lead.privateKey);
    const lines = [5, 9, 7].map((time) => cosignCheckpoint(text, witness.key, witness.sign, time));
    const note = parseNote(formatNote({ text, signatures: [...signatures, ...lines] }));
    if (note === null) throw new Error("the note does not parse");
    expect(note.signatures).toHaveLength(4);
    expect(verifyNote(note, leadKey)).toBe(true);
    expect(verifyNote(note, witness.key)).toBe(false);
    expect(verifyCosignature(note, witness.key)).toEqual({ time: 9 });
    expect(verifyCosignature(note, leadKey)).toBeNull();
    expect(verifyCosignature(note, { ...witness.key, name: "other" })).toBeNull();
    expect(verifyCosignature(note, cosigner("witness", 8).key)).toBeNull();
  });

  it("are refused where the time or the text is none", () => {
    for (const [body, time] of [
      ["no line feed", 1],
      [text, -1],
      [text, 1.5],
      [text, 2 ** 53],
    ] as const) {
      expect(() => cosignCheckpoint(body, witness.key, witness.sign, time)).toThrow(VaultError);
    }
  });

  it("hold for any time and text, and for no change of a bit", () => {
    const bodies = fc.array(fc.stringMatching(/^[a-zA-Z0-9 /+=]{1,20}$/), { minLength: 3, maxLength: 6 });
    fc.assert(
      fc.property(bodies, fc.maxSafeNat(), fc.nat(), (lines, time, at) => {
        const body = `${lines.join("\n")}\n`;
        const line = cosignCheckpoint(body, witness.key, witness.sign, time);
        expect(verifyCosignature({ text: body, signatures: [line] }, witness.key)).toEqual({ time });
        const signature = line.signature.slice();
        signature[at % signature.length] = (signature[at % signature.length] ?? 0) ^ (1 << (at % 8));
        expect(verifyCosignature({ text: body, signatures: [{ ...line, signature }] }, witness.key)).toBeNull();
        expect(verifyCosignature({ text: `${body}x\n`, signatures: [line] }, witness.key)).toBeNull();
      }),
      { numRuns: 200 },
    );
  });
});
