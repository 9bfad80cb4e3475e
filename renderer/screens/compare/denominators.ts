import { formatPolicy } from "../../../electron/contract/number-text.ts";
import { headlinePolicy, type DenominatorPolicy } from "../../../electron/contract/values.ts";

/** The four denominators, the headline's first: the order in which D goes through them. */
export const policies: readonly DenominatorPolicy[] = [
  headlinePolicy,
  { errors: "left-out", invalidated: "left-out" },
  { errors: "as-failures", invalidated: "counted" },
  { errors: "left-out", invalidated: "counted" },
];

/** Names a policy in a list and in a place's params: "as-failures+left-out". */
export function policyId(policy: DenominatorPolicy): string {
  return `${policy.errors}+${policy.invalidated}`;
}

/** The policy of that name; the headline's where there is none. */
export function policyById(id: string): DenominatorPolicy {
  return policies.find((policy) => policyId(policy) === id) ?? headlinePolicy;
}

/** The one after it, round and round. */
export function nextPolicy(policy: DenominatorPolicy): DenominatorPolicy {
  const index = policies.findIndex((candidate) => policyId(candidate) === policyId(policy));
  return policies[(index + 1) % policies.length] ?? headlinePolicy;
}

/** "Errors as failures, invalidated left out". */
export function policyTitle(policy: DenominatorPolicy): string {
  const words = formatPolicy(policy);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
