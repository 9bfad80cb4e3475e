import { createHash } from "node:crypto";
import { claimBytesOf } from "./signing.ts";
import { signedMember, type SampleMember } from "./signing.ts";
import { ageRecipientOf, type KeyAgreement } from "../../../electron/sealing/age-agreement.ts";
import { writePackage, type Manifest } from "../../../electron/handover/index.ts";
import { joinBytes } from "../../../electron/sealing/byte-reader.ts";
import { toHex } from "../../../electron/vault/canonical.ts";
import { agreeWith } from "../../../electron/vault/key-agreement.ts";
import { inclusionProof, leafHash, merkleRoot } from "../../../electron/vault/merkle.ts";
import { formatNote, signNote } from "../../../electron/vault/signed-note.ts";
import { sodium } from "../../../electron/vault/sodium.ts";

/** Packages made by hand: a vault of a few leaves, its members, and a receiver. */

export const vaultId = "ab".repeat(32);
export const blob = new TextEncoder().encode("what the model did, word for word\n".repeat(40));
export const blobSha256 = createHash("sha256").update(blob).digest("hex");
const leaves = Array.from({ length: 7 }, (_, place) => leafHash(Uint8Array.of(place)));

export interface Receiver {
  readonly recipient: string;
  readonly agreement: KeyAgreement;
}

export function receiver(): Receiver {
  const secret = sodium.randombytes_buf(32);
  const publicKey = sodium.crypto_scalarmult_base(secret);
  return {
    recipient: ageRecipientOf(publicKey),
    agreement: { publicKey, agree: (point) => agreeWith(secret, point) },
  };
}

export const eva = signedMember("Eva", "11".repeat(16));
export const lena = signedMember("Lena", "22".repeat(16));

function checkpointNote(signer: SampleMember): string {
  const text = `evalvault/${vaultId}\n${String(leaves.length)}\n${Buffer.from(merkleRoot(leaves)).toString("base64")}\n`;
  return formatNote(signNote(text, { name: `evalvault/${vaultId}`, publicKey: signer.publicKey }, signer.secretKey));
}

function packed(seq: number, entry: number, author: SampleMember, signer: SampleMember): Manifest["events"][number] {
  const event = {
    id: `event-${String(seq)}-0`,
    type: "attempt.noted",
    v: 1,
    at: 1_000 + seq,
    by: author.id,
    body: { n: seq },
  };
  const place = { vaultId, entry: { seq, leaf: toHex(leaves[seq] ?? new Uint8Array()) } };
  const claim = { entry, index: 0, stamp: 5_000 + seq, author: author.key };
  const signature = Buffer.from(signer.sign(claimBytesOf({ ...place, claim }, event))).toString("base64");
  return { event, claim: { ...claim, signer: signer.key, signature } };
}

/** A package of two events, one of them by Lena and vouched for by Eva, and one file. */
export function sampleManifest(to: Receiver): Manifest {
  const person = (one: SampleMember) => ({
    vaultId,
    vaultName: "North",
    memberId: one.id,
    name: one.name,
    key: one.key,
  });
  return {
    form: "evalvault-handover/1",
    id: "cd".repeat(16),
    kind: "runs",
    at: 1_760_000_000_000,
    marking: { level: "secret", suffix: "" },
    vault: { id: vaultId, name: "North" },
    sender: eva.id,
    recipient: { vaultId: "ef".repeat(32), memberId: "33".repeat(16), key: to.recipient },
    contributors: [person(eva), person(lena)],
    checkpoints: [{ vaultId, note: checkpointNote(lena) }],
    consistency: [],
    entries: [2, 5].map((seq) => ({
      checkpoint: 0,
      seq,
      leaf: toHex(leaves[seq] ?? new Uint8Array()),
      path: inclusionProof(leaves, seq).map(toHex),
    })),
    events: [packed(2, 0, eva, eva), packed(5, 1, lena, eva)],
    blobs: [{ sha256: blobSha256, size: blob.length }],
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

export async function sealed(manifest: Manifest, content = blob, sign = eva.sign): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of writePackage({ manifest, blob: () => once(content), sign })) parts.push(part);
  return joinBytes(parts);
}
