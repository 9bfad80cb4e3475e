import type { ReviewRound } from "../../contract/reviewing.ts";
import { campaignName } from "../campaigns/queries.ts";
import { memberName, memberRole } from "../members/queries.ts";
import type { QueryContext } from "../query-context.ts";
import { count, number, numberOrNull, text, type ReadModel } from "../read-model.ts";
import { runFacts } from "../runs/state.ts";
import { maskOf, tellingWords } from "./masking.ts";
import { allRounds, roundFacts, roundScope, runsOfRound, type RoundFacts } from "./state.ts";
import { showsNames, showsScope } from "./sight.ts";

/** Rounds, with how far each is. */

function sums(model: ReadModel, round: string): ReviewRound["sums"] {
  const by = new Map(
    model
      .all("SELECT state, count(*) AS n FROM review_item WHERE round = ? GROUP BY state", round)
      .map((row) => [text(row, "state"), number(row, "n")]),
  );
  const [toDo, adjudication, decided] = [by.get("to-do") ?? 0, by.get("adjudication") ?? 0, by.get("decided") ?? 0];
  return { items: toDo + adjudication + decided, toDo, adjudication, decided };
}

/** Items that wait for adjudication and that a member could decide: SQL after `WHERE`, with the member's id three times. */
export const adjudicableSql = `i.state = 'adjudication'
  AND NOT EXISTS (SELECT 1 FROM review_reviewer w WHERE w.round = i.round AND w.item = i.item AND w.member = ?)
  AND NOT EXISTS (SELECT 1 FROM review_act a WHERE a.round = i.round AND a.item = i.item AND a.by = ? AND a.kind = 'judged')
  AND NOT EXISTS (SELECT 1 FROM attempt_change c WHERE c.run = i.run AND c.task = i.task AND c.epoch = i.epoch
    AND c.by = ? AND c.kind = 'logged')`;

export function mayJudge(model: ReadModel, member: string): boolean {
  const role = memberRole(model, member);
  return role === "lead" || role === "evaluator";
}

function mine(model: ReadModel, round: RoundFacts, member: string): ReviewRound["mine"] {
  const row = model.get(
    "SELECT count(*) AS assigned, coalesce(sum(done), 0) AS done FROM review_reviewer WHERE round = ? AND member = ?",
    round.id,
    member,
  );
  const assigned = row === undefined ? 0 : number(row, "assigned");
  const done = row === undefined ? 0 : number(row, "done");
  const sql = `SELECT count(*) AS n FROM review_item i WHERE i.round = ? AND ${adjudicableSql}`;
  const adjudication =
    round.isFrozen || !mayJudge(model, member) ? 0 : count(model, sql, round.id, member, member, member);
  return { assigned, toDo: round.isFrozen ? 0 : assigned - done, done, adjudication };
}

function reviewers(model: ReadModel, round: RoundFacts, member: string): ReviewRound["reviewers"] {
  const named = showsScope(model, round, member);
  const rows = model.all(
    `SELECT member, count(*) AS assigned, sum(done) AS done FROM review_reviewer WHERE round = ?
     GROUP BY member ORDER BY member`,
    round.id,
  );
  return rows.map((row, place) => {
    const id = text(row, "member");
    const isMe = id === member;
    return {
      name: named || isMe ? memberName(model, id) : `Reviewer ${String(place + 1)}`,
      isMe,
      assigned: number(row, "assigned"),
      done: number(row, "done"),
    };
  });
}

function frozen(model: ReadModel, round: string): ReviewRound["frozen"] {
  const row = model.get("SELECT * FROM review_round WHERE id = ? AND frozen_at IS NOT NULL", round);
  if (row === undefined) return null;
  return {
    at: number(row, "frozen_at"),
    by: memberName(model, text(row, "frozen_by")),
    reason: text(row, "frozen_reason"),
    hash: text(row, "frozen_hash"),
    judgements: number(row, "frozen_judgements"),
    undecided: numberOrNull(row, "frozen_undecided") ?? 0,
  };
}

