import { memberRole } from "../members/queries.ts";
import type { QueryContext } from "../query-context.ts";
import type { ReadModel } from "../read-model.ts";
import type { RunFacts } from "../runs/state.ts";
import { maskOf, tellingWords, type Mask } from "./masking.ts";
import { isReviewer, type ItemStanding, type RoundFacts } from "./state.ts";

/** What a member may know of a round and its items. In a blind round that is open nobody learns of an item which model it is. */

export interface Sight {
  /** The model, the run and whose judgements they are. */
  readonly identity: boolean;
  /** Judgements of others. */
  readonly others: boolean;
}

/** Whether names are shown: in a round that is not blind, or is frozen. */
export function showsNames(round: RoundFacts): boolean {
  return !round.blind || round.isFrozen;
}

/** Whether a member may know what a round is over: who judges in it blind may not, who opens rounds must. */
export function showsScope(model: ReadModel, round: RoundFacts, member: string): boolean {
  return showsNames(round) || (memberRole(model, member) === "lead" && !isReviewer(model, round.id, member));
}

/** Whether a member has a judgement of an item that stands. */
export function hasJudged(standing: ItemStanding, member: string): boolean {
  return standing.judgements.some(
    (one) => one.act.by === member && (one.standing === "stands" || one.standing === "revised"),
  );
}

export function sightOf(round: RoundFacts, standing: ItemStanding, member: string): Sight {
  const isWithThem = standing.reviewers.includes(member);
  const settled = standing.state !== "to-do";
  return {
    identity: showsNames(round),
    // Who is to judge sees no other judgement before their own; everybody else when nobody could be led by it any more.
    others: round.isFrozen || (isWithThem ? hasJudged(standing, member) : settled),
  };
}

/** Masks what names the model where it is hidden; elsewhere everything stays. */
export function maskFor(context: QueryContext, round: RoundFacts, run: RunFacts): Mask {
  return showsNames(round) ? (words) => words : maskOf(tellingWords(context, run));
}
