import type { RequestOutput } from "../../contract/index.ts";
import { normalQuantile } from "../../statistics/distributions.ts";
import { upperTail } from "../../statistics/interval.ts";
import { pairedError } from "../../statistics/paired-difference.ts";
import { detectableDifference, tasksNeeded, type ComparisonPlan } from "../../statistics/sample-size.ts";
import { varianceParts } from "../../statistics/variance-parts.ts";
import type { QueryContext } from "../query-context.ts";
import { level } from "./level.ts";
import { passCurvesOf } from "./pass-curves.ts";
import { talliedVersions, type Narrowed, type TalliedVersion } from "./versions.ts";

type Input = Narrowed<"comparisons.reliability">;
type Output = RequestOutput<"comparisons.reliability">;

/** How often each version solves a task every time, where its rate's uncertainty comes from, what more tasks would bring. */
export function reliability(context: QueryContext, input: Input): Output {
  const versions = talliedVersions(context, input);
  return {
    level,
    versions: versions.map((one) => ofVersion(one, input)),
    pairs: versions.flatMap((a, place) => versions.slice(place + 1).map((b) => planOf(a, b, input))),
  };
}

function ofVersion({ version, tallies }: TalliedVersion, { halfWidth }: Input): Output["versions"][number] {
  const parts = varianceParts(tallies, "cluster");
  return {
    ...passCurvesOf({ version, tallies }),
    ...parts,
    tasksForHalfWidth: tasksForHalfWidth(parts.overTasks, version.rate.tasks, halfWidth),
  };
}

/** n = (z · SE / h)² · tasks: with as many epochs a task as now, and clusters of the same size. */
function tasksForHalfWidth(standardError: number | null, tasks: number, halfWidth: number): number | null {
  if (standardError === null || standardError === 0) return null;
  return Math.ceil(((normalQuantile(upperTail(level)) * standardError) / halfWidth) ** 2 * tasks);
}

function planOf(first: TalliedVersion, second: TalliedVersion, { difference, power }: Input): Output["pairs"][number] {
  const [a, b] = [first.version.id, second.version.id];
  const { tasks, standardError } = pairedError(first.tallies, second.tallies, "cluster");
  if (standardError === null || standardError === 0) return { a, b, tasks, detectable: null, tasksNeeded: null };
  // The standard error that was seen holds what both versions' epochs add: nothing is left to divide by epochs.
  const epochs = { withinFirst: 0, withinSecond: 0, epochsFirst: 1, epochsSecond: 1 };
  const plan: ComparisonPlan = { betweenTasks: standardError ** 2 * tasks, ...epochs, level, power };
  return { a, b, tasks, detectable: detectableDifference(tasks, plan), tasksNeeded: tasksNeeded(difference, plan) };
}
