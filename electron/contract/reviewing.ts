import { z } from "zod";
import { loggedScoreSchema, outcomeStateSchema } from "./attempt.ts";
import { attemptAddressSchema, attemptDetailSchema, evidenceSchema } from "./evaluation.ts";
import { benchmarkTaskSchema } from "./planning.ts";
import { transcriptItemSchema } from "./transcripts.ts";
import { secondSchema } from "./two-persons.ts";
import { countSchema, idSchema, intervalSchema, lineSchema, nameSchema, timeSchema } from "./values.ts";

/** Reviews: rounds of judgements of attempts, blind or not, by one person or two, adjudicated where two differ. */

/** Flags that every round may ask for. A round adds its own with words of its own. */
export const reviewFlags = [
  "cheating",
  "contamination",
  "environment-fault",
  "refusal",
  "evaluation-awareness",
  "scorer-error",
  "sandbagging",
  "other",
] as const;
export type ReviewFlag = (typeof reviewFlags)[number];

export const reviewFlagWords: Readonly<Record<ReviewFlag, string>> = {
  cheating: "Cheating",
  contamination: "Contamination",
  "environment-fault": "Environment fault",
  refusal: "Refusal",
  "evaluation-awareness": "Evaluation awareness",
  "scorer-error": "Scorer error",
  sandbagging: "Sandbagging",
  other: "Other",
};

export const flagIdSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "a flag");
export const flagSchema = z.strictObject({ id: flagIdSchema, words: z.string().trim().min(1).max(100) });

/** What a round asks of those who judge. */
export const reviewFormSchema = z.strictObject({
  /** Flags that may be set: those of `reviewFlags`, with their words, and the round's own. */
  flags: z.array(flagSchema).max(40),
  /** Whether the score is judged: it stands, or it is corrected. */
  asksScore: z.boolean(),
});
export type ReviewForm = z.infer<typeof reviewFormSchema>;

/** "undecided": cannot be told from what is there; a real answer, which another person adjudicates. */
export const scoreDecisions = ["stands", "corrected", "undecided"] as const;
export const verdictSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("stands") }),
  z.strictObject({ kind: z.literal("corrected"), score: z.number().min(-1e12).max(1e12) }),
  z.strictObject({ kind: z.literal("undecided") }),
]);
export type Verdict = z.infer<typeof verdictSchema>;

/** How sure a reviewer is, 1 to 5. */
export const confidenceWords = ["Guessing", "Unsure", "Fairly sure", "Sure", "Certain"] as const;

export const judgementInputSchema = z.strictObject({
  flags: z.array(flagIdSchema).max(40),
  /** Null exactly where the round does not ask for the score. */
  verdict: verdictSchema.nullable(),
  /** Needed for a flag, a correction and where nothing can be told. */
  reason: z.string().max(4_000),
  confidence: z.int().min(1).max(5),
});
export type JudgementInput = z.infer<typeof judgementInputSchema>;

/** Which attempts a round is over. Only attempts that were made are reviewed: neither not-run nor withheld ones. */
export const roundScopeSchema = z.strictObject({
  of: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("run"), runId: idSchema }),
    /** All runs of the campaign that count: neither withdrawn nor rejected. */
    z.strictObject({ kind: z.literal("campaign"), campaignId: idSchema }),
    z.strictObject({ kind: z.literal("attempts"), attempts: z.array(attemptAddressSchema).min(1).max(5_000) }),
  ]),
  filter: z.strictObject({
    /** Empty: all of them. */
    outcomes: z.array(outcomeStateSchema).max(20),
    /** Bounds of the headline score, both included; attempts without a score are left out where one is set. */
    scoreAtLeast: z.number().nullable(),
    scoreAtMost: z.number().nullable(),
    solved: z.boolean().nullable(),
  }),
  /** A random sample of what the filter leaves; the seed makes it again. Null: all of them. */
  sample: z
    .strictObject({ size: z.int().min(1).max(20_000), seed: z.int().min(0).max(4_294_967_295).optional() })
    .nullable(),
});
export type RoundScope = z.infer<typeof roundScopeSchema>;

