import { AreaClosed, Line, LinePath } from "@visx/shape";
import type { ReactElement, ReactNode } from "react";
import { ChartFrame } from "./chart-frame.tsx";
import { px } from "./chart-parts.ts";
import { ChartText } from "./chart-text.tsx";
import { type ChartPalette, screenPalette } from "./palette.ts";
import { LyingAxis, UprightAxis } from "./plot-axes.tsx";
import {
  hasIntervals,
  keySize,
  layOutPlot,
  type Plot,
  type PlotLayout,
  type PlotPoint,
  type PlotSeries,
} from "./plot.ts";
import { SeriesSign } from "./series-look.tsx";

interface PlotChartProps {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly plot: Plot;
  readonly width: number;
  readonly height: number;
  readonly palette?: ChartPalette;
  /** The series that stands out: the others are drawn in grey. null: all alike. */
  readonly emphasis?: string | null;
  /** What walks over the marks, on a screen. */
  readonly children?: ReactNode;
}

/** Lines, bands and points over two axes, each series named at its end in its sign. */
export function PlotChart(props: PlotChartProps): ReactElement {
  const { id, name, title, summary, plot, width, height, palette = screenPalette, emphasis = null, children } = props;
  const layout = layOutPlot(plot, width, height);
  const frame = { id, name, title, summary, width, height: layout.height, isWalked: children !== undefined };
  const isFaint = (series: PlotSeries): boolean => emphasis !== null && series.id !== emphasis;
  const isWhole = (series: PlotSeries): boolean => hasIntervals(plot, series, emphasis);
  // What stands out is drawn last, over the others.
  const ordered = plot.series.toSorted((a, b) => Number(a.id === emphasis) - Number(b.id === emphasis));
  return (
    <ChartFrame {...frame}>
      <UprightAxis scale={layout.y} ticks={layout.yTicks} label={plot.y.label} room={layout} palette={palette} />
      <LyingAxis scale={layout.x} ticks={layout.xTicks} label={plot.x.label} room={layout} palette={palette} />
      {ordered.filter(isWhole).map((series) => (
        <SeriesBand key={series.id} series={series} layout={layout} palette={palette} />
      ))}
      {plot.drops.map(({ x, y, look }) => (
        <Line
          key={`${String(x)} ${String(y)}`}
          x1={px(layout.x.at(x))}
          x2={px(layout.x.at(x))}
          y1={px(layout.y.at(y))}
          y2={layout.bottom}
          stroke={palette[look.colour]}
          strokeDasharray="3 3"
          strokeOpacity={0.8}
        />
      ))}
      {ordered.map((series) => (
        <SeriesLine key={series.id} series={series} layout={layout} palette={palette} isFaint={isFaint(series)} />
      ))}
      {ordered.map((series) =>
        series.points.map((point) => (
          <PointSign
            key={point.id}
            point={isWhole(series) ? point : { ...point, xInterval: null, yInterval: null }}
            series={series}
            layout={layout}
            palette={palette}
            isFaint={isFaint(series)}
          />
        )),
      )}
      {layout.keys.map(({ series, y, words }) => (
        <g key={series.id} className="plot-key">
          <KeySign series={series} x={layout.keyLeft} y={y} palette={palette} isFaint={isFaint(series)} />
          <ChartText
            x={layout.keyLeft + 12}
            y={y + 4}
            fill={isFaint(series) ? palette.ink3 : palette.ink}
            size={keySize}
            weight={series.id === emphasis ? 650 : 400}
            lines={words}
          />
        </g>
      ))}
      {children}
    </ChartFrame>
  );
}

interface KeySignProps {
  readonly series: PlotSeries;
  readonly x: number;
  readonly y: number;
  readonly palette: ChartPalette;
  readonly isFaint: boolean;
}

