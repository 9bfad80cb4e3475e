import type { JudgementInput } from "../../contract/reviewing.ts";
import { denied, type Denial, type FoldContext } from "../event.ts";
import { personsRequired } from "../members/queries.ts";
import { decidedHere, type RunFacts } from "../runs/state.ts";
import { itemFacts, itemStanding, loggedByHand, roundFacts, runOfItem } from "./state.ts";
import type { ItemFacts, ItemStanding, RoundFacts } from "./state.ts";
import type { ActBody } from "./standing.ts";

/** Why something may not be done to an item of a round. */

interface At {
  readonly roundId: string;
  readonly item: number;
}

/** The round, where it may still change; what came from another vault after the freeze is kept, and does not count. */
export function openRound(
  { model, received }: Pick<FoldContext, "model" | "received">,
  roundId: string,
): RoundFacts | string {
  const round = roundFacts(model, roundId);
  if (round === null) return "there is no such round";
  return round.isFrozen && !received ? "the round is frozen: open a new one" : round;
}

interface OpenItem {
  readonly round: RoundFacts;
  readonly item: ItemFacts;
  readonly run: RunFacts;
  readonly standing: ItemStanding;
}

export function openItem(context: Pick<FoldContext, "model" | "received">, at: At): OpenItem | string {
  const round = openRound(context, at.roundId);
  if (typeof round === "string") return round;
  const item = itemFacts(context.model, at.roundId, at.item);
  const run = item === null ? null : runOfItem(context.model, item);
  if (item === null || run === null) return "the round has no such item";
  return { round, item, run, standing: itemStanding(context.model, item) };
}

/** A judgement that does not answer what the round asks. */
export function formRefusal({ form }: Pick<RoundFacts, "form">, judgement: JudgementInput): string | null {
  const known = new Set(form.flags.map((flag) => flag.id));
  if (judgement.flags.some((flag) => !known.has(flag))) return "the round does not ask for this flag";
  if (new Set(judgement.flags).size !== judgement.flags.length) return "it names a flag twice";
  if (form.asksScore !== (judgement.verdict !== null))
    return form.asksScore ? "the round asks whether the score stands" : "the round does not ask for the score";
  const plain = judgement.flags.length === 0 && (judgement.verdict === null || judgement.verdict.kind === "stands");
  return plain || judgement.reason.trim() !== "" ? null : "a flag, a correction or an open verdict needs a reason";
}

/**
 * What a corrected score may not do to a run: one that is decided takes no other numbers until it is taken back into
 * review; one that was accepted before takes two judgements where the vault asks for two persons.
 */
function numbersRefusal({ model }: FoldContext, { round, run }: OpenItem, judgement: JudgementInput): string | null {
  if (!round.form.asksScore) return null;
  const decided = run.state === "withdrawn" ? "the run was withdrawn" : decidedHere(run);
  if (decided !== null) return decided;
  const alone = round.perAttempt === 1 && run.wasAccepted && personsRequired(model) === 2;
  return alone && judgement.verdict?.kind === "corrected"
    ? "the run was accepted before: correcting its scores takes a round of two judgements"
    : null;
}

/** Nobody judges what they logged themselves where it is blind or two judge: they know. */
function ownWork({ model, event }: FoldContext, { round, item }: OpenItem): Denial | null {
  if (!round.blind && round.perAttempt === 1) return null;
  return loggedByHand(model, item, event.by) ? denied("nobody judges an attempt that they logged themselves") : null;
}

export function judgementRefusal(
  context: FoldContext,
  body: At & { judgement: JudgementInput },
): string | Denial | null {
  const found = openItem(context, body);
  if (typeof found === "string") return found;
  const general = formRefusal(found.round, body.judgement) ?? numbersRefusal(context, found, body.judgement);
  if (general !== null || context.received) return general;
  const { standing } = found;
  if (!standing.reviewers.includes(context.event.by)) return denied("this item is with somebody else");
  if (standing.decided?.how === "adjudicated") return "a third person has decided it";
  return ownWork(context, found);
}

export function adjudicationRefusal(
  context: FoldContext,
  body: At & { judgement: JudgementInput },
): string | Denial | null {
  const found = openItem(context, body);
  if (typeof found === "string") return found;
  const general = formRefusal(found.round, body.judgement) ?? numbersRefusal(context, found, body.judgement);
  if (general !== null || context.received) return general;
  const { standing } = found;
  if (body.judgement.verdict?.kind === "undecided" && body.judgement.reason.trim() === "") return "it needs a reason";
  if (standing.reviewers.includes(context.event.by)) return denied("who judged it does not adjudicate it");
  if (standing.judgements.some((one) => one.act.by === context.event.by))
    return denied("who judged it does not adjudicate it");
  if (standing.state !== "adjudication") return "nothing of this item waits for adjudication";
  return ownWork(context, found);
}

/** The last thing that a member did to an item and that they can take back; null where there is none. */
export function lastActOf(
  { acts, decided }: ItemStanding,
  member: string,
): { id: string; kind: ActBody["kind"] } | null {
  const undone = new Set(acts.flatMap(({ body }) => (body.kind === "undone" ? [body.act] : [])));
  const own = acts
    .filter((act) => act.by === member && act.body.kind !== "undone" && !undone.has(act.id) && !act.late)
    .sort((a, b) => a.stamp - b.stamp || (a.id < b.id ? -1 : 1))
    .at(-1);
  if (own === undefined) return null;
  // A judgement on which a third person decided stays what they decided on.
  if (decided?.how === "adjudicated" && own.id !== decided.act.id) return null;
  return { id: own.id, kind: own.body.kind };
}

export function undoRefusal(context: FoldContext, body: At & { act: string }): string | Denial | null {
  const found = openItem(context, body);
  if (typeof found === "string") return found;
  if (context.received) return null;
  const last = lastActOf(found.standing, context.event.by);
  if (last?.id !== body.act) return "there is nothing of yours that could be taken back";
  if (!found.round.form.asksScore) return null;
  return decidedHere(found.run);
}
