import { z } from "zod";

/** Every way in which a request can fail, as it crosses a process boundary. Words for each: `words.ts`. */
export const errorCodes = [
  "invalid-request",
  "not-allowed",
  "not-found",
  "conflict",
  "cancelled",
  "unknown-handle",
  "file-unreadable",
  "file-too-large",
  "disk-full",
  "destination-exists",
  "destination-unwritable",
  "vault-locked",
  "vault-missing",
  "vault-exists",
  "vault-invalid",
  "vault-future",
  "vault-in-use",
  "vault-damaged",
  "vault-read-only",
  "vault-rolled-back",
  "kdf-below-floor",
  "passphrase-weak",
  "unlock-failed",
  "second-person-needed",
  "shares-too-few",
  "share-damaged",
  "shares-mixed",
  "backup-invalid",
  "checkpoint-invalid",
  "not-a-log",
  "log-unsupported",
  "log-damaged",
  "table-invalid",
  "table-too-large",
  "mapping-unfit",
  "pack-invalid",
  "pack-duplicate-task",
  "recipient-key-invalid",
  "recipient-duplicate",
  "recipients-empty",
  "recipients-mixed",
  "report-not-frozen",
  "report-frozen",
  "report-unsigned",
  "print-failed",
  "package-invalid",
  "package-damaged",
  "package-not-for-you",
  "handover-invalid",
  "handover-not-for-you",
  "handover-unknown-sender",
  "handover-diverged",
  "handover-card-invalid",
  "network-blocked",
  "service-stopped",
  "internal",
] as const;
export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/**
 * A failure as a value. `subject` names what it happened to (a file name, a task id, a recipient), `detail` says more
 * in one sentence; neither ever holds a secret or the content of an evaluation.
 */
export const failureSchema = z.strictObject({
  code: errorCodeSchema,
  subject: z.string().max(1_000).optional(),
  detail: z.string().max(2_000).optional(),
});
export type Failure = z.infer<typeof failureSchema>;

export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };

/** The result envelope of a request whose value has the given schema. */
export function resultSchema<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion("ok", [
    z.strictObject({ ok: z.literal(true), value }),
    z.strictObject({ ok: z.literal(false), error: failureSchema }),
  ]);
}
