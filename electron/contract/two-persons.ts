import { z } from "zod";
import { fileHandleSchema, idSchema, lineSchema, nameSchema, secretSchema, timeSchema } from "./values.ts";

/**
 * Acts of two persons: lowering a marking, invalidating what was accepted, removing a lead, lowering the number of
 * persons itself. One proposes, another confirms: now, at this workstation, with a passphrase of their own; or later,
 * at this or another workstation, with the vault unlocked as themselves. (A report is signed by each for themselves.)
 */
export const personsSchema = z.union([z.literal(1), z.literal(2)]);
export type Persons = z.infer<typeof personsSchema>;

/** The second person at this workstation, whose own slot is opened for this one act. */
export const presentSecondSchema = z.strictObject({
  kind: z.literal("present"),
  /** Member id. */
  member: z.string().max(200),
  passphrase: secretSchema,
  keyFile: fileHandleSchema.optional(),
});
export type PresentSecond = z.infer<typeof presentSecondSchema>;

/** "later": the act is recorded as proposed and waits; nothing else changes until somebody confirms it. */
export const secondSchema = z.discriminatedUnion("kind", [
  presentSecondSchema,
  z.strictObject({ kind: z.literal("later") }),
]);
export type Second = z.infer<typeof secondSchema>;

export const actStates = ["waiting", "confirmed", "declined", "withdrawn"] as const;

export const actSchema = z.strictObject({
  id: idSchema,
  /** The event type that it would make: "member.removed", "vault.marked" … */
  type: z.string(),
  /** One sentence: what would happen. */
  words: z.string(),
  /** What it is about (a member, a run …), null where there is no single thing. */
  about: z.string().nullable(),
  by: z.string(),
  byName: z.string(),
  at: timeSchema,
  state: z.enum(actStates),
  decidedBy: z.string().nullable(),
  decidedAt: timeSchema.nullable(),
  reason: z.string(),
  /** Whether the member who asks may confirm or decline it; the proposer may withdraw it. */
  mayDecide: z.boolean(),
  mayWithdraw: z.boolean(),
  /** Roles that may be its second person. */
  secondRoles: z.array(z.string()),
});
export type Act = z.infer<typeof actSchema>;

export const twoPersonRequests = {
  /** Waiting ones first, then the decided, newest first. */
  "acts.list": { input: z.strictObject({}), output: z.array(actSchema) },
  "acts.confirm": {
    input: z.strictObject({ actId: idSchema, second: presentSecondSchema.optional() }),
    output: actSchema,
  },
  "acts.decline": { input: z.strictObject({ actId: idSchema, reason: nameSchema }), output: actSchema },
  "acts.withdraw": { input: z.strictObject({ actId: idSchema, reason: lineSchema }), output: actSchema },
} as const;
