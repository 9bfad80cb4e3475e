import type { RequestInput } from "../../../electron/contract/index.ts";

/** A plan as it is being written. */
export interface PlanDraft {
  readonly name: string;
  readonly question: string;
  readonly decisionRule: string;
  readonly modelVersionIds: ReadonlySet<string>;
  readonly benchmarkIds: ReadonlySet<string>;
  readonly epochs: number | null;
  /** "2026-12-04", empty for none. */
  readonly due: string;
  /** Where it is kept; null: where all evaluators read. */
  readonly compartment: number | null;
}

export const emptyPlan: PlanDraft = {
  name: "",
  question: "",
  decisionRule: "",
  modelVersionIds: new Set(),
  benchmarkIds: new Set(),
  epochs: 1,
  due: "",
  compartment: null,
};

/** The end of a day written as year, month and day, in milliseconds; null when it is no such day. */
export function endOfDay(text: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  if (parts === null) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(year, month - 1, day, 23, 59, 0, 0);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : null;
}

export type PlanErrors = Partial<Record<keyof PlanDraft, string>>;

/** What is missing or wrong in a plan, by field; empty when it can be planned. */
export function planErrors(draft: PlanDraft): PlanErrors {
  return {
    ...(draft.name.trim() === "" ? { name: "Give it a name." } : {}),
    ...(draft.modelVersionIds.size === 0 ? { modelVersionIds: "Choose at least one model version." } : {}),
    ...(draft.benchmarkIds.size === 0 ? { benchmarkIds: "Choose at least one benchmark." } : {}),
    ...(draft.epochs === null ? { epochs: "At least 1." } : {}),
    ...(draft.due.trim() !== "" && endOfDay(draft.due) === null ? { due: "Write a day as 2026-12-04." } : {}),
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
    dueAt: endOfDay(draft.due),
    ...(draft.compartment === null ? {} : { compartment: draft.compartment }),
  };
}

/** Attempts that a plan comes to: model versions × tasks × epochs. */
export function plannedAttempts(draft: PlanDraft, tasksOf: (benchmarkId: string) => number): number {
  const tasks = [...draft.benchmarkIds].reduce((sum, id) => sum + tasksOf(id), 0);
  return draft.modelVersionIds.size * tasks * (draft.epochs ?? 0);
}
