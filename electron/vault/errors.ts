/** Every way in which a vault operation can end without doing what was asked. A closed set: the service maps each to words. */
export const vaultErrorCodes = [
  "missing",
  "exists",
  "not-a-vault",
  "damaged",
  "future-format",
  "in-use",
  "read-only",
  "disk-full",
  "wrong-passphrase",
  "kdf-refused",
  "cancelled",
  "closed",
  "no-such-entry",
  "no-such-blob",
  "no-such-member",
  "no-such-compartment",
  "backup-invalid",
  "invalid-argument",
  "io",
] as const;
export type VaultErrorCode = (typeof vaultErrorCodes)[number];

/**
 * An expected failure of the vault. `message` and `params` never hold secrets or plaintext;
 * `params.where` names the damaged part (for example "entry 12") where the code is "damaged".
 */
export class VaultError extends Error {
  readonly code: VaultErrorCode;
  readonly params: Readonly<Record<string, string | number>>;

  constructor(code: VaultErrorCode, message: string, params: Record<string, string | number> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "VaultError";
    this.code = code;
    this.params = params;
  }
}

/** Makes the error for a part of a vault that is not what was written. */
export function damaged(where: string, what: string): VaultError {
  return new VaultError("damaged", `The vault is damaged: ${where}: ${what}. Restore it from a backup.`, {
    where,
    what,
  });
}

/** Makes the error for a vault that somebody else has open. */
export function inUse(path: string): VaultError {
  return new VaultError("in-use", `The vault ${path} is in use. Lock it in the other window or program first.`, {
    path,
  });
}

/** Makes the error for a compartment that is not there, or not for this member. */
export function noCompartment(compartment: number): VaultError {
  return new VaultError(
    "no-such-compartment",
    `The vault has no compartment ${String(compartment)}, or this member has no key of it. Ask one of its holders to share it.`,
    { compartment },
  );
}

/** Makes the error for work on a vault that is locked, or was locked while the work was going on. */
export function lockedMeanwhile(): VaultError {
  return new VaultError("closed", "The vault is locked. Unlock it first.");
}

/** Throws "cancelled" when the caller's signal has been raised. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new VaultError("cancelled", "The operation was cancelled.");
}

/** The vault error for whatever SQLite or the file system threw; vault errors pass through. */
export function asVaultError(error: unknown, path: string): VaultError {
  if (error instanceof VaultError) return error;
  const code = errorCode(error);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return inUse(path);
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)$/.test(code)) {
    return new VaultError(
      "disk-full",
      `The disk is full: ${path} was not changed. Make room and try again.`,
      { path },
      error,
    );
  }
  if (/^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EROFS$|EACCES$|EPERM$)/.test(code)) {
    return new VaultError(
      "read-only",
      `${path} or its folder cannot be written. Check the permissions.`,
      { path },
      error,
    );
  }
  if (code === "EEXIST") {
    return new VaultError("exists", `There is already a file ${path}. Choose another name.`, { path });
  }
  if (code === "ENOENT" || code === "ENOTDIR") {
    return new VaultError("missing", `There is no file or folder ${path}. Check the name.`, { path });
  }
  if (/^SQLITE_(CORRUPT|NOTADB|ERROR|SCHEMA|MISMATCH|CONSTRAINT|TOOBIG|RANGE|FORMAT)/.test(code)) {
    return new VaultError(
      "damaged",
      `The vault is damaged: file: SQLite says ${code}. Restore it from a backup.`,
      { where: "file", what: `SQLite says ${code}` },
      error,
    );
  }
  return new VaultError(
    "io",
    `Reading or writing ${path} failed (${code}). Check the disk.`,
    { path, reason: code },
    error,
  );
}

function errorCode(error: unknown): string {
  if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "string")
    return error.code;
  return error instanceof Error ? error.name : "unknown";
}
