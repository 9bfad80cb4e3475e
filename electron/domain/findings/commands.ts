import type { FindingChange, FindingFields } from "../../contract/finding-fields.ts";
import type { FindingKind } from "../../contract/finding-states.ts";
import type { FindingSource } from "../../contract/findings.ts";
import type { Marking } from "../../contract/marking.ts";
import type { Draft } from "../event.ts";
import { currentMarking } from "../members/queries.ts";
import { text, type ReadModel } from "../read-model.ts";
import { Refusal } from "../refusal.ts";
import { runFacts } from "../runs/state.ts";
import { findingEdited, findingMarked, findingRecorded, findingUndone } from "./events.ts";
import { changed, type Standing } from "./standing.ts";
import { findingFacts, findingStanding, type FindingFacts } from "./state.ts";

/** What a person does to findings. The events themselves say who may; here is what they need to know beside. */

function plainFields(title: string, marking: Marking): FindingFields {
  return {
    title,
    summary: "",
    marking,
    affected: [],
    sink: "",
    cwes: [],
    severity: { scheme: "unset" },
    exploitMaturity: "unknown",
    priority: "unset",
    impact: "",
    mitigation: "",
    detection: "",
    remediation: { state: "unknown", note: "" },
    distribution: { state: "unknown", note: "" },
    embargoUntil: null,
    credits: [],
    references: [],
    aliases: [],
  };
}

/** The model version of a run stands for the finding's where none was named. */
function wholeSource(model: ReadModel, source: FindingSource): FindingSource {
  if (source.modelVersionId !== null || source.runId === null) return source;
  return { ...source, modelVersionId: runFacts(model, source.runId)?.modelVersionId ?? null };
}

/** Of a weakness the product is the model, where nobody said otherwise: so it has a deconfliction key, too. */
function ownProduct(model: ReadModel, modelVersionId: string | null): Pick<FindingFields, "affected"> {
  const row = model.get(
    "SELECT m.developer, m.name FROM model_version v JOIN model m ON m.id = v.model_id WHERE v.id = ?",
    modelVersionId,
  );
  if (row === undefined) return { affected: [] };
  const [vendor, product] = [text(row, "developer"), text(row, "name")];
  return {
    affected: [{ vendor, product, component: "", ecosystem: "", package: "", ranges: [], versions: [] }],
  };
}

/** A new finding; what is not said of it begins empty, its marking as the vault's. */
export function recordFinding(
  model: ReadModel,
  input: {
    readonly kind: FindingKind;
    readonly source: FindingSource;
    readonly fields: FindingChange & { readonly title: string };
  },
  newId: () => string,
): { findingId: string; draft: Draft } {
  const { kind, fields } = input;
  const source = wholeSource(model, input.source);
  const plain = plainFields(fields.title, currentMarking(model));
  const given = kind === "model-weakness" ? { ...plain, ...ownProduct(model, source.modelVersionId) } : plain;
  const id = newId();
  return { findingId: id, draft: findingRecorded.draft({ id, kind, source, fields: changed(given, fields) }) };
}

export interface FoundFinding {
  readonly facts: FindingFacts;
  readonly standing: Standing;
}

/** A finding with what it comes to. Throws a Refusal where there is none. */
export function findFinding(model: ReadModel, id: string): FoundFinding {
  const facts = findingFacts(model, id);
  if (facts === null) throw new Refusal("not-found", "the finding");
  return { facts, standing: findingStanding(model, facts) };
}

function asBefore(fields: FindingFields, names: readonly string[]): FindingChange {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}

/** Changes fields; those that are the same already are left out. Answers with them as they were. */
export function editFinding(
  model: ReadModel,
  { findingId, fields }: { readonly findingId: string; readonly fields: FindingChange },
): { draft: Draft | null; before: FindingChange } {
  const { standing } = findFinding(model, findingId);
  const was = new Map<string, unknown>(Object.entries(standing.fields));
  const differing = Object.entries(fields).filter(
    ([name, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(was.get(name)),
  );
  if (differing.length === 0) return { draft: null, before: {} };
  const change: FindingChange = Object.fromEntries(differing);
  const before = asBefore(standing.fields, Object.keys(change));
  return { draft: findingEdited.draft({ findingId, act: { kind: "edited", fields: change } }), before };
}

interface Reasoned {
  readonly findingId: string;
  readonly reason: string;
}

/** Takes back the last move. */
export function undoMove(model: ReadModel, { findingId, reason }: Reasoned): Draft {
  const { standing } = findFinding(model, findingId);
  const last = standing.moves.at(-1);
  if (last === undefined) throw new Refusal("conflict", "the finding", "Nothing was done that could be taken back.");
  return findingUndone.draft({ findingId, act: { kind: "undone", act: last.act.id, reason } });
}

export function markDuplicate(model: ReadModel, { findingId, reason, of }: Reasoned & { readonly of: string }): Draft {
  findFinding(model, findingId);
  findFinding(model, of);
  return findingMarked.draft({ findingId, act: { kind: "marked", of, reason } });
}

/** A duplicate is none after all: it goes back to where it was before. */
export function unmarkDuplicate(model: ReadModel, input: Reasoned): Draft {
  const { standing } = findFinding(model, input.findingId);
  if (standing.state !== "duplicate") throw new Refusal("conflict", "the finding", "It is not marked as a duplicate.");
  return undoMove(model, input);
}
