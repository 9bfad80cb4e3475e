import { reportStates, type ReportScope } from "../../contract/reporting.ts";
import { campaignCompartment } from "../campaigns/queries.ts";
import { codePrefix } from "../compartments/queries.ts";
import type { Home } from "../event.ts";
import { runCompartment } from "../runs/state.ts";
import { count, number, oneOf, text, textOrNull, type ReadModel } from "../read-model.ts";

export interface ReportFacts {
  readonly id: string;
  readonly revision: number;
  readonly state: (typeof reportStates)[number];
  readonly contentHash: string | null;
  readonly blob: string | null;
  readonly sectionIds: ReadonlySet<string>;
  /** Members who signed the frozen content of this revision. */
  readonly signers: ReadonlySet<string>;
}

export function reportFacts(model: ReadModel, id: string): ReportFacts | null {
  const row = model.get("SELECT * FROM report WHERE id = ?", id);
  if (row === undefined) return null;
  const revision = number(row, "revision");
  const sections = model.all("SELECT id FROM report_section WHERE report_id = ?", id);
  const signers = model.all("SELECT by FROM report_signature WHERE report_id = ? AND revision = ?", id, revision);
  return {
    id,
    revision,
    state: oneOf(row, "state", reportStates),
    contentHash: textOrNull(row, "content_hash"),
    blob: textOrNull(row, "blob"),
    sectionIds: new Set(sections.map((one) => text(one, "id"))),
    signers: new Set(signers.map((one) => text(one, "by"))),
  };
}

/** The code of a report: see {@link newReportCode}. */
export function reportCode(model: ReadModel, id: string): string {
  const row = model.get("SELECT code FROM report WHERE id = ?", id);
  return row === undefined ? id : text(row, "code");
}

/**
 * "EV-2026-0003": the year it was drafted in and its number in its compartment; says nothing of what is in it. Reports of
 * a separate compartment are "EV-2026-C3-0001".
 */
export function newReportCode(model: ReadModel, compartment: number, draftedAt: number): string {
  const year = new Date(draftedAt).getUTCFullYear();
  const place = count(model, "SELECT count(*) + 1 AS n FROM report WHERE compartment = ?", compartment);
  return `EV-${String(year)}-${codePrefix(model, compartment)}${String(place).padStart(4, "0")}`;
}

/** The compartment that a report is in; null where there is no such report. */
export function reportCompartment(model: ReadModel, id: string): number | null {
  const row = model.get("SELECT compartment FROM report WHERE id = ?", id);
  return row === undefined ? null : number(row, "compartment");
}

/** Where a report of a scope belongs; what covers the whole vault covers what all evaluators share, and is there. */
export function scopeCompartment(model: ReadModel, scope: ReportScope): Home {
  switch (scope.kind) {
    case "vault":
      return "shared";
    case "campaign":
      return campaignCompartment(model, scope.id);
    case "run":
      return runCompartment(model, scope.id);
  }
}
