import { z } from "zod";

/** Values that many messages share. */

export const idSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "an id");
/** An opaque name for a file that a person chose; only main and the service know its path. */
export const fileHandleSchema = z.string().regex(/^file-[a-z0-9]{8,64}$/, "a file handle");
export const nameSchema = z.string().trim().min(1).max(200);
export const lineSchema = z.string().max(1_000);
export const textSchema = z.string().max(200_000);
export const timeSchema = z.number().int();
/** A time that a person says, ms since 1970: no earlier than that, and of a year with four digits. */
export const saidTimeSchema = z.int().min(0).max(253_402_300_799_999);
/** A day: "2026-03-01". */
export const daySchema = z
  .string()
  .regex(/^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "a day, as 2026-03-01")
  // 30 February has the form of a day.
  .refine((day) => {
    const at = new Date(`${day}T00:00:00Z`);
    return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
  }, "a day that there is");
export const countSchema = z.int().nonnegative();
/** A secret from a person, as UTF-8 bytes; whoever receives it wipes it. */
export const secretSchema = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length > 0 && value.length <= 1_024,
  "1 to 1,024 bytes",
);

export const roles = ["lead", "evaluator", "custodian", "auditor"] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** What a member of the vault can be: a person's role, or the recovery identity that custodians open together. */
export const memberRoles = [...roles, "recovery"] as const;
export const memberRoleSchema = z.enum(memberRoles);
export type MemberRole = z.infer<typeof memberRoleSchema>;

/** The compartment that every member reads: members, roles, policies. */
export const rosterCompartment = 1;
export const compartmentSchema = z.int().min(1).max(100_000);

/** How the interval beside a rate was made, so that it can be printed beside it. */
export const intervalSchema = z.strictObject({
  low: z.number(),
  high: z.number(),
  level: z.number(),
  method: z.string(),
  /** What was resampled: "attempt", "task", "cluster". */
  unit: z.string(),
});
export type Interval = z.infer<typeof intervalSchema>;

/** What a denominator counts: errors as failures or left out; invalidated attempts out or in. */
export const denominatorPolicySchema = z.strictObject({
  errors: z.enum(["as-failures", "left-out"]),
  invalidated: z.enum(["left-out", "counted"]),
});
export type DenominatorPolicy = z.infer<typeof denominatorPolicySchema>;
export const headlinePolicy: DenominatorPolicy = { errors: "as-failures", invalidated: "left-out" };
/** The four denominator policies, in the order in which they are shown side by side; the first is the headline. */
export const denominatorPolicies: readonly DenominatorPolicy[] = [
  headlinePolicy,
  { errors: "left-out", invalidated: "left-out" },
  { errors: "as-failures", invalidated: "counted" },
  { errors: "left-out", invalidated: "counted" },
];

/** A solve rate with everything needed to print it honestly. `rate` and `interval` are null where n is 0. */
export const rateSchema = z.strictObject({
  n: countSchema,
  solved: countSchema,
  tasks: countSchema,
  solvedTasks: countSchema,
  rate: z.number().nullable(),
  interval: intervalSchema.nullable(),
});
export type Rate = z.infer<typeof rateSchema>;

/** A solve rate and the denominator that it was made with. */
export const policyRateSchema = denominatorPolicySchema.extend({ rate: rateSchema });
export type PolicyRate = z.infer<typeof policyRateSchema>;
/** The same attempts under each of the four denominator policies, the headline's first (`denominatorPolicies`). */
export const policyRatesSchema = z.array(policyRateSchema).length(4);

/** Planned attempts by the state that each ended in, scored ones split by solved. They add up to `planned`. */
export const ledgerSchema = z.strictObject({
  planned: countSchema,
  solved: countSchema,
  notSolved: countSchema,
  unscored: countSchema,
  refused: countSchema,
  limitReached: countSchema,
  modelError: countSchema,
  infrastructureFault: countSchema,
  invalidated: countSchema,
  withheld: countSchema,
  notRun: countSchema,
});
export type Ledger = z.infer<typeof ledgerSchema>;
