import type { MemberRole } from "../../../electron/contract/values.ts";
import { useQuery } from "../../state/service.ts";

/** What the member at the keyboard may do; the service checks it again, these only grey out what it would refuse. */
export interface Rights {
  readonly role: MemberRole | null;
  /** Adds models and benchmarks, starts runs, logs and imports. */
  readonly mayLog: boolean;
  /** Plans and registers campaigns, accepts, rejects and withdraws runs. */
  readonly mayDecide: boolean;
}

/** The rights of the open vault's member; none while it is not known who that is or the vault is read-only. */
export function useRights(): Rights {
  const state = useQuery("vault.state", {});
  if (state.status !== "ready" || !state.data.open) return { role: null, mayLog: false, mayDecide: false };
  const { member, readOnly } = state.data;
  const mayWrite = readOnly === null;
  return {
    role: member.role,
    mayLog: mayWrite && (member.role === "lead" || member.role === "evaluator"),
    mayDecide: mayWrite && member.role === "lead",
  };
}
