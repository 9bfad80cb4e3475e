import type { ReactNode } from "react";
import { pairId, pairRows } from "../../charts/pair-rows.ts";
import { Select } from "../../parts/index.ts";
import { Answer, ImportAction, Missing, RunAction } from "./answer-parts.tsx";
import { ChartPanel } from "./chart-panel.tsx";
import { useLongAnswer } from "./long-answer.ts";
import { selectionOf, type ViewProps } from "./view-props.ts";

const allPairs = "all-pairs";

/** Paired differences with their intervals and tests: every other version against a baseline, or all pairs. */
export function PairsView(props: ViewProps): ReactNode {
  const { state, benchmark, versions, chosen, denominator } = props;
  const { scope, change, choose } = state;
  const wanted = scope.choices["baseline"] ?? "";
  const baselineId = wanted === allPairs ? null : chosen.includes(wanted) ? wanted : (chosen[0] ?? null);
  const isEnough = chosen.length >= 2;
  const answer = useLongAnswer("comparisons.pairs", isEnough ? { ...selectionOf(props), baselineId } : null);
  if (!isEnough) {
    return (
      <Missing
        title="A difference takes two model versions"
        action={
          <>
            <ImportAction />
            <RunAction benchmarkId={benchmark.id} />
          </>
        }
      >
        {versions.length < 2
          ? `Only ${String(versions.length)} was run on ${benchmark.title}. Run another on the same tasks, or choose another benchmark.`
          : "Choose a second one under Model versions."}
      </Missing>
    );
  }
  return (
    <Answer answer={answer} step="Comparing pairs">
      {(data) =>
        data.pairs.every(({ tasks }) => tasks === 0) ? (
          <Missing title="No shared tasks" action={<RunAction benchmarkId={benchmark.id} />}>
            A paired difference is of tasks that both attempted, and these model versions have none in common under this
            denominator. Run them on the same tasks of {benchmark.title}.
          </Missing>
        ) : (
          <ChartPanel
            chart={pairRows(data, benchmark.title, baselineId)}
            isTable={scope.isTable}
            onTable={(isTable) => {
              change({ isTable });
            }}
            denominator={denominator}
            choices={
              <div className="compare-choice">
                <Select
                  label="Baseline"
                  hideLabel
                  low
                  options={[
                    ...versions
                      .filter(({ id }) => chosen.includes(id))
                      .map(({ id, words }) => ({ id, label: `Against ${words}` })),
                    { id: allPairs, label: "All pairs" },
                  ]}
                  value={baselineId ?? allPairs}
                  onChange={(baseline) => {
                    choose({ baseline });
                  }}
                />
              </div>
            }
            onOpen={(id) => {
              const pair = data.pairs.find((one) => pairId(one) === id);
              if (pair === undefined) return;
              change({ view: "flips" });
              choose({ a: pair.a, b: pair.b });
            }}
          />
        )
      }
    </Answer>
  );
}
