import { reportStates } from "../../contract/reporting.ts";
import { number, oneOf, text, textOrNull, type ReadModel } from "../read-model.ts";

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

/** "EV-2026-0003": the year it was drafted in and its number in this vault; says nothing of what is in it. */
export function reportCode(model: ReadModel, id: string): string {
  const row = model.get("SELECT number, created_at FROM report WHERE id = ?", id);
  if (row === undefined) return id;
  const year = new Date(number(row, "created_at")).getUTCFullYear();
  return `EV-${String(year)}-${String(number(row, "number")).padStart(4, "0")}`;
}
