import { usualPlan, type comparisonTableKinds, type ComparisonTable } from "../../contract/comparing.ts";
import type { ParsedInput } from "../../contract/index.ts";
import type { QueryContext } from "../query-context.ts";
import { Refusal } from "../refusal.ts";
import { doublingTable } from "./doubling-table.ts";
import { listFlips } from "./flips.ts";
import { rateGroups } from "./groups.ts";
import { horizonsTable } from "./horizons-table.ts";
import { timeHorizons } from "./horizons.ts";
import { flipsTable, pairsTable } from "./pairs-table.ts";
import { comparePairs } from "./pairs.ts";
import { passCurves } from "./pass-curves.ts";
import { groupsTable, passTable, trendTable } from "./rates-tables.ts";
import { reliabilityTable } from "./reliability-table.ts";
import { reliability } from "./reliability.ts";
import { spendingTable } from "./spending-table.ts";
import { versionSpending } from "./spending.ts";
import { rateTrend } from "./trend.ts";

type Input = ParsedInput<"comparisons.table">;
type Kind = (typeof comparisonTableKinds)[number];

/** Rows of a flip list that a table holds at most. */
const mostRows = 5_000;

/** The answer of a comparison as plain rows. Those that take long say how far they are, in steps of their own. */
const tables: Record<Kind, (context: QueryContext, input: Input) => Generator<unknown, ComparisonTable>> = {
  *pairs(context, input) {
    return pairsTable(yield* comparePairs(context, input));
  },
  *horizons(context, input) {
    return horizonsTable(yield* timeHorizons(context, input));
  },
  *doubling(context, input) {
    return doublingTable(yield* timeHorizons(context, input));
  },
  flips: atOnce((context, input) => {
    const [a, b] = input.modelVersionIds;
    if (a === undefined || b === undefined) {
      throw new Refusal("invalid-request", "the flip list", "A flip list is of two model versions.");
    }
    const page = { filter: "different", sort: "difference", descending: true, offset: 0, limit: mostRows } as const;
    return flipsTable(listFlips(context, { ...input, a, b, ...page }));
  }),
  "pass-at-k": atOnce((context, input) => passTable(passCurves(context, input))),
  spending: atOnce((context, input) => spendingTable(versionSpending(context, input))),
  trend: atOnce((context, input) => trendTable(rateTrend(context, input))),
  groups: atOnce((context, input) => groupsTable(rateGroups(context, { ...input, together: false }))),
  reliability: atOnce((context, input) => reliabilityTable(reliability(context, { ...input, ...usualPlan }))),
};

function atOnce(
  make: (context: QueryContext, input: Input) => ComparisonTable,
): (context: QueryContext, input: Input) => Generator<unknown, ComparisonTable> {
  return function* (context, input) {
    return make(context, input);
  };
}

export function comparisonTable(context: QueryContext, input: Input): Generator<unknown, ComparisonTable> {
  return tables[input.kind](context, input);
}
