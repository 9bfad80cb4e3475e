import { denominatorPolicies, headlinePolicy, type DenominatorPolicy } from "../../../electron/contract/values.ts";

/** Names a policy in a list and in a place's params: "as-failures+left-out". */
export function policyId(policy: DenominatorPolicy): string {
  return `${policy.errors}+${policy.invalidated}`;
}

/** The policy of that name; the headline's where there is none. */
export function policyById(id: string): DenominatorPolicy {
  return denominatorPolicies.find((policy) => policyId(policy) === id) ?? headlinePolicy;
}

/** The one after it, round and round. */
export function nextPolicy(policy: DenominatorPolicy): DenominatorPolicy {
  const index = denominatorPolicies.findIndex((candidate) => policyId(candidate) === policyId(policy));
  return denominatorPolicies[(index + 1) % denominatorPolicies.length] ?? headlinePolicy;
}
