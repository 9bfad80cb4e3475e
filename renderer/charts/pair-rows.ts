import type { ComparedPair, ComparedVersion, pairTestMethods } from "../../electron/contract/comparing.ts";
import {
  formatCounted,
  formatDifference,
  formatInterval,
  formatLevel,
  formatP,
  formatRate,
} from "../../electron/contract/number-text.ts";
import {
  intervalCells,
  intervalColumns,
  intervalWords,
  listWords,
  methodsOf,
  numberCell,
  wordsCell,
  type DrawnChart,
} from "./drawn-chart.ts";
import { differenceAxis } from "./plot-axis.ts";
import type { ChartRow } from "./row-chart.tsx";
import type { SeriesLook } from "./series-look.tsx";

export interface PairsData {
  readonly versions: readonly ComparedVersion[];
  readonly level: number;
  readonly pairs: readonly ComparedPair[];
  readonly tests: number;
}

/** What is said of a difference after the correction for several comparisons. */
export type Verdict = "higher" | "lower" | "not established" | "no shared task";

/** b against a: established where the adjusted p lies below 1 − level. */
export function verdictOf(pair: ComparedPair, level: number): Verdict {
  if (pair.difference === null || pair.test === null) return "no shared task";
  // 1 − 0.95 is a hair more than 0.05 to a computer.
  const alpha = Number((1 - level).toFixed(9));
  if (pair.test.adjustedP >= alpha || pair.difference === 0) return "not established";
  return pair.difference > 0 ? "higher" : "lower";
}

const looks: Readonly<Record<Verdict, SeriesLook>> = {
  higher: { colour: "series1", shape: "triangle", words: "triangle" },
  lower: { colour: "series2", shape: "wedge", words: "triangle down" },
  "not established": { colour: "series6", shape: "ring", words: "ring" },
  "no shared task": { colour: "series6", shape: "cross", words: "cross" },
};

const testWords: Readonly<Record<(typeof pairTestMethods)[number], string>> = {
  "mcnemar-exact": "McNemar, exact",
  "sign-flip-exact": "sign-flip permutation, exact",
  "sign-flip-sampled": "sign-flip permutation, sampled",
};

export function pairId(pair: Pick<ComparedPair, "a" | "b">): string {
  return `${pair.a} ${pair.b}`;
}

/** "sign-flip permutation, sampled (10,000 draws, seed 1)". */
export function testMethodWords(pair: ComparedPair): string {
  if (pair.test === null) return "no test";
  const { method, drawn } = pair.test;
  const how = testWords[method];
  return drawn === null ? how : `${how} (${formatCounted(drawn.draws, "draw")}, seed ${String(drawn.seed)})`;
}

/** Differences of pairs with their intervals, a row each, the highest first; every pair is b − a. */
export function pairRows(data: PairsData, benchmark: string, baselineId: string | null): DrawnChart {
  const names = new Map(data.versions.map(({ id, words }) => [id, words]));
  const name = (id: string): string => names.get(id) ?? id;
  const pairs = data.pairs.toSorted((x, y) => (y.difference ?? -2) - (x.difference ?? -2));
  const label = (pair: ComparedPair): string =>
    baselineId === pair.a ? name(pair.b) : `${name(pair.b)} − ${name(pair.a)}`;
  const title =
    baselineId === null
      ? `Differences of solve rates on ${benchmark}`
      : `Difference to ${name(baselineId)} on ${benchmark}`;
  const ends = pairs.flatMap((pair) => [
    pair.difference ?? 0,
    ...(pair.interval === null ? [] : [pair.interval.low, pair.interval.high]),
  ]);
  return {
    slug: "pairs",
    title,
    summary: pairsSummary(data, name, baselineId),
    method: pairsMethod(data),
    twin: pairTwin(pairs, data.level, name),
    body: {
      kind: "rows",
      plan: {
        axis: differenceAxis(
          ends,
          baselineId === null
            ? "Difference of solve rates"
            : "Solves less ←   difference of solve rates   → solves more",
        ),
        origin: 0,
        labelWidth: 250,
        columns: [
          { header: "Difference", width: 82 },
          { header: "Interval", width: 118 },
          { header: "p", width: 54 },
          { header: "p, Holm", width: 62 },
          { header: "Tasks", width: 50 },
          { header: "Verdict", width: 106 },
        ],
        rows: pairs.map((pair): ChartRow => {
          const verdict = verdictOf(pair, data.level);
          return {
            id: pairId(pair),
            label: label(pair),
            group: null,
            value: pair.difference,
            interval: pair.interval,
            look: looks[verdict],
            isFaint: verdict === "not established",
            numbers: pairNumbers(pair, verdict),
            spoken: `${name(pair.b)} against ${name(pair.a)}: ${pairWords(pair, data.level)}`,
          };
        }),
      },
    },
  };
}

