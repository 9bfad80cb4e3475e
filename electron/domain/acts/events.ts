import { z } from "zod";
import { idSchema, memberRoles } from "../../contract/values.ts";
import { defineEvent, denied, type Denial, type EventType, type FoldContext, type Refused } from "../event.ts";
import { memberRole } from "../members/queries.ts";
import type { ReadModel } from "../read-model.ts";
import { proposedAct, type ProposedAct } from "./state.ts";

/** Acts that take two persons: proposed by one, confirmed by another; only then do they happen. */

const draftSchema = z.strictObject({ type: z.string().max(100), v: z.int().min(1), body: z.unknown() });
type DraftBody = z.infer<typeof draftSchema>;

/** Finds an event type of the journal. */
export type FindType = (type: string, v: number) => EventType | undefined;

/** The act as its proposer would make it, confirmed by `second`. */
function inner(
  context: FoldContext,
  act: { type: string; v: number; body: unknown; by: string },
  second: string | null,
): FoldContext {
  const { type, v, body, by } = act;
  return { ...context, event: { ...context.event, type, v, body, by }, actor: by, second };
}

function refusalOf(judged: Refused | null): string | Denial | null {
  if (judged === null) return null;
  return judged.code === "not-allowed" ? denied(judged.reason) : judged.reason;
}

function homeOfAct(find: FindType, model: ReadModel, act: { type: string; v: number; body: unknown }) {
  return find(act.type, act.v)?.home(model, act.body) ?? null;
}

/** Somebody who may be its second person stands in for the one who will: whether anybody could confirm it at all. */
function proposalRefusal(find: FindType, context: FoldContext, act: DraftBody): string | Denial | null {
  const type = find(act.type, act.v);
  if (type === undefined) return "the act is unknown to this EvalVault";
  const proposed = inner(context, { ...act, by: context.event.by }, null);
  const judged = type.judge(proposed);
  if (judged === null) return "it takes one person only: nothing to propose";
  return judged.code === "second-person-needed" ? null : refusalOf(judged);
}

function waiting(model: ReadModel, id: string): ProposedAct | string {
  const act = proposedAct(model, id);
  if (act === null) return "there is no such act";
  return act.state === "waiting" ? act : `it was ${act.state} already`;
}

function decide({ model, event }: FoldContext, id: string, state: string, reason: string): void {
  model.run(
    "UPDATE act SET state = ?, decided_by = ?, decided_at = ?, reason = ? WHERE id = ?",
    state,
    event.by,
    event.at,
    reason,
    id,
  );
}

function wordsOf(model: ReadModel, id: string): string {
  return proposedAct(model, id)?.words ?? "";
}

function makeProposed(find: FindType) {
  return defineEvent({
    type: "act.proposed",
    v: 1,
    body: z.strictObject({ id: idSchema, act: draftSchema }),
    roles: memberRoles,
    home: (model, body) => homeOfAct(find, model, body.act),
    refusal: (context, body) =>
      proposedAct(context.model, body.id) === null
        ? proposalRefusal(find, context, body.act)
        : "an act with this id is there already",
    fold: (context, body) => {
      const type = find(body.act.type, body.act.v);
      if (type === undefined) return;
      const proposed = inner(context, { ...body.act, by: context.event.by }, null);
      const roles = type.secondPerson(proposed)?.roles ?? [];
      context.model.run(
        "INSERT INTO act VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', NULL, NULL, '')",
        body.id,
        body.act.type,
        body.act.v,
        JSON.stringify(body.act.body),
        type.words(proposed),
        type.about(body.act.body),
        roles.join(" "),
        context.compartment,
        context.event.by,
        context.event.at,
      );
    },
    words: ({ model }, body) => `Proposed, for a second person to confirm: ${wordsOf(model, body.id)}`,
    about: (body) => body.id,
  });
}

function makeConfirmed(find: FindType) {
  return defineEvent({
    type: "act.confirmed",
    v: 1,
    body: z.strictObject({ id: idSchema }),
    roles: memberRoles,
    home: (model, body) => proposedAct(model, body.id)?.compartment ?? null,
    refusal: (context, body) => {
      const act = waiting(context.model, body.id);
      if (typeof act === "string") return act;
      const type = find(act.type, act.v);
      return refusalOf(type?.judge(inner(context, act, context.event.by)) ?? null);
    },
    fold: (context, body) => {
      const act = waiting(context.model, body.id);
      if (typeof act === "string") return;
      find(act.type, act.v)?.apply(inner(context, act, context.event.by));
      decide(context, body.id, "confirmed", "");
    },
    words: ({ model }, body) => `Confirmed by a second person: ${wordsOf(model, body.id)}`,
    about: (body) => body.id,
  });
}

const actDeclined = defineEvent({
  type: "act.declined",
  v: 1,
  body: z.strictObject({ id: idSchema, reason: z.string().min(1).max(1_000) }),
  roles: memberRoles,
  home: (model, body) => proposedAct(model, body.id)?.compartment ?? null,
  refusal: ({ model, event }, body) => {
    const act = waiting(model, body.id);
    if (typeof act === "string") return act;
    if (act.by === event.by) return "its proposer withdraws it";
    const role = memberRole(model, event.by);
    if (role !== null && act.secondRoles.includes(role)) return null;
    return denied(`a member with the role ${role ?? "none"} does not decide it`);
  },
  fold: (context, body) => {
    decide(context, body.id, "declined", body.reason);
  },
  words: ({ model }, body) => `Declined: ${wordsOf(model, body.id)}. ${body.reason}`,
  about: (body) => body.id,
});

const actWithdrawn = defineEvent({
  type: "act.withdrawn",
  v: 1,
  body: z.strictObject({ id: idSchema, reason: z.string().max(1_000) }),
  roles: memberRoles,
  home: (model, body) => proposedAct(model, body.id)?.compartment ?? null,
  refusal: ({ model, event }, body) => {
    const act = waiting(model, body.id);
    if (typeof act === "string") return act;
    return act.by === event.by ? null : denied("only its proposer withdraws it");
  },
  fold: (context, body) => {
    decide(context, body.id, "withdrawn", body.reason);
  },
  words: ({ model }, body) => `Withdrawn: ${wordsOf(model, body.id)}`,
  about: (body) => body.id,
});

/** The events of two-person acts; `find` gives the types of the acts themselves. */
export function makeActEvents(find: FindType) {
  return {
    actProposed: makeProposed(find),
    actConfirmed: makeConfirmed(find),
    actDeclined,
    actWithdrawn,
  };
}
