import { z } from "zod";
import { secondSchema } from "./two-persons.ts";
import {
  compartmentSchema,
  countSchema,
  fileHandleSchema,
  lineSchema,
  memberRoleSchema,
  nameSchema,
  roleSchema,
  secretSchema,
  timeSchema,
} from "./values.ts";

/** Who reads and writes the vault, what each may read, and how access comes back when it is lost. */

const kdfSchema = z.strictObject({
  memoryBytes: z
    .int()
    .min(64 * 1024 * 1024)
    .max(1024 * 1024 * 1024)
    .multipleOf(1024),
  passes: z.int().min(3).max(16),
});

export const memberSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  label: z.string(),
  role: memberRoleSchema,
  addedAt: timeSchema,
  addedBy: z.string(),
  current: z.boolean(),
  removed: z.strictObject({ at: timeSchema, by: z.string(), reason: z.string() }).nullable(),
  /** Their slot; null where they have none any more. */
  slot: z.strictObject({ keyFile: z.boolean(), memoryBytes: z.number(), passes: z.number() }).nullable(),
  /** Compartments whose newest key they hold. */
  compartments: z.array(compartmentSchema),
  /** SHA-256 of their signing key, 16 groups of four hex digits; empty for somebody of another vault. */
  fingerprint: z.string(),
});
export type Member = z.infer<typeof memberSchema>;

export const newMemberSchema = z.strictObject({
  name: nameSchema,
  /** What the lock screen shows; readable by anyone who holds the file. */
  label: nameSchema,
  role: roleSchema,
  passphrase: secretSchema,
  keyFile: fileHandleSchema.optional(),
  /** What they will read beside the roster; absent: what their role reads (custodians nothing else). */
  compartments: z.array(compartmentSchema).max(1_000).optional(),
});

export const compartmentOutlineSchema = z.strictObject({
  id: compartmentSchema,
  /** "roster": everybody's; "shared": models, benchmarks, recipients and what is in no other; "separate": campaigns apart. */
  kind: z.enum(["roster", "shared", "separate"]),
  name: z.string(),
  /** Readable by anyone who holds the file. */
  label: z.string(),
  epoch: z.int().min(1),
  holders: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  /** Whether the member who asks reads it. */
  readable: z.boolean(),
  entries: countSchema,
});
export type Compartment = z.infer<typeof compartmentOutlineSchema>;

export const recoveryKitSchema = z.strictObject({
  memberId: z.string(),
  threshold: z.int().min(2).max(255),
  holders: z.array(z.string()),
  madeAt: timeSchema,
  madeBy: z.string(),
  current: z.boolean(),
});

/** One recovery share as it was read: whole, or what is wrong with it. */
export const shareVerdictSchema = z.strictObject({
  source: z.string(),
  number: z.int().nullable(),
  holder: z.string().nullable(),
  /** Null: the share is whole. */
  problem: z.string().nullable(),
});

const typedShareSchema = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length > 0 && value.length <= 20_000,
  "1 to 20,000 bytes",
);
const sharesShape = {
  /** Share files. */
  files: z.array(fileHandleSchema).max(32),
  /** Shares typed in from paper. */
  typed: z.array(typedShareSchema).max(32),
};

export const memberRequests = {
  "members.list": { input: z.strictObject({}), output: z.array(memberSchema) },
  "members.add": { input: newMemberSchema, output: memberSchema },
  /** Their slot and keys leave the file; every compartment that they held goes on under a new key. */
  "members.remove": {
    input: z.strictObject({ memberId: z.string().max(100), reason: nameSchema, second: secondSchema.optional() }),
    output: z.array(memberSchema),
  },
  /** New passphrase, key file or cost for one's own slot. */
  "members.changePassphrase": {
    input: z.strictObject({
      /** Absent only where the vault was opened with a key backup. */
      current: secretSchema.optional(),
      currentKeyFile: fileHandleSchema.optional(),
      next: secretSchema,
      /** Absent: no key file is needed afterwards. */
      nextKeyFile: fileHandleSchema.optional(),
      /** Never below what the slot has now. */
      kdf: kdfSchema.optional(),
    }),
    output: z.strictObject({}),
  },
  /** A new key file of 64 random bytes. */
  "members.newKeyFile": {
    input: z.strictObject({ destination: fileHandleSchema }),
    output: z.strictObject({ fileName: z.string(), file: fileHandleSchema }),
  },
  /** One's own keys under another passphrase: opens this vault when the passphrase of the slot is forgotten. */
  "members.backupKeys": {
    input: z.strictObject({ passphrase: secretSchema, destination: fileHandleSchema }),
    output: z.strictObject({ fileName: z.string() }),
  },

  "compartments.list": { input: z.strictObject({}), output: z.array(compartmentOutlineSchema) },
  "compartments.add": {
    input: z.strictObject({
      name: nameSchema,
      label: nameSchema,
      memberIds: z.array(z.string().max(100)).min(1).max(1_000),
    }),
    output: compartmentOutlineSchema,
  },
  "compartments.grant": {
    input: z.strictObject({ compartment: compartmentSchema, memberId: z.string().max(100) }),
    output: compartmentOutlineSchema,
  },
  /** The compartment goes on under a new key; what the member could read before, they may still have. */
  "compartments.revoke": {
    input: z.strictObject({ compartment: compartmentSchema, memberId: z.string().max(100), reason: nameSchema }),
    output: compartmentOutlineSchema,
  },
  /** A new key without anybody leaving: an old one may have leaked. */
  "compartments.rotate": {
    input: z.strictObject({ compartment: compartmentSchema, reason: nameSchema }),
    output: compartmentOutlineSchema,
  },

  "recovery.list": { input: z.strictObject({}), output: z.array(recoveryKitSchema) },
  /** Writes a share file and a page to print for each holder into a new folder. An older kit opens nothing afterwards. */
  "recovery.make": {
    input: z.strictObject({
      threshold: z.int().min(2).max(16),
      /** Outer-safe names of who keeps a share. */
      holders: z.array(nameSchema).min(2).max(16),
      destination: fileHandleSchema,
    }),
    output: z.strictObject({ kit: recoveryKitSchema, files: z.array(z.string()) }),
  },
  /** Whether shares are whole, belong together, and how many are missing. Opens nothing. */
  "recovery.check": {
    input: z.strictObject(sharesShape),
    output: z.strictObject({
      shares: z.array(shareVerdictSchema),
      vaultLabel: z.string().nullable(),
      threshold: z.int().nullable(),
      missing: z.int().nullable(),
    }),
  },
  /** Opens the recovery slot with the shares and lets in a new lead; the vault is locked again afterwards. */
  "recovery.use": {
    input: z.strictObject({
      file: fileHandleSchema,
      ...sharesShape,
      lead: newMemberSchema.omit({ role: true, compartments: true }),
      reason: lineSchema,
    }),
    output: z.strictObject({ memberId: z.string() }),
  },
} as const;
