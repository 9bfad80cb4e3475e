import type { Flip, flipFilters } from "../../contract/comparing.ts";
import type { ParsedInput, RequestOutput } from "../../contract/index.ts";
import type { SharedTask } from "../../statistics/paired-difference.ts";
import { compareNames } from "../../statistics/task-tally.ts";
import type { QueryContext } from "../query-context.ts";
import { level } from "./level.ts";
import { comparePair, sharedBy } from "./pairs.ts";
import { attemptsToOpen } from "./attempt-to-open.ts";
import { taskFacts, type TaskFacts } from "./task-facts.ts";
import { talliedVersions, type TalliedVersion } from "./versions.ts";

type Input = ParsedInput<"comparisons.flips">;

/** The tasks that two versions share, those on which they differ first, each with an attempt to open on both sides. */
export function listFlips(context: QueryContext, input: Input): RequestOutput<"comparisons.flips"> {
  const [a, b = a] = talliedVersions(context, { ...input, modelVersionIds: [input.a, input.b] });
  if (a === undefined || b === undefined) throw new Error("one version was asked for at least");
  const facts = taskFacts(context.model, input.benchmarkId);
  const rows = sharedBy(a, b)
    .filter((task) => isListed(task, input.filter))
    .map((task) => ({ task, facts: facts(task.task) }))
    .sort(inOrder(input));
  const toOpen = (one: TalliedVersion): ReturnType<typeof attemptsToOpen> => attemptsToOpen(context, one, input.policy);
  const open = { a: toOpen(a), b: toOpen(b) };
  return {
    level,
    pair: comparePair(a, b),
    a: a.version,
    b: b.version,
    total: rows.length,
    rows: rows.slice(input.offset, input.offset + input.limit).map((row) => flip(row, open)),
  };
}

function isListed({ first, second, difference }: SharedTask, filter: (typeof flipFilters)[number]): boolean {
  if (filter === "shared") return true;
  return filter === "different" ? difference !== 0 : first.solved > 0 !== second.solved > 0;
}

interface Row {
  readonly task: SharedTask;
  readonly facts: TaskFacts;
}

/** What a key sorts by, as a number or a text; null goes last whichever way it is sorted. */
const sortValues: Record<Input["sort"], (row: Row) => number | string | null> = {
  difference: ({ task }) => Math.abs(task.difference),
  task: ({ facts }) => facts.position,
  category: ({ facts }) => facts.category,
  difficulty: ({ facts }) => facts.difficulty,
  humanMinutes: ({ facts }) => facts.humanMinutes,
  a: ({ task }) => task.first.solved / task.first.n,
  b: ({ task }) => task.second.solved / task.second.n,
};

function inOrder({ sort, descending }: Input): (a: Row, b: Row) => number {
  const valueOf = sortValues[sort];
  return (a, b) =>
    compareValues(valueOf(a), valueOf(b), descending) ||
    a.facts.position - b.facts.position ||
    compareNames(a.task.task, b.task.task);
}

function compareValues(a: number | string | null, b: number | string | null, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order = typeof a === "string" || typeof b === "string" ? compareNames(String(a), String(b)) : a - b;
  return descending ? -order : order;
}

function flip({ task, facts }: Row, open: Record<"a" | "b", (task: string) => Flip["a"]["attempt"]>): Flip {
  const { first, second, difference } = task;
  const side = ({ n, solved }: SharedTask["first"], attempt: Flip["a"]["attempt"]): Flip["a"] => ({
    n,
    solved,
    attempt,
  });
  const { title, category, difficulty, humanMinutes } = facts;
  return {
    task: task.task,
    title,
    category,
    difficulty,
    humanMinutes,
    group: groupOf(first.solved > 0, second.solved > 0),
    a: side(first, open.a(task.task)),
    b: side(second, open.b(task.task)),
    difference,
  };
}

function groupOf(a: boolean, b: boolean): Flip["group"] {
  if (a) return b ? "both" : "only-a";
  return b ? "only-b" : "neither";
}
