import { writeFileSync } from "node:fs";

/**
 * Keeps this process's memory out of core dumps (Linux): a crash must not leave keys and contents on a disk, whatever the
 * workstation's limits and crash collectors are set to. Of memory nothing is dumped then; see core(5), coredump_filter.
 * @returns whether it could be set: elsewhere dumps are the system's matter
 */
export function leaveMemoryOutOfDumps(): boolean {
  if (process.platform !== "linux") return false;
  try {
    writeFileSync("/proc/self/coredump_filter", "0");
    return true;
  } catch {
    return false;
  }
}
