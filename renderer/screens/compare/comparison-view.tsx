import { useState, type ReactNode } from "react";
import type { Matrix } from "../../../electron/contract/evaluation.ts";
import { formatCounted, formatPolicy } from "../../../electron/contract/number-text.ts";
import { ErrorNote, Loading, Select } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { RunAction, Missing } from "./answer-parts.tsx";
import { AttemptsBehind, type Behind } from "./attempts-behind.tsx";
import { DoublingView } from "./doubling-view.tsx";
import { FlipsView } from "./flips-view.tsx";
import { GroupsView } from "./groups-view.tsx";
import { HorizonView } from "./horizon-view.tsx";
import { ModelChoice } from "./model-choice.tsx";
import { PairsView } from "./pairs-view.tsx";
import { PassView } from "./pass-view.tsx";
import { ReliabilityView } from "./reliability-view.tsx";
import { firstShown, type ScopeState, type ViewId } from "./scope.ts";
import { SpendingView } from "./spending-view.tsx";
import { TrendView } from "./trend-view.tsx";
import type { ViewProps } from "./view-props.ts";

type ComparisonId = Exclude<ViewId, "matrix">;

const components: Readonly<Record<ComparisonId, (props: ViewProps) => ReactNode>> = {
  pairs: PairsView,
  flips: FlipsView,
  pass: PassView,
  reliability: ReliabilityView,
  horizon: HorizonView,
  doubling: DoublingView,
  spending: SpendingView,
  trend: TrendView,
  groups: GroupsView,
};

/** The benchmarks that something was run on, the one with the most model versions first. */
export function benchmarksRun({ benchmarks, cells }: Matrix): { id: string; title: string; versions: number }[] {
  const versions = new Map<string, number>();
  for (const { benchmarkId } of cells) versions.set(benchmarkId, (versions.get(benchmarkId) ?? 0) + 1);
  return benchmarks
    .flatMap(({ id, title }) => {
      const count = versions.get(id) ?? 0;
      return count === 0 ? [] : [{ id, title, versions: count }];
    })
    .toSorted((a, b) => b.versions - a.versions);
}

interface ComparisonViewProps {
  readonly view: ComparisonId;
  readonly state: ScopeState;
  readonly matrix: Matrix;
  readonly filters: ReactNode;
}

/** One way of comparing model versions on one benchmark, with the choices that all of them share. */
export function ComparisonView({ view, state, matrix, filters }: ComparisonViewProps): ReactNode {
  const { scope, change } = state;
  const benchmarks = benchmarksRun(matrix);
  const benchmark = benchmarks.find(({ id }) => id === scope.benchmarkId) ?? benchmarks[0];
  const { campaignId, policy } = scope;
  const query = useQuery(
    "comparisons.versions",
    benchmark === undefined ? null : { benchmarkId: benchmark.id, campaignId, policy },
  );
  const [behind, setBehind] = useState<Behind | null>(null);
  if (benchmark === undefined) return null;
  if (query.status === "failed") return <ErrorNote failure={query.failure} />;
  if (query.status === "loading") return <Loading />;
  const { versions } = query.data;
  const wanted = versions.flatMap(({ id }) => (scope.modelVersionIds?.includes(id) === true ? [id] : []));
  const chosen = wanted.length > 0 ? wanted : versions.slice(0, firstShown).map(({ id }) => id);
  const View = components[view];
  const props = { state, benchmark, versions, chosen, denominator: formatPolicy(policy), onBehind: setBehind };
  return (
    <>
      <div className="compare-filters">
        <div className="compare-filter benchmark">
          <Select
            label="Benchmark"
            low
            options={benchmarks.map(({ id, title, versions: count }) => ({
              id,
              label: title,
              detail: formatCounted(count, "version"),
            }))}
            value={benchmark.id}
            onChange={(benchmarkId) => {
              change({ benchmarkId });
            }}
          />
        </div>
        {view === "flips" ? null : (
          <div className="compare-filter narrow">
            <ModelChoice
              versions={versions}
              chosen={chosen}
              onChange={(modelVersionIds) => {
                change({ modelVersionIds });
              }}
            />
          </div>
        )}
        {filters}
      </div>
      {versions.length === 0 ? (
        <Missing title="Nothing counts here" action={<RunAction benchmarkId={benchmark.id} />}>
          No run on {benchmark.title} counts in this campaign.
        </Missing>
      ) : (
        <View {...props} />
      )}
      <AttemptsBehind
        behind={behind}
        onClose={() => {
          setBehind(null);
        }}
      />
    </>
  );
}
