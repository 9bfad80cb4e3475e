import type { Determination, determinationRequests } from "../../contract/determinations.ts";
import {
  consultationAnswered,
  consulted,
  determinationDecided,
  determinationOpened,
  layerReviewed,
  layerSkipAnswered,
  layerSkipProposed,
} from "../../domain/determinations/events.ts";
import { getDetermination, listDeterminations } from "../../domain/determinations/queries.ts";
import type { Draft } from "../../domain/event.ts";
import { Refusal } from "../../domain/refusal.ts";
import { getReport } from "../../domain/reports/queries.ts";
import { reportCompartment } from "../../domain/reports/state.ts";
import { submissionRecord } from "../../domain/submissions/record.ts";
import type { Handlers } from "../handlers.ts";
import type { Host } from "../host.ts";
import { newId } from "../new-id.ts";
import { todayOf } from "../today.ts";

function determination(host: Host, id: string): Determination {
  const found = getDetermination(host.session.model, id, todayOf(host));
  if (found === null) throw new Refusal("not-found", "the determination");
  return found;
}

function write(host: Host, id: string, draft: Draft): Determination {
  determination(host, id);
  host.session.commit([draft]);
  host.changed();
  return determination(host, id);
}

export const determinationHandlers: Handlers<keyof typeof determinationRequests> = {
  "determinations.list": ({ host }) => listDeterminations(host.session.model, todayOf(host)),

  "determinations.get": ({ host }, { determinationId }) => determination(host, determinationId),

  "determinations.open": ({ host }, { reportId, compartment, ...input }) => {
    const { model } = host.session;
    const report = reportId === null ? null : getReport(model, reportId);
    if (reportId !== null && report === null) throw new Refusal("not-found", "the report");
    const evidence = report === null ? null : { reportId: report.id, hash: report.contentHash };
    // Where nobody says otherwise it is kept where what it rests on is kept.
    const submission = input.submissionId === null ? null : submissionRecord(model, input.submissionId);
    const home =
      compartment ?? submission?.compartment ?? (report === null ? null : reportCompartment(model, report.id));
    const id = newId();
    host.session.commit([determinationOpened.draft({ ...input, id, evidence })], { compartment: home ?? undefined });
    host.changed();
    return determination(host, id);
  },

  "determinations.review": ({ host }, input) => write(host, input.determinationId, layerReviewed.draft(input)),
  "determinations.proposeSkip": ({ host }, input) => write(host, input.determinationId, layerSkipProposed.draft(input)),
  "determinations.answerSkip": ({ host }, input) => write(host, input.determinationId, layerSkipAnswered.draft(input)),
  "determinations.consult": ({ host }, input) =>
    write(host, input.determinationId, consulted.draft({ ...input, consultationId: newId() })),
  "determinations.answerConsultation": ({ host }, input) =>
    write(host, input.determinationId, consultationAnswered.draft(input)),
  "determinations.decide": ({ host }, input) => write(host, input.determinationId, determinationDecided.draft(input)),
};
