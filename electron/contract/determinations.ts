import { z } from "zod";
import { markingSchema } from "./marking.ts";
import {
  compartmentSchema,
  countSchema,
  daySchema,
  idSchema,
  lineSchema,
  nameSchema,
  textSchema,
  timeSchema,
} from "./values.ts";

/**
 * Two workflows over one exact model version: whether it is covered, and what is seen in it before its release. Layers
 * review one after the other, others are consulted, and a named official decides. What is decided is written down here;
 * nothing of it is worked out from a score.
 */

export const determinationKinds = ["coverage", "assessment"] as const;
export type DeterminationKind = (typeof determinationKinds)[number];

export const layerVerdicts = ["supports", "does-not-support", "more-needed"] as const;
export const layerVerdictWords: Readonly<Record<(typeof layerVerdicts)[number], string>> = {
  supports: "supports it",
  "does-not-support": "does not support it",
  "more-needed": "asks for more",
};

export const layerSchema = z.strictObject({
  name: z.string(),
  /** Who is to review it; a person who need not be a member. */
  reviewer: z.string(),
  /** "next": its turn. "skip-proposed": somebody else has to agree to that. */
  state: z.enum(["waiting", "next", "skip-proposed", "reviewed", "skipped"]),
  review: z
    .strictObject({
      verdict: z.enum(layerVerdicts),
      rationale: z.string(),
      /** A view that differs from it, within the layer; "" where there is none. */
      dissent: z.string(),
      on: daySchema,
      by: z.string(),
    })
    .nullable(),
  skip: z
    .strictObject({ reason: z.string(), proposedBy: z.string(), confirmedBy: z.string().nullable(), at: timeSchema })
    .nullable(),
});
export type DeterminationLayer = z.infer<typeof layerSchema>;

export const consultationAnswers = ["concur", "concur-with-comment", "non-concur", "no-response"] as const;
export const consultationAnswerWords: Readonly<Record<(typeof consultationAnswers)[number], string>> = {
  concur: "concurs",
  "concur-with-comment": "concurs, with a comment",
  "non-concur": "does not concur",
  "no-response": "no response by the date",
};

export const consultationSchema = z.strictObject({
  id: idSchema,
  body: z.string(),
  person: z.string(),
  askedOn: daySchema,
  dueOn: daySchema.nullable(),
  state: z.enum(["outstanding", "overdue", "answered", "no-response"]),
  answer: z
    .strictObject({
      kind: z.enum(consultationAnswers),
      on: daySchema,
      words: z.string(),
      marking: markingSchema,
      by: z.string(),
    })
    .nullable(),
});
export type Consultation = z.infer<typeof consultationSchema>;

/** What can be decided on coverage; an assessment is written down, put off or sent back. */
export const coverageDecisions = ["covered", "not-covered", "deferred", "returned"] as const;
export const assessmentDecisions = ["assessed", "deferred", "returned"] as const;
export const decisions = ["covered", "not-covered", "assessed", "deferred", "returned"] as const;
export type Decision = (typeof decisions)[number];
export const decisionWords: Readonly<Record<Decision, string>> = {
  covered: "determined to be covered",
  "not-covered": "determined not to be covered",
  assessed: "assessed",
  deferred: "deferred",
  returned: "returned for more work",
};

export function decisionsOf(kind: DeterminationKind): readonly Decision[] {
  return kind === "coverage" ? coverageDecisions : assessmentDecisions;
}

export const determinationSchema = z.strictObject({
  id: idSchema,
  /** "D-0002". */
  code: z.string(),
  kind: z.enum(determinationKinds),
  compartment: compartmentSchema,
  modelVersion: z.strictObject({ id: idSchema, words: z.string() }),
  submission: z.strictObject({ id: idSchema, code: z.string(), codename: z.string() }).nullable(),
  /** Name and version of the profile of thresholds; never its values. */
  thresholdProfile: z.string(),
  /** The sealed or frozen report that it rests on, by code, and the hash of its content. */
  evidence: z.strictObject({ reportId: idSchema, code: z.string(), hash: z.string().nullable() }).nullable(),
  state: z.enum(["in-review", "ready", "decided", "superseded"]),
  layers: z.array(layerSchema),
  consultations: z.array(consultationSchema),
  decision: z
    .strictObject({
      decision: z.enum(decisions),
      official: z.string(),
      on: daySchema,
      rationale: z.string(),
      by: z.string(),
      at: timeSchema,
      /** Consultations that had no answer when it was decided. */
      outstanding: countSchema,
    })
    .nullable(),
  supersedes: z.strictObject({ id: idSchema, code: z.string() }).nullable(),
  supersededBy: z.strictObject({ id: idSchema, code: z.string() }).nullable(),
  /** What a reader has to know of how it came about: one person in all layers, layers skipped, answers missing. */
  remarks: z.array(z.string()),
  openedAt: timeSchema,
  openedBy: z.string(),
  history: z.array(z.strictObject({ at: timeSchema, by: z.string(), words: z.string() })),
});
export type Determination = z.infer<typeof determinationSchema>;

const of = { determinationId: idSchema };
const layer = z.int().min(0).max(49);

export const determinationRequests = {
  "determinations.list": { input: z.strictObject({}), output: z.array(determinationSchema) },
  "determinations.get": { input: z.strictObject(of), output: determinationSchema },
  "determinations.open": {
    input: z.strictObject({
      kind: z.enum(determinationKinds),
      modelVersionId: idSchema,
      submissionId: idSchema.nullable(),
      thresholdProfile: lineSchema,
      reportId: idSchema.nullable(),
      layers: z
        .array(z.strictObject({ name: nameSchema, reviewer: lineSchema }))
        .min(1)
        .max(50),
      supersedes: idSchema.nullable(),
      compartment: compartmentSchema.optional(),
    }),
    output: determinationSchema,
  },
  /** The layer whose turn it is. */
  "determinations.review": {
    input: z.strictObject({
      ...of,
      layer,
      verdict: z.enum(layerVerdicts),
      rationale: textSchema.min(1),
      dissent: textSchema,
      on: daySchema,
    }),
    output: determinationSchema,
  },
  /** A layer is left out only with a reason that another lead agrees to. */
  "determinations.proposeSkip": {
    input: z.strictObject({ ...of, layer, reason: nameSchema }),
    output: determinationSchema,
  },
  "determinations.answerSkip": {
    input: z.strictObject({ ...of, layer, agrees: z.boolean() }),
    output: determinationSchema,
  },
  "determinations.consult": {
    input: z.strictObject({
      ...of,
      body: nameSchema,
      person: lineSchema,
      askedOn: daySchema,
      dueOn: daySchema.nullable(),
    }),
    output: determinationSchema,
  },
  "determinations.answerConsultation": {
    input: z.strictObject({
      ...of,
      consultationId: idSchema,
      kind: z.enum(consultationAnswers),
      on: daySchema,
      words: textSchema,
      marking: markingSchema,
    }),
    output: determinationSchema,
  },
  /** What the named official decided. */
  "determinations.decide": {
    input: z.strictObject({
      ...of,
      decision: z.enum(decisions),
      official: nameSchema,
      on: daySchema,
      rationale: textSchema.min(1),
    }),
    output: determinationSchema,
  },
} as const;
