import { useId, useRef, useState, type ReactNode } from "react";
import type { DrawnChart } from "../../charts/drawn-chart.ts";
import { MarkLayer } from "../../charts/mark-layer.tsx";
import type { ChartMark } from "../../charts/marks.ts";
import { screenPalette } from "../../charts/palette.ts";
import { PlotChart } from "../../charts/plot-chart.tsx";
import { hasIntervals, layOutPlot } from "../../charts/plot.ts";
import { layOutRows, RowChart } from "../../charts/row-chart.tsx";
import { Panel, RadioGroup } from "../../parts/index.ts";
import { ChartFiles } from "../../chart-files/chart-files.tsx";
import { useSize } from "../../state/size.ts";
import { TwinView } from "./twin-view.tsx";

interface ChartPanelProps {
  readonly chart: DrawnChart;
  readonly isTable: boolean;
  readonly onTable: (isTable: boolean) => void;
  /** A mark, or its row in the table twin, was opened. */
  readonly onOpen: (markId: string) => void;
  /** How the numbers were counted, in words. */
  readonly denominator: string;
  /** The series that stands out. */
  readonly emphasis?: string | null;
  /** Choices of this chart, below its title. */
  readonly choices?: ReactNode;
  /** What is to be known with it: what is missing, what is being computed. */
  readonly notes?: ReactNode;
}

const looks = [
  { id: "chart", label: "Chart" },
  { id: "table", label: "Table" },
] as const;

/** A chart with its title, its sentence, its choices and files; the same numbers as a table; what the focus is on in words. */
export function ChartPanel(props: ChartPanelProps): ReactNode {
  const { chart, isTable, onTable, onOpen, denominator, choices, notes } = props;
  return (
    <Panel
      title={chart.title}
      actions={
        <>
          <RadioGroup
            label="Show as"
            hideLabel
            look="segments"
            options={looks}
            value={isTable ? "table" : "chart"}
            onChange={(look) => {
              onTable(look === "table");
            }}
          />
          <ChartFiles chart={chart} denominator={denominator} />
        </>
      }
      flush
      fill
    >
      <div className="compare-top">
        <p className="compare-summary">{chart.summary}</p>
        {choices === undefined ? null : <div className="compare-choices">{choices}</div>}
      </div>
      {notes}
      {isTable ? (
        <TwinView label={chart.title} twin={chart.twin} onOpen={onOpen} />
      ) : (
        <WalkedChart chart={chart} emphasis={props.emphasis ?? null} onOpen={onOpen} />
      )}
      <p className="compare-method">
        {chart.method} Denominator: {denominator}.
      </p>
    </Panel>
  );
}

const least = { width: 560, height: 260 };
const padding = 16;

/** What stands where a mark is read, while there is none. */
function unread(marks: number, isThinned: boolean): string {
  if (marks === 0) return "No marks";
  const how = "Point at a mark, or walk them with the arrow keys";
  return isThinned ? `${how}: its model version stands out, with its intervals` : how;
}

interface WalkedChartProps {
  readonly chart: DrawnChart;
  readonly emphasis: string | null;
  readonly onOpen: (markId: string) => void;
}

/** The chart as wide as its place, its marks walked by arrow keys and pointer; below it what the mark says, in full. */
export function WalkedChart({ chart, emphasis, onOpen }: WalkedChartProps): ReactNode {
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const size = useSize(place);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [pointedId, setPointedId] = useState<string | null>(null);
  const width = Math.max(least.width, size.width - 2 * padding);
  const { body, title, summary, slug } = chart;
  const plotHeight = Math.max(least.height, Math.min(620, size.height - 2 * padding));
  const layout = body.kind === "rows" ? layOutRows(body.plan, width) : layOutPlot(body.plot, width, plotHeight);
  const marks: readonly ChartMark[] = layout.marks;
  const read = marks.find((mark) => mark.id === (pointedId ?? currentId));
  // Among several series the one that is read stands out.
  const series = body.kind === "plot" && body.plot.series.length > 2 ? body.plot.series : [];
  const isThinned = body.kind === "plot" && series.some((one) => !hasIntervals(body.plot, one, null));
  const standsOut = emphasis ?? (read === undefined ? null : (series[read.line]?.id ?? null));
  const frame = { id, name: slug, title, summary, width };
  const layer = (
    <MarkLayer
      marks={marks}
      width={layout.width}
      height={layout.height}
      currentId={currentId}
      palette={screenPalette}
      onMove={setCurrentId}
      onPoint={setPointedId}
      onOpen={onOpen}
    />
  );
  return (
    <>
      <div ref={place} className="compare-chart">
        {size.width === 0 ? null : body.kind === "rows" ? (
          <RowChart {...frame} plan={body.plan}>
            {layer}
          </RowChart>
        ) : (
          <PlotChart {...frame} plot={body.plot} height={plotHeight} emphasis={standsOut}>
            {layer}
          </PlotChart>
        )}
      </div>
      <p className="compare-reading">
        {read === undefined ? <span className="ink3">{unread(marks.length, isThinned)}</span> : read.label}
      </p>
    </>
  );
}
