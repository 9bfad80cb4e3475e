import { z } from "zod";
import { isTimestamp } from "../advisory-values.ts";

/**
 * The container that a CVE Numbering Authority submits (CVE JSON record format 5.x, cnaPublishedContainer), as strictly as this
 * program writes it. Written down from the format's documentation; two things differ on purpose: `providerMetadata` may be
 * missing (the authority that takes the draft puts its own there), and `x_` members are those of the draft alone.
 */

const timestamp = z.string().refine(isTimestamp, "a time in UTC");
const url = z
  .string()
  .max(2048)
  .refine((value) => URL.canParse(value), "a web address");
const uuid4 = z
  .string()
  .regex(/^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-4[0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$/);
const text = (limit: number): z.ZodString => z.string().min(1).max(limit);
const said = z.strictObject({ lang: z.literal("en"), value: text(4096) });

function isDistinct(list: readonly unknown[]): boolean {
  return new Set(list.map((item) => JSON.stringify(item))).size === list.length;
}

function listOf<T extends z.ZodType>(item: T): z.ZodArray<T> {
  return z.array(item).min(1).refine(isDistinct, "each once");
}

const status = z.enum(["affected", "unaffected", "unknown"]);
const version = z.union([
  z.strictObject({ version: text(1024), status }),
  z.strictObject({ version: text(1024), status, versionType: text(128), lessThan: text(1024) }),
  z.strictObject({ version: text(1024), status, versionType: text(128), lessThanOrEqual: text(1024) }),
]);

const affected = z
  .strictObject({
    vendor: text(512),
    product: text(2048),
    collectionURL: url.optional(),
    packageName: text(2048).optional(),
    modules: listOf(text(4096)).optional(),
    repo: url.optional(),
    defaultStatus: status,
    versions: listOf(version),
  })
  .refine(
    (item) => (item.collectionURL === undefined) === (item.packageName === undefined),
    "a package and its collection",
  );

const cvss = (name: "3.1" | "4.0"): z.ZodObject =>
  z.strictObject({
    version: z.literal(name),
    vectorString: z.string().startsWith(`CVSS:${name}/`),
    baseScore: z.number().min(0).max(10),
    baseSeverity: z.enum(["NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL"]),
  });

const metric = z.union([
  z.strictObject({ format: z.literal("CVSS"), cvssV3_1: cvss("3.1") }),
  z.strictObject({ format: z.literal("CVSS"), cvssV4_0: cvss("4.0") }),
]);

const problemType = z.strictObject({
  descriptions: listOf(
    z.strictObject({
      lang: z.literal("en"),
      description: text(4096),
      cweId: z.string().regex(/^CWE-[1-9]\d{0,4}$/),
      type: z.literal("CWE"),
    }),
  ),
});

const reference = z.strictObject({
  url,
  name: text(512).optional(),
  tags: listOf(z.enum(["patch", "technical-description", "third-party-advisory"])).optional(),
});

const credit = z.strictObject({
  lang: z.literal("en"),
  value: text(4096),
  type: z.enum([
    "analyst",
    "coordinator",
    "finder",
    "remediation developer",
    "remediation reviewer",
    "reporter",
    "tool",
  ]),
});

export const cnaContainerSchema = z.strictObject({
  providerMetadata: z.strictObject({ orgId: uuid4 }).optional(),
  title: text(256),
  descriptions: listOf(said),
  affected: listOf(affected),
  problemTypes: listOf(problemType).optional(),
  references: listOf(reference).max(512),
  impacts: listOf(z.strictObject({ descriptions: listOf(said) })).optional(),
  metrics: listOf(metric).optional(),
  workarounds: listOf(said).optional(),
  solutions: listOf(said).optional(),
  exploits: listOf(said).optional(),
  timeline: listOf(z.strictObject({ time: timestamp, lang: z.literal("en"), value: text(4096) })).optional(),
  credits: listOf(credit).optional(),
  source: z.strictObject({ advisory: text(200), discovery: z.literal("EXTERNAL") }),
  x_draft: text(1000),
  x_cveId: z.string().optional(),
  x_aliases: listOf(text(4096)).optional(),
  x_handling: z.record(z.string(), z.string()).optional(),
  x_generator: z.strictObject({ engine: text(1000) }),
});
