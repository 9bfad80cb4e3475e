import { describe, expect, it } from "vitest";
import { checkNoteSignatures, parseCheckpointNote } from "../../../electron/sealing/checkpoint-note.ts";
import { makeNote, makeSigner } from "../../integration/sealing/sealing-fixture.ts";

/** The example of golang.org/x/mod/sumdb/note, whose format c2sp.org/signed-note writes down. */
const exampleKey = Buffer.from("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "base64").subarray(1);
const exampleText =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const exampleSignature = Buffer.from(
  "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=",
  "base64",
);

describe("a signed note", () => {
  it("of the published example verifies", () => {
    const signature = {
      name: "PeterNeumann",
      keyHash: exampleSignature.subarray(0, 4),
      signature: exampleSignature.subarray(4),
    };
    const note = { text: exampleText, signatures: [signature] };
    expect(checkNoteSignatures(note, [exampleKey])).toBe(true);
    expect(checkNoteSignatures({ ...note, text: `${exampleText} ` }, [exampleKey])).toBe(false);
    expect(checkNoteSignatures(note, [])).toBe(null);
  });

  it("of a checkpoint gives its origin, size and root", async () => {
    const signer = await makeSigner("Ada");
    const bytes = await makeNote(signer, 7);
    const note = parseCheckpointNote(bytes);
    expect(note).toMatchObject({ size: 7, root: Buffer.alloc(32, 7).toString("base64") });
    expect(note.origin).toMatch(/^evalvault\.invalid/);
    expect(checkNoteSignatures(note.note, [(await makeSigner("Bob")).publicKey, signer.publicKey])).toBe(true);
    const text = Buffer.from(bytes).toString();
    for (const [from, to] of [
      ["\n7\n", "\n8\n"],
      ["evalvault.invalid/vault/00", "evalvault.invalid/vault/01"],
    ]) {
      const other = parseCheckpointNote(Buffer.from(text.replace(from ?? "", to ?? "")));
      expect(checkNoteSignatures(other.note, [signer.publicKey])).toBe(false);
    }
  });

  it("is refused when it is no checkpoint", async () => {
    const text = Buffer.from(await makeNote(await makeSigner("Ada"), 7)).toString();
    for (const bad of [
      "",
      text.trimEnd(),
      text.replace("\n\n", "\n"),
      text.replace("\n7\n", "\n07\n"),
      text.replace("\n7\n", "\n-7\n"),
      text.replace("\n7\n", "\n99999999999999999999\n"),
      text.replace("BwcH", "Bw=="),
      text.replace("\u2014 ", "- "),
      text.replace(/\n[^\n]*/, "\n\u0007"),
      `\n${text}`,
      `${text}\n`,
      text.replaceAll("\n", "\r\n"),
    ]) {
      expect(() => parseCheckpointNote(Buffer.from(bad)), JSON.stringify(bad)).toThrow(/no checkpoint/);
    }
    expect(() => parseCheckpointNote(Buffer.from([0xff, 0xfe]))).toThrow(/not text/);
  });
});
