import type { ReactNode } from "react";
import type { MetricVerdict, OutcomeState } from "../../electron/contract/attempt.ts";
import type { SignName } from "./icon-sign.tsx";
import { Tag } from "./tag.tsx";
import type { Tone } from "./tone.ts";

export interface StateLook {
  readonly words: string;
  readonly tone: Tone;
  readonly sign: SignName;
}

const looks: Readonly<Record<Exclude<OutcomeState, "scored">, StateLook>> = {
  unscored: { words: "unscored", tone: "warn", sign: "unknown" },
  refused: { words: "refused", tone: "review", sign: "refused" },
  "limit-reached": { words: "limit reached", tone: "warn", sign: "limit" },
  "model-error": { words: "model error", tone: "bad", sign: "warn" },
  "infrastructure-fault": { words: "infrastructure fault", tone: "bad", sign: "fault" },
  invalidated: { words: "invalidated", tone: "bad", sign: "invalid" },
  withheld: { words: "withheld", tone: "plain", sign: "withheld" },
  "not-run": { words: "not run", tone: "plain", sign: "open" },
};

/**
 * Words, tone and sign of an outcome state: the one place that every screen takes them from.
 * @param solved whether a scored attempt counts as solved; null where there is no threshold.
 */
export function outcomeLook(state: OutcomeState, solved: boolean | null): StateLook {
  if (state !== "scored") return looks[state];
  if (solved === null) return { words: "scored", tone: "accent", sign: "saved" };
  if (solved) return { words: "solved", tone: "ok", sign: "ok" };
  return { words: "not solved", tone: "plain", sign: "none" };
}

export interface OutcomeTagProps {
  readonly state: OutcomeState;
  /** Whether a scored attempt counts as solved; null or left out where there is no threshold. */
  readonly solved?: boolean | null | undefined;
  /** The kind of limit or the score, after a colon: "limit: tokens". */
  readonly detail?: string | undefined;
}

/** The outcome state of one attempt: sign, word and colour. */
export function OutcomeTag({ state, solved = null, detail }: OutcomeTagProps): ReactNode {
  const look = outcomeLook(state, solved);
  const words = state === "limit-reached" && detail ? `limit: ${detail}` : look.words;
  return (
    <Tag tone={look.tone} sign={state === "not-run" ? undefined : look.sign} faint={state === "not-run"}>
      {words}
      {detail && state !== "limit-reached" ? <span className="mono">{detail}</span> : null}
    </Tag>
  );
}

const verdictLooks: Readonly<Record<MetricVerdict, StateLook>> = {
  matches: { words: "matches", tone: "ok", sign: "ok" },
  "matches-if-excluded": { words: "matches if excluded", tone: "warn", sign: "limit" },
  differs: { words: "differs", tone: "bad", sign: "fault" },
  "not-recomputable": { words: "not recomputable", tone: "plain", sign: "none" },
  random: { words: "random", tone: "plain", sign: "unknown" },
  "no-scores": { words: "no scores", tone: "plain", sign: "open" },
};

/** What recomputing a logged metric came to. */
export function VerdictTag({ verdict }: { readonly verdict: MetricVerdict }): ReactNode {
  const look = verdictLooks[verdict];
  return (
    <Tag tone={look.tone} sign={look.sign}>
      {look.words}
    </Tag>
  );
}
