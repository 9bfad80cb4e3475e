import { z } from "zod";
import { needToKnowSchema, plannedDates, submissionTermsSchema } from "../../contract/submissions.ts";
import { daySchema, idSchema, lineSchema, nameSchema, saidTimeSchema, textSchema } from "../../contract/values.ts";
import { modelVersionExists } from "../models/queries.ts";
import { count } from "../read-model.ts";
import { defineEvent } from "../event.ts";
import { isCountable } from "./access-window.ts";
import { changesSubmission } from "./changes.ts";
import { keepSubmission, submissionRecord, type SubmissionRecord } from "./record.ts";
import { windowAt } from "./window-at.ts";
import { withinEvents } from "./within-events.ts";

/** What can have happened to a submission, from the question before it to a withdrawal. */

const of = { submissionId: idSchema };

const unknownZone = "no day can be counted in its time zone";

const clockTolerance = 2 * 60_000;

export const submissionInquired = defineEvent({
  type: "submission.inquired",
  v: 1,
  body: z.strictObject({
    id: idSchema,
    developer: nameSchema,
    codename: nameSchema,
    programme: lineSchema,
    claim: textSchema,
    question: textSchema,
  }),
  roles: ["lead"],
  home: "any",
  refusal: ({ model }, body) =>
    submissionRecord(model, body.id) === null ? null : "a submission with this id is there already",
  fold: ({ model, event, compartment }, body) => {
    keepSubmission(model, {
      ...body,
      place: count(model, "SELECT count(*) AS n FROM submission WHERE compartment = ?", compartment) + 1,
      compartment,
      at: event.at,
      by: event.by,
      answer: null,
      submitted: null,
      dates: [],
      grantedAt: null,
      closedEarlyAt: null,
      withdrawn: null,
      needToKnow: [],
      partners: [],
      sessions: [],
      custody: [],
      history: [{ at: event.at, by: event.by, words: "Asked about" }],
    });
  },
  words: (_, body) => `${body.developer} asked about ${body.codename}`,
  about: (body) => body.id,
});

export const submissionAnswered = changesSubmission({
  type: "submission.answered",
  body: z.strictObject({ ...of, words: textSchema.min(1) }),
  refusal: (record) => (record.answer === null ? null : "the question is answered already"),
  change: (record, { words }, said) => ({ ...record, answer: { words, ...said } }),
  words: () => "Question answered",
});

export const submissionSubmitted = changesSubmission({
  type: "submission.submitted",
  body: z.strictObject({
    ...of,
    modelVersionIds: z.array(idSchema).max(100),
    access: lineSchema,
    safeguards: lineSchema,
    scaffold: lineSchema,
    terms: submissionTermsSchema,
    partnerRelease: daySchema.nullable(),
    publicRelease: daySchema.nullable(),
    voluntary: z.literal(true),
  }),
  refusal: (record, body, { model }) => {
    if (record.submitted !== null) return "it is submitted already";
    if (!isCountable(body.terms.window.zone)) return unknownZone;
    return body.modelVersionIds.every((id) => modelVersionExists(model, id))
      ? null
      : "it names an unknown model version";
  },
  change: (record, body, said) => {
    const { modelVersionIds, access, safeguards, scaffold, terms } = body;
    const first = { reason: "As submitted", ...said };
    return {
      ...record,
      submitted: { ...said, modelVersionIds, access, safeguards, scaffold, terms },
      dates: [
        { which: "partner-release", on: body.partnerRelease, ...first },
        { which: "public-release", on: body.publicRelease, ...first },
      ],
    };
  },
  words: () => "Submitted by its developer, of its own will",
});

const notSubmitted = (record: SubmissionRecord): string | null =>
  record.submitted === null ? "nothing was submitted yet" : null;

export const submissionTermsSet = changesSubmission({
  type: "submission.terms-set",
  body: z.strictObject({ ...of, terms: submissionTermsSchema, reason: nameSchema }),
  refusal: (record, { terms }) => (isCountable(terms.window.zone) ? notSubmitted(record) : unknownZone),
  change: (record, { terms }) =>
    record.submitted === null ? record : { ...record, submitted: { ...record.submitted, terms } },
  words: ({ reason }) => `Terms changed: ${reason}`,
});

export const submissionNeedToKnowSet = changesSubmission({
  type: "submission.need-to-know-set",
  body: z.strictObject({ ...of, people: z.array(needToKnowSchema).max(500) }),
  refusal: (_, { people }) =>
    new Set(people.map(({ name }) => name)).size === people.length ? null : "it names somebody twice",
  change: (record, { people }) => ({ ...record, needToKnow: people }),
  words: ({ people }) => `Need-to-know list: ${people.map(({ name }) => name).join(", ") || "nobody"}`,
});

const dateWords = { "partner-release": "Release to other partners", "public-release": "Public release" } as const;

export const submissionRedated = changesSubmission({
  type: "submission.redated",
  body: z.strictObject({ ...of, which: z.enum(plannedDates), on: daySchema.nullable(), reason: nameSchema }),
  refusal: notSubmitted,
  change: (record, body, said) => {
    const { which, on, reason } = body;
    return { ...record, dates: [...record.dates, { which, on, reason, ...said }] };
  },
  words: ({ which, on, reason }) =>
    `${dateWords[which]} ${on === null ? "no longer planned" : `planned for ${on}`}: ${reason}`,
});

export const submissionAccessGranted = changesSubmission({
  type: "submission.access-granted",
  body: z.strictObject({ ...of, at: saidTimeSchema }),
  refusal: (record, body, { event }) => {
    if (record.grantedAt !== null) return "access was given already";
    if (body.at > event.at + clockTolerance) return "access is written down when it was given, not before";
    return notSubmitted(record);
  },
  change: (record, { at }) => ({ ...record, grantedAt: at }),
  words: () => "Access given: the window runs",
});

export const submissionClosedEarly = changesSubmission({
  type: "submission.closed-early",
  body: z.strictObject({ ...of, developer: nameSchema, government: nameSchema, reason: nameSchema }),
  refusal: (record, _, context) =>
    windowAt(record, context.event.at)?.state === "open" ? null : "its window is not open",
  change: (record, _, said) => ({ ...record, closedEarlyAt: said.at }),
  words: ({ developer, government, reason }) => `Closed early, agreed by ${developer} and ${government}: ${reason}`,
});

/** From any state: the clock stops and what goes on is closed. */
export const submissionWithdrawn = changesSubmission({
  type: "submission.withdrawn",
  body: z.strictObject({ ...of, reason: lineSchema }),
  refusal: () => null,
  change: (record, { reason }, said) => ({
    ...record,
    withdrawn: { ...said, reason },
    sessions: record.sessions.map((session) =>
      session.endedAt === null ? { ...session, endedAt: said.at, endedBy: "withdrawal" } : session,
    ),
  }),
  words: ({ reason }) => (reason === "" ? "Withdrawn by its developer" : `Withdrawn by its developer: ${reason}`),
});

export const submissionEvents = [
  submissionInquired,
  submissionAnswered,
  submissionSubmitted,
  submissionTermsSet,
  submissionNeedToKnowSet,
  submissionRedated,
  submissionAccessGranted,
  submissionClosedEarly,
  submissionWithdrawn,
  ...withinEvents,
];
