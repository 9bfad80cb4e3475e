import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

import { asVaultError, VaultError } from "./errors.ts";

/** Makes a folder's own list of names durable. Does nothing where folders cannot be opened (Windows). */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A hidden, unused name beside `path`, under which it is made. */
export function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.partial`);
}

/**
 * Writes a file so that after a crash there is either the old file or the whole new one:
 * temporary file in the same folder → fsync → rename → fsync of the folder. Replaces an existing file.
 * @throws VaultError "disk-full", "read-only", "missing" (the folder), "io"
 */
export function writeFileDurably(path: string, bytes: Uint8Array): void {
  const temporary = temporaryName(path);
  try {
    const file = openSync(temporary, "wx", 0o600);
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncFolder(dirname(resolve(path)));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw asVaultError(error, path);
  }
}

/**
 * Gives a finished file its name and never replaces anything.
 * @throws VaultError "exists"
 */
export function publishFile(temporary: string, path: string): void {
  try {
    linkSync(temporary, path);
    unlinkSync(temporary);
  } catch (error) {
    if (existsSync(path)) {
      throw new VaultError("exists", `There is already a file ${path}. Choose another name.`, { path }, error);
    }
    // Some file systems have no hard links: nothing of that name was there a moment ago.
    renameSync(temporary, path);
  }
  syncFolder(dirname(resolve(path)));
}
