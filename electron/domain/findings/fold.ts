import type { FindingFields } from "../../contract/finding-fields.ts";
import type { FindingKind } from "../../contract/finding-states.ts";
import type { FindingSource } from "../../contract/findings.ts";
import type { FoldContext } from "../event.ts";
import type { ReadModel, SqlValue } from "../read-model.ts";
import { keyTexts } from "./keys.ts";
import { listScales } from "./scales.ts";
import { rated, severityRank } from "./severity.ts";
import { findingFacts, findingStanding, newFindingCode } from "./state.ts";
import type { ActBody, Origin, Standing } from "./standing.ts";

export interface RecordedFinding {
  readonly id: string;
  readonly kind: FindingKind;
  readonly source: FindingSource;
  readonly fields: FindingFields;
}

export function foldRecorded({ model, event, compartment }: FoldContext, body: RecordedFinding): void {
  const origin: Origin = { kind: body.kind, recordedBy: event.by, fields: body.fields };
  const values: Record<string, SqlValue> = {
    id: body.id,
    code: newFindingCode(model, compartment),
    compartment,
    kind: body.kind,
    origin: JSON.stringify(origin),
    model_version_id: body.source.modelVersionId,
    run: body.source.runId,
    task: body.source.attempt?.task ?? null,
    epoch: body.source.attempt?.epoch ?? null,
    recorded_at: event.at,
    recorded_by: event.by,
    changed_at: event.at,
    ...settled(model, body.fields),
    state: "recorded",
    validation: "unvalidated",
    duplicate_of: null,
  };
  const columns = Object.keys(values);
  model.run(
    `INSERT INTO finding (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
    ...Object.values(values),
  );
  settleWords(model, body.id, { fields: body.fields, routes: [] });
}

/** Columns that its fields come to. */
function settled(model: ReadModel, fields: FindingFields): Record<string, SqlValue> {
  const { severity, scores } = rated(fields.severity, listScales(model));
  const [first] = fields.affected;
  return {
    title: fields.title,
    summary: fields.summary,
    severity,
    severity_rank: severityRank(severity),
    score: scores.v4 ?? scores.v3,
    priority: fields.priority,
    vendor: first?.vendor ?? "",
    product: first === undefined ? "" : first.product === "" ? first.package : first.product,
    component: first?.component ?? "",
    exploit: fields.exploitMaturity,
    remediation: fields.remediation.state,
    distribution: fields.distribution.state,
    embargo_until: fields.embargoUntil,
    marking_level: fields.marking.level,
  };
}

function settleWords(model: ReadModel, id: string, { fields, routes }: Pick<Standing, "fields" | "routes">): void {
  model.run("DELETE FROM finding_word WHERE finding = ?", id);
  const words: readonly (readonly [kind: string, words: readonly string[]])[] = [
    ["cwe", fields.cwes],
    ["alias", fields.aliases],
    ["route", routes.map(({ party }) => party.name)],
    ["key", keyTexts(fields)],
  ];
  for (const [kind, own] of words) {
    for (const word of new Set(own)) model.run("INSERT INTO finding_word VALUES (?, ?, ?)", id, kind, word);
  }
}

function settleNotices(model: ReadModel, id: string, { notices }: Standing): void {
  model.run("DELETE FROM finding_notice WHERE finding = ?", id);
  for (const { act, answer } of notices) {
    const { party, answerDueAt } = act.body;
    const answered = answer === null ? 0 : 1;
    const values = [id, act.id, party.name, party.channel, answerDueAt, answered];
    model.run("INSERT INTO finding_notice VALUES (?, ?, ?, ?, ?, ?)", ...values);
  }
}

/** Remembers what was done to a finding, and makes what it comes to of all that is remembered of it. */
export function foldAct({ model, event, stamp }: FoldContext, id: string, body: ActBody): void {
  const facts = findingFacts(model, id);
  if (facts === null) return;
  const act = [id, event.id, JSON.stringify(body), event.by, event.at, stamp];
  model.run("INSERT INTO finding_act VALUES (?, ?, ?, ?, ?, ?)", ...act);
  keepEvidence(model, id, { body, at: event.at });
  keepRecipients(model, body);
  const standing = findingStanding(model, facts);
  const values = {
    ...settled(model, standing.fields),
    state: standing.state,
    validation: standing.validations.at(-1)?.act.body.result ?? "unvalidated",
    duplicate_of: standing.duplicateOf,
  };
  const set = Object.keys(values).map((column) => `${column} = ?`);
  model.run(
    `UPDATE finding SET ${set.join(", ")}, changed_at = max(changed_at, ?) WHERE id = ?`,
    ...Object.values(values),
    event.at,
    id,
  );
  settleWords(model, id, standing);
  settleNotices(model, id, standing);
}

function keepEvidence(model: ReadModel, id: string, { body, at }: { body: ActBody; at: number }): void {
  if (body.kind !== "validated") return;
  for (const { id: blob, name, bytes, sha256 } of body.evidence) {
    model.run("INSERT OR IGNORE INTO finding_evidence VALUES (?, ?, ?, ?, ?, ?)", blob, id, name, bytes, sha256, at);
  }
}

function keepRecipients(model: ReadModel, body: ActBody): void {
  const parties = body.kind === "routed" ? body.parties : body.kind === "notified" ? [body.party] : [];
  for (const { recipientId, channel } of parties) {
    if (recipientId !== null) model.run("INSERT OR IGNORE INTO finding_recipient VALUES (?, ?)", recipientId, channel);
  }
}
