import { compareMarkings, type Marking } from "../../../electron/contract/marking.ts";

/** True when nothing would change. */
export function isSameMarking(a: Marking, b: Marking): boolean {
  return a.level === b.level && a.suffix === b.suffix;
}

/** True when a change wants a reason: a lower level, or the same one with words taken from after it. */
export function isLowered(from: Marking, to: Marking): boolean {
  const levels = compareMarkings(to, from);
  return levels < 0 || (levels === 0 && from.suffix !== "" && !to.suffix.includes(from.suffix));
}
