import { findingEdges, findingStates, type FindingKind } from "../../contract/finding-states.ts";
import type { Finding, FindingCard, FindingDeadline, findingRequests } from "../../contract/findings.ts";
import type { z } from "zod";
import type { Role } from "../../contract/values.ts";
import { memberName, memberRole } from "../members/queries.ts";
import { modelVersionWords } from "../models/queries.ts";
import { count, number, oneOf, text, textOrNull, type ReadModel, type SqlValue } from "../read-model.ts";
import { runCode } from "../runs/state.ts";
import { actWords } from "./events.ts";
import { keyTexts } from "./keys.ts";
import { listScales } from "./scales.ts";
import { rated } from "./severity.ts";
import type { Standing } from "./standing.ts";
import { attemptOf, cardOf, findingCard, findingFacts, findingStanding, type FindingFacts } from "./state.ts";

/** Findings as they are shown. */

/** What the domain has no means for by itself. */
export interface FindingSight {
  /** The member who asks. */
  readonly member: string;
  /** SHA-256 of a text, hex. */
  readonly sha256: (text: string) => string;
  readonly weaknessName: (id: string) => string;
}

function cards(model: ReadModel, where: string, ...values: SqlValue[]): FindingCard[] {
  return model.all(`SELECT * FROM finding WHERE ${where}`, ...values).map(cardOf);
}

/** Others with a key of this one, but for those that are said to be duplicates of one another. */
function possibleDuplicates(model: ReadModel, { id }: FindingFacts, duplicateOf: string | null): FindingCard[] {
  return cards(
    model,
    `id <> ? AND id IN (SELECT other.finding FROM finding_word own
       JOIN finding_word other ON other.kind = 'key' AND other.word = own.word
       WHERE own.finding = ? AND own.kind = 'key')
     AND coalesce(duplicate_of, id) <> coalesce(?, ?) ORDER BY number LIMIT 100`,
    id,
    id,
    duplicateOf,
    id,
  );
}

function sourceOf(model: ReadModel, facts: FindingFacts): Finding["source"] {
  const { modelVersionId, runId, attempt } = facts;
  const row = model.get(
    "SELECT m.developer FROM model_version v JOIN model m ON m.id = v.model_id WHERE v.id = ?",
    modelVersionId,
  );
  return {
    modelVersion:
      modelVersionId === null || row === undefined
        ? null
        : { id: modelVersionId, words: modelVersionWords(model, modelVersionId), developer: text(row, "developer") },
    run: runId === null ? null : { id: runId, code: runCode(model, runId) },
    attempt,
  };
}

function evidenceOf(model: ReadModel, ids: readonly string[]): Finding["validations"][number]["evidence"] {
  return ids.flatMap((id) => {
    const row = model.get("SELECT * FROM finding_evidence WHERE id = ?", id);
    if (row === undefined) return [];
    return [
      {
        ...{ id, name: text(row, "name"), sha256: text(row, "sha256") },
        ...{ bytes: number(row, "bytes"), addedAt: number(row, "at") },
      },
    ];
  });
}

function validationsOf(model: ReadModel, { validations }: Standing): Finding["validations"] {
  return validations.map(({ act, secondLook }) => ({
    id: act.id,
    result: act.body.result,
    at: act.at,
    byName: memberName(model, act.by),
    secondLook,
    steps: act.body.steps,
    environment: act.body.environment,
    evidence: evidenceOf(
      model,
      act.body.evidence.map(({ id }) => id),
    ),
  }));
}

function timelineOf(model: ReadModel, { notices }: Standing): Finding["timeline"] {
  const told = notices.map(({ act, answer }) => ({
    id: act.id,
    party: act.body.party,
    at: act.body.at,
    byName: memberName(model, act.by),
    note: act.body.note,
    answerDueAt: act.body.answerDueAt,
    answer:
      answer === null ? null : { at: answer.body.at, byName: memberName(model, answer.by), words: answer.body.words },
  }));
  return told.sort((a, b) => a.at - b.at);
}

function historyOf(model: ReadModel, facts: FindingFacts, { history }: Standing): Finding["history"] {
  const byName = memberName(model, facts.origin.recordedBy);
  return [
    { id: facts.id, at: facts.recordedAt, byName, words: "recorded", without: null },
    ...history.map(({ act, without }) => ({
      id: act.id,
      at: act.at,
      byName: memberName(model, act.by),
      words: actWords(model, act.body),
      without,
    })),
  ];
}

/** What leads on from here. A route that lacks a second look takes a reason, whatever the state. */
function nextOf({ state, hasSecondLook }: Standing, role: Role | null): Finding["next"] {
  return findingEdges
    .filter(({ from }) => from === state)
    .map(({ to, by, roles, needsReason }) => ({
      to,
      by,
      needsReason: needsReason || (by === "route" && !hasSecondLook),
      mayDo: role !== null && roles.includes(role),
    }));
}