/** The sign of a series beside its name; of a line without points a piece of the line. */
function KeySign({ series, x, y, palette, isFaint }: KeySignProps): ReactElement {
  if (series.points.length > 0)
    return <SeriesSign look={series.look} x={x} y={y} size={4} palette={palette} isFaint={isFaint} />;
  const colour = isFaint ? palette.line2 : palette[series.look.colour];
  return <Line x1={px(x - 6)} x2={px(x + 6)} y1={y} y2={y} stroke={colour} strokeWidth={2} strokeDasharray="5 2" />;
}

interface SeriesProps {
  readonly series: PlotSeries;
  readonly layout: PlotLayout;
  readonly palette: ChartPalette;
  readonly isFaint: boolean;
}

function SeriesBand({ series, layout, palette }: Omit<SeriesProps, "isFaint">): ReactElement | null {
  if (series.band.length < 2) return null;
  const { x, y } = layout;
  return (
    <AreaClosed
      className="plot-band"
      data={[...series.band]}
      x={(at) => px(x.at(at.x))}
      y0={(at) => px(y.at(at.low))}
      y1={(at) => px(y.at(at.high))}
      yScale={y.scale}
      fill={palette[series.look.colour]}
      fillOpacity={0.13}
    />
  );
}

/** A step's corners: each value is held until the next. */
function corners(line: PlotSeries["line"]): PlotSeries["line"] {
  return line.flatMap(([x, y], index) => {
    const before = line[index - 1];
    return before === undefined ? [[x, y] as const] : [[x, before[1]] as const, [x, y] as const];
  });
}

function SeriesLine({ series, layout, palette, isFaint }: SeriesProps): ReactElement | null {
  if (series.line.length < 2) return null;
  const points = series.curve === "steps" ? corners(series.line) : series.line;
  return (
    <LinePath
      className="plot-line"
      data={[...points]}
      x={([x]) => px(layout.x.at(x))}
      y={([, y]) => px(layout.y.at(y))}
      stroke={isFaint ? palette.line2 : palette[series.look.colour]}
      strokeWidth={2}
      strokeLinejoin="round"
      {...(series.isDashed ? { strokeDasharray: "6 4" } : {})}
    />
  );
}

interface PointSignProps extends SeriesProps {
  readonly point: PlotPoint;
}

function PointSign({ point, series, layout, palette, isFaint }: PointSignProps): ReactElement {
  const [x, y] = [px(layout.x.at(point.x)), px(layout.y.at(point.y))];
  const colour = isFaint ? palette.line2 : palette[series.look.colour];
  const { xInterval, yInterval } = point;
  if (point.size === "small") {
    const ink = isFaint ? palette.line2 : palette[series.look.colour];
    return <circle className="plot-small" cx={x} cy={y} r={3} fill={palette.panel} stroke={ink} strokeWidth={1.25} />;
  }
  return (
    <g className="plot-point">
      {yInterval === null ? null : (
        <Whisker from={[x, px(layout.y.at(yInterval.high))]} to={[x, px(layout.y.at(yInterval.low))]} colour={colour} />
      )}
      {xInterval === null ? null : (
        <Whisker from={[px(layout.x.at(xInterval.low)), y]} to={[px(layout.x.at(xInterval.high)), y]} colour={colour} />
      )}
      <SeriesSign look={series.look} x={x} y={y} palette={palette} isFaint={isFaint} />
    </g>
  );
}

interface WhiskerProps {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly colour: string;
}

/** An interval: a line with a stop at each end. */
export function Whisker({ from, to, colour }: WhiskerProps): ReactElement {
  const isUpright = from[0] === to[0];
  const ends = [from, to];
  const [dx, dy] = isUpright ? [4, 0] : [0, 4];
  return (
    <g className="plot-interval" stroke={colour} strokeWidth={1.5} strokeOpacity={0.7}>
      <Line x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} />
      {ends.map(([x, y], index) => (
        <Line key={index} x1={px(x - dx)} y1={px(y - dy)} x2={px(x + dx)} y2={px(y + dy)} />
      ))}
    </g>
  );
}
