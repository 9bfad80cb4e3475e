import type { ReactNode } from "react";
import type { FindingFields, Severity } from "../../../electron/contract/finding-fields.ts";
import {
  channelsOfKind,
  findingChannelWords,
  findingKindWords,
  findingStateWords,
  type FindingEdge,
  type FindingKind,
  type FindingState,
} from "../../../electron/contract/finding-states.ts";
import { Tag, type SignName, type Tone } from "../../parts/index.ts";

/** What findings are called on screens: their states, severities, kinds, and what leads from one state to the next. */

interface Look {
  readonly tone: Tone;
  readonly sign: SignName;
}

const stateLooks: Readonly<Record<FindingState, Look>> = {
  recorded: { tone: "plain", sign: "open" },
  triaged: { tone: "accent", sign: "eye" },
  validated: { tone: "review", sign: "ok" },
  refuted: { tone: "plain", sign: "invalid" },
  duplicate: { tone: "plain", sign: "none" },
  routed: { tone: "accent", sign: "right" },
  acknowledged: { tone: "accent", sign: "ok" },
  remediated: { tone: "ok", sign: "saved" },
  distributed: { tone: "ok", sign: "ok" },
  closed: { tone: "plain", sign: "withheld" },
};

const severityLooks: Readonly<Record<Severity, Look>> = {
  critical: { tone: "bad", sign: "fault" },
  high: { tone: "bad", sign: "warn" },
  medium: { tone: "warn", sign: "warn" },
  low: { tone: "plain", sign: "info" },
  none: { tone: "plain", sign: "none" },
};

/** How far a finding has come. */
export function FindingStateTag({ state }: { readonly state: FindingState }): ReactNode {
  return <Tag {...stateLooks[state]}>{findingStateWords[state]}</Tag>;
}

interface SeverityTagProps {
  /** Null where nobody said. */
  readonly severity: Severity | null;
  readonly score?: number | null;
}

/** How severe it is, with its CVSS score where there is one. */
export function SeverityTag({ severity, score = null }: SeverityTagProps): ReactNode {
  if (severity === null) {
    return (
      <Tag faint sign="unknown">
        not rated
      </Tag>
    );
  }
  const words = severity === "none" ? "no severity" : severity;
  return <Tag {...severityLooks[severity]}>{score === null ? words : `${words} ${score.toFixed(1)}`}</Tag>;
}

/** "Clearinghouse and vendor": to whom findings of a kind can go. */
export function channelWords(kind: FindingKind): string {
  return channelsOfKind[kind]
    .map((channel, place) => (place === 0 ? findingChannelWords[channel] : findingChannelWords[channel].toLowerCase()))
    .join(" and ");
}

/** The kind of a finding, with the only channel that it may go through. */
export function KindTag({ kind }: { readonly kind: FindingKind }): ReactNode {
  return <Tag sign={kind === "model-weakness" ? "eye" : "fault"}>{findingKindWords[kind].toLowerCase()}</Tag>;
}

export const priorityWords: Readonly<Record<FindingFields["priority"], string>> = {
  unset: "not set",
  low: "low",
  normal: "normal",
  high: "high",
  urgent: "urgent",
};
export const exploitWords: Readonly<Record<FindingFields["exploitMaturity"], string>> = {
  unknown: "not known",
  unreported: "unreported",
  "proof-of-concept": "proof of concept",
  attacked: "attacked",
};
export const remediationWords: Readonly<Record<FindingFields["remediation"]["state"], string>> = {
  unknown: "not known",
  "not-planned": "not planned",
  planned: "planned",
  "in-progress": "in progress",
  workaround: "workaround",
  fixed: "fixed",
};
export const distributionWords: Readonly<Record<FindingFields["distribution"]["state"], string>> = {
  unknown: "not known",
  "not-started": "not started",
  partial: "partial",
  complete: "complete",
};

const moveWords: Readonly<Partial<Record<FindingState, string>>> = {
  triaged: "Triage",
  acknowledged: "Mark as acknowledged",
  remediated: "Mark as remediated",
  distributed: "Mark the patch as distributed",
  closed: "Close",
};

/** A step as a verb: "Triage", "Route to the clearinghouse or vendor…". Three dots where it asks for more. */
export function stepWords(
  kind: FindingKind,
  { to, by, needsReason }: Pick<FindingEdge, "to" | "by" | "needsReason">,
): string {
  if (by === "validate") return "Record a validation…";
  if (by === "duplicate") return "Mark as a duplicate…";
  if (by === "route")
    return kind === "model-weakness" ? "Route to the developer…" : "Route to clearinghouse or vendor…";
  const words = moveWords[to] ?? findingStateWords[to];
  return needsReason ? `${words}…` : words;
}
