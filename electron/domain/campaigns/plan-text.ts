import { elicitationNames, limitNames } from "../../contract/protocol.ts";
import { number, numberOrNull, text, type ReadModel } from "../read-model.ts";
import { campaignBenchmarkIds, campaignModelVersionIds, planProtocol } from "./queries.ts";

function inOrder<T extends object>(value: T, names: readonly (keyof T & string)[]): Record<string, unknown> {
  return Object.fromEntries(names.toSorted().map((name) => [name, value[name]]));
}

/**
 * The plan as it is hashed at registration: what was asked, of what, how often, and how; JSON with keys in alphabetical
 * order. Plans that were made before a plan had limits and elicitation keep the text (and so the hash) that they had then;
 * others say `format` 2. Assignments are no part of it. Null where there is no such campaign.
 */
export function planText(model: ReadModel, id: string): string | null {
  const row = model.get("SELECT * FROM campaign WHERE id = ?", id);
  if (row === undefined) return null;
  const protocol = planProtocol(row);
  return JSON.stringify({
    benchmarkIds: campaignBenchmarkIds(model, id),
    decisionRule: text(row, "decision_rule"),
    dueAt: numberOrNull(row, "due_at"),
    ...(protocol === null ? {} : { elicitation: inOrder(protocol.elicitation, elicitationNames) }),
    epochs: number(row, "epochs"),
    ...(protocol === null ? {} : { format: 2 }),
    id,
    ...(protocol === null ? {} : { limits: inOrder(protocol.limits, limitNames) }),
    modelVersionIds: campaignModelVersionIds(model, id),
    name: text(row, "name"),
    question: text(row, "question"),
  });
}
