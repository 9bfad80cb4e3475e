import { z } from "zod";
import { loggedScoreSchema, outcomeStates } from "../../contract/attempt.ts";
import type { Decision, Judgement, ReviewItem } from "../../contract/reviewing.ts";
import { meetsRule } from "../../statistics/denominator.ts";
import { attemptDetail } from "../attempts/queries.ts";
import { campaignName } from "../campaigns/queries.ts";
import { memberName, memberRole } from "../members/queries.ts";
import type { QueryContext } from "../query-context.ts";
import { count, number, numberOrNull, oneOf, text, type ReadModel } from "../read-model.ts";
import { Refusal } from "../refusal.ts";
import type { RunFacts } from "../runs/state.ts";
import { unfoldRun } from "../runs/unfold.ts";
import { maskDeep, type Mask } from "./masking.ts";
import { lastActOf } from "./rules.ts";
import { maskFor, sightOf, type Sight } from "./sight.ts";
import type { Judged } from "./standing.ts";
import {
  itemFacts,
  itemStanding,
  loggedByHand,
  roundFacts,
  runOfItem,
  type ItemFacts,
  type ItemStanding,
  type RoundFacts,
} from "./state.ts";

/** One item of a round, as the member who asks may see it. */

export interface FoundItem {
  readonly round: RoundFacts;
  readonly item: ItemFacts;
  readonly run: RunFacts;
  readonly standing: ItemStanding;
}

/** @throws Refusal "not-found" */
export function findItem(model: ReadModel, address: { roundId: string; item: number }): FoundItem {
  const round = roundFacts(model, address.roundId);
  const item = round === null ? null : itemFacts(model, address.roundId, address.item);
  const run = item === null ? null : runOfItem(model, item);
  if (round === null || item === null || run === null) throw new Refusal("not-found", "the item");
  return { round, item, run, standing: itemStanding(model, item) };
}

interface Reader {
  readonly member: string;
  readonly sight: Sight;
  readonly mask: Mask;
}

function judgementOf(model: ReadModel, one: Judged, place: number, { member, sight, mask }: Reader): Judgement {
  const { act, judgement, standing, afterSight } = one;
  const isMine = act.by === member;
  return {
    // The journal names the author of each event.
    id: sight.identity || isMine ? act.id : `hidden-${String(place)}`,
    by: sight.identity || isMine ? memberName(model, act.by) : null,
    isMine,
    at: act.at,
    flags: judgement.flags,
    verdict: judgement.verdict,
    reason: isMine ? judgement.reason : mask(judgement.reason),
    confidence: judgement.confidence,
    standing,
    afterSight,
  };
}

function visible(model: ReadModel, judged: readonly Judged[], reader: Reader): Judgement[] {
  const { member, sight } = reader;
  return judged
    .filter((one) => one.act.by === member || sight.others)
    .map((one, place) => judgementOf(model, one, place, reader));
}

function decisionOf(model: ReadModel, { decided }: ItemStanding, { member, sight, mask }: Reader): Decision | null {
  if (decided === null || !sight.others) return null;
  const { how, judgement, act, by } = decided;
  return {
    how,
    at: act.at,
    by: sight.identity || by.every((one) => one === member) ? by.map((one) => memberName(model, one)).join(", ") : null,
    flags: judgement.flags,
    verdict: judgement.verdict,
    reason: mask(judgement.reason),
  };
}

/** Where an item stands for a member. */
export function ownState(model: ReadModel, found: FoundItem, member: string): ReviewItem["own"] {
  const { round, item, standing } = found;
  const judged = standing.judgements.some((one) => one.act.by === member && one.standing === "stands");
  if (standing.reviewers.includes(member)) return judged ? "done" : round.isFrozen ? "none" : "to-do";
  return mayAdjudicate(model, found, member) && item.state === "adjudication" && !round.isFrozen
    ? "adjudicate"
    : "none";
}

