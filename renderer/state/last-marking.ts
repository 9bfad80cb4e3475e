import { markingSchema, type Marking } from "../../electron/contract/marking.ts";

const storageKey = "evalvault.marking";

/**
 * The marking that the window bore last, so that the lock screen goes on bearing it. Kept in the session's storage,
 * which is in memory and ends with the application.
 */
export function lastMarking(): Marking | null {
  const stored = window.sessionStorage.getItem(storageKey);
  if (stored === null) return null;
  const [level = "", suffix = ""] = stored.split("//");
  const parsed = markingSchema.safeParse({ level, suffix });
  return parsed.success ? parsed.data : null;
}

export function rememberMarking(marking: Marking): void {
  window.sessionStorage.setItem(storageKey, `${marking.level}//${marking.suffix}`);
}
