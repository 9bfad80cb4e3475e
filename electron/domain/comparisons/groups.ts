import type { taskGroupings } from "../../contract/comparing.ts";
import type { RequestOutput } from "../../contract/index.ts";
import { breakdown, type BreakdownGroup } from "../../statistics/breakdown.ts";
import { metrBinEdges } from "../../statistics/horizon/outcomes.ts";
import { rateOf, rateOfTallies } from "../../statistics/solve-rate.ts";
import { compareNames } from "../../statistics/task-tally.ts";
import type { QueryContext } from "../query-context.ts";
import { level } from "./level.ts";
import { taskFacts, type TaskFacts } from "./task-facts.ts";
import { talliedVersions, type Narrowed } from "./versions.ts";

type Grouping = (typeof taskGroupings)[number];

/** Solve rates by category, difficulty or human time: a row a group, a rate a version. */
export function rateGroups(
  context: QueryContext,
  input: Narrowed<"comparisons.groups">,
): RequestOutput<"comparisons.groups"> {
  const versions = talliedVersions(context, input);
  const facts = taskFacts(context.model, input.benchmarkId);
  const groupOf = (task: string): string | null => groupOfTask(facts(task), input.by);
  const tasks = new Set(versions.flatMap(({ tallies }) => tallies.filter(({ n }) => n > 0).map(({ task }) => task)));
  const names = groupNames(tasks, groupOf, input.by);
  const options = { unit: "cluster", level, ...(input.together ? { together: names.length } : {}) } as const;
  const byVersion = versions.map(({ tallies }) => breakdown(tallies, groupOf, options));
  return {
    versions: versions.map(({ version }) => version),
    level,
    groups: names.map((name) => ({
      name,
      tasks: [...tasks].filter((task) => groupOf(task) === name).length,
      rates: byVersion.map((groups) => rateOf(resultOf(groups, name))),
    })),
  };
}

function resultOf(groups: readonly BreakdownGroup[], name: string | null): BreakdownGroup["result"] {
  return groups.find((group) => group.name === name)?.result ?? rateOfTallies([]);
}

function groupOfTask(task: TaskFacts, by: Grouping): string | null {
  if (by === "category") return task.category;
  if (by === "difficulty") return task.difficulty;
  return task.humanMinutes === null ? null : timeSpan(task.humanMinutes);
}

const spans = [0, ...metrBinEdges, Number.POSITIVE_INFINITY];

/** METR's spans of human time: "4 to 16 min". */
function timeSpan(minutes: number): string {
  const above = spans.findIndex((edge) => edge > minutes);
  return spanName(above);
}

function spanName(above: number): string {
  const [from = 0, to = Number.POSITIVE_INFINITY] = [spans[above - 1], spans[above]];
  if (to === Number.POSITIVE_INFINITY) return `${String(from)} min and more`;
  return from === 0 ? `below ${String(to)} min` : `${String(from)} to ${String(to)} min`;
}

/** In order of name, spans of time in order of length; tasks without a value last. */
function groupNames(
  tasks: ReadonlySet<string>,
  groupOf: (task: string) => string | null,
  by: Grouping,
): (string | null)[] {
  const found = new Set([...tasks].map(groupOf));
  const named = [...found].filter((name) => name !== null);
  const ordered =
    by === "human-time"
      ? spans.map((_, at) => spanName(at)).filter((name) => found.has(name))
      : named.sort(compareNames);
  return found.has(null) ? [...ordered, null] : ordered;
}
