import { z } from "zod";
import { markingSchema } from "./marking.ts";
import { newMemberSchema } from "./members.ts";
import { personsSchema, secondSchema } from "./two-persons.ts";
import {
  countSchema,
  fileHandleSchema,
  lineSchema,
  memberRoleSchema,
  nameSchema,
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
    member: z.strictObject({ id: z.string(), name: z.string(), role: memberRoleSchema }),
    /** How many people an act that weighs much takes: see `two-persons.ts`. */
    persons: personsSchema,
    /** Opened with a key backup: a new passphrase can be set without the old one. */
    openedWith: z.enum(["slot", "backup"]),
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
      /** Entries of compartments that this member does not read: counted and verified, not opened. */
      sealed: countSchema,
      compartments: countSchema,
      /** Acts that wait for a second person and that this member may decide. */
      waiting: countSchema,
      /** Items of open rounds that this member is to judge or could adjudicate. */
      reviews: countSchema,
    }),
  }),
]);
export type VaultState = z.infer<typeof vaultStateSchema>;

export const verifyProblemSchema = z.strictObject({ where: z.string(), what: z.string() });
export const verifyReportSchema = z.strictObject({
  ok: z.boolean(),
  /** "ciphertext": no passphrase was at hand; "everything": each entry was opened and its right to be there checked. */
  depth: z.enum(["ciphertext", "everything"]),
  entries: countSchema,
  checkpoints: countSchema,
  blobs: countSchema,
  bytes: countSchema,
  /** Of the entries, those that this member has no key for. */
  sealed: countSchema,
  problems: z.array(verifyProblemSchema),
});
export type VerifyReport = z.infer<typeof verifyReportSchema>;

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
      /** A key backup: `passphrase` is then the backup's, and `member` is the one in it. */
      backup: fileHandleSchema.optional(),
    }),
    output: vaultStateSchema,
  },
  "vault.state": { input: z.strictObject({}), output: vaultStateSchema },
  /** Writes the snapshot, wipes the keys, closes the file. */
  "vault.lock": { input: z.strictObject({}), output: z.strictObject({}) },
  /** Without `file`: the open vault, everything. With `file`: that file, as far as ciphertext can prove. */
  "vault.verify": { input: z.strictObject({ file: fileHandleSchema.optional() }), output: verifyReportSchema },
  "vault.setMarking": {
    input: z.strictObject({ marking: markingSchema, reason: lineSchema, second: secondSchema.optional() }),
    output: vaultStateSchema,
  },
  /** How many people sign a report, lower a marking, invalidate what was accepted, remove a lead. Lowering it takes two. */
  "vault.setPersons": {
    input: z.strictObject({ persons: personsSchema, reason: lineSchema, second: secondSchema.optional() }),
    output: vaultStateSchema,
  },
  "vault.rename": { input: z.strictObject({ name: nameSchema }), output: vaultStateSchema },
} as const;
