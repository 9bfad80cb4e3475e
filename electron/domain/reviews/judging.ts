import type { JudgementInput } from "../../contract/reviewing.ts";
import type { Draft } from "../event.ts";
import type { QueryContext } from "../query-context.ts";
import { numberOrNull } from "../read-model.ts";
import { Refusal } from "../refusal.ts";
import { unfoldRun } from "../runs/unfold.ts";
import { itemAdjudicated, itemAssigned, itemJudged, itemUndone, roundFrozen } from "./events.ts";
import { findItem, type FoundItem } from "./item.ts";
import type { Reads } from "./rounds.ts";
import { lastActOf } from "./rules.ts";
import { loggedByHand, roundFacts } from "./state.ts";
import { memberName, memberRole } from "../members/queries.ts";
import { contributorOfMember } from "../handovers/queries.ts";

/** What a person does to the items of a round. The events themselves say who may; here is what they need to know beside. */

export interface At {
  readonly roundId: string;
  readonly item: number;
}

/** A correction to the score that is there corrects nothing. */
function mustCorrect(context: QueryContext, { item, run }: FoundItem, { verdict }: JudgementInput): void {
  if (verdict?.kind !== "corrected") return;
  unfoldRun(context, run);
  const sql = "SELECT given_score FROM attempt WHERE run = ? AND task = ? AND epoch = ?";
  const row = context.model.get(sql, item.run, item.task, item.epoch);
  if (row !== undefined && numberOrNull(row, "given_score") === verdict.score) {
    throw new Refusal(
      "conflict",
      "the judgement",
      "The corrected score is the one that the scorer gave: let it stand.",
    );
  }
}

function isGiven({ standing }: FoundItem, member: string): boolean {
  return standing.judgements.some((one) => one.act.by === member && one.standing === "stands");
}

/** One's first judgement of an item, or a revised one. */
export function judgeItem(
  context: QueryContext,
  at: At,
  given: { readonly judgement: JudgementInput; readonly member: string; readonly revises: boolean },
): Draft {
  const found = findItem(context.model, at);
  mustCorrect(context, found, given.judgement);
  if (isGiven(found, given.member) !== given.revises) {
    const detail = given.revises ? "There is none of yours to revise." : "You have judged it: revise your judgement.";
    throw new Refusal("conflict", "the judgement", detail);
  }
  return itemJudged.draft({ ...at, judgement: given.judgement });
}

export function adjudicateItem(context: QueryContext, at: At, judgement: JudgementInput): Draft {
  mustCorrect(context, findItem(context.model, at), judgement);
  if (judgement.verdict?.kind === "undecided") {
    throw new Refusal("conflict", "the adjudication", "It decides: the score stands, or it is corrected.");
  }
  return itemAdjudicated.draft({ ...at, judgement });
}

/** Takes back the last thing that a member did to an item. */
export function undoLast(
  { model }: QueryContext,
  at: At,
  by: { readonly member: string; readonly reason: string },
): Draft {
  const last = lastActOf(findItem(model, at).standing, by.member);
  if (last === null) throw new Refusal("conflict", "the item", "There is nothing of yours that could be taken back.");
  return itemUndone.draft({ ...at, act: last.id, reason: by.reason });
}

/** Gives items to somebody else. */
export function reassign(
  { model }: QueryContext,
  change: {
    readonly roundId: string;
    readonly items: readonly number[];
    readonly member: string;
    readonly instead: string;
  },
  reads: Reads,
): Draft[] {
  const { roundId, member, instead } = change;
  const round = roundFacts(model, roundId);
  if (round === null) throw new Refusal("not-found", "the round");
  const role = memberRole(model, member);
  const isMember = role === "lead" || role === "evaluator";
  if (!isMember && contributorOfMember(model, member)?.accepted !== true) {
    throw new Refusal("not-allowed", memberName(model, member), "Only leads and evaluators judge.");
  }
  if (isMember && !reads(member, round.compartment)) {
    throw new Refusal("not-allowed", memberName(model, member), "They do not read the compartment of these runs.");
  }
  return [...new Set(change.items)].map((item) => {
    const found = findItem(model, { roundId, item });
    if ((round.blind || round.perAttempt === 2) && loggedByHand(model, found.item, member)) {
      throw new Refusal("conflict", `item ${String(item)}`, "They logged this attempt themselves.");
    }
    return itemAssigned.draft({ roundId, item, member, instead });
  });
}

/** Everything that was said in a round, in one canonical text: what the hash of a frozen round is over. */
export function roundText(
  { model }: QueryContext,
  roundId: string,
): { text: string; judgements: number; undecided: number } {
  const acts = model.all(
    "SELECT item, id, kind, body, by, at FROM review_act WHERE round = ? AND late = 0 ORDER BY item, stamp, id",
    roundId,
  );
  const [undecided] = model.all(
    "SELECT count(*) AS n FROM review_item WHERE round = ? AND state <> 'decided'",
    roundId,
  );
  return {
    text: JSON.stringify(acts.map(({ item, id, kind, body, by, at }) => [item, id, kind, body, by, at])),
    judgements: acts.filter((row) => row.kind === "judged" || row.kind === "adjudicated").length,
    undecided: undecided === undefined ? 0 : (numberOrNull(undecided, "n") ?? 0),
  };
}

/** Freezes a round for good; `sha256` gives the hex digest of its text. */
export function freeze(
  context: QueryContext,
  { roundId, reason }: { readonly roundId: string; readonly reason: string },
  sha256: (text: string) => string,
): Draft {
  if (roundFacts(context.model, roundId) === null) throw new Refusal("not-found", "the round");
  const { text, judgements, undecided } = roundText(context, roundId);
  return roundFrozen.draft({ roundId, hash: sha256(text), judgements, undecided, reason });
}
