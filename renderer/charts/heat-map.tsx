import { Group } from "@visx/group";
import { scaleLinear } from "@visx/scale";
import { Bar, Line } from "@visx/shape";
import type { ReactElement } from "react";
import {
  formatCounted,
  formatFraction,
  formatInterval,
  formatIntervalMethod,
  formatRate,
} from "../../electron/contract/number-text.ts";
import type { Rate } from "../../electron/contract/values.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { type ChartTable, px } from "./chart-parts.ts";
import { ChartText } from "./chart-text.tsx";
import { type ChartMatrix, rateAt } from "./matrix-cells.ts";
import { type ChartPalette, screenPalette } from "./palette.ts";
import { wrapText } from "./text-layout.ts";

interface HeatMapProps {
  readonly id: string;
  readonly title: string;
  readonly matrix: ChartMatrix;
  readonly palette?: ChartPalette;
  readonly width?: number;
}

const labelWidth = 190;
const headHeight = 54;
const rowHeight = 60;
const narrowestCell = 96;
/** Opacity of the heat colour at rate 0 and 1: ink on it keeps 4.5 to 1 in every theme. */
const heat = scaleLinear<number>({ domain: [0, 1], range: [0.06, 0.66] });

/** Model versions × benchmarks: rate, solved of n, interval. The number is written in each cell; the colour only repeats it. */
export function HeatMap({ id, title, matrix, palette = screenPalette, width = 720 }: HeatMapProps): ReactElement {
  const cell = cellWidth(matrix, width);
  const { width: full, height } = heatMapSize(matrix, width);
  return (
    <ChartFrame id={id} name="heat-map" title={title} summary={heatMapSummary(matrix)} width={full} height={height}>
      <ChartText x={0} y={headHeight - 10} fill={palette.ink3} size={11.5} weight={600} lines="Model version" />
      {matrix.benchmarks.map((benchmark, index) => (
        <ColumnHead
          key={benchmark.id}
          name={benchmark.title}
          tasks={benchmark.tasks === null ? "" : formatCounted(benchmark.tasks, "task")}
          right={labelWidth + cell * (index + 1) - 8}
          width={cell - 12}
          palette={palette}
        />
      ))}
      <Line x1={0} x2={px(full)} y1={headHeight - 0.5} y2={headHeight - 0.5} stroke={palette.line2} />
      {matrix.modelVersions.map((model, row) => (
        <Group key={model.id} top={headHeight + row * rowHeight}>
          <ChartText
            x={0}
            y={20}
            fill={palette.ink}
            weight={550}
            lines={wrapText(model.words, labelWidth - 12, 12, 3)}
          />
          {matrix.benchmarks.map((benchmark, column) => (
            <Group key={benchmark.id} left={labelWidth + column * cell}>
              <HeatCell rate={rateAt(matrix, model.id, benchmark.id)} width={cell} palette={palette} />
            </Group>
          ))}
          <Line x1={0} x2={px(full)} y1={rowHeight - 0.5} y2={rowHeight - 0.5} stroke={palette.line} />
        </Group>
      ))}
    </ChartFrame>
  );
}

function cellWidth(matrix: ChartMatrix, width: number): number {
  return Math.max(narrowestCell, (width - labelWidth) / Math.max(1, matrix.benchmarks.length));
}

/** Size of a heat map that is to be at least `width` wide. */
export function heatMapSize(matrix: ChartMatrix, width = 720): { readonly width: number; readonly height: number } {
  return {
    width: labelWidth + cellWidth(matrix, width) * Math.max(1, matrix.benchmarks.length),
    height: headHeight + rowHeight * matrix.modelVersions.length + 1,
  };
}

interface ColumnHeadProps {
  readonly name: string;
  readonly tasks: string;
  readonly right: number;
  readonly width: number;
  readonly palette: ChartPalette;
}

