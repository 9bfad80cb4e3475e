import { createHash, randomInt } from "node:crypto";
import type { JudgementInput, reviewingRequests, ReviewItem, ReviewRound } from "../../contract/reviewing.ts";
import { attemptReinstated } from "../../domain/attempts/events.ts";
import { attemptDetail } from "../../domain/attempts/queries.ts";
import type { Draft } from "../../domain/event.ts";
import { Refusal } from "../../domain/refusal.ts";
import { reviewAgreement } from "../../domain/reviews/agreement.ts";
import { reviewItem } from "../../domain/reviews/item.ts";
import { adjudicateItem, freeze, judgeItem, reassign, undoLast, type At } from "../../domain/reviews/judging.ts";
import { getRound, listRounds } from "../../domain/reviews/queries.ts";
import { reviewQueue } from "../../domain/reviews/queue.ts";
import { planRound, type Reads } from "../../domain/reviews/rounds.ts";
import { runFacts } from "../../domain/runs/state.ts";
import type { Handlers } from "../handlers.ts";
import type { Host } from "../host.ts";
import { newId } from "../new-id.ts";
import { reviewTranscript } from "../review-transcripts.ts";
import { act } from "../two-persons.ts";

function round(host: Host, roundId: string): ReviewRound {
  const found = getRound(host.session, roundId, host.session.vault.memberId);
  if (found === null) throw new Refusal("not-found", "the round");
  return found;
}

function item(host: Host, at: At): ReviewItem {
  return reviewItem(host.session, at, host.session.vault.memberId);
}

/** Who holds the key of a compartment, as the file has it now. */
function readers(host: Host): Reads {
  const holders = new Map(host.session.vault.compartments().map((one) => [one.id, new Set(one.holders)]));
  return (member, compartment) => holders.get(compartment)?.has(member) === true;
}

function newSeed(): number {
  return randomInt(2 ** 32);
}

function done(host: Host, drafts: readonly Draft[]): void {
  host.session.commit(drafts);
  host.changed();
}

function judgementOf({ flags, verdict, reason, confidence }: JudgementInput): JudgementInput {
  return { flags, verdict, reason, confidence };
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

function judge(host: Host, input: At & JudgementInput, revises: boolean): ReviewItem {
  const at = { roundId: input.roundId, item: input.item };
  const member = host.session.vault.memberId;
  done(host, [judgeItem(host.session, at, { judgement: judgementOf(input), member, revises })]);
  return item(host, at);
}

export const reviewingHandlers: Handlers<keyof typeof reviewingRequests> = {
  "reviews.planRound": ({ host }, input) => planRound(host.session, input, readers(host), newSeed()).plan,

  "reviews.openRound": ({ host }, input) => {
    const id = newId();
    done(host, [planRound(host.session, input, readers(host), newSeed()).draft(id)]);
    return round(host, id);
  },

  "reviews.rounds": ({ host }, filter) => listRounds(host.session, filter, host.session.vault.memberId),

  "reviews.round": ({ host }, { roundId }) => round(host, roundId),

  "reviews.freezeRound": ({ host }, input) => {
    done(host, [freeze(host.session, input, sha256)]);
    return round(host, input.roundId);
  },

  "reviews.assign": ({ host }, input) => {
    done(host, reassign(host.session, input, readers(host)));
    return round(host, input.roundId);
  },

  "reviews.queue": ({ host }, input) => reviewQueue(host.session, input, host.session.vault.memberId),

  "reviews.item": ({ host }, at) => item(host, at),

  "reviews.transcript": (context, input) => reviewTranscript(context, input),

  "reviews.judge": ({ host }, input) => judge(host, input, false),

  "reviews.revise": ({ host }, input) => judge(host, input, true),

  "reviews.undo": ({ host }, { roundId, item: place, reason }) => {
    const at = { roundId, item: place };
    done(host, [undoLast(host.session, at, { member: host.session.vault.memberId, reason })]);
    return item(host, at);
  },

  "reviews.adjudicate": ({ host }, input) => {
    const at = { roundId: input.roundId, item: input.item };
    done(host, [adjudicateItem(host.session, at, judgementOf(input))]);
    return item(host, at);
  },

  "reviews.agreement": ({ host }, of) => reviewAgreement(host.session, of),

  "attempts.reinstate": async (context, { runId, task, epoch, reason, second }) => {
    const { session } = context.host;
    const run = runFacts(session.model, runId);
    const before = run === null ? null : attemptDetail(session, run, { task, epoch });
    if (run === null || before === null) throw new Refusal("not-found", `${task}, epoch ${String(epoch)}`);
    if (before.outcome !== "invalidated") throw new Refusal("conflict", task, "It is not invalidated.");
    await act(context, attemptReinstated.draft({ runId, task, epoch, reason }), second);
    context.host.changed();
    return attemptDetail(session, run, { task, epoch }) ?? before;
  },
};
