import { z } from "zod";
import { attemptLimitsSchema, elicitationSchema } from "./protocol.ts";
import {
  compartmentSchema,
  countSchema,
  daySchema,
  fileHandleSchema,
  idSchema,
  ledgerSchema,
  lineSchema,
  nameSchema,
  policyRatesSchema,
  rateSchema,
  timeSchema,
} from "./values.ts";

/** Models, benchmarks and campaigns: what is planned. */

export const safeguardVariants = ["as-deployed", "reduced", "removed", "not-stated"] as const;
export const safeguardVariantSchema = z.enum(safeguardVariants);
export type SafeguardVariant = z.infer<typeof safeguardVariantSchema>;

export const modelVersionSchema = z.strictObject({
  id: idSchema,
  modelId: idSchema,
  /** Checkpoint id or weights digest. */
  checkpoint: z.string(),
  safeguard: safeguardVariantSchema,
  access: z.string(),
  settings: z.string(),
  /** The day of its release, null where nobody said. */
  releasedOn: daySchema.nullable(),
  runs: countSchema,
  /** "Meridian-2 (checkpoint 0914, safeguards reduced)". */
  words: z.string(),
});
export type ModelVersion = z.infer<typeof modelVersionSchema>;

export const modelSchema = z.strictObject({
  id: idSchema,
  developer: z.string(),
  name: z.string(),
  note: z.string(),
  origin: z.enum(["hand", "log"]),
  versions: z.array(modelVersionSchema),
});
export type Model = z.infer<typeof modelSchema>;

export const newModelVersionSchema = z.strictObject({
  checkpoint: nameSchema,
  safeguard: safeguardVariantSchema,
  access: lineSchema,
  settings: lineSchema,
});

export const benchmarkTaskSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  category: z.string().nullable(),
  difficulty: z.string().nullable(),
  humanMinutes: z.number().nullable(),
  cve: z.string().nullable(),
  points: z.number().nullable(),
  cluster: z.string().nullable(),
});
export type BenchmarkTask = z.infer<typeof benchmarkTaskSchema>;

export const benchmarkSchema = z.strictObject({
  id: idSchema,
  /** The pack's own id, e.g. "cybench". */
  pack: z.string(),
  title: z.string(),
  version: z.string(),
  /** SHA-256 of the pack as taken in, hex. */
  digest: z.string(),
  origin: z.enum(["catalog", "file", "log"]),
  licence: z.string().nullable(),
  source: z.string().nullable(),
  scoring: z.string().nullable(),
  notes: z.array(z.string()),
  tasks: countSchema,
  categories: z.array(z.strictObject({ name: z.string(), tasks: countSchema })),
  withHumanMinutes: countSchema,
  runs: countSchema,
});
export type Benchmark = z.infer<typeof benchmarkSchema>;

export const catalogEntrySchema = z.strictObject({
  pack: z.string(),
  title: z.string(),
  version: z.string(),
  tasks: countSchema,
  licence: z.string().nullable(),
  source: z.string().nullable(),
  /** The benchmark's id in this vault when it was added already. */
  added: idSchema.nullable(),
});

/** Who runs a cell of a plan, until when. */
export const assignmentSchema = z.strictObject({
  memberId: z.string().max(200),
  name: z.string(),
  /** Null: when the campaign is due. */
  dueAt: timeSchema.nullable(),
  assignedAt: timeSchema,
  assignedBy: z.string(),
});
export type Assignment = z.infer<typeof assignmentSchema>;

export const campaignCellSchema = z.strictObject({
  modelVersionId: idSchema,
  benchmarkId: idSchema,
  /** Null: with nobody. */
  assignment: assignmentSchema.nullable(),
  ledger: ledgerSchema,
  rate: rateSchema,
  runs: z.array(idSchema),
});
export const campaignSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  question: z.string(),
  decisionRule: z.string(),
  compartment: compartmentSchema,
  epochs: z.int(),
  /** Of each attempt. */
  limits: attemptLimitsSchema,
  elicitation: elicitationSchema,
  dueAt: timeSchema.nullable(),
  plannedAt: timeSchema,
  plannedBy: z.string(),
  /** SHA-256 of the canonical plan once it was registered, hex. */
  registered: z.strictObject({ hash: z.string(), at: timeSchema, beforeFirstResult: z.boolean() }).nullable(),
  modelVersions: z.array(z.strictObject({ id: idSchema, words: z.string() })),
  benchmarks: z.array(z.strictObject({ id: idSchema, title: z.string(), tasks: countSchema })),
  cells: z.array(campaignCellSchema),
  ledger: ledgerSchema,
});
export type Campaign = z.infer<typeof campaignSchema>;

/** How a registered plan was left. */
export const deviationKinds = [
  "plan-changed",
  "started-before-registration",
  "model-outside-plan",
  "benchmark-outside-plan",
  "benchmark-version",
  "pack-changed",
  "epochs",
  "tasks-missing",
  "tasks-added",
  "run-duplicate",
  "limits-differ",
  "elicitation-differs",
  "protocol-not-stated",
  "settings-differ",
  "attempts-missing",
  "run-rejected",
  "run-withdrawn",
] as const;
export const deviationKindSchema = z.enum(deviationKinds);
export type DeviationKind = z.infer<typeof deviationKindSchema>;

