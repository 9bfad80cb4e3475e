import type { ComparedPair, ComparisonTable, Flip, pairTestMethods } from "../../contract/comparing.ts";
import type { RequestOutput } from "../../contract/index.ts";
import { formatCount, formatFraction } from "../../contract/number-text.ts";
import {
  chance,
  change,
  column,
  figure,
  intervalCells,
  intervalColumns,
  minutes,
  share,
  whole,
  words,
  type Row,
} from "./table-cells.ts";

const testWords: Readonly<Record<(typeof pairTestMethods)[number], string>> = {
  "mcnemar-exact": "McNemar, exact",
  "sign-flip-exact": "sign flips, all counted",
  "sign-flip-sampled": "sign flips, drawn",
};

function testCell(test: ComparedPair["test"]): string | null {
  if (test === null) return null;
  const { drawn } = test;
  return drawn === null
    ? testWords[test.method]
    : `${testWords[test.method]} (${String(drawn.draws)}, seed ${String(drawn.seed)})`;
}

/** Every pair of versions, a row each. */
export function pairsTable(answer: RequestOutput<"comparisons.pairs">): ComparisonTable {
  const wordsOf = new Map(answer.versions.map((version) => [version.id, version.words]));
  return {
    id: "pairs",
    title: "Paired comparison",
    caption:
      "Difference B − A over the tasks that both attempted. p is two-sided; adjusted by Holm over the tests of this table.",
    columns: [
      column("a", "A"),
      column("b", "B"),
      figure("tasks", "Shared tasks"),
      figure("leftOut", "Left out", "tasks of one alone"),
      figure("rateA", "Rate A"),
      figure("rateB", "Rate B"),
      figure("difference", "B − A"),
      ...intervalColumns(),
      figure("units", "Units"),
      figure("p", "p"),
      figure("adjustedP", "p, Holm"),
      column("test", "Test"),
      figure("onlyA", "Only A", "tasks"),
      figure("onlyB", "Only B", "tasks"),
    ],
    rows: answer.pairs.map((pair): Row => ({
      a: words(wordsOf.get(pair.a) ?? pair.a),
      b: words(wordsOf.get(pair.b) ?? pair.b),
      tasks: whole(pair.tasks),
      leftOut: whole(pair.onlyTasksOfA + pair.onlyTasksOfB),
      rateA: share(pair.rateA.rate),
      rateB: share(pair.rateB.rate),
      difference: change(pair.difference),
      ...intervalCells(pair.interval, change),
      units: whole(pair.units),
      p: chance(pair.test?.p ?? null),
      adjustedP: chance(pair.test?.adjustedP ?? null),
      test: words(testCell(pair.test)),
      onlyA: whole(pair.flips.onlyA),
      onlyB: whole(pair.flips.onlyB),
    })),
  };
}

const groupWords: Readonly<Record<Flip["group"], string>> = {
  "only-a": "only A",
  "only-b": "only B",
  both: "both",
  neither: "neither",
};

/** The tasks of a flip list, a row each. */
export function flipsTable(answer: RequestOutput<"comparisons.flips">): ComparisonTable {
  const solved = ({ solved: count, n }: Flip["a"]): Row[string] => ({
    value: count / n,
    text: formatFraction(count, n),
  });
  return {
    id: "flips",
    title: "Tasks on which two versions differ",
    caption: `A: ${answer.a.words}. B: ${answer.b.words}. Solved of the attempts that count; the ${formatCount(answer.rows.length)} with the largest differences of ${formatCount(answer.total)}.`,
    columns: [
      column("task", "Task"),
      column("category", "Category"),
      column("difficulty", "Difficulty"),
      figure("minutes", "Human time", "min"),
      figure("a", "A", "solved / n"),
      figure("b", "B", "solved / n"),
      figure("difference", "B − A"),
      column("group", "Solved by"),
    ],
    rows: answer.rows.map((flip): Row => ({
      task: words(flip.title),
      category: words(flip.category),
      difficulty: words(flip.difficulty),
      minutes: minutes(flip.humanMinutes),
      a: solved(flip.a),
      b: solved(flip.b),
      difference: change(flip.difference),
      group: words(groupWords[flip.group]),
    })),
  };
}
