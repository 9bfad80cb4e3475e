import type { ReactNode } from "react";
import { usualPlan, type Reliability } from "../../../electron/contract/comparing.ts";
import {
  reliabilityMarkId,
  reliabilityRows,
  reliabilitySteps,
  uncertaintyRows,
  usualStep,
} from "../../charts/reliability-rows.ts";
import { Note, RadioGroup, Select } from "../../parts/index.ts";
import { Answer, ImportAction, Missing, RunAction } from "./answer-parts.tsx";
import type { Behind } from "./attempts-behind.tsx";
import { ChartPanel } from "./chart-panel.tsx";
import { useLongAnswer } from "./long-answer.ts";
import type { ScopeState } from "./scope.ts";
import { selectionOf, type ViewProps } from "./view-props.ts";

const looks = [
  { id: "every", label: "Every time" },
  { id: "uncertainty", label: "Uncertainty" },
] as const;

const rowParts = ["all", "one", "at-least-one", "tasks", "answers"] as const;

/** What a row was made of: all attempts of its model version, those that solve first. */
export function behindReliability(versions: readonly Reliability[], markId: string): Behind | null {
  const found = versions.find(({ version }) => rowParts.some((part) => reliabilityMarkId(version.id, part) === markId));
  if (found === undefined) return null;
  return { what: "its reliability", version: found.version, fits: null, sort: "solved" };
}

/** How often all of k attempts solve (pass^k), and where the uncertainty of a solve rate comes from. */
export function ReliabilityView(props: ViewProps): ReactNode {
  const { state, benchmark, denominator, onBehind } = props;
  const { scope, change } = state;
  const answer = useLongAnswer("comparisons.reliability", { ...selectionOf(props), ...usualPlan });
  return (
    <Answer answer={answer} step="Estimating reliability">
      {({ versions }) => {
        const steps = reliabilitySteps(versions);
        const asked = Number(scope.choices["k"] ?? "");
        const k = steps.includes(asked) ? asked : usualStep(versions);
        const isUncertainty = k === null || scope.choices["reliability"] === "uncertainty";
        if (k === null && versions.every(({ overTasks }) => overTasks === null))
          return <NotEnough benchmark={benchmark} />;
        return (
          <ChartPanel
            chart={
              isUncertainty
                ? uncertaintyRows(versions, usualPlan.halfWidth, benchmark.title)
                : reliabilityRows(versions, k, benchmark.title)
            }
            isTable={scope.isTable}
            onTable={(isTable) => {
              change({ isTable });
            }}
            denominator={denominator}
            choices={
              k === null ? undefined : <Choices state={state} steps={steps} k={k} isUncertainty={isUncertainty} />
            }
            notes={
              k === null ? (
                <div className="compare-note">
                  <Note>
                    How often a task is solved every time takes two attempts at every task: run more epochs of the same
                    tasks.
                  </Note>
                </div>
              ) : null
            }
            onOpen={(id) => {
              const behind = behindReliability(versions, id);
              if (behind !== null) onBehind(behind);
            }}
          />
        );
      }}
    </Answer>
  );
}

interface ChoicesProps {
  readonly state: ScopeState;
  readonly steps: readonly number[];
  readonly k: number;
  readonly isUncertainty: boolean;
}

function Choices({ state: { choose }, steps, k, isUncertainty }: ChoicesProps): ReactNode {
  return (
    <>
      {isUncertainty || steps.length < 2 ? null : (
        <div className="compare-run-choice">
          <Select
            label="Attempts at a task"
            hideLabel
            low
            options={steps.map((step) => ({ id: String(step), label: `${String(step)} attempts` }))}
            value={String(k)}
            onChange={(id) => {
              choose({ k: id });
            }}
          />
        </div>
      )}
      <RadioGroup
        label="What is shown"
        hideLabel
        look="segments"
        options={looks}
        value={isUncertainty ? "uncertainty" : "every"}
        onChange={(id) => {
          choose({ reliability: id === "every" ? "" : id });
        }}
      />
    </>
  );
}

function NotEnough({ benchmark }: { readonly benchmark: ViewProps["benchmark"] }): ReactNode {
  return (
    <Missing
      title="Reliability takes two tasks, or two attempts at each"
      action={
        <>
          <ImportAction />
          <RunAction benchmarkId={benchmark.id} />
        </>
      }
    >
      On {benchmark.title} there are too few attempts that count to say how sure the rates are. Run more tasks, or more
      epochs of the same ones.
    </Missing>
  );
}
