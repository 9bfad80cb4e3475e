/** Every way in which sealing or opening a report can fail. */
export const sealingErrorCodes = [
  "recipients-empty",
  "recipient-malformed",
  "recipient-unsupported",
  "recipient-duplicate",
  "recipients-mixed",
  "recipients-with-passphrase",
  "passphrase-empty",
  "identity-malformed",
  "identity-unsupported",
  "identity-encrypted",
  "identities-empty",
  "not-an-age-file",
  "no-matching-key",
  "work-factor-too-high",
  "file-damaged",
  "file-too-large",
  "signature-malformed",
  "signature-invalid",
  "public-key-malformed",
  "signer-failed",
  "signers-empty",
  "signer-duplicate",
  "not-a-sealed-report",
  "package-invalid",
  "package-altered",
  "member-path-invalid",
  "member-duplicate",
  "member-changed",
  "checkpoint-invalid",
  "proof-invalid",
  "outer-name-invalid",
  "destination-exists",
  "destination-missing",
  "destination-unwritable",
  "disk-full",
  "file-unreadable",
  "write-failed",
  "cancelled",
] as const;
export type SealingErrorCode = (typeof sealingErrorCodes)[number];

/** What an error happened to: a recipient's place in the list, a member's path, a line number. Never key material. */
export type SealingErrorParams = Readonly<Record<string, string | number>>;

/**
 * A refused or failed sealing operation. `message` says what happened, to what, and what to do; neither it nor `params`
 * ever holds a secret or a member's content.
 */
export class SealingError extends Error {
  readonly code: SealingErrorCode;
  readonly params: SealingErrorParams;

  constructor(code: SealingErrorCode, message: string, params: SealingErrorParams = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "SealingError";
    this.code = code;
    this.params = params;
  }
}

const fileSystemCodes: Readonly<Record<string, SealingErrorCode>> = {
  ENOSPC: "disk-full",
  EDQUOT: "disk-full",
  EFBIG: "disk-full",
  EEXIST: "destination-exists",
  ENOTEMPTY: "destination-exists",
  ENOENT: "destination-missing",
  ENOTDIR: "destination-missing",
  EACCES: "destination-unwritable",
  EPERM: "destination-unwritable",
  EROFS: "destination-unwritable",
};

const fileSystemWords: Partial<Record<SealingErrorCode, string>> = {
  "disk-full": "The disk is full. Nothing was written; free some space or choose another folder.",
  "destination-exists": "There is something by that name already. Nothing was written; choose another name.",
  "destination-missing": "That folder does not exist. Nothing was written; choose an existing folder.",
  "destination-unwritable": "That folder cannot be written to. Nothing was written; choose another folder.",
};

function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** The one clear error for a failure while writing; errors that are ours already, and cancelling, pass through. */
export function asWriteError(error: unknown): SealingError {
  if (error instanceof SealingError) return error;
  if (error instanceof Error && error.name === "AbortError") {
    return new SealingError("cancelled", "Cancelled. Nothing was written.");
  }
  const system = systemCode(error) ?? "unknown";
  const code = fileSystemCodes[system] ?? "write-failed";
  const words = fileSystemWords[code] ?? "Writing failed. Nothing was written; check the disk and try again.";
  return new SealingError(code, words, { system }, error);
}

/** The one clear error for a failure while reading a package or a key file. */
export function asReadError(error: unknown, subject: string): SealingError {
  if (error instanceof SealingError) return error;
  if (error instanceof Error && error.name === "AbortError") return new SealingError("cancelled", "Cancelled.");
  const system = systemCode(error) ?? "unknown";
  return new SealingError("file-unreadable", `${subject} cannot be read.`, { subject, system }, error);
}

/** Throws `cancelled` once the caller has asked for it. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new SealingError("cancelled", "Cancelled. Nothing was written.");
}
