import type { reviewingRequests } from "../../contract/reviewing.ts";
import { Refusal } from "../../domain/refusal.ts";
import type { Handlers } from "../handlers.ts";

function none(): never {
  throw new Refusal("not-found", "the round");
}

export const reviewingHandlers: Handlers<keyof typeof reviewingRequests> = {
  "reviews.planRound": none,
  "reviews.openRound": none,
  "reviews.rounds": () => [],
  "reviews.round": none,
  "reviews.freezeRound": none,
  "reviews.assign": none,
  "reviews.queue": () => ({ total: 0, sums: { toDo: 0, done: 0, adjudication: 0 }, rows: [] }),
  "reviews.item": none,
  "reviews.transcript": none,
  "reviews.judge": none,
  "reviews.revise": none,
  "reviews.undo": none,
  "reviews.adjudicate": none,
  "reviews.agreement": none,
  "attempts.reinstate": none,
};
