import { actStates, type Act } from "../../contract/two-persons.ts";
import { memberName, memberRole } from "../members/queries.ts";
import { number, numberOrNull, oneOf, text, textOrNull, type ReadModel, type Row } from "../read-model.ts";

/** An act as it was proposed. */
export interface ProposedAct {
  readonly id: string;
  readonly type: string;
  readonly v: number;
  readonly body: unknown;
  readonly words: string;
  readonly compartment: number;
  readonly by: string;
  readonly state: Act["state"];
  readonly secondRoles: readonly string[];
}

function roles(row: Row): string[] {
  return text(row, "second_roles").split(" ");
}

export function proposedAct(model: ReadModel, id: string): ProposedAct | null {
  const row = model.get("SELECT * FROM act WHERE id = ?", id);
  if (row === undefined) return null;
  const body: unknown = JSON.parse(text(row, "body"));
  return {
    id,
    type: text(row, "type"),
    v: number(row, "v"),
    body,
    words: text(row, "words"),
    compartment: number(row, "compartment"),
    by: text(row, "by"),
    state: oneOf(row, "state", actStates),
    secondRoles: roles(row),
  };
}

function mayDecide(model: ReadModel, row: Row, member: string): boolean {
  const role = memberRole(model, member);
  return (
    text(row, "state") === "waiting" &&
    text(row, "by") !== member &&
    textOrNull(row, "about") !== member &&
    role !== null &&
    roles(row).includes(role)
  );
}

function act(model: ReadModel, row: Row, member: string): Act {
  const decidedBy = textOrNull(row, "decided_by");
  return {
    id: text(row, "id"),
    type: text(row, "type"),
    words: text(row, "words"),
    about: textOrNull(row, "about"),
    by: text(row, "by"),
    byName: memberName(model, text(row, "by")),
    at: number(row, "at"),
    state: oneOf(row, "state", actStates),
    decidedBy: decidedBy === null ? null : memberName(model, decidedBy),
    decidedAt: numberOrNull(row, "decided_at"),
    reason: text(row, "reason"),
    mayDecide: mayDecide(model, row, member),
    mayWithdraw: text(row, "state") === "waiting" && text(row, "by") === member,
    secondRoles: roles(row),
  };
}

/** Acts of two persons: waiting ones first, then the decided, newest first. */
export function listActs(model: ReadModel, member: string): Act[] {
  return model
    .all("SELECT * FROM act ORDER BY state <> 'waiting', coalesce(decided_at, at) DESC, id")
    .map((row) => act(model, row, member));
}

export function getAct(model: ReadModel, id: string, member: string): Act | null {
  const row = model.get("SELECT * FROM act WHERE id = ?", id);
  return row === undefined ? null : act(model, row, member);
}

/** How many acts wait for this member's decision. */
export function waitingActs(model: ReadModel, member: string): number {
  return model.all("SELECT * FROM act WHERE state = 'waiting'").filter((row) => mayDecide(model, row, member)).length;
}
