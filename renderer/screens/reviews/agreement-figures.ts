import {
  formatCount,
  formatCounted,
  formatInterval,
  formatIntervalMethod,
  formatRate,
} from "../../../electron/contract/number-text.ts";
import type { AgreementFigure, ReviewAgreement } from "../../../electron/contract/reviewing.ts";
import { csvNumber, csvText } from "../../chart-files/csv.ts";
import { intervalCells, intervalColumns, methodsOf, numberCell, wordsCell } from "../../charts/drawn-chart.ts";
import type { DrawnChart } from "../../charts/drawn-chart.ts";
import { rateAxis, type PlotAxis } from "../../charts/plot-axis.ts";
import { seriesLook } from "../../charts/series-look.tsx";

/** Which number says how far reviewers agree. */
export const coefficients = ["kappa", "alpha", "raw"] as const;
export type Coefficient = (typeof coefficients)[number];

export const coefficientWords: Readonly<Record<Coefficient, string>> = {
  kappa: "Cohen’s kappa",
  alpha: "Krippendorff’s alpha",
  raw: "Raw agreement",
};

type Row = ReviewAgreement["rows"][number];

const reasons: Readonly<Record<NonNullable<AgreementFigure["reason"]>, string>> = {
  "no-items": "no item was judged by two",
  "one-category": "one answer throughout",
  "more-than-two-reviewers": "more than two reviewers",
  "blind-until-frozen": "shown when the round is frozen",
  "not-asked": "not asked",
};

/** Why there is no such figure, in words. */
export function missingWords({ reason }: AgreementFigure): string {
  return reason === null ? "not defined" : reasons[reason];
}

/** "0.712, [0.52, 0.86] bootstrap over items, percentiles, 95 %, n 48". */
export function figureWords(figure: AgreementFigure): string {
  if (figure.value === null) return missingWords(figure);
  const interval =
    figure.interval === null
      ? "no interval"
      : `${formatInterval(figure.interval)} ${formatIntervalMethod(figure.interval)}`;
  return `${formatRate(figure.value)}, ${interval}, n ${formatCount(figure.n)}`;
}

/** From −1, never alike, over 0, as chance would have it, to 1, always alike. */
function chanceAxis(label: string): PlotAxis {
  const values = [-1, -0.5, 0, 0.5, 1];
  const words = (value: number): string => String(value).replace("-", "−");
  return { kind: "linear", low: -1, high: 1, ticks: values.map((value) => ({ value, words: words(value) })), label };
}

function shown({ rows }: ReviewAgreement, by: Coefficient): readonly Row[] {
  return rows.filter((row) => row[by].reason !== "not-asked");
}

/** One or two sentences: what was judged how often by two, and how far they agree. */
export function agreementSummary(agreement: ReviewAgreement, by: Coefficient): string {
  const { items, reviewers, adjudicated } = agreement;
  if (items === 0) return "No item was judged by two yet.";
  const of = `${formatCounted(items, "item")} judged by two of ${formatCounted(reviewers, "reviewer")}, each before seeing the other’s judgement; ${formatCount(adjudicated)} went to a third person.`;
  const rows = shown(agreement, by).map((row) => {
    const figure = row[by];
    const numbers = `${formatRate(figure.value)} ${formatInterval(figure.interval)}`;
    return `${row.words} ${figure.value === null ? missingWords(figure) : numbers}`;
  });
  return `${of} ${coefficientWords[by]}: ${rows.join("; ")}.`;
}

/** How the intervals were made, over what and from which seed. */
export function agreementMethod({ rows, seed }: ReviewAgreement, by: Coefficient): string {
  const methods = methodsOf(rows.flatMap((row) => (row[by].interval === null ? [] : [row[by].interval])));
  return by === "raw" ? methods : `${methods}; seed ${String(seed)}`;
}

/** How far reviewers agree, one row a question: a sign with its interval, the numbers beside it. */
export function agreementChart(agreement: ReviewAgreement, by: Coefficient, labelWidth = 170): DrawnChart {
  const rows = shown(agreement, by);
  const title = `${coefficientWords[by]} of reviewers`;
  return {
    slug: `agreement-${by}`,
    title,
    summary: agreementSummary(agreement, by),
    method: agreementMethod(agreement, by),
    twin: {
      columns: [
        { key: "question", label: "Question", numeric: false },
        { key: by, label: coefficientWords[by], numeric: true },
        ...intervalColumns,
        { key: "n", label: "n", numeric: true },
      ],
      rows: rows.map((row) => ({
        id: row.key,
        cells: [
          wordsCell(row.words),
          numberCell(row[by].value, formatRate),
          ...intervalCells(row[by].interval),
          numberCell(row[by].n, formatCount),
        ],
      })),
    },
    body: {
      kind: "rows",
      plan: {
        axis: by === "raw" ? rateAxis("Share of items alike") : chanceAxis(`${coefficientWords[by]}, 0 is chance`),
        origin: by === "raw" ? null : 0,
        labelWidth,
        columns: [
          { header: "Value", width: 56 },
          { header: "Interval", width: 108 },
          { header: "n", width: 46 },
        ],
        rows: rows.map((row) => {
          const { value, interval, n } = row[by];
          return {
            id: row.key,
            label: row.words,
            group: null,
            value,
            interval,
            look: seriesLook(0),
            isFaint: by !== "raw" && interval !== null && interval.low <= 0,
            numbers:
              value === null
                ? ["", missingWords(row[by]), formatCount(n)]
                : [formatRate(value), formatInterval(interval), formatCount(n)],
            spoken: `${row.words}: ${figureWords(row[by])}`,
          };
        }),
      },
    },
  };
}

const csvColumns = [
  "question",
  "both",
  "one",
  "none",
  ...coefficients.flatMap((by) => [by, `${by}_low`, `${by}_high`, `${by}_method`, `${by}_n`]),
];

/** All three coefficients as CSV: one row a question. */
export function agreementCsv({ rows }: ReviewAgreement): string {
  const lines = rows.map((row) => [
    row.words,
    ...[row.table?.both, row.table?.one, row.table?.none].map((count) => csvNumber(count ?? null)),
    ...coefficients.flatMap((by) => {
      const { value, interval, n } = row[by];
      const method = value === null || interval === null ? missingWords(row[by]) : formatIntervalMethod(interval);
      return [
        ...[value, interval?.low, interval?.high].map((number) => csvNumber(number ?? null)),
        method,
        csvNumber(n),
      ];
    }),
  ]);
  return csvText([csvColumns, ...lines]);
}
