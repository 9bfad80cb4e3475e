import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encryptStream } from "../../../electron/sealing/age.ts";
import { joinBytes } from "../../../electron/sealing/byte-reader.ts";
import { encodeManifest, trustedComment, type Manifest } from "../../../electron/sealing/manifest.ts";
import { formatSignature, signBytes, toMinisignPublicKey } from "../../../electron/sealing/minisign.ts";
import { openSealedReport, type OpenedReport, type OpenWarning } from "../../../electron/sealing/open.ts";
import { sealReport } from "../../../electron/sealing/seal.ts";
import { packTar } from "../../../electron/sealing/tar.ts";
import { SealingError } from "../../../electron/sealing/errors.ts";
import type { EntryProof } from "../../../electron/sealing/tlog-proof.ts";
import { Unreadable, verifyPath } from "../../../electron/standalone/evalvault-verify.mjs";
import { inclusionProof, leafHash, merkleRoot } from "../../../electron/vault/merkle.ts";
import {
  at,
  makeNote,
  makeReader,
  makeSigner,
  sealRequest,
  type TestSigner,
} from "../../integration/sealing/sealing-fixture.ts";
import type { Words } from "./agreement.ts";

/** A sealed report with proofs, taken apart so that a recipient's changes to it can be asked of both programs. */

const leaves = Array.from({ length: 11 }, (_, index) => leafHash(Buffer.from([index])));
export const root = merkleRoot(leaves);

export const proofOf = (index: number): EntryProof => ({
  name: `entry-${String(index)}`,
  index,
  leaf: leaves[index] ?? new Uint8Array(32),
  path: inclusionProof(leaves, index),
});

export interface ReportScene {
  readonly folder: string;
  readonly ada: TestSigner;
  readonly opened: OpenedReport;
  /** The decrypted archive. */
  readonly archive: Buffer;
  /** What both programs say of an archive. */
  readonly ask: (archive: Uint8Array) => Promise<{ app: Words; other: Words }>;
}

const members = (list: ReadonlyMap<string, Uint8Array>) => [...list].map(([path, bytes]) => ({ path, bytes }));

export async function archiveOf(list: ReadonlyMap<string, Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of packTar(members(list), at)) parts.push(part);
  return Buffer.from(joinBytes(parts));
}

/** Warnings under which nobody should rely on a report. */
const bad: readonly OpenWarning[] = ["unsigned", "signature-missing", "checkpoint-signature-invalid"];

export async function makeReportScene(folder: string): Promise<ReportScene> {
  const reader = await makeReader();
  const [ada, bob] = [await makeSigner("Ada"), await makeSigner("Bob")];
  const path = join(folder, "EV.sealed");
  const request = await sealRequest(path, [{ key: reader.key }], [ada, bob]);
  const checkpointNote = await makeNote(ada, leaves.length, root);
  await sealReport({ ...request, checkpointNote, proofs: [proofOf(3), proofOf(10)] });
  const keys = { identities: [reader.keyFile] };
  const opened = await openSealedReport({ path, keys });
  const askApp = async (archive: Uint8Array): Promise<Words> => {
    const parts: Uint8Array[] = [];
    for await (const part of encryptStream([archive], { recipients: [{ key: reader.key }] })) parts.push(part);
    await writeFile(join(folder, "again.age"), joinBytes(parts));
    try {
      const { warnings } = await openSealedReport({ path: join(folder, "again.age"), keys });
      return { ok: !warnings.some((warning) => bad.includes(warning)), why: warnings.join() };
    } catch (error) {
      if (error instanceof SealingError) return { ok: false, why: error.message };
      throw error;
    }
  };
  const ask: ReportScene["ask"] = async (archive) => {
    const decrypted = join(folder, "report.tar");
    await writeFile(decrypted, archive);
    return { app: await askApp(archive), other: wordsOfTheOther(decrypted) };
  };
  return { folder, ada, opened, archive: await archiveOf(opened.members), ask };
}

/** What the standalone verifier says of a file or folder. */
export function wordsOfTheOther(path: string, keys: readonly string[] = []): Words {
  try {
    const { ok, problems } = verifyPath(path, { against: [], keys: [...keys] });
    return { ok, why: problems.map(({ where, what }) => `${where}: ${what}`).join("; ") };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, why: error.message };
    throw error;
  }
}

/** The report's files with some changed or (null) left out, its manifest made to fit and signed again by its signer. */
export async function resealed(
  { opened, ada }: ReportScene,
  changes: Readonly<Record<string, Uint8Array | null>>,
  also: (manifest: Manifest) => Manifest = (manifest) => manifest,
): Promise<Buffer> {
  const files = new Map(opened.members);
  for (const [path, bytes] of Object.entries(changes)) {
    if (bytes === null) files.delete(path);
    else files.set(path, bytes);
  }
  const [first, second] = opened.manifest.signers;
  if (first === undefined || second === undefined) throw new Error("the report has two signers");
  files.delete(second.signature);
  const listed = [...files].filter(([path]) => !path.startsWith("manifest.json"));
  const manifest = also({
    ...opened.manifest,
    signers: [first],
    members: listed
      .map(([path, bytes]) => ({ path, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
  });
  const bytes = encodeManifest(manifest);
  const comments = { trusted: trustedComment(manifest), untrusted: "signed again" };
  const made = await signBytes(bytes, await toMinisignPublicKey(ada.publicKey), ada.sign, comments);
  files.set("manifest.json", bytes);
  files.set("manifest.json.minisig", Buffer.from(formatSignature(made)));
  return archiveOf(files);
}
