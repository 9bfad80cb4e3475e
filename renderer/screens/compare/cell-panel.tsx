import type { ReactNode } from "react";
import { IntervalBar } from "../../charts/interval-bar.tsx";
import { LedgerBar } from "../../charts/ledger-bar.tsx";
import { ledgerSegments } from "../../charts/ledger-states.ts";
import { screenPalette } from "../../charts/palette.ts";
import type { Matrix } from "../../../electron/contract/evaluation.ts";
import {
  formatCount,
  formatFraction,
  formatInterval,
  formatIntervalMethod,
  formatPolicy,
  formatRate,
  ledgerWords,
  ledgerOrder,
} from "../../../electron/contract/number-text.ts";
import type { Ledger } from "../../../electron/contract/values.ts";
import { Button, DescriptionList, DoorLink, EmptyState, ErrorNote, Panel, RunStateTag } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { navigate } from "../../state/view.ts";
import type { GridPlace } from "./heat-window.ts";
import { cellAt, placeWords, type MatrixCell } from "./matrix-cell.ts";

function openRun(id: string): void {
  navigate("run", { id });
}

/** Every run that the cell was made of, each a door. */
function CellRuns({ cell }: { readonly cell: MatrixCell }): ReactNode {
  const runs = useQuery("runs.list", { modelVersionId: cell.modelVersionId, benchmarkId: cell.benchmarkId });
  if (runs.status === "failed") return <ErrorNote failure={runs.failure} />;
  const known = runs.status === "ready" ? runs.data : [];
  return (
    <ul className="compare-runs">
      {cell.runs.map(({ id, code }) => {
        const run = known.find((candidate) => candidate.id === id);
        return (
          <li key={id}>
            <DoorLink
              onPress={() => {
                openRun(id);
              }}
            >
              {code}
            </DoorLink>
            {run === undefined ? null : (
              <>
                <RunStateTag state={run.state} />
                <span className="push ink2">
                  {formatFraction(run.rate.solved, run.rate.n)} · {formatRate(run.rate.rate)}
                </span>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function LedgerList({ ledger }: { readonly ledger: Ledger }): ReactNode {
  const fills = new Map(ledgerSegments(ledger, screenPalette).map((segment) => [segment.state, segment]));
  return (
    <ul className="compare-ledger">
      {ledgerOrder
        .filter((state) => ledger[state] > 0)
        .map((state) => (
          <li key={state}>
            <span
              className="compare-swatch"
              aria-hidden="true"
              style={{ background: fills.get(state)?.fill ?? "", opacity: fills.get(state)?.opacity ?? 1 }}
            />
            {ledgerWords[state]}
            <span className="push">{formatCount(ledger[state])}</span>
          </li>
        ))}
    </ul>
  );
}

function NotRun({ matrix, place }: { readonly matrix: Matrix; readonly place: GridPlace }): ReactNode {
  return (
    <EmptyState
      title="Not run"
      action={
        <Button
          onPress={() => {
            navigate("runs", {
              new: "yes",
              version: matrix.modelVersions[place.row]?.id ?? "",
              benchmark: matrix.benchmarks[place.column]?.id ?? "",
            });
          }}
        >
          Start a run by hand
        </Button>
      }
    >
      Nothing was measured of {placeWords(matrix, place)}.
    </EmptyState>
  );
}

/** What one cell was made of: solved of n, interval and method, every attempt by state, and its runs. */
export function CellPanel({ matrix, place }: { readonly matrix: Matrix; readonly place: GridPlace }): ReactNode {
  const cell = cellAt(matrix, place);
  const words = placeWords(matrix, place);
  if (cell === undefined) {
    return (
      <Panel label="Cell" fill>
        <NotRun matrix={matrix} place={place} />
      </Panel>
    );
  }
  const { rate } = cell;
  return (
    <Panel label="Cell" fill>
      <div className="stack">
        <header>
          <h2>{matrix.modelVersions[place.row]?.words}</h2>
          <p className="ink2">{matrix.benchmarks[place.column]?.title}</p>
        </header>
        <div className="compare-headline">
          <strong>{formatRate(rate.rate)}</strong>
          <span className="ink2">{formatInterval(rate.interval)}</span>
          <IntervalBar id="compare-cell-interval" title={`Solve rate of ${words}`} rate={rate} width={286} />
          <span className="small ink3">{formatIntervalMethod(rate.interval)}</span>
        </div>
        <DescriptionList
          look="counts"
          items={[
            { term: "Solved attempts / n", value: formatFraction(rate.solved, rate.n) },
            { term: "Tasks solved at least once", value: formatFraction(rate.solvedTasks, rate.tasks) },
          ]}
        />
        <p className="small ink3">n: {formatPolicy(matrix.policy)}.</p>
        <div className="stack tight">
          <h3>Runs</h3>
          <CellRuns cell={cell} />
        </div>
        <div className="stack tight">
          <h3>
            Every planned attempt <span className="ink3">{formatCount(cell.ledger.planned)}</span>
          </h3>
          <LedgerBar id="compare-cell-ledger" title={`Attempts of ${words} by state`} ledger={cell.ledger} />
          <LedgerList ledger={cell.ledger} />
        </div>
      </div>
    </Panel>
  );
}
