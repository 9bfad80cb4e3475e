import { z } from "zod";
import { formatCounted } from "../../contract/number-text.ts";
import { judgementInputSchema, reviewFormSchema, roundScopeSchema } from "../../contract/reviewing.ts";
import { idSchema, timeSchema } from "../../contract/values.ts";
import { defineEvent, denied, type Denial, type FoldContext } from "../event.ts";
import { memberRole } from "../members/queries.ts";
import { runCompartment } from "../runs/state.ts";
import { foldAct, foldRound, freezeRound } from "./fold.ts";
import { adjudicationRefusal, judgementRefusal, openItem, openRound, undoRefusal } from "./rules.ts";
import { roundCompartment, roundFacts, roundName } from "./state.ts";

/**
 * What can have happened in a round of reviews. The words say of no item which attempt it is or how it was judged: those
 * who judge blind read the journal, too.
 */

const roundBody = z.strictObject({
  id: idSchema,
  name: z.string().min(1).max(200),
  perAttempt: z.union([z.literal(1), z.literal(2)]),
  blind: z.boolean(),
  form: reviewFormSchema,
  scope: roundScopeSchema,
  seed: z.int().min(0).max(4_294_967_295),
  dueAt: timeSchema.nullable(),
  campaignId: idSchema.nullable(),
  runIds: z.array(idSchema).min(1).max(5_000),
  reviewers: z.array(z.string().max(200)).min(1).max(200),
  items: z
    .array(
      z.strictObject({
        run: z.int().nonnegative(),
        task: z.string().min(1).max(2_000),
        epoch: z.int().min(1),
        reviewers: z.array(z.int().nonnegative()).min(1).max(2),
      }),
    )
    .min(1)
    .max(20_000),
});
type RoundBody = z.infer<typeof roundBody>;

function malformed(body: RoundBody): string | null {
  const { runIds, reviewers, items, perAttempt, form } = body;
  const attempts = new Set(items.map(({ run, task, epoch }) => JSON.stringify([run, task, epoch])));
  if (attempts.size !== items.length) return "it names an attempt twice";
  const outside = items.some(
    (one) => one.run >= runIds.length || one.reviewers.some((reviewer) => reviewer >= reviewers.length),
  );
  if (outside) return "an item names a run or a reviewer that is not in its lists";
  const uneven = items.some((one) => one.reviewers.length !== perAttempt || new Set(one.reviewers).size !== perAttempt);
  if (uneven) return `an item is not with ${formatCounted(perAttempt, "person", "persons")}`;
  return new Set(form.flags.map((flag) => flag.id)).size === form.flags.length ? null : "it names a flag twice";
}

const onlyLeads = denied("only a lead opens rounds and says who judges");

/** A lead does; or whoever takes in what a lead of another vault decided there. */
function decidesRounds({ model, actor, received }: FoldContext): boolean {
  return received || memberRole(model, actor) === "lead";
}

export const roundOpened = defineEvent({
  type: "review.opened",
  v: 1,
  body: roundBody,
  roles: ["lead", "evaluator"],
  home: (model, body) => runCompartment(model, body.runIds[0] ?? ""),
  refusal: (context, body) => {
    const { model, compartment } = context;
    if (!decidesRounds(context)) return onlyLeads;
    if (roundFacts(model, body.id) !== null) return "a round with this id is there already";
    const apart = body.runIds.some((id) => runCompartment(model, id) !== compartment);
    return apart ? "its runs are not in one compartment" : malformed(body);
  },
  fold: foldRound,
  words: (_, body) =>
    `Review round ${body.name} opened: ${formatCounted(body.items.length, "attempt")}, ${body.perAttempt === 2 ? "two judgements each" : "one judgement each"}${body.blind ? ", blind" : ""}`,
  about: (body) => body.id,
});

const itemBody = { roundId: idSchema, item: z.int().min(1) };
const judgementBody = z.strictObject({ ...itemBody, judgement: judgementInputSchema });

function named(context: FoldContext, body: { roundId: string; item: number }): string {
  return `item ${String(body.item)} of ${roundName(context.model, body.roundId)}`;
}

