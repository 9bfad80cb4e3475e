import { randomBytes } from "node:crypto";
import { link, lstat, mkdir, open, rename, rm, unlink, type FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { asWriteError, SealingError } from "./errors.ts";

/** Making things that are there whole or not at all, and never replace anything. */

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let offset = 0;
  while (offset < bytes.length) {
    const { bytesWritten } = await file.write(bytes, offset, bytes.length - offset);
    offset += bytesWritten;
  }
}

/** Writes a file that must not exist yet and flushes it to the disk. Only its owner can read it. */
export async function writeFlushed(
  path: string,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const file = await open(path, "wx", 0o600);
  // The next chunk is made while the one before is written.
  let writing = Promise.resolve();
  try {
    for await (const chunk of source) {
      await writing;
      writing = writeAll(file, chunk);
      writing.catch(() => undefined);
    }
    await writing;
    await file.sync();
  } finally {
    await Promise.allSettled([writing]);
    await file.close();
  }
}

/** Flushes a folder's list of names; systems that cannot open a folder have no need of it. */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** A hidden, unused name beside `path`, under which it is made. */
function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(8).toString("hex")}.partial`);
}

/** @throws SealingError `destination-exists` where anything has that name */
export async function refuseExisting(path: string): Promise<void> {
  const found = await lstat(path).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
      throw asWriteError(error);
    },
  );
  if (found) {
    const message = "There is something by that name already. Nothing was written; choose another name.";
    throw new SealingError("destination-exists", message);
  }
}

/** Gives a finished temporary file its name. A hard link cannot replace anything; where links do not exist, look first. */
async function publishFile(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
    await unlink(temporary);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EEXIST") throw error;
    await refuseExisting(path);
    await rename(temporary, path);
  }
}

/**
 * Writes a stream to a new file: temporary file, fsync, name, fsync of the folder. After any failure, of the stream or
 * of the disk, there is no file.
 * @throws SealingError as {@link asWriteError}, or the stream's own
 */
export async function writeNewFile(
  path: string,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  await refuseExisting(path);
  const temporary = temporaryName(path);
  try {
    await writeFlushed(temporary, source);
    await publishFile(temporary, path);
    await flushFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true });
    throw asWriteError(error);
  }
}

/**
 * Works in a hidden folder beside `path`, which is gone afterwards unless the work itself gave it a name.
 * @throws SealingError as {@link asWriteError}, or what `work` threw
 */
export async function inTemporaryFolder<T>(path: string, work: (folder: string) => Promise<T>): Promise<T> {
  const temporary = temporaryName(path);
  try {
    await mkdir(temporary, { mode: 0o700 });
    return await work(temporary);
  } catch (error) {
    throw asWriteError(error);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/**
 * Makes a new folder and what is in it: a hidden folder beside it is filled by `fill`, flushed, and then named. After
 * any failure there is no folder.
 * @returns what `fill` gave
 * @throws SealingError as {@link asWriteError}, or what `fill` threw
 */
export async function writeNewFolder<T>(path: string, fill: (folder: string) => Promise<T>): Promise<T> {
  return inTemporaryFolder(path, async (folder) => {
    const result = await fill(folder);
    await flushFolder(folder);
    await refuseExisting(path);
    await rename(folder, path);
    await flushFolder(dirname(path));
    return result;
  });
}
