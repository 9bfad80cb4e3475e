import type { Proofs } from "../../domain/event.ts";
import { claimHolds, entriesHold } from "../../handover/index.ts";
import type { OpenVault } from "../../vault/index.ts";

/** What the fold asks of cryptography, answered for one vault. */
export function proofsOf(vault: OpenVault): Proofs {
  return {
    claimHolds,
    entriesHold,
    keyOf: (memberId) => {
      const found = vault.memberKeys().find((one) => one.memberId === memberId);
      return found === undefined ? null : Buffer.from(found.signKey).toString("hex");
    },
  };
}