function scopeWords(model: ReadModel, round: RoundFacts, runs: readonly { code: string }[]): string {
  const campaign = round.campaignId === null ? null : campaignName(model, round.campaignId);
  const codes = runs.length <= 3 ? runs.map((run) => run.code).join(", ") : `${String(runs.length)} runs`;
  return campaign === null ? codes : `${campaign}: ${codes}`;
}

function scopeOf(model: ReadModel, round: RoundFacts): ReviewRound["scope"] {
  const asked = roundScope(model, round.id);
  if (asked === null) return null;
  const runs = runsOfRound(model, round.id).flatMap((id) => {
    const run = runFacts(model, id);
    return run === null ? [] : [{ id, code: run.code }];
  });
  return { words: scopeWords(model, round, runs), runs, campaignId: round.campaignId, asked };
}

/** A round's name for whoever may not know what it is over: a person typed it, and may have named the model. */
export function shownName(context: QueryContext, round: RoundFacts, member: string): string {
  if (showsScope(context.model, round, member)) return round.name;
  const runs = runsOfRound(context.model, round.id).flatMap((id) => runFacts(context.model, id) ?? []);
  return maskOf([...new Set(runs.flatMap((run) => tellingWords(context, run)))])(round.name);
}

function roundFor(context: QueryContext, round: RoundFacts, member: string): ReviewRound {
  const { model } = context;
  const { id, perAttempt, blind, form, openedAt, dueAt, seed } = round;
  return {
    ...{ id, perAttempt, blind, form, openedAt, dueAt, seed },
    name: shownName(context, round, member),
    state: round.isFrozen ? "frozen" : "open",
    openedBy: memberName(model, round.openedBy),
    sums: sums(model, id),
    mine: mine(model, round, member),
    scope: showsScope(model, round, member) ? scopeOf(model, round) : null,
    reviewers: reviewers(model, round, member),
    frozen: frozen(model, id),
    mayManage: memberRole(model, member) === "lead" && !round.isFrozen,
  };
}

/**
 * Rounds as a member may see them, the newest first. Of a run or a campaign only those whose scope they may know: which
 * rounds there are of it would tell.
 */
export function listRounds(
  context: QueryContext,
  filter: { readonly runId?: string | undefined; readonly campaignId?: string | undefined },
  member: string,
): ReviewRound[] {
  const { model } = context;
  const isAsked = (round: RoundFacts): boolean => {
    if (filter.runId === undefined && filter.campaignId === undefined) return true;
    if (!showsScope(model, round, member)) return false;
    const run = filter.runId === undefined || runsOfRound(model, round.id).includes(filter.runId);
    return run && (filter.campaignId === undefined || round.campaignId === filter.campaignId);
  };
  return allRounds(context)
    .filter(isAsked)
    .map((round) => roundFor(context, round, member));
}

export function getRound(context: QueryContext, id: string, member: string): ReviewRound | null {
  const round = roundFacts(context.model, id);
  return round === null ? null : roundFor(context, round, member);
}

/** Whether agreement may be told of a round: not to whoever judges in it blind, before it is frozen. */
export function tellsAgreement(round: RoundFacts): boolean {
  return showsNames(round);
}

/** How much of the reviews waits for a member: to judge and to adjudicate, in rounds that are open. */
export function reviewsWaiting(
  { model }: QueryContext,
  member: string,
): { toDo: number; adjudication: number; done: number } {
  const open = "(SELECT id FROM review_round WHERE frozen_at IS NULL)";
  const own = (done: number): number =>
    count(
      model,
      `SELECT count(*) AS n FROM review_reviewer WHERE member = ? AND done = ? AND round IN ${open}`,
      member,
      done,
    );
  const sql = `SELECT count(*) AS n FROM review_item i WHERE i.round IN ${open} AND ${adjudicableSql}`;
  const adjudication = mayJudge(model, member) ? count(model, sql, member, member, member) : 0;
  return { toDo: own(0), done: own(1), adjudication };
}
