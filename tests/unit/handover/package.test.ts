import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { HandoverError, readPackage, type Manifest } from "../../../electron/handover/index.ts";
import { decryptBytes, encryptBytes } from "../../../electron/sealing/age.ts";
import { joinBytes } from "../../../electron/sealing/byte-reader.ts";
import { SealingError } from "../../../electron/sealing/errors.ts";
import { blob, blobSha256, eva, lena, receiver, sampleManifest, sealed, vaultId } from "./sample-package.ts";
import { claimBytesOf, signedMember } from "./signing.ts";

const folder = mkdtempSync(join(tmpdir(), "evalvault-"));
const path = join(folder, "a.handover.age");
const to = receiver();

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function read(bytes: Uint8Array, who = to): Promise<{ manifest: Manifest; blobs: Uint8Array[] }> {
  writeFileSync(path, bytes);
  const blobs: Uint8Array[] = [];
  const checked = await readPackage({
    path,
    agreement: who.agreement,
    onBlob: async ({ chunks }) => {
      const parts: Uint8Array[] = [];
      for await (const chunk of chunks) parts.push(chunk.slice());
      blobs.push(joinBytes(parts));
    },
  });
  return { manifest: checked.manifest, blobs };
}

async function refusal(bytes: Uint8Array, who = to): Promise<string> {
  const error: unknown = await read(bytes, who).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof HandoverError)) throw new Error("expected a HandoverError", { cause: error });
  return `${error.code}: ${error.message}`;
}

const changed = (change: (manifest: Manifest) => Manifest): Promise<Uint8Array> => sealed(change(sampleManifest(to)));

