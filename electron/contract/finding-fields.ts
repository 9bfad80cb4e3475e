import { z } from "zod";
import { markingSchema } from "./marking.ts";
import { lineSchema, nameSchema, timeSchema } from "./values.ts";

/** What people write of a finding, and how severe they say it is. */

const longTextSchema = z.string().max(20_000);
const versionSchema = z.string().trim().min(1).max(200);

/** From `introduced` ("0": from the first) up to `fixed`, which is not affected, or to `lastAffected`, which is. */
export const versionRangeSchema = z.strictObject({
  introduced: versionSchema,
  fixed: versionSchema.nullable(),
  lastAffected: versionSchema.nullable(),
});

/** A product that is affected. Of a model weakness: its developer, its model. Empty where it is not known. */
export const affectedSchema = z.strictObject({
  vendor: z.string().trim().max(200),
  product: z.string().trim().max(200),
  component: z.string().trim().max(500),
  /** As OSV names it ("PyPI", "npm", "Debian:12"), and the package's name there; empty where it is in none. */
  ecosystem: z.string().trim().max(100),
  package: z.string().trim().max(300),
  ranges: z.array(versionRangeSchema).max(50),
  /** Single versions beside the ranges. */
  versions: z.array(versionSchema).max(200),
});
export type Affected = z.infer<typeof affectedSchema>;

export const cweIdSchema = z.string().regex(/^CWE-[1-9]\d{0,4}$/, "a weakness, as CWE-79");
export const cvssVectorSchema = z
  .string()
  .max(400)
  .regex(/^CVSS:[34]\.\d(\/[A-Z]{1,3}:[A-Za-z]{1,5})+$/, "a CVSS vector");

/** From the lowest; what every scheme comes to, so that findings can be sorted together. */
export const severities = ["none", "low", "medium", "high", "critical"] as const;
export const severitySchema = z.enum(severities);
export type Severity = z.infer<typeof severitySchema>;

const wordSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "a short name");

/** CVSS, one vector or both; or a level of a scale that the team keeps, with what was said of each of its dimensions. */
export const findingSeveritySchema = z.discriminatedUnion("scheme", [
  z.strictObject({ scheme: z.literal("unset") }),
  z.strictObject({
    scheme: z.literal("cvss"),
    v4: cvssVectorSchema.nullable(),
    v3: cvssVectorSchema.nullable(),
  }),
  z.strictObject({
    scheme: z.literal("scale"),
    scale: wordSchema,
    level: wordSchema,
    dimensions: z.record(wordSchema, wordSchema),
  }),
]);
export type FindingSeverity = z.infer<typeof findingSeveritySchema>;

const wordsSchema = z.string().trim().min(1).max(200);

/** A scale of severity with dimensions of its own: data of the vault, never code. The level is a person's, never computed. */
export const severityScaleSchema = z.strictObject({
  id: wordSchema,
  name: nameSchema,
  levels: z
    .array(z.strictObject({ id: wordSchema, words: wordsSchema, severity: severitySchema }))
    .min(1)
    .max(10),
  dimensions: z
    .array(
      z.strictObject({
        id: wordSchema,
        words: wordsSchema,
        levels: z
          .array(z.strictObject({ id: wordSchema, words: wordsSchema }))
          .min(1)
          .max(10),
      }),
    )
    .max(10),
});
export type SeverityScale = z.infer<typeof severityScaleSchema>;

/** CVSS v4.0's exploit maturity (E), in words. */
export const exploitMaturities = ["unknown", "unreported", "proof-of-concept", "attacked"] as const;
export const findingPriorities = ["unset", "low", "normal", "high", "urgent"] as const;
export const remediationStates = ["unknown", "not-planned", "planned", "in-progress", "workaround", "fixed"] as const;
export const distributionStates = ["unknown", "not-started", "partial", "complete"] as const;
export const creditRoles = ["finder", "reporter", "analyst", "coordinator", "remediation-developer", "other"] as const;
export const referenceKinds = ["advisory", "article", "report", "fix", "package", "evidence", "web"] as const;

/** What can be written and changed. Long texts are Markdown. */
export const findingFieldsSchema = z.strictObject({
  title: nameSchema,
  summary: longTextSchema,
  marking: markingSchema,
  affected: z.array(affectedSchema).max(20),
  /** The function, parameter or prompt technique where it goes wrong; part of the deconfliction key. */
  sink: z.string().trim().max(500),
  cwes: z.array(cweIdSchema).max(20),
  severity: findingSeveritySchema,
  exploitMaturity: z.enum(exploitMaturities),
  priority: z.enum(findingPriorities),
  impact: longTextSchema,
  mitigation: longTextSchema,
  detection: longTextSchema,
  remediation: z.strictObject({ state: z.enum(remediationStates), note: lineSchema }),
  distribution: z.strictObject({ state: z.enum(distributionStates), note: lineSchema }),
  embargoUntil: timeSchema.nullable(),
  credits: z.array(z.strictObject({ name: nameSchema, role: z.enum(creditRoles) })).max(50),
  references: z
    .array(
      z.strictObject({ url: z.string().trim().min(1).max(2_000), title: lineSchema, kind: z.enum(referenceKinds) }),
    )
    .max(100),
  /** Names that others gave it: "CVE-2026-12345", "GHSA-…". */
  aliases: z.array(z.string().trim().min(1).max(100)).max(50),
});
export type FindingFields = z.infer<typeof findingFieldsSchema>;

/** What is changed, and nothing else. */
export const findingChangeSchema = findingFieldsSchema.partial();
export type FindingChange = z.infer<typeof findingChangeSchema>;
