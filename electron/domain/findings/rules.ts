import type { FindingChange } from "../../contract/finding-fields.ts";
import { findingEdge, type FindingEdge, type FindingState, type FindingStep } from "../../contract/finding-states.ts";
import type { FindingParty, FindingSource } from "../../contract/findings.ts";
import { denied, type Denial, type FoldContext } from "../event.ts";
import { memberRole } from "../members/queries.ts";
import type { ReadModel } from "../read-model.ts";
import { recipientName } from "../recipients/queries.ts";
import { runFacts } from "../runs/state.ts";
import { severityRefusal } from "./severity.ts";
import { channelRefusal, type ActBody, type Standing } from "./standing.ts";
import { channelOfRecipient, findingFacts, findingStanding, type FindingFacts } from "./state.ts";

/** Why something may not be done to a finding. What came from another vault is judged by what does not depend on order. */

type Why = string | Denial | null;

export function fieldsRefusal(fields: FindingChange): string | null {
  for (const { ranges } of fields.affected ?? []) {
    if (ranges.some(({ fixed, lastAffected }) => fixed !== null && lastAffected !== null)) {
      return "a range of versions ends either before the first fixed one or with the last affected one";
    }
  }
  if (fields.cwes !== undefined && new Set(fields.cwes).size !== fields.cwes.length) return "it names a weakness twice";
  return fields.severity === undefined ? null : severityRefusal(fields.severity);
}

export function sourceRefusal(model: ReadModel, source: FindingSource): string | null {
  const { modelVersionId, runId, attempt } = source;
  if (attempt !== null && runId === null) return "an attempt is of a run, and none is named";
  const known = model.get("SELECT 1 AS n FROM model_version WHERE id = ?", modelVersionId) !== undefined;
  if (modelVersionId !== null && !known) return "there is no such model version";
  if (runId === null) return null;
  const run = runFacts(model, runId);
  if (run === null) return "there is no such run";
  return run.modelVersionId === modelVersionId ? null : "the run is of another model version";
}

interface Found {
  readonly facts: FindingFacts;
  readonly standing: Standing;
}

function isLead({ model, actor }: FoldContext): boolean {
  return memberRole(model, actor) === "lead";
}

/** A recipient stands for one channel: no key of a developer opens what is meant for the clearinghouse. */
function partiesRefusal({ model }: FoldContext, { kind }: FindingFacts, parties: readonly FindingParty[]): Why {
  const wrong = channelRefusal(kind, parties);
  if (wrong !== null) return wrong;
  for (const { recipientId, channel } of parties) {
    if (recipientId === null) continue;
    if (recipientName(model, recipientId) === null) return "there is no such recipient";
    const used = channelOfRecipient(model, recipientId);
    if (used !== null && used !== channel) return `this recipient was used as ${used} before`;
  }
  return null;
}

interface Way {
  readonly to: FindingState;
  readonly by: FindingStep;
  readonly reason: string;
}

function wayRefusal(context: FoldContext, { state }: Standing, { to, by, reason }: Way): Why {
  const found = findingEdge(state, to, by);
  if (found === null) return `it is ${state}: nothing leads from there to ${to}`;
  if (isForLeads(found) && !isLead(context)) return denied(`only a lead takes a finding to ${to}`);
  return found.needsReason && reason.trim() === "" ? "it takes a written reason" : null;
}

function isForLeads({ roles }: FindingEdge): boolean {
  return !roles.includes("evaluator");
}

/** Routed again, to more parties, while it is open: the state stays. */
function routeRefusal(
  context: FoldContext,
  { facts, standing }: Found,
  body: Extract<ActBody, { kind: "routed" }>,
): Why {
  if (!isLead(context)) return denied("only a lead routes findings");
  const wrong = partiesRefusal(context, facts, body.parties);
  if (wrong !== null) return wrong;
  if (!standing.hasSecondLook && body.reason.trim() === "") {
    return "nobody but who recorded it has reproduced it: it takes a written reason";
  }
  const isOut = standing.moves.some(({ to }) => to === "routed") && standing.state !== "closed";
  return isOut ? null : wayRefusal(context, standing, { to: "routed", by: "route", reason: body.reason });
}

function undoRefusal(context: FoldContext, { standing }: Found, act: string): Why {
  const last = standing.moves.at(-1);
  if (last === undefined) return "nothing was done that could be taken back";
  if (standing.moves.some(({ to }) => to === "routed")) return "it was routed: what others were told is not taken back";
  if (last.act.id !== act) return "something was done since: take that back first";
  const mayUndo = last.act.by === context.event.by || isLead(context);
  return mayUndo ? null : denied("who made a move takes it back, or a lead");
}

function markRefusal(
  context: FoldContext,
  { facts, standing }: Found,
  body: Extract<ActBody, { kind: "marked" }>,
): Why {
  const of = findingFacts(context.model, body.of);
  if (of === null) return "there is no such finding to be a duplicate of";
  if (of.id === facts.id) return "it cannot be a duplicate of itself";
  if (of.kind !== facts.kind) return "they are of two kinds";
  if (findingStanding(context.model, of).duplicateOf !== null)
    return "that one is a duplicate itself: name its original";
  return wayRefusal(context, standing, { to: "duplicate", by: "duplicate", reason: body.reason });
}

function toldRefusal(context: FoldContext, { facts, standing }: Found, body: ActBody): Why {
  if (!isLead(context)) return denied("only a lead writes down who was told and who answered");
  if (body.kind === "answered") {
    const isKnown = standing.notices.some(({ act }) => act.id === body.notice);
    return isKnown ? null : "nobody was told under this number";
  }
  if (body.kind !== "notified") return null;
  if (!standing.moves.some(({ to }) => to === "routed")) return "it is not routed: nobody is told before";
  return partiesRefusal(context, facts, [body.party]);
}

function validationRefusal({ standing }: Found): Why {
  const { state } = standing;
  if (state === "recorded") return "triage it first";
  return state === "duplicate" || state === "closed" ? `it is ${state}` : null;
}

/** What may not stand wherever it comes from. */
function generalRefusal({ kind }: FindingFacts, body: ActBody): Why {
  if (body.kind === "edited") return fieldsRefusal(body.fields);
  if (body.kind === "routed") return channelRefusal(kind, body.parties);
  return body.kind === "notified" ? channelRefusal(kind, [body.party]) : null;
}

/** Why an act may not be done to a finding; null where it may. */
export function actRefusal(context: FoldContext, id: string, body: ActBody): Why {
  const facts = findingFacts(context.model, id);
  if (facts === null) return "there is no such finding";
  const general = generalRefusal(facts, body);
  if (general !== null || context.received) return general;
  return ownRefusal(context, { facts, standing: findingStanding(context.model, facts) }, body);
}

function ownRefusal(context: FoldContext, found: Found, body: ActBody): Why {
  switch (body.kind) {
    case "edited":
      return found.standing.state === "closed" ? "it is closed" : null;
    case "moved":
      return wayRefusal(context, found.standing, { to: body.to, by: "move", reason: body.reason });
    case "routed":
      return routeRefusal(context, found, body);
    case "validated":
      return validationRefusal(found);
    case "marked":
      return markRefusal(context, found, body);
    case "undone":
      return undoRefusal(context, found, body.act);
    case "notified":
    case "answered":
      return toldRefusal(context, found, body);
  }
}
