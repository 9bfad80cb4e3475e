import type { ReactNode } from "react";
import { Meter } from "react-aria-components";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import type { AccessWindow, Submission } from "../../../electron/contract/submissions.ts";
import { Tag, type SignName, type Tone } from "../../parts/index.ts";
import { minuteWords } from "../../state/time-words.ts";
import "./submissions.css";

const stateLooks: Readonly<Record<Submission["state"], { words: string; tone: Tone; sign: SignName }>> = {
  inquiry: { words: "inquiry", tone: "plain", sign: "unknown" },
  submitted: { words: "submitted", tone: "review", sign: "open" },
  "access-open": { words: "window open", tone: "accent", sign: "limit" },
  closed: { words: "window closed", tone: "plain", sign: "ok" },
  withdrawn: { words: "withdrawn", tone: "warn", sign: "withheld" },
};

export function SubmissionStateTag({ state }: { readonly state: Submission["state"] }): ReactNode {
  const { words, ...look } = stateLooks[state];
  return <Tag {...look}>{words}</Tag>;
}

export const windowEndWords: Readonly<Record<NonNullable<AccessWindow["endsBy"]>, string>> = {
  cap: "its cap of days",
  "partner-release": "the planned release to other partners",
  "early-close": "an early close",
  withdrawal: "the withdrawal",
};

const day = 86_400_000;
const hour = 3_600_000;

/** "12 days left", "5 hours left"; what is under an hour is said as that. */
export function leftWords(remaining: number): string {
  if (remaining >= 2 * day) return `${formatCounted(Math.floor(remaining / day), "day")} left`;
  if (remaining >= hour) return `${formatCounted(Math.floor(remaining / hour), "hour")} left`;
  return "less than an hour left";
}

/** In a few words: not begun, how much is left, or how it ended. */
export function windowWords(window: AccessWindow | null): string {
  if (window === null) return "nothing submitted";
  const { state, remaining, endsBy, endsOn } = window;
  if (state === "not-begun") return "access not given yet";
  if (state === "open") return leftWords(remaining ?? 0);
  return endsBy === null ? "ended" : `ended ${endsOn ?? ""} by ${windowEndWords[endsBy]}`;
}

/** Days of the window that have begun, as a bar of all of them. */
export function WindowBar({ window }: { readonly window: AccessWindow }): ReactNode {
  const { grantedAt, endsAt, readAt, day: begun, rule } = window;
  if (grantedAt === null || endsAt === null) return null;
  const whole = Math.max(1, endsAt - grantedAt);
  const done = Math.min(whole, Math.max(0, readAt - grantedAt));
  const words = `Day ${String(begun ?? 0)} of at most ${String(rule.days)}`;
  return (
    <Meter className="window-bar" aria-label="Access window" value={done} maxValue={whole} valueLabel={words}>
      <span className="window-track" data-state={window.state}>
        <span className="window-fill" style={{ width: `${String((100 * done) / whole)}%` }} />
      </span>
      <span className="window-ends small">
        <span>{minuteWords(grantedAt)}</span>
        <span className="ink2">{words}</span>
        <span>{minuteWords(endsAt)}</span>
      </span>
    </Meter>
  );
}
