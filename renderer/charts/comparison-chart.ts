import { usualPlan } from "../../electron/contract/comparing.ts";
import type { ComparisonAnswer } from "../../electron/contract/comparison-answer.ts";
import { doublingPoints, noDoublingWords } from "./doubling-points.ts";
import { listWords, type DrawnChart } from "./drawn-chart.ts";
import { groupRows } from "./group-rows.ts";
import { horizonCurves, noHorizonWords } from "./horizon-curves.ts";
import { pairRows } from "./pair-rows.ts";
import { hasCurve, passCurves } from "./pass-curves.ts";
import { reliabilityRows, uncertaintyRows, usualStep } from "./reliability-rows.ts";
import { hasSpending, spendingPoints } from "./spending-points.ts";
import { trendPoints } from "./trend-points.ts";

/** The chart of a comparison on a benchmark, the one that its view shows at first; or why there is nothing to show. */
export type ComparisonChart =
  { readonly chart: DrawnChart; readonly missing: null } | { readonly chart: null; readonly missing: string };

function drawn(chart: DrawnChart): ComparisonChart {
  return { chart, missing: null };
}

function nothing(missing: string): ComparisonChart {
  return { chart: null, missing };
}

type AnswerOf<O extends ComparisonAnswer["of"]> = Extract<ComparisonAnswer, { readonly of: O }>["answer"];

function pairs(answer: AnswerOf<"pairs">, benchmark: string): ComparisonChart {
  if (answer.pairs.every(({ difference }) => difference === null))
    return nothing(`No two model versions attempted the same tasks of ${benchmark}.`);
  return drawn(pairRows(answer, benchmark, null));
}

function passAtK({ curves }: AnswerOf<"pass-at-k">, benchmark: string): ComparisonChart {
  if (!hasCurve(curves)) return nothing(`No model version has two attempts at every task of ${benchmark}.`);
  return drawn(passCurves(curves, ["at-least-one"], benchmark));
}

function reliability({ versions }: AnswerOf<"reliability">, benchmark: string): ComparisonChart {
  const k = usualStep(versions);
  if (k !== null) return drawn(reliabilityRows(versions, k, benchmark));
  if (versions.every(({ overTasks }) => overTasks === null))
    return nothing(`Too few tasks of ${benchmark} were attempted to say how sure their rates are.`);
  return drawn(uncertaintyRows(versions, usualPlan.halfWidth, benchmark));
}

function timeHorizon(answer: AnswerOf<"time-horizon">, benchmark: string): ComparisonChart {
  const reasons = answer.horizons.flatMap(({ reason }) => (reason === null ? [] : [noHorizonWords[reason]]));
  if (reasons.length === answer.horizons.length)
    return nothing(`On ${benchmark} no time horizon can be estimated: ${listWords([...new Set(reasons)])}.`);
  return drawn(horizonCurves(answer, benchmark, null));
}

function doublingTime(answer: AnswerOf<"doubling-time">, benchmark: string): ComparisonChart {
  const { reason } = answer.doubling;
  if (reason !== null) return nothing(`On ${benchmark} there is no doubling time: ${noDoublingWords[reason]}.`);
  const order = answer.horizons.map(({ version }) => version.id);
  return drawn(doublingPoints(answer, benchmark, order));
}

function spent({ versions }: AnswerOf<"cost">, measure: "cost" | "tokens", benchmark: string): ComparisonChart {
  if (!hasSpending(versions, measure))
    return nothing(`Nothing is known of the ${measure} of the attempts at ${benchmark}.`);
  return drawn(spendingPoints(versions, measure, benchmark));
}

function trend(answer: AnswerOf<"trend">, benchmark: string): ComparisonChart {
  if (answer.versions.length < 2) return nothing(`One model version alone was run on ${benchmark}.`);
  // By release day in the answer; signs go by the numbers that versions have in every figure.
  const order = answer.versions.map(({ id }) => id).toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
  return drawn(trendPoints(answer, benchmark, order));
}

function categories(answer: AnswerOf<"categories">, benchmark: string): ComparisonChart {
  if (answer.groups.every(({ name }) => name === null))
    return nothing(`None of the tasks of ${benchmark} states its category.`);
  return drawn(groupRows(answer, "category", benchmark, false));
}

/** The chart of an answer that a report keeps, with the sentence and the method that the page gives with it. */
export function comparisonChart(comparison: ComparisonAnswer, benchmark: string): ComparisonChart {
  switch (comparison.of) {
    case "pairs":
      return pairs(comparison.answer, benchmark);
    case "pass-at-k":
      return passAtK(comparison.answer, benchmark);
    case "reliability":
      return reliability(comparison.answer, benchmark);
    case "time-horizon":
      return timeHorizon(comparison.answer, benchmark);
    case "doubling-time":
      return doublingTime(comparison.answer, benchmark);
    case "cost":
    case "tokens":
      return spent(comparison.answer, comparison.of, benchmark);
    case "trend":
      return trend(comparison.answer, benchmark);
    case "categories":
      return categories(comparison.answer, benchmark);
  }
}
