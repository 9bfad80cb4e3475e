import type { Report, reportingRequests } from "../../contract/reporting.ts";
import { currentMarking } from "../../domain/members/queries.ts";
import {
  recipientAdded,
  recipientCompared,
  recipientProfileSet,
  recipientRetired,
} from "../../domain/recipients/events.ts";
import { getRecipient, listRecipients } from "../../domain/recipients/queries.ts";
import { Refusal } from "../../domain/refusal.ts";
import { draftSections } from "../../domain/reports/draft-sections.ts";
import { reportDrafted, reportRetitled, reportRevised, reportWritten } from "../../domain/reports/events.ts";
import { runsOfReport } from "../../domain/reports/material.ts";
import { getReport, listReports } from "../../domain/reports/queries.ts";
import { parseRecipient } from "../../sealing/age-keys.ts";
import type { Handlers } from "../handlers.ts";
import type { Host } from "../host.ts";
import { openSealed } from "../open-sealed.ts";
import { withSecond } from "../two-persons.ts";
import { compareBefore } from "../report-comparisons.ts";
import { composed, freeze, save, seal, sign } from "../report-release.ts";
import { newId } from "../new-id.ts";
import { refuseWithdrawn } from "../withdrawn.ts";

function report(host: Host, id: string): Report {
  const found = getReport(host.session.model, id);
  if (found === null) throw new Refusal("not-found", "the report");
  return found;
}

/** A report as it may leave the vault: nothing of a model whose developer withdrew. */
function tellable(host: Host, id: string): Report {
  const found = report(host, id);
  refuseWithdrawn(host.session, runsOfReport(host.session, found));
  return found;
}

function recipient(host: Host, id: string): NonNullable<ReturnType<typeof getRecipient>> {
  const found = getRecipient(host.session.model, id);
  if (found === null) throw new Refusal("not-found", "the recipient");
  return found;
}

function checkedKey(key: string): {
  key: string;
  keyKind: "classic" | "post-quantum";
  fingerprintHex: string;
  fingerprintWords: string;
} {
  const parsed = parseRecipient(key.trim());
  const { hex, words } = parsed.fingerprint;
  return { key: parsed.key, keyKind: parsed.kind, fingerprintHex: hex, fingerprintWords: words };
}

export const reportingHandlers: Handlers<keyof typeof reportingRequests> = {
  "recipients.list": ({ host }) => listRecipients(host.session.model),

  "recipients.check": (_, { key }) => {
    const { keyKind, fingerprintHex, fingerprintWords } = checkedKey(key);
    return { keyKind, fingerprintHex, fingerprintWords };
  },

  "recipients.add": ({ host }, { name, organisation, key }) => {
    const id = newId();
    host.session.commit([recipientAdded.draft({ id, name, organisation, ...checkedKey(key) })]);
    host.changed();
    return recipient(host, id);
  },

  "recipients.compared": ({ host }, input) => {
    host.session.commit([recipientCompared.draft(input)]);
    host.changed();
    return recipient(host, input.recipientId);
  },

  "recipients.setProfile": ({ host }, { recipientId, withheld }) => {
    host.session.commit([recipientProfileSet.draft({ recipientId, withheld: [...withheld] })]);
    host.changed();
    return recipient(host, recipientId);
  },

  "recipients.retire": ({ host }, input) => {
    host.session.commit([recipientRetired.draft(input)]);
    host.changed();
    return recipient(host, input.recipientId);
  },

  "reports.list": ({ host }) => listReports(host.session.model),

  "reports.get": ({ host }, { reportId }) => report(host, reportId),

  "reports.draft": ({ host }, { template, scope, title, marking }) => {
    const { session } = host;
    const id = newId();
    const sections = draftSections(session.model, template, scope);
    const marked = marking ?? currentMarking(session.model);
    session.commit([reportDrafted.draft({ id, template, scope, title, marking: marked, sections })]);
    host.changed();
    return report(host, id);
  },

  "reports.write": ({ host }, { reportId, sectionId, markdown, portion }) => {
    host.session.commit([reportWritten.draft({ reportId, sectionId, markdown, portion: portion ?? null })]);
    host.changed();
    return report(host, reportId);
  },

  "reports.retitle": ({ host }, input) => {
    host.session.commit([reportRetitled.draft(input)]);
    host.changed();
    return report(host, input.reportId);
  },

  "reports.preview": async (context, { reportId }) => {
    const { host } = context;
    await compareBefore(context, report(host, reportId));
    return { json: JSON.stringify(composed(host, report(host, reportId))) };
  },

  "reports.freeze": async (context, { reportId }) => {
    await compareBefore(context, tellable(context.host, reportId));
    await freeze(context, tellable(context.host, reportId));
    return report(context.host, reportId);
  },

  "reports.revise": ({ host }, input) => {
    host.session.commit([reportRevised.draft(input)]);
    host.changed();
    return report(host, input.reportId);
  },

  "reports.sign": async (context, { reportId, second }) => {
    const { host } = context;
    const signed = report(host, reportId);
    if (second === undefined) await sign(host, signed, host.session.vault);
    else await withSecond(context, second, (signer) => sign(host, signed, signer));
    return report(host, reportId);
  },

  "reports.seal": async (context, input) => {
    const made = await seal(context, tellable(context.host, input.reportId), input);
    return { report: report(context.host, input.reportId), ...made };
  },

  "reports.save": async (context, { reportId, destination }) => {
    const { host } = context;
    await compareBefore(context, tellable(host, reportId));
    return save(host, tellable(host, reportId), destination);
  },

  "sealed.open": (context, input) => openSealed(context, input),
};
