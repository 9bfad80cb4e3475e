import { z } from "zod";
import { markingSchema } from "../../contract/marking.ts";
import { formatCounted } from "../../contract/number-text.ts";
import { profileWords, withheldKinds } from "../../contract/release-profile.ts";
import { reportScopeSchema, reportTemplateIdSchema } from "../../contract/reporting.ts";
import { idSchema } from "../../contract/values.ts";
import { defineEvent, type FoldContext } from "../event.ts";
import { personsRequired } from "../members/queries.ts";
import { foldDrafted, foldFrozen, foldRetitled, foldRevised, foldSealed, foldSigned, foldWritten } from "./fold.ts";
import { reportCode, reportCompartment, reportFacts, scopeCompartment } from "./state.ts";

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

export const reportDrafted = defineEvent({
  type: "report.drafted",
  v: 1,
  body: z.strictObject({
    id: idSchema,
    template: reportTemplateIdSchema,
    scope: reportScopeSchema,
    title: z.string().min(1).max(200),
    marking: markingSchema,
    sections: z
      .array(
        z.strictObject({
          id: z.string().max(100),
          heading: z.string().max(200),
          guidance: z.string().max(2_000),
          markdown: z.string().max(200_000),
        }),
      )
      .max(100),
  }),
  roles: ["lead"],
  home: (model, body) => scopeCompartment(model, body.scope),
  refusal: ({ model }, body) =>
    reportFacts(model, body.id) === null ? null : "a report with this id is there already",
  fold: foldDrafted,
  words: ({ model }, body) => `Report ${reportCode(model, body.id)} drafted: ${body.title}`,
  about: (body) => body.id,
});

export const reportWritten = defineEvent({
  type: "report.section-written",
  v: 1,
  body: z.strictObject({
    reportId: idSchema,
    sectionId: z.string().max(100),
    markdown: z.string().max(200_000),
    portion: z.string().max(100).nullable(),
  }),
  roles: ["lead"],
  home: (model, body) => reportCompartment(model, body.reportId),
  refusal: ({ model }, body) => {
    const report = reportFacts(model, body.reportId);
    if (report === null) return "there is no such report";
    if (report.state !== "draft") return "it is frozen";
    return report.sectionIds.has(body.sectionId) ? null : "it has no such section";
  },
  fold: foldWritten,
  words: ({ model }, body) => `Section ${body.sectionId} of ${reportCode(model, body.reportId)} written`,
  about: (body) => body.reportId,
});

export const reportRetitled = defineEvent({
  type: "report.retitled",
  v: 1,
  body: z.strictObject({ reportId: idSchema, title: z.string().min(1).max(200) }),
  roles: ["lead"],
  home: (model, body) => reportCompartment(model, body.reportId),
  refusal: ({ model }, body) => (reportFacts(model, body.reportId)?.state === "draft" ? null : "it is no draft"),
  fold: foldRetitled,
  words: ({ model }, body) => `${reportCode(model, body.reportId)} retitled: ${body.title}`,
  about: (body) => body.reportId,
});

/** The report with all its numbers is kept as a blob; its SHA-256 is what is signed. */
export const reportFrozen = defineEvent({
  type: "report.frozen",
  v: 1,
  body: z.strictObject({ reportId: idSchema, contentHash: hashSchema, blob: z.string().max(100) }),
  roles: ["lead"],
  home: (model, body) => reportCompartment(model, body.reportId),
  refusal: ({ model }, body) => (reportFacts(model, body.reportId)?.state === "draft" ? null : "it is no draft"),
  fold: foldFrozen,
  words: ({ model }, body) => `${reportCode(model, body.reportId)} frozen, content ${body.contentHash.slice(0, 8)}`,
  about: (body) => body.reportId,
});

