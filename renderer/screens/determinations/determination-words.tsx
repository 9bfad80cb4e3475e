import type { ReactNode } from "react";
import {
  consultationAnswerWords,
  decisionWords,
  type Consultation,
  type Decision,
  type Determination,
  type DeterminationKind,
  type DeterminationLayer,
} from "../../../electron/contract/determinations.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import { daySchema } from "../../../electron/contract/values.ts";
import { Tag, type SignName, type Tone } from "../../parts/index.ts";

interface Look {
  readonly tone: Tone;
  readonly sign: SignName;
}

export const kindWords: Readonly<Record<DeterminationKind, string>> = {
  coverage: "Coverage determination",
  assessment: "Pre-release assessment",
};

/** The same words at the start of a line: "Determined to be covered". */
export function atStart(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** What is wrong with a day that has to be there; undefined where it is one. */
export function neededDayFault(text: string): string | undefined {
  return daySchema.safeParse(text.trim()).success ? undefined : "Write a day as 2026-12-04.";
}

const stateLooks: Readonly<Record<Determination["state"], Look & { readonly words: string }>> = {
  "in-review": { words: "in review", tone: "accent", sign: "open" },
  ready: { words: "to be decided", tone: "review", sign: "limit" },
  // Without the colour of a success: to be covered is none, and not to be covered is none either.
  decided: { words: "decided", tone: "plain", sign: "ok" },
  superseded: { words: "superseded", tone: "plain", sign: "invalid" },
};

export function DeterminationStateTag({ state }: { readonly state: Determination["state"] }): ReactNode {
  const { words, ...look } = stateLooks[state];
  return <Tag {...look}>{words}</Tag>;
}

const verdictLooks: Readonly<Record<NonNullable<DeterminationLayer["review"]>["verdict"], Look>> = {
  supports: { tone: "ok", sign: "ok" },
  "does-not-support": { tone: "bad", sign: "refused" },
  "more-needed": { tone: "warn", sign: "unknown" },
};

const layerLooks: Readonly<Record<Exclude<DeterminationLayer["state"], "reviewed">, Look>> = {
  waiting: { tone: "plain", sign: "open" },
  next: { tone: "accent", sign: "right" },
  "skip-proposed": { tone: "warn", sign: "warn" },
  skipped: { tone: "plain", sign: "none" },
};

/** How a layer looks wherever it stands: its verdict where it has one, else whether it is its turn. */
export function layerLook({ state, review }: DeterminationLayer): Look {
  if (review !== null) return verdictLooks[review.verdict];
  return layerLooks[state === "reviewed" ? "waiting" : state];
}

const consultationLooks: Readonly<Record<Consultation["state"], Look>> = {
  outstanding: { tone: "accent", sign: "open" },
  overdue: { tone: "bad", sign: "warn" },
  answered: { tone: "ok", sign: "ok" },
  "no-response": { tone: "warn", sign: "none" },
};

/** What a body answered; that it did not, by the date, is said like any answer. */
export function ConsultationTag({ consultation }: { readonly consultation: Consultation }): ReactNode {
  const { state, answer } = consultation;
  const look: Look = answer?.kind === "non-concur" ? { tone: "bad", sign: "refused" } : consultationLooks[state];
  return <Tag {...look}>{answer === null ? state : consultationAnswerWords[answer.kind]}</Tag>;
}

function counted(consultations: readonly Consultation[], state: Consultation["state"]): number {
  return consultations.filter((one) => one.state === state).length;
}

export interface ConsultationSums {
  /** "2 of 4 answered". */
  readonly words: string;
  /** "1 overdue · 1 outstanding"; "" where nothing is left to say. */
  readonly rest: string;
  readonly overdue: number;
}

/** How many bodies were asked, how many answered, and what became of the others. */
export function consultationSums({ consultations }: Pick<Determination, "consultations">): ConsultationSums {
  const [overdue, outstanding] = [counted(consultations, "overdue"), counted(consultations, "outstanding")];
  const silent = counted(consultations, "no-response");
  const rest = [
    ...(overdue === 0 ? [] : [`${formatCount(overdue)} overdue`]),
    ...(outstanding === 0 ? [] : [`${formatCount(outstanding)} outstanding`]),
    ...(silent === 0 ? [] : [formatCounted(silent, "no response", "no responses")]),
  ];
  const [answered, all] = [counted(consultations, "answered"), consultations.length];
  return {
    words: all === 0 ? "nobody asked" : `${formatCount(answered)} of ${formatCount(all)} answered`,
    rest: rest.join(" · "),
    overdue,
  };
}

/** What was decided, as it was written down. */
export function decisionLine(decision: Decision): string {
  return atStart(decisionWords[decision]);
}
