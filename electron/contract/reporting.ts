import { z } from "zod";
import { markingSchema } from "./marking.ts";
import { releaseProfileSchema, withheldKinds } from "./release-profile.ts";
import { personsSchema, presentSecondSchema } from "./two-persons.ts";
import {
  countSchema,
  fileHandleSchema,
  idSchema,
  lineSchema,
  nameSchema,
  secretSchema,
  textSchema,
  timeSchema,
} from "./values.ts";

/** Recipients, reports and sealed reports: what is told, to whom. */

export const recipientSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  organisation: z.string(),
  /** An age public key. */
  key: z.string(),
  keyKind: z.enum(["classic", "post-quantum"]),
  fingerprintHex: z.string(),
  fingerprintWords: z.string(),
  /** How and when the key was compared out of band; null: never, and shown so. */
  compared: z.strictObject({ at: timeSchema, by: z.string(), how: z.string() }).nullable(),
  /** What reports for them leave out. */
  withheld: z.array(z.enum(withheldKinds)),
  retiredAt: timeSchema.nullable(),
  addedAt: timeSchema,
  reports: countSchema,
});
export type Recipient = z.infer<typeof recipientSchema>;

export const reportScopeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("vault") }),
  z.strictObject({ kind: z.literal("campaign"), id: idSchema }),
  z.strictObject({ kind: z.literal("run"), id: idSchema }),
]);
export type ReportScope = z.infer<typeof reportScopeSchema>;

export const reportTemplateIds = ["evaluation", "capability-brief", "vulnerability-notice"] as const;
export const reportTemplateIdSchema = z.enum(reportTemplateIds);

export const reportStates = ["draft", "frozen", "signed", "sealed"] as const;

export const reportSchema = z.strictObject({
  id: idSchema,
  /** "EV-2026-0003": the report's number in this vault; safe outside. */
  code: z.string(),
  revision: z.int(),
  title: z.string(),
  template: reportTemplateIdSchema,
  scope: reportScopeSchema,
  scopeWords: z.string(),
  marking: markingSchema,
  state: z.enum(reportStates),
  author: z.string(),
  createdAt: timeSchema,
  changedAt: timeSchema,
  sections: z.array(
    z.strictObject({
      id: z.string(),
      heading: z.string(),
      guidance: z.string(),
      portion: z.string(),
      markdown: z.string(),
    }),
  ),
  /** What a `[[figure:…]]` or `[[table:…]]` line in a section may name. */
  blocks: z.array(z.strictObject({ kind: z.enum(["figure", "table"]), id: z.string(), title: z.string() })),
  contentHash: z.string().nullable(),
  /** How many people of this vault must sign before it is sealed. */
  signaturesRequired: personsSchema,
  signatures: z.array(z.strictObject({ by: z.string(), byName: z.string(), at: timeSchema, keyId: z.string() })),
  sealed: z.array(
    z.strictObject({
      at: timeSchema,
      by: z.string(),
      fileName: z.string(),
      recipients: z.array(z.string()),
      sha256: z.string(),
      checkpoint: z.string(),
      /** Whether the report is in it as a PDF too. */
      pdf: z.boolean(),
      /** What was left out of its bytes; empty: nothing. */
      withheld: z.array(z.enum(withheldKinds)),
    }),
  ),
});
export type Report = z.infer<typeof reportSchema>;

export const openedReportSchema = z.strictObject({
  fileName: z.string(),
  report: z.strictObject({
    code: z.string(),
    revision: z.int(),
    marking: z.string(),
    createdAt: timeSchema,
    tool: z.string(),
  }),
  signatures: z.array(
    z.strictObject({
      keyId: z.string(),
      publicKey: z.string(),
      name: z.string(),
      valid: z.boolean(),
      trusted: z.boolean(),
      trustedComment: z.string(),
    }),
  ),
  recipients: z.array(z.strictObject({ name: z.string(), key: z.string(), you: z.boolean() })),
  checkpoint: z
    .strictObject({ size: countSchema, root: z.string(), vault: z.string(), signatureValid: z.boolean().nullable() })
    .nullable(),
  members: z.array(z.strictObject({ path: z.string(), bytes: countSchema, sha256: z.string() })),
  /** What is right in form and still to be known, by its code and as a sentence. */
  warnings: z.array(z.strictObject({ code: z.string(), words: z.string() })),
  /** report.json as text, for the reading view; null when the package holds none. */
  reportJson: z.string().nullable(),
});
export type OpenedReport = z.infer<typeof openedReportSchema>;

