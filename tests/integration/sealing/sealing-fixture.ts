import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sodium from "libsodium-wrappers-sumo";
import { generateIdentity, type AgeRecipient } from "../../../electron/sealing/age-keys.ts";
import { SealingError } from "../../../electron/sealing/errors.ts";
import { publicKeyLine, toMinisignPublicKey } from "../../../electron/sealing/minisign.ts";
import type { ReportSigner, SealRequest } from "../../../electron/sealing/seal.ts";
import { noteKeyHash } from "../../../electron/vault/signed-note.ts";

/** What the sealing tests seal: keys made on the spot, a checkpoint note, and a small report. */

export const at = new Date("2026-07-01T12:00:00.000Z");

export interface TestSigner extends ReportSigner {
  readonly line: string;
  readonly name: string;
}

export async function makeSigner(name: string): Promise<TestSigner> {
  await sodium.ready;
  const pair = sodium.crypto_sign_keypair();
  const sign = (bytes: Uint8Array): Uint8Array => sodium.crypto_sign_detached(bytes, pair.privateKey);
  const line = publicKeyLine(await toMinisignPublicKey(pair.publicKey));
  return { memberId: `member-${name.toLowerCase()}`, name, publicKey: pair.publicKey, sign, line };
}

export async function makeReader(
  kind: "classic" | "post-quantum" = "classic",
): Promise<{ keyFile: Uint8Array; recipient: AgeRecipient; key: string }> {
  const made = await generateIdentity(kind, at);
  return { ...made, key: made.recipient.key };
}

/** A checkpoint note as a vault signs it. */
export async function makeNote(
  signer: ReportSigner,
  size = 42,
  root: Uint8Array = Buffer.alloc(32, size),
): Promise<Uint8Array> {
  const origin = "evalvault.invalid/vault/0011223344556677";
  const text = `${origin}\n${String(size)}\n${Buffer.from(root).toString("base64")}\n`;
  const signature = await signer.sign(Buffer.from(text));
  const encoded = Buffer.concat([noteKeyHash({ name: origin, publicKey: signer.publicKey }), signature]).toString(
    "base64",
  );
  return Buffer.from(`${text}\n\u2014 ${origin} ${encoded}\n`);
}

export const members = [
  { path: "report.html", bytes: Buffer.from("<!doctype html><title>Report</title>\n") },
  { path: "report.json", bytes: Buffer.from('{"solved":7,"n":13}\n') },
  { path: "tables/results.csv", bytes: Buffer.from("task,solved\na,1\n") },
];

export async function sealRequest(
  destination: string,
  recipients: SealRequest["recipients"],
  signers: readonly ReportSigner[],
): Promise<SealRequest> {
  const [first] = signers;
  if (first === undefined) throw new Error("a test needs a signer");
  return {
    destination,
    members,
    report: { id: "EV-2026-0007", revision: 2, outerName: "EV-2026-0007_r2" },
    marking: "CUI//TEST",
    outerMarking: "UNCLASSIFIED",
    checkpointNote: await makeNote(first),
    recipients,
    signers,
    toolVersion: "0.1.0",
    at,
    scryptWorkFactor: 10,
  };
}

export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "sealing-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The typed error that the work must end in. */
export async function failureOf(work: Promise<unknown>): Promise<SealingError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SealingError)) throw new Error("expected a SealingError", { cause: error });
  return error;
}
