import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import { heatMapSummary } from "../../charts/heat-map.tsx";
import { rateRows } from "../../charts/matrix-cells.ts";
import { RateChart } from "../../charts/rate-chart.tsx";
import type { Matrix } from "../../../electron/contract/evaluation.ts";
import { formatPolicy, formatPolicyTitle } from "../../../electron/contract/number-text.ts";
import type { Failure } from "../../../electron/contract/result.ts";
import { denominatorPolicies, type DenominatorPolicy } from "../../../electron/contract/values.ts";
import {
  Button,
  EmptyState,
  ErrorNote,
  Kbd,
  Loading,
  MenuButton,
  PageHead,
  Panel,
  RadioGroup,
  Select,
  showToast,
} from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate, type Params } from "../../state/view.ts";
import { CellPanel } from "./cell-panel.tsx";
import { nextPolicy, policyById, policyId } from "./denominators.ts";
import { HeatGrid, cellAt, type GridPlace } from "./heat-grid.tsx";
import { matrixCsv, matrixSvg } from "./matrix-export.tsx";
import { MatrixTable } from "./matrix-table.tsx";
import "./compare.css";

type View = "map" | "intervals" | "table";

const views = [
  { id: "map", label: "Heat map" },
  { id: "intervals", label: "Intervals" },
  { id: "table", label: "Table" },
] as const;

const everything = "everything";

async function copy(text: string, what: string): Promise<void> {
  const result = await shell().copyText({ text });
  showToast(
    result.ok
      ? { words: `${what} was copied. The clipboard is emptied in ${String(result.value.clearsInSeconds)} s.` }
      : { words: `${what} could not be copied.`, tone: "bad" },
  );
}

function NothingYet({ isFiltered }: { readonly isFiltered: boolean }): ReactNode {
  return (
    <Panel label="Solve rates">
      <EmptyState
        title={isFiltered ? "Nothing was run in this campaign yet" : "Nothing to compare yet"}
        action={
          <>
            <Button
              variant="primary"
              onPress={() => {
                navigate("import");
              }}
            >
              Import logs
            </Button>
            <Button
              onPress={() => {
                navigate("runs", { new: "yes" });
              }}
            >
              Start a run by hand
            </Button>
          </>
        }
      >
        Every model version that was run stands against every benchmark here, with its rate, its n and its interval.
      </EmptyState>
    </Panel>
  );
}

/** Opens what a cell was made of: its only run, or the list of its runs in the panel beside it. */
function openCell(matrix: Matrix, place: GridPlace): void {
  const runs = cellAt(matrix, place)?.runs ?? [];
  const [first] = runs;
  if (first === undefined) return;
  if (runs.length === 1) navigate("run", { id: first.id });
  else document.querySelector<HTMLElement>(".compare-runs .door")?.focus();
}

interface MatrixPanelsProps {
  readonly matrix: Matrix;
  readonly view: View;
  readonly onView: (view: View) => void;
  readonly onPolicy: () => void;
}

function MatrixPanels({ matrix, view, onView, onPolicy }: MatrixPanelsProps): ReactNode {
  const [wanted, setPlace] = useState<GridPlace>({ row: 0, column: 0 });
  const place = {
    row: Math.min(wanted.row, matrix.modelVersions.length - 1),
    column: Math.min(wanted.column, matrix.benchmarks.length - 1),
  };
  return (
    <div className="columns-main-aside stretch fill compare-columns">
      <Panel
        title="Solve rate"
        hint={formatPolicy(matrix.policy)}
        actions={<RadioGroup label="View" hideLabel look="segments" options={views} value={view} onChange={onView} />}
        flush
        fill
      >
        {view === "map" ? (
          <HeatGrid
            matrix={matrix}
            place={place}
            onMove={setPlace}
            onOpen={() => {
              openCell(matrix, place);
            }}
            onPolicy={onPolicy}
          />
        ) : null}
        {view === "intervals" ? (
          <div className="compare-chart">
            <p className="ink2">{heatMapSummary(matrix)}</p>
            <RateChart
              id="compare-rates"
              title="Solve rates with their intervals"
              rows={rateRows(matrix, "benchmark")}
              width={760}
            />
          </div>
        ) : null}
        {view === "table" ? (
          <MatrixTable
            matrix={matrix}
            place={place}
            onMove={setPlace}
            onOpen={(next) => {
              openCell(matrix, next);
            }}
          />
        ) : null}
      </Panel>
      <CellPanel matrix={matrix} place={place} />
    </div>
  );
}

