const storageKey = "evalvault.key-time";

/** Remembers how long deriving a key took on this machine, until the application ends. @param ms milliseconds */
export function noteKeyTime(ms: number): void {
  window.sessionStorage.setItem(storageKey, String(Math.round(ms)));
}

/**
 * How long deriving the key takes: as measured here, or that it was not measured yet.
 * @param memoryBytes what the slot's Argon2id fills.
 */
export function keyTimeWords(memoryBytes: number): string {
  const measured = Number(window.sessionStorage.getItem(storageKey) ?? Number.NaN);
  const memory = memoryBytes > 0 ? ` It fills ${String(Math.round(memoryBytes / 1_048_576))} MiB of memory.` : "";
  if (!Number.isFinite(measured)) return `Deriving the key takes a second or two, on purpose.${memory}`;
  return `Deriving the key took ${(measured / 1_000).toFixed(1)} s on this machine.${memory}`;
}
