import type { ComparedVersion } from "../../../electron/contract/comparing.ts";
import type { DenominatorPolicy } from "../../../electron/contract/values.ts";
import type { Behind } from "./attempts-behind.tsx";
import type { ScopeState } from "./scope.ts";

/** What every view of comparisons is given. */
export interface ViewProps {
  readonly state: ScopeState;
  readonly benchmark: { readonly id: string; readonly title: string };
  /** All that were run on the benchmark. */
  readonly versions: readonly ComparedVersion[];
  /** Ids of those that are compared, in the order of `versions`. */
  readonly chosen: readonly string[];
  /** "errors as failures, invalidated left out". */
  readonly denominator: string;
  /** Shows the attempts that a mark was made of. */
  readonly onBehind: (behind: Behind) => void;
}

/** What comparisons are asked for with. */
export function selectionOf({ state, benchmark, chosen }: ViewProps): {
  benchmarkId: string;
  campaignId: string | null;
  policy: DenominatorPolicy;
  modelVersionIds: string[];
} {
  const { campaignId, policy } = state.scope;
  return { benchmarkId: benchmark.id, campaignId, policy, modelVersionIds: [...chosen] };
}

/** The version of an id among those that an answer is of. */
export function versionOf(versions: readonly ComparedVersion[], id: string): ComparedVersion | undefined {
  return versions.find((version) => version.id === id);
}
