import type { Marking } from "../../../electron/contract/marking.ts";

/** True when nothing would change. */
export function isSameMarking(a: Marking, b: Marking): boolean {
  return a.level === b.level && a.suffix === b.suffix;
}
