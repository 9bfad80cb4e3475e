import { z } from "zod";
import { custodyKinds } from "../../contract/submissions.ts";
import { daySchema, idSchema, lineSchema, nameSchema, saidTimeSchema, textSchema } from "../../contract/values.ts";
import { benchmarkOrigin } from "../benchmarks/queries.ts";
import { changesSubmission } from "./changes.ts";
import type { PartnerRecord, SubmissionRecord } from "./record.ts";
import { windowAt } from "./window-at.ts";

/** What can have happened within a submission: sessions, partners, and what is held of it. */

const of = { submissionId: idSchema };

/** The list with one of its members changed. */
function changed<T extends { readonly id: string }>(list: readonly T[], id: string, change: (one: T) => T): T[] {
  return list.map((one) => (one.id === id ? change(one) : one));
}

export const sessionStarted = changesSubmission({
  type: "submission.session-started",
  body: z.strictObject({
    ...of,
    sessionId: idSchema,
    title: nameSchema,
    benchmarkIds: z.array(idSchema).min(1).max(100),
    operators: z.array(nameSchema).min(1).max(50),
    environment: lineSchema,
    budget: lineSchema,
  }),
  roles: ["lead", "evaluator"],
  refusal: (record, body, { model, event }) => {
    if (windowAt(record, event.at)?.state !== "open") return "its access window is not open";
    if (record.sessions.some(({ id }) => id === body.sessionId)) return "a session with this id is there already";
    return body.benchmarkIds.every((id) => benchmarkOrigin(model, id) !== null)
      ? null
      : "it names an unknown benchmark";
  },
  change: (record, { sessionId, title, benchmarkIds, operators, environment, budget }, { at, by }) => {
    const ended = { endedAt: null, endedBy: null, deviations: "" };
    const session = {
      id: sessionId,
      title,
      benchmarkIds,
      operators,
      environment,
      budget,
      startedAt: at,
      startedBy: by,
    };
    return { ...record, sessions: [...record.sessions, { ...session, ...ended }] };
  },
  words: ({ title }) => `Session ${title} started`,
});

export const sessionEnded = changesSubmission({
  type: "submission.session-ended",
  body: z.strictObject({ ...of, sessionId: idSchema, deviations: textSchema }),
  roles: ["lead", "evaluator"],
  refusal: (record, { sessionId }) => {
    const session = record.sessions.find(({ id }) => id === sessionId);
    if (session === undefined) return "there is no such session";
    return session.endedAt === null ? null : "the session has ended already";
  },
  change: (record, { sessionId, deviations }, { at }) => ({
    ...record,
    sessions: changed(record.sessions, sessionId, (session) => ({
      ...session,
      endedAt: at,
      endedBy: "person" as const,
      deviations,
    })),
  }),
  words: ({ sessionId }, record) =>
    `Session ${record.sessions.find(({ id }) => id === sessionId)?.title ?? ""} ended`.replace("  ", " "),
});

function partnerRefusal(record: SubmissionRecord, partnerId: string): string | null {
  return record.partners.some(({ id }) => id === partnerId) ? null : "there is no such partner";
}

function partnerName(record: SubmissionRecord, partnerId: string): string {
  return record.partners.find(({ id }) => id === partnerId)?.name ?? partnerId;
}

function isAgreed({ developer, government }: PartnerRecord): boolean {
  return developer === true && government === true;
}

export const partnerAdded = changesSubmission({
  type: "submission.partner-added",
  body: z.strictObject({
    ...of,
    partnerId: idSchema,
    name: nameSchema,
    tier: lineSchema,
    proposedBy: z.enum(["developer", "government"]),
  }),
  refusal: (record, { partnerId }) =>
    partnerRefusal(record, partnerId) === null ? "a partner with this id is there already" : null,
  change: (record, { partnerId, name, tier, proposedBy }) => {
    // Who proposes somebody agrees to them.
    const agreed = { developer: null, government: null, [proposedBy]: true };
    return {
      ...record,
      partners: [...record.partners, { id: partnerId, name, tier, proposedBy, ...agreed, accessOn: null }],
    };
  },
  words: ({ name, proposedBy }) => `Partner ${name} proposed by the ${proposedBy}`,
});

export const partnerAnswered = changesSubmission({
  type: "submission.partner-answered",
  body: z.strictObject({
    ...of,
    partnerId: idSchema,
    side: z.enum(["developer", "government"]),
    agrees: z.boolean(),
  }),
  refusal: (record, { partnerId }) => partnerRefusal(record, partnerId),
  change: (record, { partnerId, side, agrees }) => ({
    ...record,
    partners: changed(record.partners, partnerId, (partner) => ({ ...partner, [side]: agrees })),
  }),
  words: ({ partnerId, side, agrees }, record) =>
    `The ${side} ${agrees ? "agrees to" : "declines"} partner ${partnerName(record, partnerId)}`,
});

export const partnerAccessGiven = changesSubmission({
  type: "submission.partner-access-given",
  body: z.strictObject({ ...of, partnerId: idSchema, on: daySchema }),
  refusal: (record, { partnerId }) => {
    const partner = record.partners.find(({ id }) => id === partnerId);
    if (partner === undefined) return "there is no such partner";
    return isAgreed(partner) ? null : "both sides have to agree to a partner first";
  },
  change: (record, { partnerId, on }) => ({
    ...record,
    partners: changed(record.partners, partnerId, (partner) => ({ ...partner, accessOn: on })),
  }),
  words: ({ partnerId, on }, record) => `Partner ${partnerName(record, partnerId)} has access from ${on}`,
});

export const custodyTaken = changesSubmission({
  type: "submission.custody-taken",
  body: z.strictObject({
    ...of,
    itemId: idSchema,
    kind: z.enum(custodyKinds),
    what: nameSchema,
    holder: nameSchema,
    place: lineSchema,
    digest: lineSchema,
    receivedAt: saidTimeSchema,
  }),
  roles: ["lead", "evaluator"],
  // What is found to be held after a withdrawal has to be written down all the more.
  evenWithdrawn: true,
  refusal: (record, { itemId }) =>
    record.custody.some(({ id }) => id === itemId) ? "an item with this id is there already" : null,
  change: (record, { itemId, kind, what, holder, place, digest, receivedAt }) => ({
    ...record,
    custody: [...record.custody, { id: itemId, kind, what, holder, place, digest, receivedAt, ended: null }],
  }),
  words: ({ what, holder }) => `In custody of ${holder}: ${what}`,
});

export const custodyEnded = changesSubmission({
  type: "submission.custody-ended",
  body: z.strictObject({
    ...of,
    itemId: idSchema,
    how: z.enum(["destroyed", "returned"]),
    at: saidTimeSchema,
    method: nameSchema,
    witness: lineSchema,
  }),
  roles: ["lead", "evaluator"],
  evenWithdrawn: true,
  refusal: (record, { itemId }) => {
    const item = record.custody.find(({ id }) => id === itemId);
    if (item === undefined) return "nothing like that is held";
    return item.ended === null ? null : `it was ${item.ended.how} already`;
  },
  change: (record, { itemId, how, at, method, witness }, { by }) => ({
    ...record,
    custody: changed(record.custody, itemId, (item) => ({ ...item, ended: { how, at, by, method, witness } })),
  }),
  words: ({ itemId, how, method }, record) =>
    `${record.custody.find(({ id }) => id === itemId)?.what ?? itemId} ${how}: ${method}`,
});

export const withinEvents = [
  sessionStarted,
  sessionEnded,
  partnerAdded,
  partnerAnswered,
  partnerAccessGiven,
  custodyTaken,
  custodyEnded,
];
