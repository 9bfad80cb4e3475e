import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { temporaryFolder } from "./small-vault.ts";

/** Small file systems of their own, for tests of full and read-only disks. */

function mount(folder: string, options: string): boolean {
  return spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]).status === 0;
}

function canMountHere(): boolean {
  if (process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), "evalvault-disk-"));
  const mounted = mount(folder, "size=64k");
  if (mounted) spawnSync("umount", [folder]);
  rmSync(folder, { recursive: true });
  return mounted;
}

/** Whether this process may mount. */
export const canMount = canMountHere();

/** Works in a file system of its own; `remount` changes its size or makes it read-only. */
export async function withDisk(
  kibibytes: number,
  work: (disk: string, remount: (options: string) => void) => Promise<void>,
): Promise<void> {
  const folder = temporaryFolder();
  const disk = join(folder.path, "disk");
  mkdirSync(disk);
  if (!mount(disk, `size=${String(kibibytes)}k`)) throw new Error("cannot mount a file system for the test");
  try {
    await work(disk, (options) => {
      const { status, stderr } = spawnSync("mount", ["-o", `remount,${options}`, disk]);
      if (status !== 0) throw new Error(`cannot remount: ${String(stderr)}`);
    });
  } finally {
    spawnSync("umount", [disk]);
    folder.remove();
  }
}
