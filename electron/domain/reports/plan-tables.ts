import type { FrozenTable } from "../../contract/frozen-report.ts";
import { formatCounted, formatPolicyTitle } from "../../contract/number-text.ts";
import { deviationKindWords } from "../../contract/planning.ts";
import {
  column,
  figure,
  moment,
  over,
  overColumns,
  rateCells,
  rateColumns,
  table,
  whole,
  words,
} from "./table-cells.ts";
import type { PlanMaterial, ReportMaterial } from "./material.ts";

/** Every cell and pool of the scope under each denominator policy, four rows each. */
export function denominatorsTable(made: ReportMaterial): FrozenTable {
  return table("denominators", made, {
    caption:
      "The same attempts under each denominator. Errors are unscored attempts, model errors and infrastructure faults. " +
      "Withheld and not-run attempts are in no denominator. The first of each four is the headline. Over several " +
      "benchmarks a rate is the mean over the tasks of all of them.",
    columns: [
      ...overColumns,
      column("denominator", "Denominator"),
      figure("planned", "Planned"),
      figure("tasks", "Tasks"),
      ...rateColumns,
      column("unit", "Resampled"),
    ],
    rows: made.pooled.flatMap(({ model, benchmark, ledger, rates }) =>
      rates.map(({ rate, ...policy }) => ({
        ...over(model, benchmark),
        denominator: words(formatPolicyTitle(policy)),
        planned: whole(ledger.planned),
        tasks: whole(rate.tasks),
        ...rateCells(rate),
        unit: words(rate.interval === null ? null : `${rate.interval.unit}s`),
      })),
    ),
  });
}

/** Where the runs of the scope depart from the registered plans, a row each; the caption says which plans those are. */
export function deviationsTable(made: ReportMaterial): FrozenTable {
  return table("deviations", made, {
    caption:
      made.plans.length === 0 ? "No campaign is in the scope of this report." : made.plans.map(planWords).join(" "),
    columns: [
      column("campaign", "Campaign"),
      column("severity", "Severity"),
      column("kind", "Deviation"),
      column("what", "What"),
      column("run", "Run"),
      column("where", "Where"),
      column("since", "Since"),
    ],
    rows: made.plans.flatMap(({ name, deviations }) =>
      deviations.map((one) => ({
        campaign: words(name),
        severity: words(one.severity),
        kind: words(deviationKindWords[one.kind]),
        what: words(one.what),
        run: words(one.run?.code ?? null),
        where: words(one.where === "" ? "the whole plan" : one.where),
        since: moment(one.since),
      })),
    ),
  });
}

function planWords({ name, registered, deviations }: PlanMaterial): string {
  if (registered === null) return `The plan of ${name} was not registered: there is nothing to hold its runs against.`;
  const when = registered.beforeFirstResult ? "before" : "after";
  const found = deviations.length === 0 ? "no deviation" : formatCounted(deviations.length, "deviation");
  return `The plan of ${name} was registered ${moment(registered.at).text}, ${when} the first result, SHA-256 ${registered.hash}; ${found}.`;
}
