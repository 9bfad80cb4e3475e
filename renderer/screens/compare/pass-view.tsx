import type { ReactNode } from "react";
import { hasCurve, passCurves, passPointId, type PassKind } from "../../charts/pass-curves.ts";
import { RadioGroup } from "../../parts/index.ts";
import { Answer, ImportAction, Missing, RunAction } from "./answer-parts.tsx";
import { ChartPanel } from "./chart-panel.tsx";
import { useLongAnswer } from "./long-answer.ts";
import { selectionOf, type ViewProps } from "./view-props.ts";

const kindOptions = [
  { id: "at-least-one", label: "pass@k" },
  { id: "all", label: "pass^k" },
  { id: "both", label: "Both" },
] as const;

/** pass@k and pass^k over the number of attempts. */
export function PassView(props: ViewProps): ReactNode {
  const { state, benchmark, denominator, onBehind } = props;
  const { scope, change, choose } = state;
  const kind = kindOptions.find(({ id }) => id === scope.choices["kinds"])?.id ?? "at-least-one";
  const kinds: readonly PassKind[] = kind === "both" ? ["at-least-one", "all"] : [kind];
  const answer = useLongAnswer("comparisons.passCurves", selectionOf(props));
  return (
    <Answer answer={answer} step="Estimating pass@k">
      {({ curves }) =>
        hasCurve(curves) ? (
          <ChartPanel
            chart={passCurves(curves, kinds, benchmark.title)}
            isTable={scope.isTable}
            onTable={(isTable) => {
              change({ isTable });
            }}
            denominator={denominator}
            choices={
              <RadioGroup
                label="Estimate"
                hideLabel
                look="segments"
                options={kindOptions}
                value={kind}
                onChange={(kinds) => {
                  choose({ kinds });
                }}
              />
            }
            onOpen={(id) => {
              for (const { version, atLeastOne, all } of curves)
                for (const one of kinds)
                  for (const { k } of one === "all" ? all : atLeastOne)
                    if (passPointId(version.id, one, k) === id)
                      onBehind({ what: `k ${String(k)}`, version, fits: null, sort: "solved" });
            }}
          />
        ) : (
          <Missing
            title="pass@k takes two attempts at every task"
            action={
              <>
                <ImportAction />
                <RunAction benchmarkId={benchmark.id} />
              </>
            }
          >
            On {benchmark.title} these model versions have one epoch that counts, or tasks with only one: nothing beyond
            pass@1, which is the solve rate, can be estimated without bias. Run more epochs of the same tasks.
          </Missing>
        )
      }
    </Answer>
  );
}
