import { z } from "zod";
import {
  compartmentSchema,
  countSchema,
  fileHandleSchema,
  idSchema,
  ledgerSchema,
  lineSchema,
  nameSchema,
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

export const campaignCellSchema = z.strictObject({
  modelVersionId: idSchema,
  benchmarkId: idSchema,
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
      dueAt: timeSchema.nullable(),
      /** Where its runs and reports are kept; absent: where all evaluators read. */
      compartment: compartmentSchema.optional(),
    }),
    output: campaignSchema,
  },
  "campaigns.register": { input: z.strictObject({ campaignId: idSchema }), output: campaignSchema },
} as const;
