import type { ReactNode } from "react";
import { noTrendWords, trendMarkId, trendPoints } from "../../charts/trend-points.ts";
import { Button, Note } from "../../parts/index.ts";
import { navigate } from "../../state/view.ts";
import { Answer, Missing, RunAction } from "./answer-parts.tsx";
import { ChartPanel } from "./chart-panel.tsx";
import { useLongAnswer } from "./long-answer.ts";
import { selectionOf, type ViewProps } from "./view-props.ts";

/** Solve rates over model versions, by release date where all have one. */
export function TrendView(props: ViewProps): ReactNode {
  const { state, benchmark, versions, chosen, denominator, onBehind } = props;
  const { scope, change } = state;
  const isEnough = chosen.length >= 2;
  const answer = useLongAnswer("comparisons.trend", isEnough ? selectionOf(props) : null);
  if (!isEnough) {
    return (
      <Missing title="A trend takes two model versions" action={<RunAction benchmarkId={benchmark.id} />}>
        {versions.length < 2
          ? `Only ${String(versions.length)} was run on ${benchmark.title}. Run another on it, or choose another benchmark.`
          : "Choose more under Model versions."}
      </Missing>
    );
  }
  return (
    <Answer answer={answer} step="Drawing the trend">
      {(data) => (
        <ChartPanel
          chart={trendPoints(data, benchmark.title, chosen)}
          isTable={scope.isTable}
          onTable={(isTable) => {
            change({ isTable });
          }}
          denominator={denominator}
          notes={
            data.reason === null ? null : (
              <div className="compare-note">
                <Note
                  action={
                    data.reason === "no-dates" ? (
                      <Button
                        size="small"
                        onPress={() => {
                          navigate("models");
                        }}
                      >
                        Models
                      </Button>
                    ) : undefined
                  }
                >
                  {data.reason === "no-dates"
                    ? "In the order of the list, not of time: give every model version its release date, and a line is fitted."
                    : `No line is drawn: ${noTrendWords[data.reason]}.`}
                </Note>
              </div>
            )
          }
          onOpen={(id) => {
            const version = data.versions.find((one) => trendMarkId(one.id) === id);
            if (version !== undefined) onBehind({ what: "the solve rate", version, fits: null, sort: "task" });
          }}
        />
      )}
    </Answer>
  );
}
