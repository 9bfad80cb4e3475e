import { z } from "zod";
import {
  compartmentSchema,
  countSchema,
  daySchema,
  idSchema,
  lineSchema,
  nameSchema,
  saidTimeSchema,
  textSchema,
  timeSchema,
} from "./values.ts";

/**
 * A model that its developer shares of its own will: the question before, the terms, who needs to know, the window in
 * which it may be used, sessions, partners, and what becomes of it afterwards.
 */

export const zoneSchema = z
  .string()
  .max(100)
  // Short names as "nst" are some zone's to one library and none to another.
  .regex(/^(UTC|[A-Z][A-Za-z_]*(\/[A-Za-z0-9_+-]+)+)$/, "a time zone, as Europe/Brussels or UTC")
  .refine((zone) => {
    try {
      new Intl.DateTimeFormat("en", { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  }, "a time zone, as Europe/Brussels or UTC");

/** How days of a window are counted: nobody states one rule for it, so it is part of the terms. */
export const dayCounts = ["elapsed", "calendar"] as const;
export const windowRuleSchema = z.strictObject({
  /** The cap: at most so many days. */
  days: z.int().min(1).max(3_650),
  dayCount: z.enum(dayCounts),
  zone: zoneSchema,
});
export type WindowRule = z.infer<typeof windowRuleSchema>;

export const windowEnds = ["cap", "partner-release", "early-close", "withdrawal"] as const;

export const accessWindowSchema = z.strictObject({
  state: z.enum(["not-begun", "open", "ended"]),
  rule: windowRuleSchema,
  grantedAt: timeSchema.nullable(),
  /** The day of the release to other trusted partners that is planned now. */
  plannedRelease: daySchema.nullable(),
  /** The earliest moment from which a whole window fits before that day. */
  earliestStart: timeSchema.nullable(),
  /** When it ends or ended, and by what; null while nothing says so. */
  endsAt: timeSchema.nullable(),
  endsBy: z.enum(windowEnds).nullable(),
  /** The same as a day in the rule's time zone. */
  endsOn: daySchema.nullable(),
  /** Days that have begun, at most up to the end; null while it has not begun. */
  day: countSchema.nullable(),
  /** ms that are left; null while it has not begun. */
  remaining: countSchema.nullable(),
  /** "behind": the workstation says an earlier time than the journal holds; the journal's was taken. */
  clock: z.enum(["sound", "behind"]),
  /** The time that all this was worked out for. */
  readAt: timeSchema,
});
export type AccessWindow = z.infer<typeof accessWindowSchema>;

export const submissionStates = ["inquiry", "submitted", "access-open", "closed", "withdrawn"] as const;
export type SubmissionState = (typeof submissionStates)[number];

export const submissionTermsSchema = z.strictObject({
  window: windowRuleSchema,
  /** Where the window comes from: "EO 14409 §3(b)(ii), as signed". */
  basis: lineSchema,
  permittedUses: textSchema,
  /** Reference of the non-disclosure agreement. */
  agreement: lineSchema,
  handling: textSchema,
  /** Waiver of terms of service that allows probing for security issues; "" where there is none. */
  waiver: lineSchema,
  /** Until when what was received may be kept, null where nothing says so. */
  retainUntil: daySchema.nullable(),
  /** Whether results may still be told to others after a withdrawal. */
  resultsAfterWithdrawal: z.boolean(),
});
export type SubmissionTerms = z.infer<typeof submissionTermsSchema>;

export const needToKnowSchema = z.strictObject({ name: nameSchema, why: lineSchema });

export const partnerSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  tier: z.string(),
  proposedBy: z.enum(["developer", "government"]),
  /** Whether each side agreed; null: it has not answered. */
  developer: z.boolean().nullable(),
  government: z.boolean().nullable(),
  state: z.enum(["proposed", "agreed", "declined", "given-access"]),
  accessOn: daySchema.nullable(),
});
export type Partner = z.infer<typeof partnerSchema>;

export const benchmarkSessionSchema = z.strictObject({
  id: idSchema,
  title: z.string(),
  benchmarkIds: z.array(idSchema),
  benchmarks: z.array(z.string()),
  operators: z.array(z.string()),
  environment: z.string(),
  budget: z.string(),
  startedAt: timeSchema,
  startedBy: z.string(),
  endedAt: timeSchema.nullable(),
  /** "withdrawal": it was closed because the developer withdrew. */
  endedBy: z.enum(["person", "withdrawal"]).nullable(),
  deviations: z.string(),
});
export type BenchmarkSession = z.infer<typeof benchmarkSessionSchema>;

export const custodyKinds = ["weights", "credentials", "transcripts", "hardware", "documents", "other"] as const;
export const custodyItemSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(custodyKinds),
  what: z.string(),
  holder: z.string(),
  place: z.string(),
  digest: z.string(),
  receivedAt: timeSchema,
  /** What became of it; null: it is still held. */
  ended: z
    .strictObject({
      how: z.enum(["destroyed", "returned"]),
      at: timeSchema,
      by: z.string(),
      method: z.string(),
      witness: z.string(),
    })
    .nullable(),
  /** "overdue": it may not be kept any longer and still is. */
  state: z.enum(["held", "overdue", "ended"]),
});
export type CustodyItem = z.infer<typeof custodyItemSchema>;

export const plannedDates = ["partner-release", "public-release"] as const;
export const dateChangeSchema = z.strictObject({
  which: z.enum(plannedDates),
  on: daySchema.nullable(),
  reason: z.string(),
  at: timeSchema,
  by: z.string(),
});