/** What each kind is called in lists. */
export const deviationKindWords: Readonly<Record<DeviationKind, string>> = {
  "plan-changed": "plan changed",
  "started-before-registration": "started before registration",
  "model-outside-plan": "model version outside the plan",
  "benchmark-outside-plan": "benchmark outside the plan",
  "benchmark-version": "other benchmark version",
  "pack-changed": "pack changed",
  epochs: "other number of epochs",
  "tasks-missing": "tasks missing",
  "tasks-added": "tasks added",
  "run-duplicate": "run added twice",
  "limits-differ": "other limits than planned",
  "elicitation-differs": "other elicitation than planned",
  "protocol-not-stated": "not stated by the log",
  "settings-differ": "settings differ",
  "attempts-missing": "attempts not run",
  "run-rejected": "run rejected",
  "run-withdrawn": "run withdrawn",
};

/** "serious": the result is not that of the plan; "notable": it takes an explanation; "slight": good to know. */
export const deviationSeverities = ["serious", "notable", "slight"] as const;
export const deviationSeveritySchema = z.enum(deviationSeverities);
export type DeviationSeverity = z.infer<typeof deviationSeveritySchema>;

export const deviationSchema = z.strictObject({
  kind: deviationKindSchema,
  severity: deviationSeveritySchema,
  /** One sentence, or a few. */
  what: z.string(),
  /** The run that it is in; null where it is about a cell or the plan. */
  run: z.strictObject({ id: idSchema, code: z.string() }).nullable(),
  /** Model version and benchmark that it is about, in words; "" where it is about the whole plan. */
  where: z.string(),
  since: timeSchema,
});
export type Deviation = z.infer<typeof deviationSchema>;

/** Attempts of a campaign together: of one cell, of a model version on all its benchmarks, of all cells. */
export const pooledRatesSchema = z.strictObject({
  over: z.enum(["cell", "model-version", "campaign"]),
  /** Model version and benchmark in words; null: all of them together. */
  model: z.string().nullable(),
  benchmark: z.string().nullable(),
  runs: countSchema,
  ledger: ledgerSchema,
  rates: policyRatesSchema,
});
export type PooledRates = z.infer<typeof pooledRatesSchema>;

export const planningRequests = {
  "models.list": { input: z.strictObject({}), output: z.array(modelSchema) },
  "models.add": {
    input: z.strictObject({
      developer: nameSchema,
      name: nameSchema,
      note: lineSchema,
      version: newModelVersionSchema,
    }),
    output: modelSchema,
  },
  "models.addVersion": {
    input: z.strictObject({ modelId: idSchema, version: newModelVersionSchema }),
    output: modelSchema,
  },
  /** What trends and doubling times are drawn over; null takes it back. */
  "models.setReleaseDay": {
    input: z.strictObject({ modelVersionId: idSchema, releasedOn: daySchema.nullable() }),
    output: modelSchema,
  },
  "benchmarks.catalog": { input: z.strictObject({}), output: z.array(catalogEntrySchema) },
  "benchmarks.addFromCatalog": {
    input: z.strictObject({ packs: z.array(z.string().max(100)).min(1).max(50) }),
    output: z.array(benchmarkSchema),
  },
  "benchmarks.importPack": { input: z.strictObject({ file: fileHandleSchema }), output: benchmarkSchema },
  "benchmarks.list": { input: z.strictObject({}), output: z.array(benchmarkSchema) },
  "benchmarks.tasks": { input: z.strictObject({ benchmarkId: idSchema }), output: z.array(benchmarkTaskSchema) },
  "campaigns.list": { input: z.strictObject({}), output: z.array(campaignSchema) },
  "campaigns.get": { input: z.strictObject({ campaignId: idSchema }), output: campaignSchema },
  "campaigns.plan": {
    input: z.strictObject({
      name: nameSchema,
      question: lineSchema,
      decisionRule: lineSchema,
      modelVersionIds: z.array(idSchema).min(1).max(200),
      benchmarkIds: z.array(idSchema).min(1).max(200),
      epochs: z.int().min(1).max(1_000),
      /** Absent: none are set, nothing is said. */
      limits: attemptLimitsSchema.optional(),
      elicitation: elicitationSchema.optional(),
      dueAt: timeSchema.nullable(),
      /** Where its runs and reports are kept; absent: where all evaluators read. */
      compartment: compartmentSchema.optional(),
    }),
    output: campaignSchema,
  },
  /**
   * Says who runs cells of the plan; `memberId` null takes them back. Nothing of it is in the registered plan. Conflict
   * where it would change nothing.
   */
  "campaigns.assign": {
    input: z.strictObject({
      campaignId: idSchema,
      cells: z
        .array(z.strictObject({ modelVersionId: idSchema, benchmarkId: idSchema }))
        .min(1)
        .max(40_000),
      memberId: z.string().min(1).max(200).nullable(),
      dueAt: timeSchema.nullable(),
    }),
    output: campaignSchema,
  },
  /** Who can be given a cell: leads and evaluators who read where the campaign is, and people whose work was received. */
  "campaigns.assignable": {
    input: z.strictObject({ campaignId: idSchema }),
    output: z.array(z.strictObject({ id: z.string(), name: z.string(), detail: z.string() })),
  },
  "campaigns.register": { input: z.strictObject({ campaignId: idSchema }), output: campaignSchema },
  /** Where what was done departs from the registered plan, the serious first; nothing while it is not registered. */
  "campaigns.deviations": { input: z.strictObject({ campaignId: idSchema }), output: z.array(deviationSchema) },
  /** Each cell's rate under every denominator policy, then pooled. */
  "campaigns.denominators": { input: z.strictObject({ campaignId: idSchema }), output: z.array(pooledRatesSchema) },
} as const;