export const roundInputSchema = z.strictObject({
  name: nameSchema,
  scope: roundScopeSchema,
  perAttempt: z.union([z.literal(1), z.literal(2)]),
  blind: z.boolean(),
  reviewers: z.discriminatedUnion("kind", [
    /** Everybody who may judge and reads the compartment: leads only where `leads` is set. */
    z.strictObject({ kind: z.literal("balanced"), leads: z.boolean() }),
    /** These, balanced among them. */
    z.strictObject({ kind: z.literal("named"), members: z.array(z.string().max(200)).min(1).max(200) }),
  ]),
  dueAt: timeSchema.nullable(),
  form: reviewFormSchema,
});
export type RoundInput = z.infer<typeof roundInputSchema>;

const sumsSchema = z.strictObject({
  items: countSchema,
  /** Items that lack a judgement. */
  toDo: countSchema,
  /** Items whose judgements differ, or that could not be told: they wait for a third person. */
  adjudication: countSchema,
  decided: countSchema,
});

export const roundPlanSchema = z.strictObject({
  attempts: countSchema,
  seed: z.int().nonnegative(),
  /** What the scope names and the round leaves out. */
  leftOut: z.array(z.strictObject({ reason: z.string(), count: countSchema })),
  perReviewer: z.array(z.strictObject({ id: z.string(), name: z.string(), items: countSchema })),
});
export type RoundPlan = z.infer<typeof roundPlanSchema>;

export const reviewRoundSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  state: z.enum(["open", "frozen"]),
  perAttempt: z.union([z.literal(1), z.literal(2)]),
  blind: z.boolean(),
  form: reviewFormSchema,
  openedAt: timeSchema,
  openedBy: z.string(),
  dueAt: timeSchema.nullable(),
  /** Makes the order of the items, the sample and the assignment again. */
  seed: z.int().nonnegative(),
  sums: sumsSchema,
  /** One's own part of it. */
  mine: z.strictObject({ assigned: countSchema, toDo: countSchema, done: countSchema, adjudication: countSchema }),
  /** What it is over; null for whoever judges blind until the round is frozen: it would tell the model. */
  scope: z
    .strictObject({
      words: z.string(),
      runs: z.array(z.strictObject({ id: idSchema, code: z.string() })),
      campaignId: idSchema.nullable(),
      asked: roundScopeSchema,
    })
    .nullable(),
  /** How far each is; in a blind round that is open by number alone ("Reviewer 1") for whoever judges in it. */
  reviewers: z.array(z.strictObject({ name: z.string(), isMe: z.boolean(), assigned: countSchema, done: countSchema })),
  frozen: z
    .strictObject({
      at: timeSchema,
      by: z.string(),
      reason: z.string(),
      /** SHA-256 of the canonical JSON of all its judgements and adjudications. */
      hash: z.string(),
      judgements: countSchema,
      /** Items that were not decided then. */
      undecided: countSchema,
    })
    .nullable(),
  mayManage: z.boolean(),
});
export type ReviewRound = z.infer<typeof reviewRoundSchema>;

export const itemStates = ["to-do", "adjudication", "decided"] as const;
export const itemStateSchema = z.enum(itemStates);
export type ItemState = (typeof itemStates)[number];

/** Where an item stands for the member who asks. */
export const ownStates = ["to-do", "done", "adjudicate", "none"] as const;

export const queueRowSchema = z.strictObject({
  roundId: idSchema,
  round: z.string(),
  item: z.int().min(1),
  benchmark: z.string(),
  task: z.string(),
  title: z.string(),
  category: z.string().nullable(),
  epoch: z.int(),
  outcome: outcomeStateSchema,
  solved: z.boolean().nullable(),
  score: z.number().nullable(),
  state: itemStateSchema,
  own: z.enum(ownStates),
  judgements: countSchema,
  perAttempt: z.int(),
  blind: z.boolean(),
  dueAt: timeSchema.nullable(),
  hasTranscript: z.boolean(),
  /** Null while it is hidden. */
  model: z.string().nullable(),
  /** Set flags of the decision, empty while there is none. */
  flags: z.array(flagIdSchema),
});
export type QueueRow = z.infer<typeof queueRowSchema>;

