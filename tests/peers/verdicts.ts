import type { MetricVerdict } from "../../electron/contract/attempt.ts";
import type { ExpectedLog, ExpectedMetric } from "./expected.ts";

export interface Verdict {
  readonly verdict: MetricVerdict;
  /** Words that the reason holds, null where there is none. */
  readonly because: string | null;
}

const random: Verdict = { verdict: "random", because: "cannot be repeated" };
const unknowable: Verdict = { verdict: "not-recomputable", because: "cannot be told from what the log records" };

/** By log, then by the metric's key or the metric that wrote it. */
const exceptions: Readonly<Record<string, Readonly<Record<string, Verdict>>>> = {
  own_metrics: {
    own_share: { verdict: "not-recomputable", because: "own code" },
    bootstrap_stderr: random,
    ci: random,
  },
  lists: { krippendorff_alpha: { verdict: "not-recomputable", because: "not computed again here" } },
  // The score is the text "2" in some samples and the number 2.0 in others.
  categories: { "2": unknowable },
};

/** Logs of which no metric matches. */
const logsApart: Readonly<Record<string, Verdict>> = {
  // "at_least_2" is all that the log says of at_least(2, value=0.5); Inspect itself recomputes it wrong.
  threshold_reducer: {
    verdict: "not-recomputable",
    because: "counts scores from a threshold that the log does not record",
  },
  "edit-stale": { verdict: "differs", because: "before they were edited" },
};

/** What the reader must say of a metric that Inspect logged: that it matches, for all but what is named here. */
export function expectedVerdict(log: string, metric: ExpectedMetric, expected: ExpectedLog): Verdict {
  if (expected.samples.length === 0) return { verdict: "no-scores", because: "no scores of this scorer" };
  const name = log.replace(/\.[a-z]+$/, "");
  const own = exceptions[name];
  return own?.[metric.metric] ?? own?.[metric.of] ?? logsApart[name] ?? { verdict: "matches", because: null };
}