describe("a hand-over package", () => {
  it("comes back as it was packed", async () => {
    const manifest = sampleManifest(to);
    const opened = await read(await sealed(manifest));
    expect(opened).toEqual({ manifest, blobs: [blob] });
  });

  it("opens for nobody else, nor for whom it was passed on to", async () => {
    const bytes = await sealed(sampleManifest(to));
    const other = receiver();
    expect(await refusal(bytes, other)).toMatch(/^not-for-you/);
    const plain = await decryptBytes(bytes, { agreement: to.agreement });
    const passedOn = await encryptBytes(plain, { recipients: [{ key: other.recipient }] });
    expect(await refusal(passedOn, other)).toMatch(/^not-for-you: .*passed on/);
  });

  it("is refused whole with any byte of it changed", async () => {
    const bytes = await sealed(sampleManifest(to));
    for (let at = 0; at < bytes.length; at += 97) {
      const other = bytes.slice();
      other[at] = (other[at] ?? 0) ^ 1;
      expect(await refusal(other)).toMatch(/^(package-invalid|not-for-you)/);
    }
    for (const length of [0, 1, 200, bytes.length - 1]) {
      expect(await refusal(bytes.slice(0, length))).toMatch(/^package-invalid/);
    }
  });

  it("is refused whole with any byte of the archive inside changed, added or taken away, and sealed again", async () => {
    const plain = await decryptBytes(await sealed(sampleManifest(to)), { agreement: to.agreement });
    const resealed = (inner: Uint8Array) => encryptBytes(inner, { recipients: [{ key: to.recipient }] });
    const places = [...Array(plain.length).keys()].filter(
      (at) => at % 83 === 0 || (at >= plain.length - 2_048 && at % 5 === 0) || (at < 512 && at % 5 === 0),
    );
    for (const at of places) {
      const other = plain.slice();
      other[at] = (other[at] ?? 0) ^ 1;
      expect(await refusal(await resealed(other)), String(at)).toMatch(/^(package-invalid|not-for-you: .*passed on)/);
    }
    expect(await refusal(await resealed(joinBytes([plain, new Uint8Array(512)])))).toMatch(/^package-invalid/);
    expect(await refusal(await resealed(plain.slice(0, -512)))).toMatch(/^package-invalid/);
  });

  it("takes no file of another content, order or number than its list says", async () => {
    const other = blob.slice();
    other[0] = 0;
    expect(await refusal(await sealed(sampleManifest(to), other))).toMatch(/not the one that was packed/);
    const none = await changed((one) => ({ ...one, blobs: [] }));
    expect((await read(none)).blobs).toEqual([]);
  });

  it.each<[string, (manifest: Manifest) => Manifest, RegExp]>([
    ["another sender's signature", (one) => ({ ...one, sender: lena.id }), /did not sign/],
    ["an unknown sender", (one) => ({ ...one, sender: "44".repeat(16) }), /not among its contributors/],
    ["a contributor twice", (one) => ({ ...one, contributors: [...one.contributors, ...one.contributors] }), /twice/],
    [
      "a checkpoint nobody of the vault signed",
      (one) => ({
        ...one,
        contributors: one.contributors.filter(({ name }) => name !== "Lena"),
        events: one.events.slice(0, 1),
      }),
      /not signed by a member/,
    ],
    [
      "a checkpoint of another size",
      (one) => ({
        ...one,
        checkpoints: one.checkpoints.map((c) => ({ ...c, note: c.note.replace("\n7\n", "\n8\n") })),
      }),
      /not signed by a member/,
    ],
    [
      "an entry of another place",
      (one) => ({ ...one, entries: one.entries.map((entry) => ({ ...entry, seq: entry.seq + 1 })) }),
      /not under its checkpoint/,
    ],
    [
      "an event that says something else",
      (one) => ({ ...one, events: one.events.map((e) => ({ ...e, event: { ...e.event, body: { n: 9 } } })) }),
      /signature of an event/,
    ],
    [
      "an event at another time",
      (one) => ({ ...one, events: one.events.map((e) => ({ ...e, claim: { ...e.claim, stamp: 1 } })) }),
      /signature of an event/,
    ],
    [
      "an event under another's name",
      (one) => ({ ...one, events: one.events.map((e) => ({ ...e, event: { ...e.event, by: lena.id } })) }),
      /not by the contributor/,
    ],
    ["an event twice", (one) => ({ ...one, events: [...one.events, ...one.events] }), /twice/],
    ["a newer form", (one) => ({ ...one, form: "evalvault-handover/2" as "evalvault-handover/1" }), /wrong|form/],
  ])("is refused with %s, though its sender signed all of it", async (_, change, why) => {
    const bytes = await changed(change).catch((error: unknown) => {
      // A form that is not ours cannot even be written.
      expect(error).toBeInstanceOf(Error);
      return null;
    });
    if (bytes !== null) expect(await refusal(bytes)).toMatch(why);
  });

  it("is refused where a stranger signs for a member", async () => {
    const stranger = signedMember("Mallory", "55".repeat(16));
    const forged = await changed((one) => ({
      ...one,
      events: one.events.map(({ event, claim }) => {
        const entry = one.entries[claim.entry];
        if (entry === undefined) throw new Error("no entry");
        const signature = Buffer.from(stranger.sign(claimBytesOf({ vaultId, entry, claim }, event))).toString("base64");
        return { event, claim: { ...claim, signature, signer: stranger.key } };
      }),
    }));
    expect(await refusal(forged)).toMatch(/somebody of another vault/);
    expect(await refusal(await sealed(sampleManifest(to), blob, stranger.sign))).toMatch(/did not sign/);
  });

  it("stops when cancelled, and says what cannot be read", async () => {
    writeFileSync(path, await sealed(sampleManifest(to)));
    const stop = new AbortController();
    const reading = readPackage({ path, agreement: to.agreement, signal: stop.signal, progress: () => stop.abort() });
    await expect(reading).rejects.toMatchObject({ code: "cancelled" });
    const missing = readPackage({ path: join(folder, "nowhere"), agreement: to.agreement });
    await expect(missing).rejects.toBeInstanceOf(SealingError);
  });

  it("lists its files by their SHA-256", () => {
    expect(sampleManifest(to).blobs).toEqual([{ sha256: blobSha256, size: blob.length }]);
    expect(eva.key).not.toBe(lena.key);
  });
});
