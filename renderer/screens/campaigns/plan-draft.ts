import { endOfDay } from "../../../electron/contract/end-of-day.ts";
import type { RequestInput } from "../../../electron/contract/index.ts";
import { noElicitation, noLimits, type AttemptLimits, type Elicitation } from "../../../electron/contract/protocol.ts";
import { dayFault } from "../../state/time-words.ts";

/** A plan as it is being written. */
export interface PlanDraft {
  readonly name: string;
  readonly question: string;
  readonly decisionRule: string;
  readonly modelVersionIds: readonly string[];
  readonly benchmarkIds: readonly string[];
  readonly epochs: number | null;
  readonly limits: AttemptLimits;
  readonly elicitation: Elicitation;
  /** "2026-12-04", empty for none. */
  readonly due: string;
  /** Where it is kept; null: where all evaluators read. */
  readonly compartment: number | null;
}

export const emptyPlan: PlanDraft = {
  name: "",
  question: "",
  decisionRule: "",
  modelVersionIds: [],
  benchmarkIds: [],
  epochs: 1,
  limits: noLimits,
  elicitation: noElicitation,
  due: "",
  compartment: null,
};

export type PlanErrors = Partial<Record<keyof PlanDraft, string>>;

/** What is missing or wrong in a plan, by field; empty when it can be planned. */
export function planErrors(draft: PlanDraft): PlanErrors {
  const due = dayFault(draft.due);
  return {
    ...(draft.name.trim() === "" ? { name: "Give it a name." } : {}),
    ...(draft.modelVersionIds.length === 0 ? { modelVersionIds: "Choose at least one model version." } : {}),
    ...(draft.benchmarkIds.length === 0 ? { benchmarkIds: "Choose at least one benchmark." } : {}),
    ...(draft.epochs === null ? { epochs: "At least 1." } : {}),
    ...(due === undefined ? {} : { due }),
  };
}

function trimmed(elicitation: Elicitation): Elicitation {
  const { temperature, ...texts } = elicitation;
  return {
    temperature,
    scaffold: texts.scaffold.trim(),
    scaffoldVersion: texts.scaffoldVersion.trim(),
    tools: texts.tools.trim(),
    network: texts.network.trim(),
    prompt: texts.prompt.trim(),
    reasoningEffort: texts.reasoningEffort.trim(),
    humanHelp: texts.humanHelp.trim(),
  };
}

/** The request that a plan without errors makes. */
export function planInput(draft: PlanDraft): RequestInput<"campaigns.plan"> {
  return {
    name: draft.name,
    question: draft.question,
    decisionRule: draft.decisionRule,
    modelVersionIds: [...draft.modelVersionIds],
    benchmarkIds: [...draft.benchmarkIds],
    epochs: draft.epochs ?? 1,
    limits: draft.limits,
    elicitation: trimmed(draft.elicitation),
    dueAt: endOfDay(draft.due),
    ...(draft.compartment === null ? {} : { compartment: draft.compartment }),
  };
}

/** Attempts that a plan comes to: model versions × tasks × epochs. */
export function plannedAttempts(draft: PlanDraft, tasksOf: (benchmarkId: string) => number): number {
  const tasks = draft.benchmarkIds.reduce((sum, id) => sum + tasksOf(id), 0);
  return draft.modelVersionIds.length * tasks * (draft.epochs ?? 0);
}