function mayAdjudicate(model: ReadModel, { round, item, standing }: FoundItem, member: string): boolean {
  const role = memberRole(model, member);
  if (role !== "lead" && role !== "evaluator") return false;
  if (standing.judgements.some((one) => one.act.by === member)) return false;
  return (!round.blind && round.perAttempt === 1) || !loggedByHand(model, item, member);
}

/** The items of one's own that are to do beside this one. */
function beside(
  model: ReadModel,
  { round, item }: ItemFacts,
  member: string,
): { previous: number | null; next: number | null } {
  const sql = `SELECT max(CASE WHEN item < ? THEN item END) AS previous, min(CASE WHEN item > ? THEN item END) AS next
    FROM review_reviewer WHERE round = ? AND member = ? AND done = 0`;
  const row = model.get(sql, item, item, round, member);
  return row === undefined
    ? { previous: null, next: null }
    : { previous: numberOrNull(row, "previous"), next: numberOrNull(row, "next") };
}

function hiddenWords(round: RoundFacts, sight: Sight, standing: ItemStanding): string[] {
  const names = sight.identity ? [] : ["model", "run", "reviewers"];
  const others = sight.others || (round.perAttempt === 1 && standing.reviewers.length === 1) ? [] : ["other judgement"];
  return [...names, ...others];
}

/** What of an attempt is shown to whoever judges it, from what its scorer gave: never what a review made of it. */
function measured(context: QueryContext, { item, run }: FoundItem, mask: Mask) {
  unfoldRun(context, run);
  const sql = "SELECT * FROM attempt WHERE run = ? AND task = ? AND epoch = ?";
  const row = context.model.get(sql, item.run, item.task, item.epoch);
  const detail = attemptDetail(context, run, item);
  if (row === undefined || detail === null) throw new Refusal("not-found", "the attempt");
  const score = numberOrNull(row, "given_score");
  const known = {
    benchmark: detail.benchmark,
    task: detail.task,
    limit: detail.limit,
    error: detail.error,
    invalidation: detail.invalidation,
    note: detail.note,
    scores: z.array(loggedScoreSchema).parse(JSON.parse(text(row, "scores"))),
  };
  return {
    detail,
    shown: {
      ...maskDeep(known, mask),
      evidence: detail.evidence.map((one) => ({ ...one, name: mask(one.name) })),
      outcome: oneOf(row, "given_outcome", outcomeStates),
      scorerScore: score,
      solved: score === null ? null : meetsRule(score, run.rule),
      epoch: item.epoch,
      totalTokens: detail.totalTokens,
      totalMs: detail.totalMs,
      retries: number(row, "retries"),
      hasTranscript: detail.hasTranscript,
    },
  };
}

/**
 * An item as `member` may see it: who judges blind gets neither the model nor the run nor anything that names them.
 * @throws Refusal "not-found"
 */
export function reviewItem(
  context: QueryContext,
  address: { roundId: string; item: number },
  member: string,
): ReviewItem {
  const { model } = context;
  const found = findItem(model, address);
  const { round, item, run, standing } = found;
  const sight = sightOf(round, standing, member);
  const mask = maskFor(context, round, run);
  const reader = { member, sight, mask };
  const { detail, shown } = measured(context, found, mask);
  const identity: ReviewItem["identity"] = {
    runId: run.id,
    runCode: run.code,
    model: detail.model,
    campaign: run.campaignId === null ? null : campaignName(model, run.campaignId),
    startedAt: detail.startedAt,
    cost: detail.cost,
  };
  return {
    roundId: round.id,
    round: mask(round.name),
    item: item.item,
    items: count(model, "SELECT count(*) AS n FROM review_item WHERE round = ?", round.id),
    form: round.form,
    blind: round.blind,
    frozen: round.isFrozen,
    state: item.state,
    own: ownState(model, found, member),
    mayUndo: !round.isFrozen && lastActOf(standing, member) !== null,
    hidden: hiddenWords(round, sight, standing),
    identity: sight.identity ? identity : null,
    ...shown,
    rule: run.rule,
    judgements: visible(model, standing.judgements, reader),
    adjudications: visible(model, standing.adjudications, reader),
    decision: decisionOf(model, standing, reader),
    ...beside(model, item, member),
  };
}
