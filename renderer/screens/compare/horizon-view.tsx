import { useState, type ReactNode } from "react";
import { usualDraws, type Horizon } from "../../../electron/contract/comparing.ts";
import type { AttemptRow } from "../../../electron/contract/evaluation.ts";
import {
  horizonCurves,
  horizonMarkId,
  missingHorizons,
  noHorizonWords,
  taskMarkId,
} from "../../charts/horizon-curves.ts";
import { Button, Note, Select } from "../../parts/index.ts";
import { navigate } from "../../state/view.ts";
import { Answer, Missing, Working } from "./answer-parts.tsx";
import type { Behind } from "./attempts-behind.tsx";
import { ChartPanel } from "./chart-panel.tsx";
import { useLongAnswer } from "./long-answer.ts";
import { selectionOf, type ViewProps } from "./view-props.ts";

const everyone = "all";

/** What a mark or a row was made of: the tasks of the curve by human time, or one of them. */
export function behindHorizon(horizons: readonly Horizon[], markId: string): Behind | null {
  for (const { version, horizons: marks, points } of horizons) {
    const isCurve = markId === version.id || marks.some(({ share }) => horizonMarkId(version.id, share) === markId);
    if (isCurve)
      return { what: "the time horizon", version, fits: (row) => row.humanMinutes !== null, sort: "humanMinutes" };
    const point = points.find(({ task }) => taskMarkId(version.id, task) === markId);
    if (point === undefined) continue;
    const { task } = point;
    return { what: task, version, fits: (row: AttemptRow) => row.task === task, sort: "humanMinutes" };
  }
  return null;
}

/** The time horizon: the curves come at once, their intervals when the resamples are drawn. */
export function HorizonView(props: ViewProps): ReactNode {
  const { state, benchmark, denominator, onBehind } = props;
  const { scope, change } = state;
  const selection = selectionOf(props);
  const quick = useLongAnswer("comparisons.horizons", { ...selection, draws: 0 });
  const canFit = quick.data?.horizons.some(({ fit }) => fit !== null) === true;
  const whole = useLongAnswer("comparisons.horizons", canFit ? { ...selection, draws: usualDraws } : null);
  const [emphasis, setEmphasis] = useState<string>(everyone);
  return (
    <Answer answer={quick} step="Fitting time horizons">
      {(first) => {
        const data = whole.data ?? first;
        const fitted = data.horizons.filter(({ fit }) => fit !== null);
        if (fitted.length === 0) return <NoHorizon horizons={data.horizons} benchmark={benchmark} />;
        const shown = fitted.some(({ version }) => version.id === emphasis) ? emphasis : null;
        return (
          <ChartPanel
            chart={horizonCurves(data, benchmark.title, shown)}
            isTable={scope.isTable}
            onTable={(isTable) => {
              change({ isTable });
            }}
            denominator={denominator}
            emphasis={shown}
            choices={
              fitted.length < 2 ? undefined : (
                <div className="compare-choice">
                  <Select
                    label="Stands out, with its tasks"
                    hideLabel
                    low
                    options={[
                      { id: everyone, label: "No tasks, all alike" },
                      ...fitted.map(({ version }) => ({ id: version.id, label: `Tasks of ${version.words}` })),
                    ]}
                    value={shown ?? everyone}
                    onChange={setEmphasis}
                  />
                </div>
              )
            }
            notes={<HorizonNotes data={data} whole={whole} />}
            onOpen={(id) => {
              const behind = behindHorizon(data.horizons, id);
              if (behind !== null) onBehind(behind);
            }}
          />
        );
      }}
    </Answer>
  );
}

interface HorizonNotesProps {
  readonly data: { readonly horizons: readonly Horizon[]; readonly fewestTasks: number };
  readonly whole: ReturnType<typeof useLongAnswer<"comparisons.horizons">>;
}

function HorizonNotes({ data, whole }: HorizonNotesProps): ReactNode {
  const missing = missingHorizons(data.horizons, data.fewestTasks);
  return (
    <>
      {whole.isRunning && whole.data === null ? <Working answer={whole} step="Resampling time horizons" /> : null}
      {whole.isStopped ? (
        <div className="compare-note">
          <Note
            action={
              <Button size="small" onPress={whole.again}>
                Draw them
              </Button>
            }
          >
            Without intervals: drawing the resamples was cancelled.
          </Note>
        </div>
      ) : null}
      {missing === null ? null : (
        <div className="compare-note">
          <Note tone="warn">{missing}</Note>
        </div>
      )}
    </>
  );
}

/** Why no curve can be fitted to anything, and what would help. */
export function NoHorizon({
  horizons,
  benchmark,
}: {
  readonly horizons: readonly Horizon[];
  readonly benchmark: ViewProps["benchmark"];
}): ReactNode {
  const reasons = [...new Set(horizons.flatMap(({ reason }) => (reason === null ? [] : [noHorizonWords[reason]])))];
  const needsTimes = horizons.some(({ reason }) => reason === "no-human-times" || reason === "too-few-tasks");
  return (
    <Missing
      title="No time horizon yet"
      action={
        <Button
          onPress={() => {
            navigate("benchmark", { id: benchmark.id });
          }}
        >
          The tasks of {benchmark.title}
        </Button>
      }
    >
      On {benchmark.title} {reasons.join("; ")}.{" "}
      {needsTimes
        ? "Human minutes (first solve or expert time) come with a benchmark pack: import one that states them."
        : "A curve needs short tasks that are solved and long ones that are not."}
    </Missing>
  );
}
