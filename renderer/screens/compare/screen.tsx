import { useRef, useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { Matrix } from "../../../electron/contract/evaluation.ts";
import { formatPolicyTitle } from "../../../electron/contract/number-text.ts";
import type { Failure } from "../../../electron/contract/result.ts";
import { denominatorPolicies, type DenominatorPolicy } from "../../../electron/contract/values.ts";
import { Button, EmptyState, ErrorNote, Kbd, Loading, PageHead, Panel, Select, Tabs } from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate, type Params } from "../../state/view.ts";
import { ComparisonView } from "./comparison-view.tsx";
import { policyById, policyId } from "./denominators.ts";
import { useKeptFocus } from "./kept-focus.ts";
import { isOwnLetter } from "./letters.ts";
import { MatrixView } from "./matrix-view.tsx";
import { useScope, views, type ScopeState, type ViewId } from "./scope.ts";
import "./compare.css";

const everything = "everything";

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
        Differences, curves and horizons are of the same attempts.
      </EmptyState>
    </Panel>
  );
}

function Filters({ state }: { readonly state: ScopeState }): ReactNode {
  const { scope, change } = state;
  const campaigns = useQuery("campaigns.list", {});
  const options = campaigns.status === "ready" ? campaigns.data.map(({ id, name }) => ({ id, label: name })) : [];
  return (
    <>
      <div className="compare-filter">
        <Select
          label="Campaign"
          low
          options={[{ id: everything, label: "Every run" }, ...options]}
          value={scope.campaignId ?? everything}
          onChange={(id) => {
            change({ campaignId: id === everything ? null : id });
          }}
        />
      </div>
      <div className="compare-filter wide">
        <Select
          label="Denominator"
          low
          options={denominatorPolicies.map((one) => ({ id: policyId(one), label: formatPolicyTitle(one) }))}
          value={policyId(scope.policy)}
          onChange={(id) => {
            change({ policy: policyById(id) });
          }}
        />
      </div>
    </>
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

const hints: Readonly<Record<ViewId, string>> = {
  matrix: "↑ ↓ ← → cells · Enter its runs · T table",
  pairs: "↑ ↓ pairs · Enter its flips · T table",
  flips: "Enter both transcripts · 1 left · 2 right",
  pass: "↑ ↓ ← → marks · Enter its attempts · T table",
  reliability: "↑ ↓ rows · Enter its attempts · T table",
  horizon: "↑ ↓ ← → marks · Enter its attempts · T table",
  doubling: "← → marks · Enter its attempts · T table",
  spending: "↑ ↓ ← → marks · Enter its attempts · T table",
  trend: "← → marks · Enter its attempts · T table",
  groups: "↑ ↓ rows · Enter its attempts · T table",
};

/** Model versions compared, under one denominator that is named. */
function CompareScreen({ params }: { readonly params: Params }): ReactNode {
  const state = useScope(params);
  const { scope, change, changePolicy } = state;
  const { matrix, failure } = useMatrix(scope.campaignId, scope.policy);
  const isEmpty = matrix === null || matrix.cells.length === 0;
  const showTable = (): void => {
    change({ isTable: !scope.isTable });
  };
  useScreenCommands([
    { id: "compare.policy", words: "Change the denominator", isEnabled: !isEmpty, run: changePolicy },
    { id: "compare.table", words: "Show as a table, or as a chart", isEnabled: !isEmpty, run: showTable },
    ...views.map(({ id, words }) => ({
      id: `compare.view.${id}`,
      words: `Compare: ${words}`,
      isEnabled: !isEmpty,
      run: () => {
        change({ view: id });
      },
    })),
  ]);
  useStatusHint(isEmpty ? "" : `${hints[scope.view]} · D denominator`);
  const keys: Readonly<Record<string, () => void>> = { d: changePolicy, t: showTable };
  const page = useRef<HTMLDivElement>(null);
  useKeptFocus(page, JSON.stringify([scope.view, scope.policy, scope.isTable, scope.choices]));
  return (
    <div
      ref={page}
      tabIndex={-1}
      data-own-ring
      className="page"
      onKeyDown={(event) => {
        const key = event.key.toLowerCase();
        if (isEmpty || !isOwnLetter(event) || !Object.hasOwn(keys, key)) return;
        event.preventDefault();
        keys[key]?.();
      }}
    >
      <PageHead
        title="Compare"
        lead={
          <>
            {formatPolicyTitle(scope.policy)} <Kbd keys="D" /> changes the denominator, <Kbd keys="T" /> shows a table
          </>
        }
      />
      <div className="page-body">
        {failure === null ? null : <ErrorNote failure={failure} />}
        {matrix === null && failure === null ? <Loading /> : null}
        {matrix === null ? null : <Views state={state} matrix={matrix} />}
      </div>
    </div>
  );
}

function Views({ state, matrix }: { readonly state: ScopeState; readonly matrix: Matrix }): ReactNode {
  const { scope, change } = state;
  const isEmpty = matrix.cells.length === 0;
  if (isEmpty)
    return (
      <>
        <div className="compare-filters">
          <Filters state={state} />
        </div>
        <NothingYet isFiltered={scope.campaignId !== null} />
      </>
    );
  return (
    <Tabs
      label="Ways of comparing"
      value={scope.view}
      onChange={(view) => {
        change({ view });
      }}
      tabs={views.map(({ id, words }) => ({
        id,
        words,
        content:
          id !== scope.view ? null : id === "matrix" ? (
            <>
              <div className="compare-filters">
                <Filters state={state} />
              </div>
              <MatrixView matrix={matrix} state={state} />
            </>
          ) : (
            <ComparisonView key={id} view={id} state={state} matrix={matrix} filters={<Filters state={state} />} />
          ),
      }))}
    />
  );
}

export const screen: Screen = { id: "compare", Component: CompareScreen };
