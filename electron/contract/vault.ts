import { z } from "zod";
import { markingSchema } from "./marking.ts";
import {
  countSchema,
  fileHandleSchema,
  lineSchema,
  nameSchema,
  roleSchema,
  secretSchema,
  timeSchema,
} from "./values.ts";

export const slotOutlineSchema = z.strictObject({
  memberId: z.string(),
  /** Safe to be read by anyone who holds the file. */
  label: z.string(),
  keyFile: z.boolean(),
  kdf: z.strictObject({ memoryBytes: z.number(), passes: z.number() }),
});

/** What a vault file says without a passphrase. */
export const vaultOutlineSchema = z.strictObject({
  file: fileHandleSchema,
  fileName: z.string(),
  id: z.string(),
  label: z.string(),
  format: z.int(),
  slots: z.array(slotOutlineSchema),
  entries: countSchema,
  checkpoints: countSchema,
  /** First and last four hex digits of the newest root, for the eye. */
  checkpoint: z.string(),
  bytes: countSchema,
  /** The checkpoint last seen from this profile, null when the vault was never opened here. */
  lastSeen: z.strictObject({ entries: countSchema, at: timeSchema }).nullable(),
});
export type VaultOutline = z.infer<typeof vaultOutlineSchema>;

export const recentVaultSchema = z.strictObject({
  file: fileHandleSchema,
  fileName: z.string(),
  folder: z.string(),
  label: z.string(),
  lastOpenedAt: timeSchema,
  present: z.boolean(),
});

export const memberSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  label: z.string(),
  role: roleSchema,
  addedAt: timeSchema,
  addedBy: z.string(),
  current: z.boolean(),
});
export type Member = z.infer<typeof memberSchema>;

/** The open vault, for the frame around every screen. */
export const vaultStateSchema = z.discriminatedUnion("open", [
  z.strictObject({ open: z.literal(false) }),
  z.strictObject({
    open: z.literal(true),
    id: z.string(),
    name: z.string(),
    label: z.string(),
    fileName: z.string(),
    marking: markingSchema,
    member: z.strictObject({ id: z.string(), name: z.string(), role: roleSchema }),
    entries: countSchema,
    checkpoint: z.string(),
    /** Set when this file is older than what this profile has seen before: it can be read, not written. */
    readOnly: z.strictObject({ reason: z.string() }).nullable(),
    counts: z.strictObject({
      models: countSchema,
      benchmarks: countSchema,
      campaigns: countSchema,
      runs: countSchema,
      reports: countSchema,
      recipients: countSchema,
      members: countSchema,
      refused: countSchema,
    }),
  }),
]);
export type VaultState = z.infer<typeof vaultStateSchema>;

const newMemberSchema = z.strictObject({
  name: nameSchema,
  /** What the lock screen shows; readable by anyone who holds the file. */
  label: nameSchema,
  role: roleSchema,
  passphrase: secretSchema,
  keyFile: fileHandleSchema.optional(),
});

export const verifyProblemSchema = z.strictObject({ where: z.string(), what: z.string() });
export const verifyReportSchema = z.strictObject({
  ok: z.boolean(),
  /** "ciphertext": no passphrase was at hand; "everything": each entry was opened and its right to be there checked. */
  depth: z.enum(["ciphertext", "everything"]),
  entries: countSchema,
  checkpoints: countSchema,
  blobs: countSchema,
  bytes: countSchema,
  problems: z.array(verifyProblemSchema),
});
export type VerifyReport = z.infer<typeof verifyReportSchema>;

export const journalEventSchema = z.strictObject({
  seq: countSchema,
  index: countSchema,
  id: z.string(),
  type: z.string(),
  at: timeSchema,
  by: z.string(),
  byName: z.string(),
  /** One sentence: what happened, to what. */
  words: z.string(),
  /** Why the fold refused it; null when it stands. */
  refused: z.string().nullable(),
});
export type JournalEventRow = z.infer<typeof journalEventSchema>;

export const checkpointRowSchema = z.strictObject({
  size: countSchema,
  root: z.string(),
  signer: z.string(),
  signerName: z.string(),
  note: z.string(),
});

export const vaultRequests = {
  "vault.recent": { input: z.strictObject({}), output: z.array(recentVaultSchema) },
  "vault.inspect": { input: z.strictObject({ file: fileHandleSchema }), output: vaultOutlineSchema },
  "vault.create": {
    input: z.strictObject({
      file: fileHandleSchema,
      name: nameSchema,
      label: nameSchema,
      marking: markingSchema,
      founder: newMemberSchema.omit({ role: true }),
      others: z.array(newMemberSchema).max(50),
    }),
    output: vaultStateSchema,
  },
  "vault.unlock": {
    input: z.strictObject({
      file: fileHandleSchema,
      /** A slot's member id, or the label or name that a person typed; absent: the only slot. */
      member: z.string().max(200).optional(),
      passphrase: secretSchema,
      keyFile: fileHandleSchema.optional(),
    }),
    output: vaultStateSchema,
  },
  "vault.state": { input: z.strictObject({}), output: vaultStateSchema },
  /** Writes the snapshot, wipes the keys, closes the file. */
  "vault.lock": { input: z.strictObject({}), output: z.strictObject({}) },
  /** Without `file`: the open vault, everything. With `file`: that file, as far as ciphertext can prove. */
  "vault.verify": { input: z.strictObject({ file: fileHandleSchema.optional() }), output: verifyReportSchema },
  "vault.setMarking": {
    input: z.strictObject({ marking: markingSchema, reason: lineSchema }),
    output: vaultStateSchema,
  },
  "vault.rename": { input: z.strictObject({ name: nameSchema }), output: vaultStateSchema },
  "members.list": { input: z.strictObject({}), output: z.array(memberSchema) },
  "members.add": { input: newMemberSchema, output: memberSchema },
  "members.changePassphrase": {
    input: z.strictObject({ current: secretSchema, next: secretSchema }),
    output: z.strictObject({}),
  },
  "journal.list": {
    input: z.strictObject({
      /** Newest first. */
      offset: countSchema,
      limit: z.int().min(1).max(500),
      type: z.string().max(100).optional(),
      refusedOnly: z.boolean().optional(),
    }),
    output: z.strictObject({ total: countSchema, events: z.array(journalEventSchema) }),
  },
  "journal.event": {
    input: z.strictObject({ seq: countSchema, index: countSchema }),
    /** The event as stored, pretty-printed JSON, cut at 200,000 characters. */
    output: z.strictObject({ event: journalEventSchema, json: z.string() }),
  },
  "journal.checkpoints": {
    input: z.strictObject({ offset: countSchema, limit: z.int().min(1).max(500) }),
    output: z.strictObject({ total: countSchema, checkpoints: z.array(checkpointRowSchema) }),
  },
} as const;
