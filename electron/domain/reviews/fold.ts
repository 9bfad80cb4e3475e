import type { ReviewForm, RoundScope } from "../../contract/reviewing.ts";
import { applyReviews, reviewedScore } from "../attempts/standing-score.ts";
import type { FoldContext } from "../event.ts";
import type { ReadModel } from "../read-model.ts";
import { runFacts, touchRun } from "../runs/state.ts";
import { itemFacts, itemStanding, roundFacts, runOfItem, type ItemFacts } from "./state.ts";
import type { ActBody, Decided, Standing } from "./standing.ts";

export interface OpenedRound {
  readonly id: string;
  readonly name: string;
  readonly perAttempt: 1 | 2;
  readonly blind: boolean;
  readonly form: ReviewForm;
  readonly scope: RoundScope;
  readonly seed: number;
  readonly dueAt: number | null;
  readonly campaignId: string | null;
  /** What the items name by their places in these lists. */
  readonly runIds: readonly string[];
  readonly reviewers: readonly string[];
  readonly items: readonly {
    readonly run: number;
    readonly task: string;
    readonly epoch: number;
    readonly reviewers: readonly number[];
  }[];
}

export function foldRound({ model, event, compartment }: FoldContext, round: OpenedRound): void {
  model.run(
    "INSERT INTO review_round VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, NULL, NULL, NULL)",
    round.id,
    round.name,
    compartment,
    round.campaignId,
    round.perAttempt,
    round.blind ? 1 : 0,
    JSON.stringify(round.form),
    JSON.stringify(round.scope),
    round.seed,
    round.dueAt,
    event.at,
    event.by,
  );
  const numbers = round.runIds.map((id) => runFacts(model, id)?.number ?? 0);
  round.items.forEach(({ run, task, epoch, reviewers }, place) => {
    const members = reviewers.map((one) => round.reviewers[one] ?? "");
    const item = place + 1;
    model.run(
      "INSERT INTO review_item VALUES (?, ?, ?, ?, ?, ?, 'to-do', 0)",
      round.id,
      item,
      numbers[run] ?? 0,
      task,
      epoch,
      JSON.stringify(members),
    );
    for (const member of members) {
      model.run("INSERT INTO review_reviewer VALUES (?, ?, ?, 0)", round.id, item, member);
    }
  });
}

/** Remembers what was done to an item, and makes what it comes to of all that is remembered of it. */
export function foldAct(
  { model, event, seq, stamp }: FoldContext,
  at: { roundId: string; item: number },
  body: ActBody,
) {
  const round = roundFacts(model, at.roundId);
  const item = itemFacts(model, at.roundId, at.item);
  if (round === null || item === null) return;
  model.run(
    "INSERT INTO review_act VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    item.round,
    item.item,
    event.id,
    body.kind,
    JSON.stringify(body),
    event.by,
    event.at,
    seq,
    stamp,
    round.isFrozen ? 1 : 0,
  );
  if (!round.isFrozen) settleItem(model, item);
}

function settleItem(model: ReadModel, item: ItemFacts): void {
  const { round, item: place } = item;
  const standing = itemStanding(model, item);
  const done = new Set(standing.judgements.filter((one) => one.standing === "stands").map((one) => one.act.by));
  model.run(
    "UPDATE review_item SET state = ?, judgements = ? WHERE round = ? AND item = ?",
    standing.state,
    done.size,
    round,
    place,
  );
  model.run("DELETE FROM review_reviewer WHERE round = ? AND item = ?", round, place);
  for (const member of standing.reviewers) {
    model.run("INSERT INTO review_reviewer VALUES (?, ?, ?, ?)", round, place, member, done.has(member) ? 1 : 0);
  }
  settleDecision(model, item, standing);
}

function settleDecision(model: ReadModel, item: ItemFacts, { decided }: Standing): void {
  const before = reviewedScore(model, item);
  model.run("DELETE FROM review_decision WHERE round = ? AND item = ?", item.round, item.item);
  if (decided !== null) insertDecision(model, item, decided);
  const run = runOfItem(model, item);
  if (run === null || reviewedScore(model, item) === before) return;
  applyReviews(model, item, run.rule);
  touchRun(model, run, false);
}

function insertDecision(model: ReadModel, item: ItemFacts, { how, judgement, act, by }: Decided): void {
  const { verdict } = judgement;
  model.run(
    "INSERT INTO review_decision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    item.round,
    item.item,
    item.run,
    item.task,
    item.epoch,
    how,
    verdict?.kind ?? null,
    verdict?.kind === "corrected" ? verdict.score : null,
    JSON.stringify([...new Set(judgement.flags)].sort()),
    judgement.reason,
    JSON.stringify(by),
    act.at,
    act.seq,
    act.stamp,
    act.id,
  );
}

export function freezeRound(
  { model, event }: FoldContext,
  body: { roundId: string; reason: string; hash: string; judgements: number; undecided: number },
): void {
  model.run(
    `UPDATE review_round SET frozen_at = ?, frozen_by = ?, frozen_reason = ?, frozen_hash = ?, frozen_judgements = ?,
       frozen_undecided = ? WHERE id = ?`,
    event.at,
    event.by,
    body.reason,
    body.hash,
    body.judgements,
    body.undecided,
    body.roundId,
  );
}
