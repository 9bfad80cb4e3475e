import { formatCount } from "../../contract/number-text.ts";
import type { Deviation } from "../../contract/planning.ts";
import { heldAgainstPlan, type HeldAgainst } from "./logged-protocol.ts";
import type { PlannedRun, RegisteredPlan } from "./plan-facts.ts";

type Found = Pick<Deviation, "kind" | "severity" | "what">;

/** Of what is listed in one sentence, so many are named. */
const most = 6;

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function some(sentences: readonly string[], joint: string): string {
  const more = sentences.length - most;
  return `${sentences.slice(0, most).join(joint)}${more > 0 ? `${joint}and ${formatCount(more)} more` : ""}`;
}

function differing(held: readonly HeldAgainst[], of: HeldAgainst["of"]): string {
  const other = held.filter((one) => one.of === of && one.differs);
  return some(
    other.map(({ words, planned, logged }) => `${words}: ${cut(planned)} planned, ${cut(logged ?? "")} in the log`),
    "; ",
  );
}

/**
 * Where a run's log states other limits or another elicitation than the registered plan; and, as a slight deviation, what
 * of them nothing states. A log states what was set when the run was launched: what was changed in between is in its notes.
 */
export function protocolDeviations(plan: RegisteredPlan, run: PlannedRun): Found[] {
  if (plan.protocol === null) return [];
  const held = heldAgainstPlan(plan.protocol, run.log);
  const found: Found[] = [];
  const limits = differing(held, "limits");
  if (limits !== "") found.push({ kind: "limits-differ", severity: "serious", what: `${limits}.` });
  const elicitation = differing(held, "elicitation");
  if (elicitation !== "") found.push({ kind: "elicitation-differs", severity: "notable", what: `${elicitation}.` });
  const silent = held.filter(({ logged }) => logged === null).map(({ words }) => words.toLowerCase());
  if (silent.length > 0) {
    const who = run.log === null ? "It was logged by hand: no log states" : "Its log does not state";
    const what = `${who} what the plan says of ${some(silent, ", ")}.`;
    found.push({ kind: "protocol-not-stated", severity: "slight", what });
  }
  return found;
}