export const judgementSchema = z.strictObject({
  /** The event, for histories. */
  id: z.string(),
  /** Null where it may not be told yet. */
  by: z.string().nullable(),
  isMine: z.boolean(),
  at: timeSchema,
  flags: z.array(flagIdSchema),
  verdict: verdictSchema.nullable(),
  reason: z.string(),
  confidence: z.int(),
  /** "stands" counts; "revised" was replaced by a later one; "undone" was taken back; "late" came after the freeze. */
  standing: z.enum(["stands", "revised", "undone", "late"]),
  /** Given when its author had seen the other's judgement. */
  afterSight: z.boolean(),
});
export type Judgement = z.infer<typeof judgementSchema>;

export const decisionSchema = z.strictObject({
  how: z.enum(["single", "agreed", "adjudicated"]),
  at: timeSchema,
  by: z.string().nullable(),
  flags: z.array(flagIdSchema),
  verdict: verdictSchema.nullable(),
  reason: z.string(),
});
export type Decision = z.infer<typeof decisionSchema>;

export const reviewItemSchema = z.strictObject({
  roundId: idSchema,
  round: z.string(),
  item: z.int().min(1),
  items: countSchema,
  form: reviewFormSchema,
  blind: z.boolean(),
  frozen: z.boolean(),
  state: itemStateSchema,
  own: z.enum(ownStates),
  mayUndo: z.boolean(),
  /** What one may not know yet, in words for the page ("model", "run", "the other judgement"). */
  hidden: z.array(z.string()),
  /** Which attempt it is; null while the round is blind and open. */
  identity: z
    .strictObject({
      runId: idSchema,
      runCode: z.string(),
      model: z.string(),
      campaign: z.string().nullable(),
      startedAt: z.number().nullable(),
      cost: z.number().nullable(),
    })
    .nullable(),
  benchmark: z.string(),
  task: benchmarkTaskSchema,
  epoch: z.int(),
  outcome: outcomeStateSchema,
  /** As scored by the benchmark's rule from the scorer's value, before any review. */
  solved: z.boolean().nullable(),
  scorerScore: z.number().nullable(),
  rule: z.strictObject({ direction: z.enum(["higher", "lower"]), threshold: z.number() }),
  scores: z.array(loggedScoreSchema),
  limit: z.string().nullable(),
  error: z.string().nullable(),
  invalidation: z.string().nullable(),
  totalTokens: z.number().nullable(),
  totalMs: z.number().nullable(),
  retries: z.int(),
  note: z.string(),
  evidence: z.array(evidenceSchema),
  hasTranscript: z.boolean(),
  /** One's own, oldest first; the other's when one's own is given, or one adjudicates; all when the round is frozen. */
  judgements: z.array(judgementSchema),
  adjudications: z.array(judgementSchema),
  decision: decisionSchema.nullable(),
  previous: z.int().nullable(),
  next: z.int().nullable(),
});
export type ReviewItem = z.infer<typeof reviewItemSchema>;

export const reviewTranscriptSchema = z.strictObject({
  total: countSchema,
  items: z.array(transcriptItemSchema),
  notes: z.array(z.string()),
  /** Whether words that name the model were replaced; what a model says of itself in other words is still there. */
  masked: z.boolean(),
});

/** Why a figure is not there. */
export const noFigureReasons = [
  "no-items",
  "one-category",
  "more-than-two-reviewers",
  "blind-until-frozen",
  "not-asked",
] as const;
export const agreementFigureSchema = z.strictObject({
  value: z.number().nullable(),
  /** Items that it is made of. */
  n: countSchema,
  /** Percentile bootstrap over items (kappa, alpha) or Wilson (raw). */
  interval: intervalSchema.nullable(),
  reason: z.enum(noFigureReasons).nullable(),
});
export type AgreementFigure = z.infer<typeof agreementFigureSchema>;

