import { z } from "zod";
import {
  consultationAnswers,
  decisions,
  decisionsOf,
  decisionWords,
  determinationKinds,
  layerVerdicts,
  layerVerdictWords,
  consultationAnswerWords,
} from "../../contract/determinations.ts";
import { markingSchema } from "../../contract/marking.ts";
import { daySchema, idSchema, lineSchema, nameSchema, textSchema } from "../../contract/values.ts";
import { defineEvent, denied, type Denial, type Draft, type EventType, type FoldContext } from "../event.ts";
import { modelVersionExists, modelVersionWords } from "../models/queries.ts";
import { count, type ReadModel } from "../read-model.ts";
import { reportCompartment } from "../reports/state.ts";
import { submissionRecord } from "../submissions/record.ts";
import {
  determinationRecord,
  keepDetermination,
  nextLayer,
  type DeterminationRecord,
  type LayerRecord,
} from "./record.ts";

/** What can have happened to a determination. Nothing here reads a score: what is decided is what people wrote down. */

const openedBody = z.strictObject({
  id: idSchema,
  kind: z.enum(determinationKinds),
  modelVersionId: idSchema,
  submissionId: idSchema.nullable(),
  thresholdProfile: lineSchema,
  evidence: z.strictObject({ reportId: idSchema, hash: z.string().max(200).nullable() }).nullable(),
  layers: z
    .array(z.strictObject({ name: nameSchema, reviewer: lineSchema }))
    .min(1)
    .max(50),
  supersedes: idSchema.nullable(),
});

const kindWords = { coverage: "Coverage determination", assessment: "Pre-release assessment" } as const;

function subject(model: ReadModel, { kind, modelVersionId }: Pick<DeterminationRecord, "kind" | "modelVersionId">) {
  return `${kindWords[kind]} of ${modelVersionWords(model, modelVersionId)}`;
}

function supersedingRefusal({ model, compartment }: FoldContext, body: z.infer<typeof openedBody>): string | null {
  if (body.supersedes === null) return null;
  const earlier = determinationRecord(model, body.supersedes);
  if (earlier?.compartment !== compartment) return "what it is to supersede is not in its compartment";
  if (earlier.kind !== body.kind) return "what it is to supersede is of the other kind";
  return earlier.supersededBy === null ? null : "what it is to supersede is superseded already";
}

/** What it rests on is kept where it is: who reads the one reads the other. */
function openedRefusal(context: FoldContext, body: z.infer<typeof openedBody>): string | null {
  const { model, compartment } = context;
  const { submissionId, evidence } = body;
  if (determinationRecord(model, body.id) !== null) return "a determination with this id is there already";
  if (!modelVersionExists(model, body.modelVersionId)) return "it names an unknown model version";
  if (submissionId !== null && submissionRecord(model, submissionId)?.compartment !== compartment)
    return "its submission is not in its compartment";
  if (evidence !== null && reportCompartment(model, evidence.reportId) !== compartment)
    return "its report is not in its compartment";
  return supersedingRefusal(context, body);
}

export const determinationOpened = defineEvent({
  type: "determination.opened",
  v: 1,
  body: openedBody,
  roles: ["lead"],
  home: "any",
  refusal: openedRefusal,
  fold: ({ model, event, compartment }, body) => {
    const by = { at: event.at, by: event.by };
    keepDetermination(model, {
      ...body,
      ...by,
      place: count(model, "SELECT count(*) AS n FROM determination WHERE compartment = ?", compartment) + 1,
      compartment,
      layers: body.layers.map((layer) => ({ ...layer, review: null, skip: null })),
      consultations: [],
      decision: null,
      supersededBy: null,
      history: [{ ...by, words: "Opened" }],
    });
    const earlier = body.supersedes === null ? null : determinationRecord(model, body.supersedes);
    if (earlier === null) return;
    const history = [...earlier.history, { ...by, words: "Superseded by a new one" }];
    keepDetermination(model, { ...earlier, supersededBy: body.id, history });
  },
  words: ({ model }, body) => `${subject(model, body)} opened`,
  about: ({ id }) => id,
});

interface Said {
  readonly at: number;
  readonly by: string;
}

interface Change<B extends { readonly determinationId: string }> {
  readonly type: string;
  readonly body: z.ZodType<B>;
  readonly refusal?: (record: DeterminationRecord, body: B, context: FoldContext) => string | Denial | null;
  readonly change: (record: DeterminationRecord, body: B, said: Said) => DeterminationRecord;
  readonly words: (body: B, record: DeterminationRecord) => string;
}

/** An event that makes one determination another, until it is decided or superseded. */
function changes<B extends { readonly determinationId: string }>(of: Change<B>): EventType & { draft(body: B): Draft } {
  return defineEvent<B>({
    type: of.type,
    v: 1,
    body: of.body,
    roles: ["lead"],
    home: (model, { determinationId }) => determinationRecord(model, determinationId)?.compartment ?? null,
    refusal: (context, body) => {
      const record = determinationRecord(context.model, body.determinationId);
      if (record === null) return "there is no such determination";
      if (record.decision !== null) return "it is decided: a new one can supersede it";
      if (record.supersededBy !== null) return "another one has superseded it";
      return of.refusal?.(record, body, context) ?? null;
    },
    fold: ({ model, event }, body) => {
      const record = determinationRecord(model, body.determinationId);
      if (record === null) return;
      const by = { at: event.at, by: event.by };
      const history = [...record.history, { ...by, words: of.words(body, record) }];
      keepDetermination(model, { ...of.change(record, body, by), history });
    },
    words: ({ model }, body) => {
      const record = determinationRecord(model, body.determinationId);
      return record === null ? of.type : `${subject(model, record)}: ${of.words(body, record)}`;
    },
    about: ({ determinationId }) => determinationId,
  });
}

