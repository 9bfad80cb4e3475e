import { reportTemplates } from "../../contract/report-templates.ts";
import type { Report, ReportScope } from "../../contract/reporting.ts";
import { sharedCompartment } from "../compartments/queries.ts";
import { count, type ReadModel } from "../read-model.ts";
import { runFilterSql } from "../runs/cells.ts";
import { scopeCompartment } from "./state.ts";

type DraftSection = Omit<Report["sections"][number], "portion">;

/** The sections that a new report starts from: those of its template, with comparisons where there is something to compare. */
export function draftSections(model: ReadModel, template: Report["template"], scope: ReportScope): DraftSection[] {
  const isCompared = hasComparison(model, scope);
  return reportTemplates[template].sections.map(({ id, heading, guidance, markdown, compared }) => ({
    id,
    heading,
    guidance,
    markdown: isCompared && compared !== undefined ? `${markdown}\n\n${compared}` : markdown,
  }));
}

/** Whether two model versions have runs on one benchmark of the scope. */
function hasComparison(model: ReadModel, scope: ReportScope): boolean {
  if (scope.kind === "run") return false;
  const home = scopeCompartment(model, scope);
  const compartment = typeof home === "number" ? home : sharedCompartment(model);
  const { where, values } = runFilterSql({ campaignId: scope.kind === "campaign" ? scope.id : undefined, compartment });
  const most = count(
    model,
    `SELECT coalesce(max(versions), 0) AS n FROM (SELECT count(DISTINCT model_version_id) AS versions FROM run
     WHERE ${where} AND state NOT IN ('withdrawn', 'rejected') GROUP BY benchmark_id)`,
    ...values,
  );
  return most > 1;
}
