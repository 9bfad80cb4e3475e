import { useEffect, useState } from "react";
import { headlinePolicy, type DenominatorPolicy } from "../../../electron/contract/values.ts";
import { keepPlace, type Params } from "../../state/view.ts";
import { nextPolicy, policyById, policyId } from "./denominators.ts";

/** The ways of looking at a comparison. */
export const views = [
  { id: "matrix", words: "Matrix" },
  { id: "pairs", words: "Pairs" },
  { id: "flips", words: "Flips" },
  { id: "pass", words: "Pass@k" },
  { id: "reliability", words: "Reliability" },
  { id: "horizon", words: "Time horizon" },
  { id: "doubling", words: "Doubling time" },
  { id: "spending", words: "Cost and tokens" },
  { id: "trend", words: "Trend" },
  { id: "groups", words: "By category" },
] as const;
export type ViewId = (typeof views)[number]["id"];

/** Model versions that are shown until somebody chooses: more lines than these cross too often to be told apart. */
export const firstShown = 8;

/** What is compared and how it is looked at: all of it can be linked to, and is come back to. */
export interface Scope {
  readonly view: ViewId;
  readonly campaignId: string | null;
  readonly policy: DenominatorPolicy;
  /** null: the benchmark that most model versions were run on. */
  readonly benchmarkId: string | null;
  /** null: the first ones. */
  readonly modelVersionIds: readonly string[] | null;
  /** Shown as numbers instead of a chart. */
  readonly isTable: boolean;
  /** Choices of one view, by name: baseline, a, b, kinds, k, measure, by. */
  readonly choices: Params;
}

const everything = "everything";
const ownParams = new Set(["view", "campaign", "policy", "benchmark", "models", "table"]);

/** The scope that a place's params name; what they do not name is as at first. */
export function scopeOf(params: Params): Scope {
  const { campaign = everything, policy = "", benchmark = "", models = "" } = params;
  const view = views.find(({ id }) => id === params["view"])?.id ?? "matrix";
  return {
    view,
    campaignId: campaign === everything ? null : campaign,
    policy: policy === "" ? headlinePolicy : policyById(policy),
    benchmarkId: benchmark === "" ? null : benchmark,
    modelVersionIds: models === "" ? null : models.split(","),
    // A link from before there were views named the table as one.
    isTable: params["table"] === "yes" || params["view"] === "table",
    choices: Object.fromEntries(Object.entries(params).filter(([name]) => !ownParams.has(name))),
  };
}

/** The params that name a scope: `scopeOf` of them is the same scope. */
export function paramsOf(scope: Scope): Params {
  const { view, campaignId, policy, benchmarkId, modelVersionIds, isTable, choices } = scope;
  return {
    ...choices,
    ...(view === "matrix" ? {} : { view }),
    ...(campaignId === null ? {} : { campaign: campaignId }),
    ...(policyId(policy) === policyId(headlinePolicy) ? {} : { policy: policyId(policy) }),
    ...(benchmarkId === null ? {} : { benchmark: benchmarkId }),
    ...(modelVersionIds === null || modelVersionIds.length === 0 ? {} : { models: modelVersionIds.join(",") }),
    ...(isTable ? { table: "yes" } : {}),
  };
}

export interface ScopeState {
  readonly scope: Scope;
  readonly change: (part: Partial<Omit<Scope, "choices">>) => void;
  /** Makes choices of a view; an empty one is taken back. */
  readonly choose: (choices: Params) => void;
  /** The next denominator. */
  readonly changePolicy: () => void;
}

/** The scope of the screen, kept with its place. */
export function useScope(params: Params): ScopeState {
  const [scope, setScope] = useState(() => scopeOf(params));
  useEffect(() => {
    keepPlace(paramsOf(scope));
  }, [scope]);
  return {
    scope,
    change: (part) => {
      setScope((before) => ({ ...before, ...part }));
    },
    choose: (choices) => {
      setScope((before) => {
        const all = Object.entries({ ...before.choices, ...choices }).filter(([, value]) => value !== "");
        return { ...before, choices: Object.fromEntries(all) };
      });
    },
    changePolicy: () => {
      setScope((before) => ({ ...before, policy: nextPolicy(before.policy) }));
    },
  };
}
