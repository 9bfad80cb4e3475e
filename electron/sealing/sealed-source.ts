import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { readFileChunks } from "./age.ts";
import { ByteReader, singleChunk } from "./byte-reader.ts";
import { asReadError, SealingError } from "./errors.ts";
import { sealedFileName } from "./seal.ts";
import { unpackTar, type TarLimits } from "./tar.ts";

/** Largest content that is opened in memory unless the caller says otherwise. */
export const defaultLimit = 512 * 1024 * 1024;
const memberCountLimit = 10_000;

/** Limits of an archive whose contents may be so many bytes. */
export const limitsFor = (bytes: number): TarLimits => ({
  members: memberCountLimit,
  memberBytes: bytes,
  // Room for headers, padding and the end of the archive.
  totalBytes: bytes + (memberCountLimit + 2) * 1024,
});

/** The encrypted file, found in whichever form the package came. */
export async function findSealedFile(path: string, limit: number): Promise<AsyncIterable<Uint8Array>> {
  const found = await stat(path).catch((error: unknown) => {
    throw asReadError(error, "The sealed report");
  });
  if (found.isDirectory()) return readFileChunks(join(path, sealedFileName));
  const start = await firstBytes(path);
  if (start.includes("ustar", 257)) return sealedFileInTar(path, limit);
  return readFileChunks(path);
}

async function firstBytes(path: string): Promise<Buffer> {
  try {
    const file = await open(path, "r");
    try {
      const buffer = Buffer.alloc(512);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw asReadError(error, "The sealed report");
  }
}

async function sealedFileInTar(path: string, limit: number): Promise<AsyncIterable<Uint8Array>> {
  const { totalBytes } = limitsFor(limit);
  const bytes = await new ByteReader(readFileChunks(path)).readAll(totalBytes);
  if (bytes === null) {
    const message =
      "The sealed report is larger than what may be opened in memory. Unpack it with tar and age instead.";
    throw new SealingError("file-too-large", message, { limit });
  }
  const members = await unpackTar(bytes, limitsFor(totalBytes));
  const sealed = [...members].filter(([name]) => name === sealedFileName || name.endsWith(`/${sealedFileName}`));
  const [only] = sealed;
  if (sealed.length !== 1 || only === undefined) {
    const message = `This archive does not hold one ${sealedFileName}. Choose the .sealed folder or its .tar.`;
    throw new SealingError("not-a-sealed-report", message);
  }
  return singleChunk(only[1]);
}