function pairsMethod({ pairs, tests }: PairsData): string {
  const shared = pairs.map(({ tasks }) => tasks);
  const [fewest, most] = [Math.min(...shared), Math.max(...shared)];
  const tasks =
    fewest === most ? formatCounted(most, "shared task") : `${String(fewest)} to ${String(most)} shared tasks`;
  const methods = [...new Set(pairs.map(testMethodWords))].join("; ");
  const interval = methodsOf(pairs.map((pair) => pair.interval));
  return `Paired by task over ${tasks}; interval ${interval}; test: ${methods}; Holm over ${formatCounted(tests, "test")}.`;
}

function pairNumbers(pair: ComparedPair, verdict: Verdict): string[] {
  if (pair.difference === null) return ["", "", "", "", "0", verdict];
  return [
    formatDifference(pair.difference),
    formatInterval(pair.interval),
    formatP(pair.test?.p ?? null),
    formatP(pair.test?.adjustedP ?? null),
    String(pair.tasks),
    verdict,
  ];
}

/** "+0.092, [0.012, 0.171] clustered by task, t, 95 %; p 0.031, Holm 0.160, sign-flip permutation, exact; not established". */
export function pairWords(pair: ComparedPair, level: number): string {
  if (pair.difference === null) return "they share no task";
  const test =
    pair.test === null
      ? "no test"
      : `p ${formatP(pair.test.p)}, Holm ${formatP(pair.test.adjustedP)}, ${testMethodWords(pair)}`;
  const numbers = `${formatDifference(pair.difference)}, ${intervalWords(pair.interval)}; ${test}`;
  return `${numbers}; ${formatCounted(pair.tasks, "shared task")}; ${verdictOf(pair, level)}`;
}

function pairsSummary(data: PairsData, name: (id: string) => string, baselineId: string | null): string {
  const of = (verdict: Verdict): readonly ComparedPair[] =>
    data.pairs.filter((pair) => verdictOf(pair, data.level) === verdict);
  const corrected = `After Holm's correction for ${formatCounted(data.tests, "test")} at ${formatLevel(data.level)}`;
  if (baselineId === null) {
    const found = of("higher").length + of("lower").length;
    return `${corrected}, ${String(found)} of ${formatCounted(data.pairs.length, "difference")} are established.`;
  }
  const named = (verdict: "higher" | "lower", words: string): string[] => {
    const list = of(verdict);
    if (list.length === 0) return [];
    const who = list.length > 3 ? formatCounted(list.length, "model version") : listWords(list.map(({ b }) => name(b)));
    return [`${who} ${list.length === 1 ? words : words.replace("solves", "solve")}`];
  };
  const found = [...named("higher", "solves more"), ...named("lower", "solves less")];
  const rest = of("not established").length;
  const left = rest === 0 ? "" : ` ${formatCounted(rest, "difference")} ${rest === 1 ? "is" : "are"} not established.`;
  const start =
    found.length === 0
      ? `no difference to ${name(baselineId)} is established`
      : `${found.join("; ")} than ${name(baselineId)}`;
  return `${corrected}: ${start}.${found.length === 0 ? "" : left}`;
}

function pairTwin(pairs: readonly ComparedPair[], level: number, name: (id: string) => string): DrawnChart["twin"] {
  return {
    columns: [
      { key: "b", label: "Model version", numeric: false },
      { key: "a", label: "Against", numeric: false },
      { key: "difference", label: "Difference", numeric: true },
      ...intervalColumns,
      { key: "p", label: "p", numeric: true },
      { key: "p_holm", label: "p, Holm", numeric: true },
      { key: "test", label: "Test", numeric: false },
      { key: "tasks", label: "Tasks", numeric: true },
      { key: "rate_b", label: "Rate", numeric: true },
      { key: "rate_a", label: "Rate against", numeric: true },
      { key: "verdict", label: "Verdict", numeric: false },
    ],
    rows: pairs.map((pair) => ({
      id: pairId(pair),
      cells: [
        wordsCell(name(pair.b)),
        wordsCell(name(pair.a)),
        numberCell(pair.difference, formatDifference),
        ...intervalCells(pair.interval, formatDifference),
        numberCell(pair.test?.p ?? null, formatP),
        numberCell(pair.test?.adjustedP ?? null, formatP),
        wordsCell(testMethodWords(pair)),
        numberCell(pair.tasks, String),
        numberCell(pair.rateB.rate, formatRate),
        numberCell(pair.rateA.rate, formatRate),
        wordsCell(verdictOf(pair, level)),
      ],
    })),
  };
}
