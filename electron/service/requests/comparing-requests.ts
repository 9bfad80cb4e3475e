import type { comparingRequests } from "../../contract/comparing.ts";
import type { RequestOutput } from "../../contract/index.ts";
import { comparisonTable } from "../../domain/comparisons/comparison-table.ts";
import { listFlips } from "../../domain/comparisons/flips.ts";
import { rateGroups } from "../../domain/comparisons/groups.ts";
import { timeHorizons } from "../../domain/comparisons/horizons.ts";
import { comparePairs } from "../../domain/comparisons/pairs.ts";
import { passCurves } from "../../domain/comparisons/pass-curves.ts";
import { reliability } from "../../domain/comparisons/reliability.ts";
import { versionSpending } from "../../domain/comparisons/spending.ts";
import { rateTrend } from "../../domain/comparisons/trend.ts";
import { versionsInScope } from "../../domain/comparisons/versions.ts";
import { inSteps } from "../comparing/in-steps.ts";
import { Remembered } from "../comparing/remembered.ts";
import type { Handlers } from "../handlers.ts";

const pairs = new Remembered<RequestOutput<"comparisons.pairs">>();
const curves = new Remembered<RequestOutput<"comparisons.passCurves">>();
const reliabilities = new Remembered<RequestOutput<"comparisons.reliability">>();
const horizons = new Remembered<RequestOutput<"comparisons.horizons">>();
const spent = new Remembered<RequestOutput<"comparisons.spending">>();

export const comparingHandlers: Handlers<keyof typeof comparingRequests> = {
  "comparisons.versions": ({ host }, scope) => ({
    versions: versionsInScope(host.session, scope).map(({ version }) => version),
  }),

  "comparisons.pairs": ({ host, signal, progress }, input) =>
    pairs.answer(host.session, input, () =>
      inSteps(comparePairs(host.session, input), signal, ({ done, total }) => {
        progress({ step: "Comparing pairs", done, total, unit: "steps" });
      }),
    ),

  "comparisons.flips": ({ host }, input) => listFlips(host.session, input),

  "comparisons.passCurves": ({ host }, input) =>
    curves.answer(host.session, input, () => passCurves(host.session, input)),

  "comparisons.horizons": ({ host, signal, progress }, input) =>
    horizons.answer(host.session, input, () =>
      inSteps(timeHorizons(host.session, input), signal, (done) => {
        progress({ step: "Resampling time horizons", done, total: input.draws, unit: "steps" });
      }),
    ),

  "comparisons.spending": ({ host }, input) =>
    spent.answer(host.session, input, () => versionSpending(host.session, input)),

  "comparisons.trend": ({ host }, input) => rateTrend(host.session, input),

  "comparisons.groups": ({ host }, input) => rateGroups(host.session, input),

  "comparisons.reliability": ({ host }, input) =>
    reliabilities.answer(host.session, input, () => reliability(host.session, input)),

  "comparisons.table": ({ host, signal, progress }, input) =>
    inSteps(comparisonTable(host.session, input), signal, () => {
      progress({ step: "Making the table", done: 0, total: null, unit: "steps" });
    }),
};
