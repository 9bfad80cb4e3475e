import type { spendingMeasures, Spent } from "../../contract/comparing.ts";
import type { RequestOutput } from "../../contract/index.ts";
import { budgetCurve } from "../../statistics/budget-curve.ts";
import { exactSum } from "../../statistics/exact-sum.ts";
import { spending, type SpendingTask, type SpentAttempt } from "../../statistics/spending.ts";
import type { QueryContext } from "../query-context.ts";
import { level } from "./level.ts";
import { runSpending, type RunSpending } from "../runs/details.ts";
import { runTasks, talliedVersions, type Narrowed, type TalliedVersion } from "./versions.ts";

type Input = Narrowed<"comparisons.spending">;
type Output = RequestOutput<"comparisons.spending">;
type Measure = (typeof spendingMeasures)[number];

const mostPoints = 100;

/** What each version's attempts used up against what they solved, and its solve rate over budgets of one measure. */
export function versionSpending(context: QueryContext, input: Input): Output {
  return {
    level,
    versions: talliedVersions(context, input).map((one) => {
      const runs = (measure: Measure): SpentRun[] => spentRuns(context, one, measure, input);
      const own = runs(input.measure);
      const curve = budgetCurve(one.tallies, solvedOf(own, input), { unit: "cluster", level, mostPoints });
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
  readonly tasks: readonly string[];
  readonly spending: RunSpending;
}

function spentRuns(context: QueryContext, { runs }: TalliedVersion, measure: Measure, { policy }: Input): SpentRun[] {
  return runs.map((run) => ({
    tasks: runTasks(context, run, policy),
    spending: runSpending(context, run, measure),
  }));
}

function spentOf({ tallies }: TalliedVersion, runs: readonly SpentRun[]): Spent {
  const sums = new Map<string, { made: number; known: number; spent: number[] }>();
  for (const { tasks, spending: own } of runs) {
    tasks.forEach((task, place) => {
      const sum = sums.get(task) ?? { made: 0, known: 0, spent: [] };
      sum.made += own.made[place] ?? 0;
      sum.known += own.known[place] ?? 0;
      sum.spent.push(own.spent[place] ?? 0);
      sums.set(task, sum);
    });
  }
  const tasks = tallies.map(({ task, cluster, solved }): SpendingTask => {
    const { made, known, spent } = sums.get(task) ?? { made: 0, known: 0, spent: [] };
    return { task, cluster, made, known, spent: exactSum(spent), solved: solved > 0 };
  });
  return spending(tasks, { level, unit: "cluster" });
}

/** The attempts that the policy counts as solved. */
function solvedOf(runs: readonly SpentRun[], { policy }: Input): SpentAttempt[] {
  const isCounted = (invalid: number | undefined): boolean => invalid === 0 || policy.invalidated === "counted";
  const attempts: SpentAttempt[] = [];
  for (const { tasks, spending: own } of runs) {
    for (let at = 0; at < own.solvedTask.length; at += 1) {
      if (!isCounted(own.solvedInvalid[at])) continue;
      const spent = own.solvedSpent[at] ?? Number.NaN;
      attempts.push({ task: tasks[own.solvedTask[at] ?? -1] ?? "", spent: Number.isNaN(spent) ? null : spent });
    }
  }
  return attempts;
}
