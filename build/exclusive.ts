import { mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync, closeSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 100;
/** A lock file that nobody has written a process id into for this long was left by a crash. */
const UNSIGNED_LOCK_MS = 5_000;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** True where the lock's owner is gone. */
function isAbandoned(lockFile: string): boolean {
  try {
    const pid = Number.parseInt(readFileSync(lockFile, "utf8"), 10);
    if (Number.isInteger(pid) && pid > 0) return !isAlive(pid);
    return Date.now() - statSync(lockFile).mtimeMs > UNSIGNED_LOCK_MS;
  } catch {
    return false;
  }
}

function tryLock(lockFile: string): boolean {
  try {
    const handle = openSync(lockFile, "wx");
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/**
 * Runs `work` while no other process on this machine runs work under the same lock file.
 * A lock whose process has died is taken over. Not re-entrant.
 */
export async function exclusively<T>(lockFile: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(lockFile), { recursive: true });
  while (!tryLock(lockFile)) {
    if (isAbandoned(lockFile)) {
      // Renamed first, so that of two takers only one removes it and neither removes a fresh lock of the other.
      const taken = `${lockFile}.${String(process.pid)}.dead`;
      try {
        renameSync(lockFile, taken);
        rmSync(taken, { force: true });
      } catch {
        // Somebody else was quicker.
      }
      continue;
    }
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

/**
 * Fills a fresh folder beside `target` and renames it into place, so that `target` is either whole or absent.
 * The caller holds a lock.
 */
export async function publishFolder(target: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const draft = `${target}.draft-${String(process.pid)}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  try {
    await fill(draft);
    rmSync(target, { recursive: true, force: true });
    renameSync(draft, target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
