import type { ReactNode } from "react";
import type { ComparedVersion } from "../../../electron/contract/comparing.ts";
import {
  budgetCurves,
  budgetMarkId,
  hasSpending,
  spendingMarkId,
  spendingPoints,
  type Measure,
} from "../../charts/spending-points.ts";
import { RadioGroup } from "../../parts/index.ts";
import { Answer, ImportAction, Missing } from "./answer-parts.tsx";
import { ChartPanel } from "./chart-panel.tsx";
import { useLongAnswer } from "./long-answer.ts";
import { selectionOf, type ViewProps } from "./view-props.ts";

const measures = [
  { id: "tokens", label: "Tokens" },
  { id: "cost", label: "Cost" },
  { id: "time", label: "Time" },
] as const;

const charts = [
  { id: "scatter", label: "Success" },
  { id: "budget", label: "Budget curve" },
] as const;

const missingWords: Readonly<Record<Measure, string>> = {
  tokens: "how many tokens they used",
  cost: "what they cost",
  time: "how long they took",
};

/** What attempts used up against what they solved, and what a smaller budget would have left of it. */
export function SpendingView(props: ViewProps): ReactNode {
  const { state, benchmark, denominator, onBehind } = props;
  const { scope, change, choose } = state;
  const measure = measures.find(({ id }) => id === scope.choices["measure"])?.id ?? "tokens";
  const look = charts.find(({ id }) => id === scope.choices["spent"])?.id ?? "scatter";
  const answer = useLongAnswer("comparisons.spending", { ...selectionOf(props), measure });
  const choices = (
    <>
      <RadioGroup
        label="Measure"
        hideLabel
        look="segments"
        options={measures}
        value={measure}
        onChange={(id) => {
          choose({ measure: id });
        }}
      />
      <RadioGroup
        label="Chart"
        hideLabel
        look="segments"
        options={charts}
        value={look}
        onChange={(spent) => {
          choose({ spent });
        }}
      />
    </>
  );
  const open = (version: ComparedVersion, what: string): void => {
    onBehind({ what, version, fits: null, sort: measure === "time" ? "time" : "tokens" });
  };
  return (
    <Answer answer={answer} step="Adding up what was spent">
      {({ versions }) => {
        if (!hasSpending(versions, measure)) {
          return (
            <Missing
              title={`Not known ${missingWords[measure]}`}
              action={
                <>
                  {choices}
                  <ImportAction />
                </>
              }
            >
              None of these attempts on {benchmark.title} says {missingWords[measure]}. Logs of a harness do; of an
              attempt logged by hand it can be typed in.
            </Missing>
          );
        }
        const draw = look === "budget" ? budgetCurves : spendingPoints;
        return (
          <ChartPanel
            chart={draw(versions, measure, benchmark.title)}
            isTable={scope.isTable}
            onTable={(isTable) => {
              change({ isTable });
            }}
            denominator={denominator}
            choices={choices}
            onOpen={(id) => {
              for (const { version, curve } of versions) {
                if (spendingMarkId(version.id) === id) open(version, "the solve rate");
                else if (curve.points.some(({ budget }) => budgetMarkId(version.id, budget) === id))
                  open(version, "the budget curve");
              }
            }}
          />
        );
      }}
    </Answer>
  );
}