export const submissionSchema = z.strictObject({
  id: idSchema,
  /** "S-0003". */
  code: z.string(),
  developer: z.string(),
  /** The model's name while it is not told otherwise. */
  codename: z.string(),
  programme: z.string(),
  compartment: compartmentSchema,
  state: z.enum(submissionStates),
  /** How a closed one came to its end. */
  closedBy: z.enum(windowEnds).nullable(),
  inquiry: z.strictObject({
    claim: z.string(),
    question: z.string(),
    at: timeSchema,
    by: z.string(),
    answer: z.strictObject({ words: z.string(), at: timeSchema, by: z.string() }).nullable(),
  }),
  /** What was submitted, null while it is a question only. */
  submitted: z
    .strictObject({
      at: timeSchema,
      by: z.string(),
      access: z.string(),
      safeguards: z.string(),
      scaffold: z.string(),
      modelVersions: z.array(z.strictObject({ id: idSchema, words: z.string() })),
      terms: submissionTermsSchema,
    })
    .nullable(),
  window: accessWindowSchema.nullable(),
  dates: z.array(dateChangeSchema),
  publicRelease: daySchema.nullable(),
  needToKnow: z.array(needToKnowSchema),
  /** Partners; none are told after a withdrawal, only how many there were. */
  partners: z.array(partnerSchema),
  partnersHidden: countSchema,
  sessions: z.array(benchmarkSessionSchema),
  custody: z.array(custodyItemSchema),
  withdrawn: z.strictObject({ at: timeSchema, by: z.string(), reason: z.string() }).nullable(),
  history: z.array(z.strictObject({ at: timeSchema, by: z.string(), words: z.string() })),
});
export type Submission = z.infer<typeof submissionSchema>;

const of = { submissionId: idSchema };

export const submissionRequests = {
  "submissions.list": { input: z.strictObject({}), output: z.array(submissionSchema) },
  "submissions.get": { input: z.strictObject(of), output: submissionSchema },
  /** A question of a developer before anything is submitted: it may end with no submission. */
  "submissions.inquire": {
    input: z.strictObject({
      developer: nameSchema,
      codename: nameSchema,
      programme: lineSchema,
      claim: textSchema,
      question: textSchema,
      compartment: compartmentSchema.optional(),
    }),
    output: submissionSchema,
  },
  "submissions.answer": { input: z.strictObject({ ...of, words: textSchema.min(1) }), output: submissionSchema },
  "submissions.submit": {
    input: z.strictObject({
      ...of,
      modelVersionIds: z.array(idSchema).max(100),
      access: lineSchema,
      safeguards: lineSchema,
      scaffold: lineSchema,
      terms: submissionTermsSchema,
      partnerRelease: daySchema.nullable(),
      publicRelease: daySchema.nullable(),
      /** The developer does it of its own will: nothing is submitted without these words. */
      voluntary: z.literal(true),
    }),
    output: submissionSchema,
  },
  "submissions.setTerms": {
    input: z.strictObject({ ...of, terms: submissionTermsSchema, reason: nameSchema }),
    output: submissionSchema,
  },
  "submissions.setNeedToKnow": {
    input: z.strictObject({ ...of, people: z.array(needToKnowSchema).max(500) }),
    output: submissionSchema,
  },
  /** Another day for a planned release, or none. */
  "submissions.redate": {
    input: z.strictObject({ ...of, which: z.enum(plannedDates), on: daySchema.nullable(), reason: nameSchema }),
    output: submissionSchema,
  },
  /** Access was really given at that time: the window runs from then on. */
  "submissions.grantAccess": { input: z.strictObject({ ...of, at: saidTimeSchema }), output: submissionSchema },
  /** Both sides agree to end it before its time. */
  "submissions.closeEarly": {
    input: z.strictObject({ ...of, developer: nameSchema, government: nameSchema, reason: nameSchema }),
    output: submissionSchema,
  },
  /** At any time, from any state, without a reason where none is given. */
  "submissions.withdraw": { input: z.strictObject({ ...of, reason: lineSchema }), output: submissionSchema },
  "submissions.startSession": {
    input: z.strictObject({
      ...of,
      title: nameSchema,
      benchmarkIds: z.array(idSchema).min(1).max(100),
      operators: z.array(nameSchema).min(1).max(50),
      environment: lineSchema,
      budget: lineSchema,
    }),
    output: submissionSchema,
  },
  "submissions.endSession": {
    input: z.strictObject({ ...of, sessionId: idSchema, deviations: textSchema }),
    output: submissionSchema,
  },
  "submissions.addPartner": {
    input: z.strictObject({
      ...of,
      name: nameSchema,
      tier: lineSchema,
      proposedBy: z.enum(["developer", "government"]),
    }),
    output: submissionSchema,
  },
  "submissions.answerPartner": {
    input: z.strictObject({
      ...of,
      partnerId: idSchema,
      side: z.enum(["developer", "government"]),
      agrees: z.boolean(),
    }),
    output: submissionSchema,
  },
  "submissions.givePartnerAccess": {
    input: z.strictObject({ ...of, partnerId: idSchema, on: daySchema }),
    output: submissionSchema,
  },
  "submissions.takeCustody": {
    input: z.strictObject({
      ...of,
      kind: z.enum(custodyKinds),
      what: nameSchema,
      holder: nameSchema,
      place: lineSchema,
      digest: lineSchema,
      receivedAt: saidTimeSchema,
    }),
    output: submissionSchema,
  },
  "submissions.endCustody": {
    input: z.strictObject({
      ...of,
      itemId: idSchema,
      how: z.enum(["destroyed", "returned"]),
      at: saidTimeSchema,
      method: nameSchema,
      witness: lineSchema,
    }),
    output: submissionSchema,
  },
} as const;