function undoOf(model: ReadModel, { moves }: Standing, member: string, role: Role | null): Finding["undo"] {
  const last = moves.at(-1);
  if (last === undefined || moves.some(({ to }) => to === "routed")) return null;
  const mayUndo = role === "lead" || (role === "evaluator" && last.act.by === member);
  return mayUndo ? { id: last.act.id, words: actWords(model, last.act.body) } : null;
}

function roleOf(model: ReadModel, member: string): Role | null {
  const role = memberRole(model, member);
  return role === "recovery" ? null : role;
}

/** One finding with everything that is shown of it; null where there is none. */
export function getFinding(model: ReadModel, id: string, sight: FindingSight): Finding | null {
  const [facts, card] = [findingFacts(model, id), findingCard(model, id)];
  if (facts === null || card === null) return null;
  const standing = findingStanding(model, facts);
  const { fields, state } = standing;
  const role = roleOf(model, sight.member);
  const { words, scores } = rated(fields.severity, listScales(model));
  const isOut = standing.moves.some(({ to }) => to === "routed");
  return {
    ...card,
    compartment: facts.compartment,
    fields,
    source: sourceOf(model, facts),
    recordedAt: facts.recordedAt,
    recordedBy: memberName(model, facts.origin.recordedBy),
    severityWords: words,
    scores,
    cwes: fields.cwes.map((cwe) => ({ id: cwe, name: sight.weaknessName(cwe) })),
    validation: standing.validations.at(-1)?.act.body.result ?? "unvalidated",
    validations: validationsOf(model, standing),
    keys: keyTexts(fields).map(sight.sha256),
    duplicateOf: standing.duplicateOf === null ? null : findingCard(model, standing.duplicateOf),
    duplicates: cards(model, "duplicate_of = ? ORDER BY number", id),
    possibleDuplicates: possibleDuplicates(model, facts, standing.duplicateOf),
    routes: standing.routes.map(({ party, act }) => ({ ...party, at: act.at, byName: memberName(model, act.by) })),
    timeline: timelineOf(model, standing),
    history: historyOf(model, facts, standing),
    next: nextOf(standing, role),
    undo: undoOf(model, standing, sight.member, role),
    mayEdit: state !== "closed" && (role === "lead" || role === "evaluator"),
    mayTell: isOut && role === "lead",
  };
}

const priorityRank = `CASE priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 WHEN 'unset' THEN 3
  ELSE 4 END`;

type Board = z.infer<(typeof findingRequests)["findings.board"]["output"]>;

/** Every state with how many are in it, the urgent, then the severe, first. */
export function findingBoard(model: ReadModel, kind: FindingKind | undefined, limit: number): Board {
  const [and, values] = kind === undefined ? ["", []] : [" AND kind = ?", [kind]];
  return findingStates.map((state) => ({
    state,
    count: count(model, `SELECT count(*) AS n FROM finding WHERE state = ?${and}`, state, ...values),
    cards: cards(
      model,
      `state = ?${and} ORDER BY ${priorityRank}, severity_rank DESC, coalesce(score, -1) DESC, number LIMIT ?`,
      state,
      ...values,
      limit,
    ),
  }));
}

type OfAttempt = z.infer<(typeof findingRequests)["findings.forAttempt"]["output"]>;

/** The findings of a run, or of one attempt of it. */
export function findingsOfAttempt(
  model: ReadModel,
  runId: string,
  attempt: { readonly task: string; readonly epoch: number } | undefined,
): OfAttempt {
  const rows =
    attempt === undefined
      ? model.all("SELECT * FROM finding WHERE run = ? ORDER BY number", runId)
      : model.all(
          "SELECT * FROM finding WHERE run = ? AND task = ? AND epoch = ? ORDER BY number",
          runId,
          attempt.task,
          attempt.epoch,
        );
  return rows.map((row) => ({ finding: cardOf(row), attempt: attemptOf(row) }));
}

/** Embargoes and answers of what is not closed, the earliest first. `now`: ms since 1970. */
export function findingDeadlines(model: ReadModel, now: number): FindingDeadline[] {
  const rows = model.all(
    `SELECT f.*, 'embargo' AS what, f.embargo_until AS due, NULL AS party FROM finding f
       WHERE f.embargo_until IS NOT NULL AND f.state <> 'closed'
     UNION ALL SELECT f.*, 'answer', n.due_at, n.party FROM finding_notice n JOIN finding f ON f.id = n.finding
       WHERE n.due_at IS NOT NULL AND n.answered = 0 AND f.state <> 'closed'
     ORDER BY due, number LIMIT 1000`,
  );
  return rows.map((row) => ({
    finding: cardOf(row),
    what: oneOf<"embargo" | "answer">(row, "what", ["embargo", "answer"]),
    at: number(row, "due"),
    overdue: number(row, "due") < now,
    party: textOrNull(row, "party"),
  }));
}
