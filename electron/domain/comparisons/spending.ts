import type { spendingMeasures, Spent } from "../../contract/comparing.ts";
import type { RequestOutput } from "../../contract/index.ts";
import { budgetCurveOf, type SolvedSpending } from "../../statistics/budget-curve.ts";
import { exactSum } from "../../statistics/exact-sum.ts";
import { spending, type SpendingTask } from "../../statistics/spending.ts";
import type { QueryContext } from "../query-context.ts";
import { level } from "./level.ts";
import { runSpending, type RunSpending } from "../runs/details.ts";
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
      const runs = spentRuns(context, one);
      const own = runs(input.measure);
      const curve = budgetCurveOf(one.tallies, solvedOf(own, input), { unit: "cluster", level, mostPoints });
      return {
        version: one.version,
        cost: spentOf(one, runs("cost")),
        tokens: spentOf(one, runs("tokens")),
        time: spentOf(one, runs("time")),
        curve: { measure: input.measure, ...curve, points: [...curve.points] },
      };
    }),
  };
}

interface SpentRun {
  /** The place of each of its tasks among the version's tallies. */
  readonly places: Int32Array;
  readonly spending: RunSpending;
}

/** What each of a version's runs used up, by measure. */
function spentRuns(context: QueryContext, { runs, byRun, tallies }: TalliedVersion): (measure: Measure) => SpentRun[] {
  const all = new Map(tallies.map(({ task }, place) => [task, place]));
  const places = byRun.map((own) => Int32Array.from(own, ({ task }) => all.get(task) ?? -1));
  return (measure) =>
    runs.map((run, at) => ({
      places: places[at] ?? new Int32Array(0),
      spending: runSpending(context, run, measure),
    }));
}

function spentOf({ tallies }: TalliedVersion, runs: readonly SpentRun[]): Spent {
  const sums = tallies.map(() => ({ made: 0, known: 0, spent: [] as number[] }));
  for (const { places, spending: own } of runs) {
    for (const [at, place] of places.entries()) {
      const sum = sums[place];
      if (sum === undefined) continue;
      sum.made += own.made[at] ?? 0;
      sum.known += own.known[at] ?? 0;
      sum.spent.push(own.spent[at] ?? 0);
    }
  }
  const tasks = tallies.map(({ task, cluster, solved }, place): SpendingTask => {
    const { made, known, spent } = sums[place] ?? { made: 0, known: 0, spent: [] };
    return { task, cluster, made, known, spent: exactSum(spent), solved: solved > 0 };
  });
  return spending(tasks, { level, unit: "cluster" });
}

/** The attempts that the policy counts as solved. */
function solvedOf(runs: readonly SpentRun[], { policy }: Input): SolvedSpending {
  const most = runs.reduce((sum, { spending: own }) => sum + own.solvedTask.length, 0);
  const solved = { task: new Int32Array(most), spent: new Float64Array(most) };
  const isAlwaysCounted = policy.invalidated === "counted";
  let count = 0;
  for (const { places, spending: own } of runs) {
    for (const [at, place] of own.solvedTask.entries()) {
      if (!isAlwaysCounted && own.solvedInvalid[at] !== 0) continue;
      solved.task[count] = places[place] ?? -1;
      solved.spent[count] = own.solvedSpent[at] ?? Number.NaN;
      count += 1;
    }
  }
  return { task: solved.task.subarray(0, count), spent: solved.spent.subarray(0, count) };
}