function ColumnHead({ name, tasks, right, width, palette }: ColumnHeadProps): ReactElement {
  const lines = wrapText(name, width, 11.5, 2);
  const y = headHeight - 10 - lines.length * 14;
  return (
    <>
      <ChartText x={right} y={y} fill={palette.ink2} size={11.5} weight={600} anchor="end" leading={14} lines={lines} />
      <ChartText x={right} y={headHeight - 10} fill={palette.ink3} size={11} anchor="end" lines={tasks} />
    </>
  );
}

interface HeatCellProps {
  readonly rate: Rate | null;
  readonly width: number;
  readonly palette: ChartPalette;
}

function HeatCell({ rate, width, palette }: HeatCellProps): ReactElement {
  const right = width - 8;
  const share = rate?.rate ?? null;
  if (rate === null || share === null) {
    return (
      <ChartText x={right} y={33} fill={palette.ink3} anchor="end" lines={rate === null ? "not run" : "no result"} />
    );
  }
  const opacity = px(heat(share));
  return (
    <g className="heat-cell">
      <title>{`${formatInterval(rate.interval)} ${formatIntervalMethod(rate.interval)}`}</title>
      <Bar x={1} y={1} width={px(width - 2)} height={rowHeight - 3} rx={3} fill={palette.heat0} />
      <Bar x={1} y={1} width={px(width - 2)} height={rowHeight - 3} rx={3} fill={palette.heat} fillOpacity={opacity} />
      <ChartText
        x={right}
        y={20}
        fill={palette.ink}
        size={14}
        weight={650}
        anchor="end"
        lines={formatRate(rate.rate)}
      />
      <ChartText
        x={right}
        y={35}
        fill={palette.ink}
        size={11}
        anchor="end"
        lines={formatFraction(rate.solved, rate.n)}
      />
      <ChartText x={right} y={49} fill={palette.ink} size={11} anchor="end" lines={formatInterval(rate.interval)} />
    </g>
  );
}

/** "Solve rates of 3 model versions on 2 benchmarks. Highest: … Lowest: … 1 combination was not run." */
export function heatMapSummary(matrix: ChartMatrix): string {
  const results = matrix.modelVersions.flatMap((model) =>
    matrix.benchmarks.flatMap((benchmark) => {
      const rate = rateAt(matrix, model.id, benchmark.id)?.rate ?? null;
      return rate === null ? [] : [{ words: `${model.words} on ${benchmark.title}`, rate }];
    }),
  );
  const [models, benchmarks] = [matrix.modelVersions.length, matrix.benchmarks.length];
  const scope = `Solve rates of ${plural(models, "model version")} on ${plural(benchmarks, "benchmark")}.`;
  const ranked = results.toSorted((a, b) => b.rate - a.rate);
  const [highest, lowest] = [ranked[0], ranked[ranked.length - 1]];
  if (highest === undefined || lowest === undefined) return `${scope} There are no results yet.`;
  const ends = `Highest: ${highest.words}, ${formatRate(highest.rate)}. Lowest: ${lowest.words}, ${formatRate(lowest.rate)}.`;
  const missing = models * benchmarks - results.length;
  return missing === 0 ? `${scope} ${ends}` : `${scope} ${ends} ${plural(missing, "combination")} without a result.`;
}

function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** One row a model version and benchmark that was run. */
export function heatMapTable(matrix: ChartMatrix): ChartTable {
  const labels = ["Model version", "Benchmark", "Rate", "Interval", "Solved / n", "Method"];
  return {
    columns: labels.map((label, index) => ({ key: label.toLowerCase(), label, numeric: index >= 2 && index <= 4 })),
    rows: matrix.modelVersions.flatMap((model) =>
      matrix.benchmarks.flatMap((benchmark) => {
        const rate = rateAt(matrix, model.id, benchmark.id);
        if (rate === null) return [[model.words, benchmark.title, "not run", "", "", ""]];
        const { interval, solved, n } = rate;
        const numbers = [formatRate(rate.rate), formatInterval(interval), formatFraction(solved, n)];
        return [[model.words, benchmark.title, ...numbers, formatIntervalMethod(interval)]];
      }),
    ),
  };
}