export const reportRevised = defineEvent({
  type: "report.revised",
  v: 1,
  body: z.strictObject({ reportId: idSchema, reason: z.string().min(1).max(1_000) }),
  roles: ["lead"],
  home: (model, body) => reportCompartment(model, body.reportId),
  refusal: ({ model }, body) => {
    const report = reportFacts(model, body.reportId);
    if (report === null) return "there is no such report";
    return report.state === "draft" ? "it is a draft already" : null;
  },
  fold: foldRevised,
  words: ({ model }, body) => `New revision of ${reportCode(model, body.reportId)}: ${body.reason}`,
  about: (body) => body.reportId,
});

export const reportSigned = defineEvent({
  type: "report.signed",
  v: 1,
  body: z.strictObject({
    reportId: idSchema,
    contentHash: hashSchema,
    /** Ed25519 over "evalvault report\n" and the 32 bytes of the content hash, base64. */
    signature: z.string().max(200),
    keyId: z.string().max(100),
  }),
  roles: ["lead"],
  home: (model, body) => reportCompartment(model, body.reportId),
  refusal: ({ model, event }, body) => {
    const report = reportFacts(model, body.reportId);
    if (report === null) return "there is no such report";
    if (report.state === "draft" || report.contentHash !== body.contentHash)
      return "what was signed is not what is frozen";
    return report.signers.has(event.by) ? "this member has signed it" : null;
  },
  fold: foldSigned,
  words: ({ model }, body) => `${reportCode(model, body.reportId)} signed with key ${body.keyId}`,
  about: (body) => body.reportId,
});

const sealedSchema = z.strictObject({
  reportId: idSchema,
  contentHash: hashSchema,
  fileName: z.string().max(500),
  /** SHA-256 of report.tar.age. */
  sha256: hashSchema,
  /** Age public keys; empty when it was sealed with a passphrase. */
  recipients: z.array(z.strictObject({ name: z.string().max(200), key: z.string().max(5_000) })).max(400),
  checkpoint: z.string().max(200),
});
type SealedBody = z.infer<typeof sealedSchema>;

function sealingRefusal({ model }: FoldContext, body: SealedBody): string | null {
  const report = reportFacts(model, body.reportId);
  if (report === null) return "there is no such report";
  if (report.contentHash !== body.contentHash) return "what was sealed is not what is frozen";
  const required = personsRequired(model);
  const signed = report.signers.size;
  if (signed === 0) return "nobody has signed it";
  return signed < required ? `${String(required)} people must sign it; ${String(signed)} did` : null;
}

function sealingWords({ model }: FoldContext, body: SealedBody): string {
  const to = body.recipients.length === 0 ? "a passphrase" : formatCounted(body.recipients.length, "recipient");
  return `${reportCode(model, body.reportId)} sealed to ${to}`;
}

/** As it was before there were PDFs. */
export const reportSealedPlainly = defineEvent({
  type: "report.sealed",
  v: 1,
  body: sealedSchema,
  roles: ["lead"],
  home: (model, body) => reportCompartment(model, body.reportId),
  refusal: sealingRefusal,
  fold: (context, body) => {
    foldSealed(context, { ...body, pdf: false, withheld: [] });
  },
  words: sealingWords,
  about: (body) => body.reportId,
});

export const reportSealed = defineEvent({
  type: "report.sealed",
  v: 2,
  /** `pdf`: whether the report is in the package as a PDF too. `withheld`: what was left out of its bytes. */
  body: sealedSchema.extend({ pdf: z.boolean(), withheld: z.array(z.enum(withheldKinds)).max(withheldKinds.length) }),
  roles: ["lead"],
  home: (model, body) => reportCompartment(model, body.reportId),
  refusal: sealingRefusal,
  fold: foldSealed,
  words: (context, body) => {
    const without = body.withheld.length === 0 ? "" : `, without ${profileWords(body.withheld)}`;
    return `${sealingWords(context, body)}${without}${body.pdf ? "" : ", without a PDF"}`;
  },
  about: (body) => body.reportId,
});

export const reportEvents = [
  reportDrafted,
  reportWritten,
  reportRetitled,
  reportFrozen,
  reportRevised,
  reportSigned,
  reportSealedPlainly,
  reportSealed,
];
