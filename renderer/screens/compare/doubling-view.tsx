import type { ReactNode } from "react";
import { usualDraws } from "../../../electron/contract/comparing.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import {
  datedHorizons,
  doublingMarkId,
  doublingPoints,
  noDoublingWords,
  undatedHorizons,
  type DoublingData,
} from "../../charts/doubling-points.ts";
import { listWords } from "../../charts/drawn-chart.ts";
import { Button, Note } from "../../parts/index.ts";
import { navigate } from "../../state/view.ts";
import { Answer, Missing, Working } from "./answer-parts.tsx";
import { ChartPanel } from "./chart-panel.tsx";
import { NoHorizon } from "./horizon-view.tsx";
import { useLongAnswer } from "./long-answer.ts";
import { selectionOf, type ViewProps } from "./view-props.ts";

/** Doubling time of the 50 % time horizon over release days: the points come at once, intervals when resamples are drawn. */
export function DoublingView(props: ViewProps): ReactNode {
  const { state, benchmark, chosen, denominator, onBehind } = props;
  const { scope, change } = state;
  const selection = selectionOf(props);
  const quick = useLongAnswer("comparisons.horizons", { ...selection, draws: 0 });
  const canDraw = quick.data !== null && datedHorizons(quick.data).length > 0;
  const whole = useLongAnswer("comparisons.horizons", canDraw ? { ...selection, draws: usualDraws } : null);
  return (
    <Answer answer={quick} step="Fitting time horizons">
      {(first) => {
        const data = whole.data ?? first;
        if (data.horizons.every(({ fit }) => fit === null))
          return <NoHorizon horizons={data.horizons} benchmark={benchmark} />;
        if (datedHorizons(data).length === 0) return <NoDays benchmark={benchmark} />;
        return (
          <ChartPanel
            chart={doublingPoints(data, benchmark.title, chosen)}
            isTable={scope.isTable}
            onTable={(isTable) => {
              change({ isTable });
            }}
            denominator={denominator}
            notes={
              <>
                {whole.isRunning && whole.data === null ? (
                  <Working answer={whole} step="Resampling time horizons" />
                ) : null}
                <DoublingNotes data={data} />
              </>
            }
            onOpen={(id) => {
              const version = data.horizons.find((one) => doublingMarkId(one.version.id) === id)?.version;
              if (version === undefined) return;
              const fits = (row: { readonly humanMinutes: number | null }): boolean => row.humanMinutes !== null;
              onBehind({ what: "the time horizon", version, fits, sort: "humanMinutes" });
            }}
          />
        );
      }}
    </Answer>
  );
}

function ToModels({ size = "regular" }: { readonly size?: "small" | "regular" }): ReactNode {
  return (
    <Button
      size={size}
      onPress={() => {
        navigate("models");
      }}
    >
      Models
    </Button>
  );
}

/** Versions that a note names. */
const mostNamed = 3;

/** Which versions have no release day, and why there is no line. */
function DoublingNotes({ data }: { readonly data: DoublingData }): ReactNode {
  const undated = undatedHorizons(data).map(({ version }) => version.words);
  const rest = undated.length - mostNamed;
  const named = rest > 1 ? [...undated.slice(0, mostNamed), `${formatCount(rest)} more`] : undated;
  const { reason } = data.doubling;
  const isShort = reason === "too-few";
  return (
    <>
      {reason === null ? null : (
        <div className="compare-note">
          <Note action={isShort ? <ToModels size="small" /> : undefined}>
            No doubling time: {noDoublingWords[reason]}.
            {isShort ? " Choose more model versions, or give more of them their release day." : ""}
          </Note>
        </div>
      )}
      {undated.length === 0 ? null : (
        <div className="compare-note">
          <Note tone="warn" action={isShort ? undefined : <ToModels size="small" />}>
            {formatCounted(undated.length, "model version")} without a release day, and so not in the chart:{" "}
            {listWords(named)}. Set it under Released on Models.
          </Note>
        </div>
      )}
    </>
  );
}

function NoDays({ benchmark }: { readonly benchmark: ViewProps["benchmark"] }): ReactNode {
  return (
    <Missing title="A doubling time needs release days" action={<ToModels />}>
      The model versions with a time horizon on {benchmark.title} do not say when they were released. Set their days
      under Released on Models: the line goes through three or more that were the best when they came out.
    </Missing>
  );
}
