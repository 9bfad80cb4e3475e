import type { Consultation, Determination, DeterminationLayer } from "../../contract/determinations.ts";
import { formatCounted } from "../../contract/number-text.ts";
import { codePrefix } from "../compartments/queries.ts";
import { memberName } from "../members/queries.ts";
import { modelVersionWords } from "../models/queries.ts";
import type { ReadModel } from "../read-model.ts";
import { reportCode } from "../reports/state.ts";
import { submissionCode } from "../submissions/queries.ts";
import { submissionRecord } from "../submissions/record.ts";
import {
  determinationRecord,
  determinationRecords,
  nextLayer,
  type ConsultationRecord,
  type DeterminationRecord,
} from "./record.ts";

function codeOf(model: ReadModel, { compartment, place }: DeterminationRecord): string {
  return `D-${codePrefix(model, compartment)}${String(place).padStart(4, "0")}`;
}

function layersOf(model: ReadModel, record: DeterminationRecord): DeterminationLayer[] {
  const next = nextLayer(record);
  return record.layers.map(({ name, reviewer, review, skip }, place) => ({
    name,
    reviewer,
    state:
      review !== null
        ? "reviewed"
        : skip === null
          ? place === next && record.decision === null
            ? "next"
            : "waiting"
          : skip.confirmedBy === null
            ? "skip-proposed"
            : "skipped",
    review: review === null ? null : { ...review, by: memberName(model, review.by) },
    skip:
      skip === null
        ? null
        : {
            ...skip,
            proposedBy: memberName(model, skip.proposedBy),
            confirmedBy: skip.confirmedBy === null ? null : memberName(model, skip.confirmedBy),
          },
  }));
}

/** No answer by its date is a state of its own, whether somebody wrote it down or not. */
function consultationOf(model: ReadModel, one: ConsultationRecord, today: string): Consultation {
  const { answer, dueOn } = one;
  const isLate = dueOn !== null && today > dueOn;
  return {
    ...one,
    state:
      answer === null
        ? isLate
          ? "overdue"
          : "outstanding"
        : answer.kind === "no-response"
          ? "no-response"
          : "answered",
    answer: answer === null ? null : { ...answer, by: memberName(model, answer.by) },
  };
}

function remarksOf(record: DeterminationRecord): string[] {
  const { layers, consultations, decision } = record;
  const reviewers = layers.flatMap(({ review }) => (review === null ? [] : [review.by]));
  const skipped = layers.filter(({ skip }) => skip !== null && skip.confirmedBy !== null).length;
  const dissents = layers.filter(({ review }) => review !== null && review.dissent.trim() !== "").length;
  const missing = decision?.outstanding ?? consultations.filter(({ answer }) => answer === null).length;
  const silent = consultations.filter(({ answer }) => answer?.kind === "no-response").length;
  return [
    ...(reviewers.length > 1 && new Set(reviewers).size === 1 ? ["One person wrote down all layers."] : []),
    ...(skipped === 0 ? [] : [`${formatCounted(skipped, "layer")} left out.`]),
    ...(dissents === 0 ? [] : [`Dissent in ${formatCounted(dissents, "layer")}.`]),
    ...(missing === 0
      ? []
      : [
          `${formatCounted(missing, "consultation")} without an answer${decision === null ? "" : " when it was decided"}.`,
        ]),
    ...(silent === 0 ? [] : [`No response to ${formatCounted(silent, "consultation")} by the date.`]),
  ];
}

function stateOf(record: DeterminationRecord): Determination["state"] {
  if (record.supersededBy !== null) return "superseded";
  if (record.decision !== null) return "decided";
  return nextLayer(record) === record.layers.length ? "ready" : "in-review";
}

function linked(model: ReadModel, id: string | null): Determination["supersedes"] {
  const record = id === null ? null : determinationRecord(model, id);
  return record === null ? null : { id: record.id, code: codeOf(model, record) };
}

function submissionOf(model: ReadModel, id: string | null): Determination["submission"] {
  const record = id === null ? null : submissionRecord(model, id);
  return record === null ? null : { id: record.id, code: submissionCode(model, record), codename: record.codename };
}

/** A determination as it stands on a day, "2026-07-02". */
export function describeDetermination(model: ReadModel, record: DeterminationRecord, today: string): Determination {
  const { id, kind, compartment, modelVersionId, thresholdProfile, evidence, decision } = record;
  return {
    id,
    code: codeOf(model, record),
    kind,
    compartment,
    modelVersion: { id: modelVersionId, words: modelVersionWords(model, modelVersionId) },
    submission: submissionOf(model, record.submissionId),
    thresholdProfile,
    evidence: evidence === null ? null : { ...evidence, code: reportCode(model, evidence.reportId) },
    state: stateOf(record),
    layers: layersOf(model, record),
    consultations: record.consultations.map((one) => consultationOf(model, one, today)),
    decision: decision === null ? null : { ...decision, by: memberName(model, decision.by) },
    supersedes: linked(model, record.supersedes),
    supersededBy: linked(model, record.supersededBy),
    remarks: remarksOf(record),
    openedAt: record.at,
    openedBy: memberName(model, record.by),
    history: record.history.map((one) => ({ ...one, by: memberName(model, one.by) })),
  };
}

/** All determinations: what goes on first, the newest first among each. */
export function listDeterminations(model: ReadModel, today: string): Determination[] {
  const isOver = ({ state }: Determination): number => Number(state === "decided" || state === "superseded");
  return determinationRecords(model)
    .map((record) => describeDetermination(model, record, today))
    .toReversed()
    .sort((a, b) => isOver(a) - isOver(b));
}

export function getDetermination(model: ReadModel, id: string, today: string): Determination | null {
  const record = determinationRecord(model, id);
  return record === null ? null : describeDetermination(model, record, today);
}