export const itemJudged = defineEvent({
  type: "review.judged",
  v: 1,
  body: judgementBody,
  roles: ["lead", "evaluator"],
  home: (model, body) => roundCompartment(model, body.roundId),
  refusal: (context, body) => judgementRefusal(context, body),
  fold: (context, body) => {
    foldAct(context, body, { kind: "judged", judgement: body.judgement });
  },
  words: (context, body) => `Judged ${named(context, body)}`,
  about: (body) => body.roundId,
});

/** A third person decides where two judged differently, or nothing could be told. */
export const itemAdjudicated = defineEvent({
  type: "review.adjudicated",
  v: 1,
  body: judgementBody,
  roles: ["lead", "evaluator"],
  home: (model, body) => roundCompartment(model, body.roundId),
  refusal: (context, body) => adjudicationRefusal(context, body),
  fold: (context, body) => {
    foldAct(context, body, { kind: "adjudicated", judgement: body.judgement });
  },
  words: (context, body) => `Adjudicated ${named(context, body)}`,
  about: (body) => body.roundId,
});

export const itemAssigned = defineEvent({
  type: "review.assigned",
  v: 1,
  body: z.strictObject({ ...itemBody, member: z.string().max(200), instead: z.string().max(200) }),
  roles: ["lead", "evaluator"],
  home: (model, body) => roundCompartment(model, body.roundId),
  refusal: (context, body): string | Denial | null => {
    const found = openItem(context, body);
    if (typeof found === "string") return found;
    if (context.received) return null;
    if (!decidesRounds(context)) return onlyLeads;
    const { standing } = found;
    if (!standing.reviewers.includes(body.instead)) return "it is not with whom it is to be taken from";
    if (standing.reviewers.includes(body.member)) return "it is with them already";
    const judged = standing.judgements.some((one) => one.standing === "stands" && one.act.by === body.instead);
    return judged ? "they have judged it" : null;
  },
  fold: (context, body) => {
    foldAct(context, body, { kind: "assigned", member: body.member, instead: body.instead });
  },
  words: (context, body) => `${capital(named(context, body))} given to somebody else`,
  about: (body) => body.roundId,
});

/** Takes back the last thing that its author did to an item. What was taken back stays in the history. */
export const itemUndone = defineEvent({
  type: "review.undone",
  v: 1,
  body: z.strictObject({ ...itemBody, act: z.string().min(1).max(64), reason: z.string().max(1_000) }),
  roles: ["lead", "evaluator"],
  home: (model, body) => roundCompartment(model, body.roundId),
  refusal: (context, body) => undoRefusal(context, body),
  fold: (context, body) => {
    foldAct(context, body, { kind: "undone", act: body.act, reason: body.reason });
  },
  words: (context, body) => `Taken back: the last act on ${named(context, body)}`,
  about: (body) => body.roundId,
});

export const roundFrozen = defineEvent({
  type: "review.frozen",
  v: 1,
  body: z.strictObject({
    roundId: idSchema,
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    judgements: z.int().nonnegative(),
    undecided: z.int().nonnegative(),
    reason: z.string().max(1_000),
  }),
  roles: ["lead"],
  home: (model, body) => roundCompartment(model, body.roundId),
  refusal: (context, body) => {
    const round = openRound(context, body.roundId);
    if (typeof round === "string") return round;
    if (context.received) return denied("a round is frozen where it was opened");
    return body.undecided > 0 && body.reason.trim() === ""
      ? "freezing a round with items that are not decided needs a reason"
      : null;
  },
  fold: freezeRound,
  words: ({ model }, body) =>
    `Review round ${roundName(model, body.roundId)} frozen: ${formatCounted(body.judgements, "judgement")}, ${body.hash.slice(0, 8)}${body.reason === "" ? "" : `. ${body.reason}`}`,
  about: (body) => body.roundId,
});

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

export const reviewEvents = [roundOpened, itemJudged, itemAdjudicated, itemAssigned, itemUndone, roundFrozen];
