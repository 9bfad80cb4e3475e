import { z } from "zod";
import { findingFieldsSchema, severities } from "../../contract/finding-fields.ts";
import {
  findingChannels,
  findingKinds,
  findingStates,
  type FindingChannel,
  type FindingKind,
} from "../../contract/finding-states.ts";
import type { FindingCard } from "../../contract/findings.ts";
import { codePrefix } from "../compartments/queries.ts";
import { count, number, numberOrNull, oneOf, text, textOrNull, type ReadModel, type Row } from "../read-model.ts";
import { actBodySchema, standingOf, type Act, type Origin, type Standing } from "./standing.ts";

/** What other parts of the findings need to know of one. */
export interface FindingFacts {
  readonly id: string;
  readonly code: string;
  readonly compartment: number;
  readonly kind: FindingKind;
  readonly origin: Origin;
  readonly modelVersionId: string | null;
  readonly runId: string | null;
  readonly attempt: { readonly task: string; readonly epoch: number } | null;
  readonly recordedAt: number;
}

const originSchema = z.strictObject({
  kind: z.enum(findingKinds),
  recordedBy: z.string(),
  fields: findingFieldsSchema,
});

export function attemptOf(row: Row): FindingFacts["attempt"] {
  const task = textOrNull(row, "task");
  return task === null ? null : { task, epoch: number(row, "epoch") };
}

export function findingFacts(model: ReadModel, id: string): FindingFacts | null {
  const row = model.get("SELECT * FROM finding WHERE id = ?", id);
  if (row === undefined) return null;
  return {
    id,
    code: text(row, "code"),
    compartment: number(row, "compartment"),
    kind: oneOf(row, "kind", findingKinds),
    origin: originSchema.parse(JSON.parse(text(row, "origin"))),
    modelVersionId: textOrNull(row, "model_version_id"),
    runId: textOrNull(row, "run"),
    attempt: attemptOf(row),
    recordedAt: number(row, "recorded_at"),
  };
}

/** The compartment that a finding is in; null where there is no such finding. */
export function findingCompartment(model: ReadModel, id: string): number | null {
  const row = model.get("SELECT compartment FROM finding WHERE id = ?", id);
  return row === undefined ? null : number(row, "compartment");
}

export function findingCode(model: ReadModel, id: string): string {
  const row = model.get("SELECT code FROM finding WHERE id = ?", id);
  return row === undefined ? id : text(row, "code");
}

/** "F-0007": its number among the findings of its compartment, as runs are numbered. */
export function newFindingCode(model: ReadModel, compartment: number): string {
  const place = count(model, "SELECT count(*) + 1 AS n FROM finding WHERE compartment = ?", compartment);
  return `${codePrefix(model, compartment)}F-${String(place).padStart(4, "0")}`;
}

function actsOf(model: ReadModel, id: string): Act[] {
  return model.all("SELECT * FROM finding_act WHERE finding = ?", id).map((row) => ({
    id: text(row, "id"),
    by: text(row, "by"),
    at: number(row, "at"),
    stamp: number(row, "stamp"),
    body: actBodySchema.parse(JSON.parse(text(row, "body"))),
  }));
}

export function findingStanding(model: ReadModel, { id, origin }: Pick<FindingFacts, "id" | "origin">): Standing {
  return standingOf(origin, actsOf(model, id));
}

/** The channel that a recipient was used for; null where it was for none. */
export function channelOfRecipient(model: ReadModel, recipientId: string): FindingChannel | null {
  const row = model.get("SELECT channel FROM finding_recipient WHERE recipient = ?", recipientId);
  return row === undefined ? null : oneOf(row, "channel", findingChannels);
}

/** Findings that came of runs: they can go where the runs go. */
export function findingsOfRuns(model: ReadModel, runIds: ReadonlySet<string>): string[] {
  return [...runIds].flatMap((run) =>
    model.all("SELECT id FROM finding WHERE run = ? ORDER BY number", run).map((row) => text(row, "id")),
  );
}

export function cardOf(row: Row): FindingCard {
  const severity = textOrNull(row, "severity");
  return {
    id: text(row, "id"),
    code: text(row, "code"),
    kind: oneOf(row, "kind", findingKinds),
    title: text(row, "title"),
    state: oneOf(row, "state", findingStates),
    severity: severity === null ? null : oneOf(row, "severity", severities),
    score: numberOrNull(row, "score"),
    priority: oneOf(row, "priority", findingFieldsSchema.shape.priority.options),
    product: [text(row, "vendor"), text(row, "product")].filter((one) => one !== "").join(" "),
    embargoUntil: numberOrNull(row, "embargo_until"),
    changedAt: number(row, "changed_at"),
  };
}

export function findingCard(model: ReadModel, id: string): FindingCard | null {
  const row = model.get("SELECT * FROM finding WHERE id = ?", id);
  return row === undefined ? null : cardOf(row);
}