const of = { determinationId: idSchema };
const layer = z.int().min(0).max(49);

function withLayer(record: DeterminationRecord, place: number, to: Partial<LayerRecord>): DeterminationRecord {
  return { ...record, layers: record.layers.map((one, at) => (at === place ? { ...one, ...to } : one)) };
}

function turnRefusal(record: DeterminationRecord, place: number): string | null {
  if (place >= record.layers.length) return "it has no such layer";
  return nextLayer(record) === place ? null : "it is another layer's turn: they go in order";
}

function layerName({ layers }: DeterminationRecord, place: number): string {
  return layers[place]?.name ?? `Layer ${String(place + 1)}`;
}

export const layerReviewed = changes({
  type: "determination.layer-reviewed",
  body: z.strictObject({
    ...of,
    layer,
    verdict: z.enum(layerVerdicts),
    rationale: textSchema.min(1),
    dissent: textSchema,
    on: daySchema,
  }),
  refusal: (record, body) => turnRefusal(record, body.layer),
  change: (record, { layer: place, verdict, rationale, dissent, on }, { by }) =>
    withLayer(record, place, { review: { verdict, rationale, dissent, on, by }, skip: null }),
  words: (body, record) => `${layerName(record, body.layer)} ${layerVerdictWords[body.verdict]}`,
});

export const layerSkipProposed = changes({
  type: "determination.layer-skip-proposed",
  body: z.strictObject({ ...of, layer, reason: nameSchema }),
  refusal: (record, body) => turnRefusal(record, body.layer),
  change: (record, { layer: place, reason }, { at, by }) =>
    withLayer(record, place, { skip: { reason, proposedBy: by, confirmedBy: null, at } }),
  words: (body, record) => `${layerName(record, body.layer)} to be left out: ${body.reason}`,
});

/** Whoever proposed to leave a layer out cannot be the one who agrees to it. */
export const layerSkipAnswered = changes({
  type: "determination.layer-skip-answered",
  body: z.strictObject({ ...of, layer, agrees: z.boolean() }),
  refusal: (record, body, { event, actor }) => {
    const skip = record.layers[body.layer]?.skip;
    if (skip?.confirmedBy !== null) return "nobody proposes to leave that layer out";
    const isSame = skip.proposedBy === event.by || skip.proposedBy === actor;
    return body.agrees && isSame ? denied("it takes another lead to agree to that") : null;
  },
  change: (record, { layer: place, agrees }, { by }) => {
    const skip = record.layers[place]?.skip ?? null;
    return withLayer(record, place, { skip: agrees && skip !== null ? { ...skip, confirmedBy: by } : null });
  },
  words: (body, record) => `${layerName(record, body.layer)} ${body.agrees ? "left out" : "not left out"}`,
});

export const consulted = changes({
  type: "determination.consulted",
  body: z.strictObject({
    ...of,
    consultationId: idSchema,
    body: nameSchema,
    person: lineSchema,
    askedOn: daySchema,
    dueOn: daySchema.nullable(),
  }),
  refusal: (record, { consultationId, askedOn, dueOn }) => {
    if (record.consultations.some(({ id }) => id === consultationId)) return "it is there already";
    return dueOn !== null && dueOn < askedOn ? "an answer cannot be due before it is asked for" : null;
  },
  change: (record, { consultationId, body, person, askedOn, dueOn }) => ({
    ...record,
    consultations: [...record.consultations, { id: consultationId, body, person, askedOn, dueOn, answer: null }],
  }),
  words: ({ body, askedOn }) => `${body} consulted on ${askedOn}`,
});

export const consultationAnswered = changes({
  type: "determination.consultation-answered",
  body: z.strictObject({
    ...of,
    consultationId: idSchema,
    kind: z.enum(consultationAnswers),
    on: daySchema,
    words: textSchema,
    marking: markingSchema,
  }),
  refusal: (record, { consultationId, kind, words }) => {
    const found = record.consultations.find(({ id }) => id === consultationId);
    if (found === undefined) return "nobody was consulted under that id";
    if (found.answer !== null && found.answer.kind !== "no-response") return "it is answered already";
    return kind === "concur-with-comment" && words.trim() === "" ? "the comment is missing" : null;
  },
  change: (record, { consultationId, kind, on, words, marking }, { by }) => ({
    ...record,
    consultations: record.consultations.map((one) =>
      one.id === consultationId ? { ...one, answer: { kind, on, words, marking, by } } : one,
    ),
  }),
  words: ({ consultationId, kind }, record) =>
    `${record.consultations.find(({ id }) => id === consultationId)?.body ?? consultationId}: ${consultationAnswerWords[kind]}`,
});

export const determinationDecided = changes({
  type: "determination.decided",
  body: z.strictObject({
    ...of,
    decision: z.enum(decisions),
    official: nameSchema,
    on: daySchema,
    rationale: textSchema.min(1),
  }),
  refusal: (record, body) => {
    if (!decisionsOf(record.kind).includes(body.decision)) return "that is not decided in this workflow";
    // Work that is not far enough can be put off or sent back at any time.
    if (body.decision === "deferred" || body.decision === "returned") return null;
    return nextLayer(record) === record.layers.length ? null : "a layer has yet to review it";
  },
  change: (record, { decision, official, on, rationale }, said) => ({
    ...record,
    decision: {
      ...{ decision, official, on, rationale, ...said },
      outstanding: record.consultations.filter(({ answer }) => answer === null).length,
    },
  }),
  words: ({ decision, official }) => `${decisionWords[decision]}, by ${official}`,
});

export const determinationEvents = [
  determinationOpened,
  layerReviewed,
  layerSkipProposed,
  layerSkipAnswered,
  consulted,
  consultationAnswered,
  determinationDecided,
];