function Numbers({ isFiltered, ...rest }: MatrixPanelsProps & { readonly isFiltered: boolean }): ReactNode {
  return rest.matrix.cells.length === 0 ? <NothingYet isFiltered={isFiltered} /> : <MatrixPanels {...rest} />;
}

interface FiltersProps {
  readonly campaign: string;
  readonly policy: DenominatorPolicy;
  readonly onCampaign: (id: string) => void;
  readonly onPolicy: (policy: DenominatorPolicy) => void;
}

function Filters({ campaign, policy, onCampaign, onPolicy }: FiltersProps): ReactNode {
  const campaigns = useQuery("campaigns.list", {});
  const options = campaigns.status === "ready" ? campaigns.data.map(({ id, name }) => ({ id, label: name })) : [];
  return (
    <div className="compare-filters">
      <div className="compare-filter">
        <Select
          label="Campaign"
          low
          options={[{ id: everything, label: "Every run" }, ...options]}
          value={campaign}
          onChange={onCampaign}
        />
      </div>
      <div className="compare-filter wide">
        <Select
          label="Denominator"
          low
          options={denominatorPolicies.map((one) => ({ id: policyId(one), label: formatPolicyTitle(one) }))}
          value={policyId(policy)}
          onChange={(id) => {
            onPolicy(policyById(id));
          }}
        />
      </div>
    </div>
  );
}

/** The matrix that is in sight: the one asked for, or the one before until that is there, under its own denominator. */
function useMatrix(
  campaignId: string | null,
  policy: DenominatorPolicy,
): { readonly matrix: Matrix | null; readonly failure: Failure | null } {
  const query = useQuery("results.matrix", { campaignId, policy });
  const [shown, setShown] = useState<Matrix | null>(null);
  if (query.status === "ready" && query.data !== shown) setShown(query.data);
  return query.status === "failed" ? { matrix: null, failure: query.failure } : { matrix: shown, failure: null };
}

/** Every model version against every benchmark, under one denominator that is named. */
function CompareScreen({ params }: { readonly params: Params }): ReactNode {
  const { campaign: firstCampaign = everything, policy: firstPolicy = "" } = params;
  const [campaign, setCampaign] = useState(firstCampaign);
  const [policy, setPolicy] = useState<DenominatorPolicy>(policyById(firstPolicy));
  const [view, setView] = useState<View>(params["view"] === "table" ? "table" : "map");
  const { matrix, failure } = useMatrix(campaign === everything ? null : campaign, policy);
  const isEmpty = matrix === null || matrix.cells.length === 0;
  const change = (): void => {
    setPolicy(nextPolicy(policy));
  };
  const copies = [
    {
      id: "compare.svg",
      words: "Copy the heat map as SVG",
      run: () => {
        if (matrix !== null) void copy(matrixSvg(matrix), "The heat map");
      },
    },
    {
      id: "compare.csv",
      words: "Copy the numbers as CSV",
      run: () => {
        if (matrix !== null) void copy(matrixCsv(matrix), "The table");
      },
    },
  ];
  useScreenCommands([
    { id: "compare.policy", words: "Change the denominator", isEnabled: !isEmpty, run: change },
    ...copies.map((command) => ({ ...command, isEnabled: !isEmpty })),
    ...views.map(({ id, label }) => ({
      id: `compare.view.${id}`,
      words: `Show the ${label.toLowerCase()}`,
      run: () => {
        setView(id);
      },
    })),
  ]);
  useStatusHint(isEmpty ? "" : "↑ ↓ ← → cells · Enter its runs · D denominator");
  return (
    <div className="page">
      <PageHead
        title="Compare"
        lead={
          <>
            {formatPolicyTitle(policy)} <Kbd keys="D" /> in the heat map changes the denominator
          </>
        }
        actions={<MenuButton entries={copies.map((one) => ({ ...one, isDisabled: isEmpty }))}>Copy</MenuButton>}
      />
      <div className="page-body">
        <Filters campaign={campaign} policy={policy} onCampaign={setCampaign} onPolicy={setPolicy} />
        {failure === null ? null : <ErrorNote failure={failure} />}
        {matrix === null && failure === null ? <Loading /> : null}
        {matrix === null ? null : (
          <Numbers
            matrix={matrix}
            isFiltered={campaign !== everything}
            view={view}
            onView={setView}
            onPolicy={change}
          />
        )}
      </div>
    </div>
  );
}

export const screen: Screen = { id: "compare", Component: CompareScreen };
