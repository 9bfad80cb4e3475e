import { denied, type Denial } from "../event.ts";
import type { RunState } from "../../contract/evaluation.ts";
import type { MemberRole } from "../../contract/values.ts";

/** Where a run may go from each state, and what only a lead decides. A withdrawn run stays in the journal. */
const next: Readonly<Record<RunState, readonly RunState[]>> = {
  planned: ["running", "withdrawn"],
  running: ["logged", "withdrawn"],
  logged: ["running", "in-review", "accepted", "rejected", "withdrawn"],
  "in-review": ["logged", "accepted", "rejected", "withdrawn"],
  accepted: ["in-review", "withdrawn"],
  rejected: ["in-review", "withdrawn"],
  withdrawn: [],
};

const leadOnly: ReadonlySet<RunState> = new Set<RunState>(["accepted", "rejected", "withdrawn"]);

/** Why the step is refused, or null. */
export function transitionRefusal(
  from: RunState,
  to: RunState,
  role: MemberRole | null,
  reason: string,
): string | Denial | null {
  if (!next[from].includes(to)) return `a run that is ${from} cannot become ${to}`;
  if ((leadOnly.has(to) || leadOnly.has(from)) && role !== "lead") return denied("only a lead decides this");
  return to === "withdrawn" && reason.trim() === "" ? "withdrawing a run needs a reason" : null;
}
