import { writeFileSync } from "node:fs";

/**
 * Keeps a process' memory out of any core dump (Linux: `/proc/PID/coredump_filter`, core(5)); new child processes of it
 * inherit that. Elsewhere, or when the file cannot be written, nothing happens: the crash reporter is never started.
 * @param pid of a process of the same user
 * @returns whether it worked
 */
export function leaveOutOfCoreDumps(pid: number | "self"): boolean {
  if (process.platform !== "linux") return false;
  try {
    writeFileSync(`/proc/${pid.toString()}/coredump_filter`, "0");
    return true;
  } catch {
    return false;
  }
}
