import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { encryptStream, readFileChunks, type SealTo } from "./age.ts";
import { throwIfCancelled } from "./errors.ts";
import type { Manifest } from "./manifest.ts";
import { inTemporaryFolder, refuseExisting, writeFlushed, writeNewFile, writeNewFolder } from "./new-file.ts";
import { readmeText } from "./readme.ts";
import { prepareContents, type SealedContents, type SealRequest } from "./sealed-contents.ts";
import { memberSize, packTar, type MemberSource } from "./tar.ts";

export type { ReportSigner, SealRequest } from "./sealed-contents.ts";

export const sealedFileName = "report.tar.age";
export const readmeFileName = "README.txt";

export interface SealedReport {
  readonly path: string;
  readonly manifest: Manifest;
  /** Of `report.tar.age`. */
  readonly sha256: string;
  readonly bytes: number;
}

interface Tally {
  bytes: number;
}

async function* tallied(
  source: AsyncIterable<Uint8Array>,
  tally: Tally,
  onChunk: (bytes: number, chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    tally.bytes += chunk.length;
    onChunk(tally.bytes, chunk);
    yield chunk;
  }
}

/** The tar, encrypted as it is made: its plaintext is never on a disk. */
function sealedStream(
  request: SealRequest,
  to: SealTo,
  members: readonly MemberSource[],
): { stream: AsyncIterable<Uint8Array>; result: () => { sha256: string; bytes: number } } {
  const total = members.reduce((sum, member) => sum + memberSize(member), 0);
  const plain = tallied(packTar(members, request.at), { bytes: 0 }, (done) => {
    throwIfCancelled(request.signal);
    request.progress?.(Math.min(done, total), total);
  });
  const hash = createHash("sha256");
  const sealed: Tally = { bytes: 0 };
  const stream = tallied(encryptStream(plain, to, request.scryptWorkFactor), sealed, (_, chunk) => {
    hash.update(chunk);
  });
  return { stream, result: () => ({ sha256: hash.digest("hex"), bytes: sealed.bytes }) };
}

async function fillFolder(
  folder: string,
  request: SealRequest,
  to: SealTo,
  contents: SealedContents,
): Promise<{ sha256: string; bytes: number }> {
  const { stream, result } = sealedStream(request, to, contents.members);
  await writeFlushed(join(folder, sealedFileName), stream);
  const made = result();
  const readme = readmeText({
    outerName: request.report.outerName,
    outerMarking: request.outerMarking,
    scheme: contents.manifest.encryption.scheme,
    sealedFile: sealedFileName,
    sha256: made.sha256,
    signatures: contents.manifest.signers.map(({ signature }) => signature),
    remarks: request.remarks ?? [],
  });
  await writeFlushed(join(folder, readmeFileName), [Buffer.from(readme, "utf8")]);
  throwIfCancelled(request.signal);
  return made;
}

/** The folder as one file: a tar of `NAME.sealed/README.txt` and `NAME.sealed/report.tar.age`. */
async function tarOfFolder(folder: string, outerName: string, at: Date): Promise<AsyncIterable<Uint8Array>> {
  const members: MemberSource[] = [];
  for (const name of [readmeFileName, sealedFileName]) {
    const path = join(folder, name);
    const { size } = await stat(path);
    members.push({ path: `${outerName}.sealed/${name}`, size, open: () => readFileChunks(path) });
  }
  return packTar(members, at);
}

/**
 * Seals a report: signs the manifest of its members, then encrypts all of it to the recipients, and writes the package
 * (`docs/sealed-report.md`). All or nothing: after any failure, or cancelling, there is nothing. Never overwrites.
 * @throws SealingError `recipients…`, `recipient…`, `signer…`, `member…`, `checkpoint-invalid`, `outer-name-invalid`,
 * `package-invalid` (a field that does not fit the manifest), `destination…`, `disk-full`, `write-failed`, `cancelled`
 */
export async function sealReport(request: SealRequest): Promise<SealedReport> {
  throwIfCancelled(request.signal);
  const { destination, form, report, recipients, at } = request;
  await refuseExisting(destination);
  const to: SealTo = "passphrase" in recipients ? recipients : { recipients };
  const contents = await prepareContents(request, to);
  const fill = (folder: string) => fillFolder(folder, request, to, contents);
  const made =
    form === "tar"
      ? await inTemporaryFolder(destination, async (folder) => {
          const facts = await fill(folder);
          await writeNewFile(destination, await tarOfFolder(folder, report.outerName, at));
          return facts;
        })
      : await writeNewFolder(destination, fill);
  return { path: destination, manifest: contents.manifest, ...made };
}
