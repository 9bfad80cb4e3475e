import { useState, type ReactNode } from "react";
import type { Matrix } from "../../../electron/contract/evaluation.ts";
import { formatIntervalMethods, formatPolicy } from "../../../electron/contract/number-text.ts";
import { heatMapSummary } from "../../charts/heat-map.tsx";
import { rateRows } from "../../charts/matrix-cells.ts";
import { rateChartSummary, rateChartTable, ratePlan } from "../../charts/rate-chart.tsx";
import type { DrawnChart } from "../../charts/drawn-chart.ts";
import { methodsOf, wordsCell } from "../../charts/drawn-chart.ts";
import { MenuButton, Panel, RadioGroup, Select } from "../../parts/index.ts";
import { navigate } from "../../state/view.ts";
import { CellPanel } from "./cell-panel.tsx";
import { useMarking } from "../../chart-files/chart-files.tsx";
import { WalkedChart } from "./chart-panel.tsx";
import { copyText } from "../../chart-files/copying.ts";
import { HeatGrid } from "./heat-grid.tsx";
import type { GridPlace } from "./heat-window.ts";
import { cellAt } from "./matrix-cell.ts";
import { matrixCsv, matrixSvg } from "./matrix-export.tsx";
import { MatrixTable } from "./matrix-table.tsx";
import { useSaving } from "../../chart-files/saving.ts";
import type { ScopeState } from "./scope.ts";

type Look = "map" | "intervals" | "table";

const looks = [
  { id: "map", label: "Heat map" },
  { id: "intervals", label: "Intervals" },
  { id: "table", label: "Table" },
] as const;

/** Opens what a cell was made of: its only run, or the list of its runs in the panel beside it. */
function openCell(matrix: Matrix, place: GridPlace): void {
  const runs = cellAt(matrix, place)?.runs ?? [];
  const [first] = runs;
  if (first === undefined) return;
  if (runs.length === 1) navigate("run", { id: first.id });
  else document.querySelector<HTMLElement>(".compare-runs .door")?.focus();
}

interface MatrixViewProps {
  readonly matrix: Matrix;
  readonly state: ScopeState;
}

/** Model versions against benchmarks: heat map, intervals, or table, and what the cell under the cursor was made of. */
export function MatrixView({ matrix, state }: MatrixViewProps): ReactNode {
  const { scope, change, choose } = state;
  const [wanted, setPlace] = useState<GridPlace>({ row: 0, column: 0 });
  const place = {
    row: Math.min(wanted.row, matrix.modelVersions.length - 1),
    column: Math.min(wanted.column, matrix.benchmarks.length - 1),
  };
  const look: Look = scope.isTable ? "table" : scope.choices["look"] === "intervals" ? "intervals" : "map";
  const open = (next: GridPlace): void => {
    openCell(matrix, next);
  };
  return (
    <div className="columns-main-aside stretch fill compare-columns">
      <Panel
        title="Solve rate"
        hint={formatPolicy(matrix.policy)}
        actions={
          <>
            <RadioGroup
              label="View"
              hideLabel
              look="segments"
              options={looks}
              value={look}
              onChange={(id) => {
                change({ isTable: id === "table" });
                choose({ look: id === "intervals" ? "intervals" : "" });
              }}
            />
            <MatrixFiles matrix={matrix} />
          </>
        }
        flush
        fill
      >
        <p className="compare-summary">
          {heatMapSummary(matrix)} <span className="ink3">{waysOf(matrix)}</span>
        </p>
        {look === "map" ? (
          <HeatGrid
            matrix={matrix}
            place={place}
            onMove={setPlace}
            onOpen={() => {
              open(place);
            }}
          />
        ) : null}
        {look === "intervals" ? <Intervals matrix={matrix} place={place} onMove={setPlace} onOpen={open} /> : null}
        {look === "table" ? <MatrixTable matrix={matrix} place={place} onMove={setPlace} onOpen={open} /> : null}
      </Panel>
      <CellPanel matrix={matrix} place={place} />
    </div>
  );
}

/** How the intervals in the cells were made. */
function waysOf({ cells }: Matrix): string {
  const ways = formatIntervalMethods(cells.map(({ rate }) => rate.interval));
  return ways === "" ? "" : `Intervals: ${ways}.`;
}

function MatrixFiles({ matrix }: { readonly matrix: Matrix }): ReactNode {
  const marking = useMarking();
  const save = useSaving();
  const name = "solve-rates";
  const act = (id: string, words: string, run: () => Promise<void>) => ({
    id,
    words,
    run: () => {
      void run();
    },
  });
  return (
    <MenuButton
      label="Copy or save the matrix"
      entries={[
        act("copy-svg", "Copy the heat map as SVG", () => copyText(matrixSvg(matrix, marking), "The heat map")),
        act("copy-csv", "Copy the numbers as CSV", () => copyText(matrixCsv(matrix), "The table")),
        act("save-svg", "Save as SVG…", () => save("svg", name, matrixSvg(matrix, marking))),
        act("save-csv", "Save as CSV…", () => save("csv", name, matrixCsv(matrix))),
      ]}
    >
      Copy
    </MenuButton>
  );
}

/** Rows of intervals drawn at once; a larger matrix is shown one benchmark at a time. */
const mostRows = 60;

interface IntervalsProps {
  readonly matrix: Matrix;
  readonly place: GridPlace;
  readonly onMove: (place: GridPlace) => void;
  readonly onOpen: (place: GridPlace) => void;
}

function Intervals({ matrix, place, onMove, onOpen }: IntervalsProps): ReactNode {
  const isLarge = matrix.cells.length > mostRows;
  const benchmark = matrix.benchmarks[place.column];
  const part = isLarge && benchmark !== undefined ? { ...matrix, benchmarks: [benchmark] } : matrix;
  return (
    <>
      {isLarge ? (
        <div className="compare-choices start">
          <Select
            label="Benchmark"
            hideLabel
            low
            options={matrix.benchmarks.map(({ id, title }) => ({ id, label: title }))}
            value={benchmark?.id ?? null}
            onChange={(id) => {
              onMove({ ...place, column: matrix.benchmarks.findIndex((one) => one.id === id) });
            }}
          />
        </div>
      ) : null}
      <WalkedChart
        chart={intervalChart(part)}
        emphasis={null}
        onOpen={(id) => {
          const [modelVersionId, benchmarkId] = id.split(" ");
          const next = {
            row: matrix.modelVersions.findIndex((one) => one.id === modelVersionId),
            column: matrix.benchmarks.findIndex((one) => one.id === benchmarkId),
          };
          if (next.row < 0 || next.column < 0) return;
          onMove(next);
          onOpen(next);
        }}
      />
    </>
  );
}

function intervalChart(matrix: Matrix): DrawnChart {
  const rows = rateRows(matrix, "benchmark");
  const { columns, rows: lines } = rateChartTable(rows);
  return {
    slug: "solve-rates",
    title: "Solve rates with their intervals",
    summary: rateChartSummary(rows),
    method: methodsOf(rows.map(({ rate }) => rate.interval)),
    twin: { columns, rows: lines.map((line, index) => ({ id: String(index), cells: line.map(wordsCell) })) },
    body: { kind: "rows", plan: ratePlan(rows) },
  };
}
