import { z } from "zod";
import { findingCardSchema } from "./findings.ts";
import { countSchema, fileHandleSchema, idSchema, lineSchema, nameSchema } from "./values.ts";

/** Findings as advisories that others read, and advisories of others held against the findings. */

export const advisoryFormats = ["csaf-2.0", "csaf-2.1-draft", "osv", "cve-draft", "csv"] as const;
export const advisoryFormatSchema = z.enum(advisoryFormats);
export type AdvisoryFormat = z.infer<typeof advisoryFormatSchema>;

export const advisoryFormatWords: Readonly<Record<AdvisoryFormat, string>> = {
  "csaf-2.0": "CSAF 2.0",
  "csaf-2.1-draft": "CSAF 2.1 (committee draft)",
  osv: "OSV",
  "cve-draft": "CVE record (draft)",
  csv: "CSV",
};

/** Who answers for the advisories of this vault. */
export const advisoryPublisherSchema = z.strictObject({
  name: z.string().trim().max(200),
  /** A web address that stands for it and that it owns. */
  namespace: z.string().trim().max(500),
  category: z.enum(["coordinator", "discoverer"]),
  contact: lineSchema,
  issuingAuthority: lineSchema,
  /** UUID that the CVE programme gave it; null where it is no CNA. */
  cnaId: z.string().max(100).nullable(),
});
export type AdvisoryPublisher = z.infer<typeof advisoryPublisherSchema>;

/** What stands between a finding and its file: the field, said to a person, and the format's test where it came so far. */
export const advisoryLackSchema = z.strictObject({
  field: z.string(),
  needs: z.string(),
  test: z.string().nullable(),
});

export const exportedFindingSchema = z.strictObject({
  finding: findingCardSchema,
  lacks: z.array(advisoryLackSchema),
  /** What the format has no room for, a sentence each. */
  leftOut: z.array(z.string()),
});

export const advisoryMatchSchema = z.strictObject({
  title: z.string(),
  vendor: z.string(),
  product: z.string(),
  cve: z.string().nullable(),
  aliases: z.array(z.string()),
  versions: z.array(z.string()),
  /** "name": they share a CVE id or an alias; "product": vendor and product are the same. */
  findings: z.array(z.strictObject({ finding: findingCardSchema, why: z.enum(["name", "product"]) })),
});

export const advisoryRequests = {
  "findings.publisher": { input: z.strictObject({}), output: advisoryPublisherSchema },
  "findings.setPublisher": { input: advisoryPublisherSchema, output: advisoryPublisherSchema },
  /**
   * All or nothing: where a finding lacks something nothing is written, and the answer says what. One advisory is one
   * file; CSV takes any number. For leads.
   */
  "findings.export": {
    input: z.strictObject({
      format: advisoryFormatSchema,
      findingIds: z.array(idSchema).min(1).max(500),
      destination: fileHandleSchema,
      /** What recipients will know it by; null: its code. */
      trackingId: nameSchema.nullable(),
      /** Traffic Light Protocol 2.0; CSAF 2.1 takes none without. */
      tlp: z.enum(["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]).nullable(),
      /** Whether the steps to reproduce it go along. */
      withSteps: z.boolean(),
    }),
    output: z.strictObject({
      /** Null where nothing was written. */
      fileName: z.string().nullable(),
      bytes: countSchema,
      /** What the format would have it called. */
      suggestedName: z.string().nullable(),
      findings: z.array(exportedFindingSchema),
    }),
  },
  /** Reads an advisory of others (CSAF, OSV) and names findings that may be the same. Changes nothing. */
  "findings.importAdvisory": {
    input: z.strictObject({ file: fileHandleSchema }),
    output: z.discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("advisory"),
        format: z.string(),
        id: z.string(),
        vulnerabilities: countSchema,
        /** Those of its vulnerabilities that findings may be the same as, at most 500. */
        matches: z.array(advisoryMatchSchema),
        passedOver: z.array(z.string()),
      }),
      z.strictObject({ kind: z.literal("refused"), reason: z.string() }),
    ]),
  },
} as const;
