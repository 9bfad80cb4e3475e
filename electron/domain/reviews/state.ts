import { z } from "zod";
import {
  itemStates,
  reviewFormSchema,
  roundScopeSchema,
  type ItemState,
  type ReviewForm,
  type RoundScope,
} from "../../contract/reviewing.ts";
import type { QueryContext } from "../query-context.ts";
import { count, number, numberOrNull, oneOf, text, textOrNull, type ReadModel, type Row } from "../read-model.ts";
import { runFacts, type RunFacts } from "../runs/state.ts";
import { actBodySchema, standingOfItem, type Act, type Standing } from "./standing.ts";

/** What other parts of the reviews need to know of a round. */
export interface RoundFacts {
  readonly id: string;
  readonly name: string;
  readonly compartment: number;
  readonly campaignId: string | null;
  readonly perAttempt: 1 | 2;
  readonly blind: boolean;
  readonly form: ReviewForm;
  readonly seed: number;
  readonly dueAt: number | null;
  readonly openedAt: number;
  readonly openedBy: string;
  readonly isFrozen: boolean;
}

export function roundOfRow(row: Row): RoundFacts {
  return {
    id: text(row, "id"),
    name: text(row, "name"),
    compartment: number(row, "compartment"),
    campaignId: textOrNull(row, "campaign_id"),
    perAttempt: number(row, "per_attempt") === 2 ? 2 : 1,
    blind: number(row, "blind") === 1,
    form: reviewFormSchema.parse(JSON.parse(text(row, "form"))),
    seed: number(row, "seed"),
    dueAt: numberOrNull(row, "due_at"),
    openedAt: number(row, "opened_at"),
    openedBy: text(row, "opened_by"),
    isFrozen: numberOrNull(row, "frozen_at") !== null,
  };
}

export function roundFacts(model: ReadModel, id: string): RoundFacts | null {
  const row = model.get("SELECT * FROM review_round WHERE id = ?", id);
  return row === undefined ? null : roundOfRow(row);
}

/** What a round was asked to be over. */
export function roundScope(model: ReadModel, id: string): RoundScope | null {
  const row = model.get("SELECT scope FROM review_round WHERE id = ?", id);
  return row === undefined ? null : roundScopeSchema.parse(JSON.parse(text(row, "scope")));
}

export function roundName(model: ReadModel, id: string): string {
  const row = model.get("SELECT name FROM review_round WHERE id = ?", id);
  return row === undefined ? id : text(row, "name");
}

/** The compartment that a round is in: that of its runs. Null where there is no such round. */
export function roundCompartment(model: ReadModel, id: string): number | null {
  const row = model.get("SELECT compartment FROM review_round WHERE id = ?", id);
  return row === undefined ? null : number(row, "compartment");
}

export interface ItemFacts {
  readonly round: string;
  readonly item: number;
  readonly run: number;
  readonly task: string;
  readonly epoch: number;
  /** With whom it was when the round was opened. */
  readonly first: readonly string[];
  readonly state: ItemState;
}

export function itemFacts(model: ReadModel, round: string, item: number): ItemFacts | null {
  const row = model.get("SELECT * FROM review_item WHERE round = ? AND item = ?", round, item);
  if (row === undefined) return null;
  return {
    round,
    item,
    run: number(row, "run"),
    task: text(row, "task"),
    epoch: number(row, "epoch"),
    first: z.array(z.string()).parse(JSON.parse(text(row, "reviewers"))),
    state: oneOf(row, "state", itemStates),
  };
}

/** The run of an item. */
export function runOfItem(model: ReadModel, item: Pick<ItemFacts, "run">): RunFacts | null {
  const row = model.get("SELECT id FROM run WHERE number = ?", item.run);
  return row === undefined ? null : runFacts(model, text(row, "id"));
}

/** Ids of the runs of a round, in the order in which this vault numbers them. */
export function runsOfRound(model: ReadModel, round: string): string[] {
  const sql = "SELECT id FROM run WHERE number IN (SELECT run FROM review_item WHERE round = ?) ORDER BY number";
  return model.all(sql, round).map((row) => text(row, "id"));
}

function actsOfItem(model: ReadModel, round: string, item: number): Act[] {
  return model.all("SELECT * FROM review_act WHERE round = ? AND item = ?", round, item).map((row) => ({
    id: text(row, "id"),
    by: text(row, "by"),
    at: number(row, "at"),
    seq: number(row, "seq"),
    stamp: number(row, "stamp"),
    late: number(row, "late") === 1,
    body: actBodySchema.parse(JSON.parse(text(row, "body"))),
  }));
}

export interface ItemStanding extends Standing {
  readonly acts: readonly Act[];
}

export function itemStanding(model: ReadModel, item: Pick<ItemFacts, "round" | "item" | "first">): ItemStanding {
  const acts = actsOfItem(model, item.round, item.item);
  return { ...standingOfItem(item.first, acts), acts };
}

/** Rounds that are over these runs and no others: they can go where the runs go. */
export function roundsWithin(model: ReadModel, runIds: ReadonlySet<string>): string[] {
  return model
    .all("SELECT id FROM review_round ORDER BY opened_at, id")
    .map((row) => text(row, "id"))
    .filter((id) => runsOfRound(model, id).every((run) => runIds.has(run)));
}

/** With whom an item is now, and whether each has judged it. */
export function reviewersOfItem(model: ReadModel, round: string, item: number): { member: string; done: boolean }[] {
  return model
    .all("SELECT member, done FROM review_reviewer WHERE round = ? AND item = ? ORDER BY member", round, item)
    .map((row) => ({ member: text(row, "member"), done: number(row, "done") === 1 }));
}

/** Whether a member judges in a round. */
export function isReviewer(model: ReadModel, round: string, member: string): boolean {
  const sql = "SELECT 1 AS n FROM review_reviewer WHERE round = ? AND member = ? LIMIT 1";
  return model.get(sql, round, member) !== undefined;
}

/** Whether a member logged an attempt by hand: they know what it is, and do not judge it where that matters. */
export function loggedByHand(
  model: ReadModel,
  { run, task, epoch }: Pick<ItemFacts, "run" | "task" | "epoch">,
  member: string,
): boolean {
  const sql = `SELECT count(*) AS n FROM attempt_change
    WHERE run = ? AND task = ? AND epoch = ? AND by = ? AND kind = 'logged'`;
  return count(model, sql, run, task, epoch, member) > 0;
}

/** Rounds that can be read, the newest first. */
export function allRounds({ model }: Pick<QueryContext, "model">): RoundFacts[] {
  return model.all("SELECT * FROM review_round ORDER BY opened_at DESC, id").map(roundOfRow);
}
