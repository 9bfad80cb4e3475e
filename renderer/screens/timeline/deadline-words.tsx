import type { ReactNode } from "react";
import type { Deadline } from "../../../electron/contract/deadlines.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { Tag, type SignName, type Tone } from "../../parts/index.ts";

const looks: Readonly<Record<Deadline["state"], { words: string; tone: Tone; sign: SignName }>> = {
  overdue: { words: "overdue", tone: "bad", sign: "warn" },
  "due-soon": { words: "due soon", tone: "warn", sign: "warn" },
  open: { words: "open", tone: "plain", sign: "none" },
  unknown: { words: "day unknown", tone: "review", sign: "unknown" },
  "met-late": { words: "met late", tone: "warn", sign: "ok" },
  met: { words: "met", tone: "ok", sign: "ok" },
  dropped: { words: "dropped", tone: "plain", sign: "none" },
};

/** The state of a deadline; unknown and overdue are states like any other. */
export function DeadlineStateTag({ deadline }: { readonly deadline: Deadline }): ReactNode {
  const { words, ...look } = looks[deadline.state];
  return <Tag {...look}>{words}</Tag>;
}

/** "in 12 days", "3 days ago", or what keeps anybody from knowing. */
export function whenWords({ dueOn, daysLeft, metOn, triggerOn }: Deadline): string {
  if (metOn !== null) return `met on ${metOn}`;
  if (dueOn === null) return triggerOn === null ? "its trigger has no day" : "no number of days";
  if (daysLeft === null) return "";
  if (daysLeft === 0) return "today";
  return daysLeft > 0 ? `in ${formatCounted(daysLeft, "day")}` : `${formatCounted(-daysLeft, "day")} ago`;
}