export const agreementRowSchema = z.strictObject({
  /** A flag's id, or "score" for whether the score stands. */
  key: z.string(),
  words: z.string(),
  /** Items on which both said yes, one did, none did (flags); null for the score. */
  table: z.strictObject({ both: countSchema, one: countSchema, none: countSchema }).nullable(),
  raw: agreementFigureSchema,
  kappa: agreementFigureSchema,
  alpha: agreementFigureSchema,
});

export const agreementSchema = z.strictObject({
  rounds: countSchema,
  reviewers: countSchema,
  /** Items that two judged, each before seeing the other's. */
  items: countSchema,
  /** Judgements that were changed after the other's was seen; agreement is of those before. */
  revisedAfterSight: countSchema,
  adjudicated: countSchema,
  seed: z.int(),
  rows: z.array(agreementRowSchema),
});
export type ReviewAgreement = z.infer<typeof agreementSchema>;

const itemAddress = { roundId: idSchema, item: z.int().min(1).max(1_000_000) };
const judging = z.strictObject({ ...itemAddress, ...judgementInputSchema.shape });

export const reviewingRequests = {
  /** What a round would be: how many attempts, what is left out, who gets how many. Changes nothing. */
  "reviews.planRound": { input: roundInputSchema, output: roundPlanSchema },
  "reviews.openRound": { input: roundInputSchema, output: reviewRoundSchema },
  /** Newest first. */
  "reviews.rounds": {
    input: z.strictObject({ runId: idSchema.optional(), campaignId: idSchema.optional() }),
    output: z.array(reviewRoundSchema),
  },
  "reviews.round": { input: z.strictObject({ roundId: idSchema }), output: reviewRoundSchema },
  /** For good: no judgement changes afterwards. With items that are not decided it needs a reason. */
  "reviews.freezeRound": {
    input: z.strictObject({ roundId: idSchema, reason: lineSchema }),
    output: reviewRoundSchema,
  },
  /** Gives items to somebody else, as long as `instead` has not judged them. */
  "reviews.assign": {
    input: z.strictObject({
      roundId: idSchema,
      items: z.array(z.int().min(1)).min(1).max(5_000),
      member: z.string().max(200),
      instead: z.string().max(200),
    }),
    output: reviewRoundSchema,
  },
  "reviews.queue": {
    input: z.strictObject({
      /** Absent: of all open rounds. */
      roundId: idSchema.optional(),
      /** "mine": assigned to me; "adjudication": what I could adjudicate; "all": every item (leads). */
      whose: z.enum(["mine", "adjudication", "all"]),
      state: itemStateSchema.optional(),
      own: z.enum(ownStates).optional(),
      flag: flagIdSchema.optional(),
      filter: z.string().max(200),
      offset: countSchema,
      limit: z.int().min(1).max(500),
    }),
    output: z.strictObject({
      total: countSchema,
      /** Of mine, whatever the filter. */
      sums: z.strictObject({ toDo: countSchema, done: countSchema, adjudication: countSchema }),
      rows: z.array(queueRowSchema),
    }),
  },
  "reviews.item": { input: z.strictObject(itemAddress), output: reviewItemSchema },
  "reviews.transcript": {
    input: z.strictObject({ ...itemAddress, offset: countSchema, limit: z.int().min(1).max(1_000) }),
    output: reviewTranscriptSchema,
  },
  "reviews.judge": { input: judging, output: reviewItemSchema },
  /** Replaces one's own judgement; the earlier ones stay in the history. */
  "reviews.revise": { input: judging, output: reviewItemSchema },
  /** Takes back one's own last judgement, adjudication or assignment of an item, until the round is frozen. */
  "reviews.undo": { input: z.strictObject({ ...itemAddress, reason: lineSchema }), output: reviewItemSchema },
  "reviews.adjudicate": { input: judging, output: reviewItemSchema },
  "reviews.agreement": {
    input: z.union([z.strictObject({ roundId: idSchema }), z.strictObject({ campaignId: idSchema })]),
    output: agreementSchema,
  },
  /** Takes an invalidation back: the attempt counts as before. Of an accepted run it takes two persons. */
  "attempts.reinstate": {
    input: attemptAddressSchema.extend({ reason: nameSchema, second: secondSchema.optional() }),
    output: attemptDetailSchema,
  },
} as const;
