import type { spendingMeasures, Spent } from "../../contract/comparing.ts";
import type { RequestOutput } from "../../contract/index.ts";
import { budgetCurveOf, type SolvedSpending } from "../../statistics/budget-curve.ts";
import { exactSum } from "../../statistics/exact-sum.ts";
import { spending, type SpendingTask } from "../../statistics/spending.ts";
import type { QueryContext } from "../query-context.ts";
import { level } from "./level.ts";
import { runSpending, solvedSpending } from "../runs/details.ts";
import { talliedVersions, type Narrowed, type TalliedVersion } from "./versions.ts";

type Input = Narrowed<"comparisons.spending">;
type Output = RequestOutput<"comparisons.spending">;
type Measure = (typeof spendingMeasures)[number];

const mostPoints = 100;

/** What each version's attempts used up against what they solved, and its solve rate over budgets of one measure. */
export function versionSpending(context: QueryContext, input: Input): Output {
  return {
    level,
    versions: talliedVersions(context, input).map((one) => {
      const places = placesOf(one);
      const of = (measure: Measure): Spent => spentOf(context, one, places, measure);
      const curve = budgetCurveOf(one.tallies, solvedOf(context, one, places, input), {
        unit: "cluster",
        level,
        mostPoints,
      });
      return {
        version: one.version,
        cost: of("cost"),
        tokens: of("tokens"),
        time: of("time"),
        curve: { measure: input.measure, ...curve, points: [...curve.points] },
      };
    }),
  };
}

/** For each of a version's runs, the place of each of its tasks among the version's tallies. */
function placesOf({ byRun, tallies }: TalliedVersion): readonly (readonly number[])[] {
  const all = new Map(tallies.map(({ task }, place) => [task, place]));
  return byRun.map((own) => own.map(({ task }) => all.get(task) ?? -1));
}

function spentOf(
  context: QueryContext,
  { runs, tallies }: TalliedVersion,
  places: readonly (readonly number[])[],
  measure: Measure,
): Spent {
  const sums = tallies.map(() => ({ made: 0, known: 0, spent: [] as number[] }));
  for (const [place, run] of runs.entries()) {
    const own = runSpending(context, run, measure);
    places[place]?.forEach((task, at) => {
      const sum = sums[task];
      if (sum === undefined) return;
      sum.made += own.made[at] ?? 0;
      sum.known += own.known[at] ?? 0;
      sum.spent.push(own.spent[at] ?? 0);
    });
  }
  const tasks = tallies.map(({ task, cluster, solved }, place): SpendingTask => {
    const { made, known, spent } = sums[place] ?? { made: 0, known: 0, spent: [] };
    return { task, cluster, made, known, spent: exactSum(spent), solved: solved > 0 };
  });
  return spending(tasks, { level, unit: "cluster" });
}

/** The attempts that the policy counts as solved. */
function solvedOf(
  context: QueryContext,
  { runs }: TalliedVersion,
  places: readonly (readonly number[])[],
  { measure, policy }: Input,
): SolvedSpending {
  const found = runs.map((run) => solvedSpending(context, run, measure));
  const most = found.reduce((sum, { solvedTask }) => sum + solvedTask.length, 0);
  const [task, spent] = [new Int32Array(most), new Float64Array(most)];
  const isAlwaysCounted = policy.invalidated === "counted";
  let count = 0;
  for (const [run, own] of found.entries()) {
    const placesOfRun = places[run] ?? [];
    for (let at = 0; at < own.solvedTask.length; at += 1) {
      if (!isAlwaysCounted && own.solvedInvalid[at] !== 0) continue;
      task[count] = placesOfRun[own.solvedTask[at] ?? -1] ?? -1;
      spent[count] = own.solvedSpent[at] ?? Number.NaN;
      count += 1;
    }
  }
  return { task: task.subarray(0, count), spent: spent.subarray(0, count) };
}
