import { ZodError } from "zod";
import type { ErrorCode, Failure } from "../contract/result.ts";
import { Refusal } from "../domain/refusal.ts";
import { HandoverError, type HandoverErrorCode } from "../handover/index.ts";
import { PackError } from "../interchange/benchmark-pack/read-pack.ts";
import { TableError, type TableErrorCode } from "../interchange/table/index.ts";
import { TranscriptError } from "../interchange/inspect/index.ts";
import { PublishingError } from "../publishing/publishing-error.ts";
import { SealingError, type SealingErrorCode } from "../sealing/errors.ts";
import { VaultError, type VaultErrorCode } from "../vault/index.ts";
import { NetworkBlockedError } from "./silence.ts";

/** The one place where errors of the service become failures of the contract. */

const vaultCodes: Readonly<Record<VaultErrorCode, ErrorCode>> = {
  missing: "vault-missing",
  exists: "vault-exists",
  "not-a-vault": "vault-invalid",
  damaged: "vault-damaged",
  "future-format": "vault-future",
  "in-use": "vault-in-use",
  "read-only": "vault-read-only",
  "disk-full": "disk-full",
  "wrong-passphrase": "unlock-failed",
  "kdf-refused": "kdf-below-floor",
  cancelled: "cancelled",
  closed: "vault-locked",
  "no-such-entry": "not-found",
  "no-such-blob": "not-found",
  "no-such-member": "not-found",
  "no-such-compartment": "not-found",
  "backup-invalid": "backup-invalid",
  "invalid-argument": "invalid-request",
  io: "file-unreadable",
};

const sealingCodes: Readonly<Record<SealingErrorCode, ErrorCode>> = {
  "recipients-empty": "recipients-empty",
  "recipient-malformed": "recipient-key-invalid",
  "recipient-unsupported": "recipient-key-invalid",
  "recipient-duplicate": "recipient-duplicate",
  "recipients-mixed": "recipients-mixed",
  "recipients-with-passphrase": "recipients-mixed",
  "passphrase-empty": "passphrase-weak",
  "identity-malformed": "package-not-for-you",
  "identity-unsupported": "package-not-for-you",
  "identity-encrypted": "package-not-for-you",
  "identities-empty": "package-not-for-you",
  "not-an-age-file": "package-invalid",
  "no-matching-key": "package-not-for-you",
  "work-factor-too-high": "package-damaged",
  "file-damaged": "package-damaged",
  "file-too-large": "file-too-large",
  "signature-malformed": "package-damaged",
  "signature-invalid": "package-damaged",
  "public-key-malformed": "recipient-key-invalid",
  "signer-failed": "report-unsigned",
  "signers-empty": "report-unsigned",
  "signer-duplicate": "conflict",
  "not-a-sealed-report": "package-invalid",
  "package-invalid": "package-invalid",
  "package-altered": "package-damaged",
  "member-path-invalid": "package-damaged",
  "member-duplicate": "package-damaged",
  "member-changed": "package-damaged",
  "checkpoint-invalid": "package-damaged",
  "proof-invalid": "package-damaged",
  "outer-name-invalid": "invalid-request",
  "destination-exists": "destination-exists",
  "destination-missing": "destination-unwritable",
  "destination-unwritable": "destination-unwritable",
  "disk-full": "disk-full",
  "file-unreadable": "file-unreadable",
  "write-failed": "destination-unwritable",
  cancelled: "cancelled",
};

const handoverCodes: Readonly<Record<HandoverErrorCode, ErrorCode>> = {
  "package-invalid": "handover-invalid",
  "not-for-you": "handover-not-for-you",
  "card-invalid": "handover-card-invalid",
};

const tableCodes: Readonly<Record<TableErrorCode, ErrorCode>> = {
  empty: "table-invalid",
  "encoding-unsupported": "table-invalid",
  "no-table": "table-invalid",
  "too-many-columns": "table-too-large",
  "record-too-long": "table-too-large",
  "too-many-rows": "table-too-large",
  "too-many-runs": "table-too-large",
  "mapping-unfit": "mapping-unfit",
};

const systemCodes: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: "disk-full",
  EDQUOT: "disk-full",
  EROFS: "destination-unwritable",
  EACCES: "file-unreadable",
  EPERM: "file-unreadable",
  ENOENT: "file-unreadable",
  EISDIR: "file-unreadable",
  ENOTDIR: "file-unreadable",
  ENAMETOOLONG: "file-unreadable",
  ELOOP: "file-unreadable",
  EBUSY: "file-unreadable",
  EIO: "file-unreadable",
  EEXIST: "destination-exists",
};

function failure(code: ErrorCode, subject: string, detail: string): Failure {
  return {
    code,
    ...(subject === "" ? {} : { subject: subject.slice(0, 1_000) }),
    ...(detail === "" ? {} : { detail: detail.slice(0, 2_000) }),
  };
}

function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

/** A vault that does not open is told in the same words whatever was wrong. */
function vaultFailure(error: VaultError, subject: string): Failure {
  const code = vaultCodes[error.code];
  return code === "unlock-failed" ? { code } : failure(code, subject, error.message);
}

/** Failures of parts that have error codes of their own; null for anything else. */
function knownFailure(error: unknown, subject: string): Failure | null {
  if (error instanceof Refusal) return failure(error.code, error.subject, error.message);
  if (error instanceof VaultError) return vaultFailure(error, subject);
  if (error instanceof SealingError) return failure(sealingCodes[error.code], subject, error.message);
  if (error instanceof HandoverError) return failure(handoverCodes[error.code], subject, error.message);
  if (error instanceof PackError) return failure(error.code, error.params.subject, error.message);
  if (error instanceof TableError) return failure(tableCodes[error.code], subject, error.message);
  if (error instanceof PublishingError) return failure("conflict", subject, error.message);
  if (error instanceof NetworkBlockedError) return failure("network-blocked", error.call, "");
  if (!(error instanceof TranscriptError)) return null;
  return failure(error.code === "damaged" ? "log-damaged" : "not-found", "the transcript", error.message);
}

/** Turns anything thrown into a failure. What is unknown becomes "internal", without its message: that may hold content. */
export function toFailure(error: unknown, request: string, subject: string): Failure {
  const known = knownFailure(error, subject);
  if (known !== null) return known;
  if (error instanceof Error && error.name === "AbortError") return failure("cancelled", subject, "");
  if (error instanceof ZodError) return failure("internal", request, "A value is not as its schema says.");
  const system = systemCode(error);
  const code = system === null ? undefined : systemCodes[system];
  return code === undefined ? failure("internal", request, "") : failure(code, subject, system ?? "");
}
