import type { MetricVerdict } from "../../electron/contract/attempt.ts";
import type { ExpectedLog, ExpectedMetric } from "./expected.ts";

interface Verdict {
  readonly verdict: MetricVerdict;
  readonly reason: unknown;
}

/** What the reader must say of a metric that Inspect logged: that it matches, for all but what is named here. */
export function expectedVerdict(log: string, metric: ExpectedMetric, expected: ExpectedLog): Verdict {
  if (expected.samples.length === 0) return { verdict: "no-scores", reason: "x" };
  return { verdict: "matches", reason: null };
}