export const reportingRequests = {
  "recipients.list": { input: z.strictObject({}), output: z.array(recipientSchema) },
  "recipients.check": {
    input: z.strictObject({ key: z.string().max(5_000) }),
    output: z.strictObject({
      keyKind: z.enum(["classic", "post-quantum"]),
      fingerprintHex: z.string(),
      fingerprintWords: z.string(),
    }),
  },
  "recipients.add": {
    input: z.strictObject({ name: nameSchema, organisation: lineSchema, key: z.string().max(5_000) }),
    output: recipientSchema,
  },
  "recipients.compared": { input: z.strictObject({ recipientId: idSchema, how: nameSchema }), output: recipientSchema },
  /** What reports for a recipient leave out, from now on. */
  "recipients.setProfile": {
    input: z.strictObject({ recipientId: idSchema, withheld: releaseProfileSchema }),
    output: recipientSchema,
  },
  "recipients.retire": {
    input: z.strictObject({ recipientId: idSchema, reason: nameSchema }),
    output: recipientSchema,
  },
  "reports.list": { input: z.strictObject({}), output: z.array(reportSchema) },
  "reports.get": { input: z.strictObject({ reportId: idSchema }), output: reportSchema },
  "reports.draft": {
    input: z.strictObject({
      template: reportTemplateIdSchema,
      scope: reportScopeSchema,
      title: nameSchema,
      marking: markingSchema.optional(),
    }),
    output: reportSchema,
  },
  "reports.write": {
    input: z.strictObject({
      reportId: idSchema,
      sectionId: z.string().max(100),
      markdown: textSchema,
      portion: z.string().max(100).optional(),
    }),
    output: reportSchema,
  },
  "reports.retitle": { input: z.strictObject({ reportId: idSchema, title: nameSchema }), output: reportSchema },
  /** The report as it would be frozen now (or was frozen), as JSON text of the schema in `frozen-report.ts`. */
  "reports.preview": { input: z.strictObject({ reportId: idSchema }), output: z.strictObject({ json: z.string() }) },
  "reports.freeze": { input: z.strictObject({ reportId: idSchema }), output: reportSchema },
  /** Back to a draft of the next revision; the frozen one stays in the journal. */
  "reports.revise": { input: z.strictObject({ reportId: idSchema, reason: nameSchema }), output: reportSchema },
  /** As the member who unlocked, or as a second lead who is present. */
  "reports.sign": {
    input: z.strictObject({ reportId: idSchema, second: presentSecondSchema.optional() }),
    output: reportSchema,
  },
  "reports.seal": {
    input: z.strictObject({
      reportId: idSchema,
      recipientIds: z.array(idSchema).max(200),
      /** Age public keys that are no records yet (command line); added to the recorded ones. */
      keys: z.array(z.string().max(5_000)).max(200),
      passphrase: secretSchema.optional(),
      destination: fileHandleSchema,
      /** What this package leaves out; absent: what its recipients' profile says, which must then be one and the same. */
      withheld: releaseProfileSchema.optional(),
      /** "leave-out": sealed without report.pdf, which is recorded. Only the app can print. */
      pdf: z.enum(["print", "leave-out"]).default("print"),
    }),
    output: z.strictObject({ report: reportSchema, fileName: z.string(), bytes: countSchema }),
  },
  /** The files of a report without sealing them: for the command line's `report --out`. */
  "reports.save": {
    input: z.strictObject({ reportId: idSchema, destination: fileHandleSchema }),
    output: z.strictObject({ bytes: countSchema }),
  },
  "sealed.open": {
    input: z.strictObject({
      package: fileHandleSchema,
      identity: fileHandleSchema.optional(),
      passphrase: secretSchema.optional(),
      /** minisign public keys the opener trusts already. */
      signerKeys: z.array(z.string().max(500)).max(50),
      /** Where to put the members; absent: only shown. */
      destination: fileHandleSchema.optional(),
    }),
    output: openedReportSchema,
  },
} as const;
