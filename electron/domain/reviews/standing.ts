import { z } from "zod";
import { judgementInputSchema, type ItemState, type JudgementInput, type Verdict } from "../../contract/reviewing.ts";

/**
 * What an item of a round comes to, made of everything that was done to it. It is a function of the set of acts alone:
 * in whatever order they arrived, from this vault or others, the same set gives the same standing.
 */

export const actBodySchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("judged"), judgement: judgementInputSchema }),
  z.strictObject({ kind: z.literal("adjudicated"), judgement: judgementInputSchema }),
  z.strictObject({ kind: z.literal("assigned"), member: z.string().max(200), instead: z.string().max(200) }),
  z.strictObject({ kind: z.literal("undone"), act: z.string().max(64), reason: z.string().max(1_000) }),
]);
export type ActBody = z.infer<typeof actBodySchema>;

export interface Act {
  /** The event's id. */
  readonly id: string;
  readonly by: string;
  readonly at: number;
  readonly seq: number;
  readonly stamp: number;
  /** It came when the round was frozen. */
  readonly late: boolean;
  readonly body: ActBody;
}

export type ActStanding = "stands" | "revised" | "undone" | "late";

export interface Judged {
  readonly act: Act;
  readonly judgement: JudgementInput;
  readonly standing: ActStanding;
  /** Its author had seen the other's. */
  readonly afterSight: boolean;
}

export interface Decided {
  readonly how: "single" | "agreed" | "adjudicated";
  readonly judgement: JudgementInput;
  /** The act that made it decided. */
  readonly act: Act;
  readonly by: readonly string[];
}

export interface Standing {
  /** With whom it is. */
  readonly reviewers: readonly string[];
  /** In order. */
  readonly judgements: readonly Judged[];
  readonly adjudications: readonly Judged[];
  readonly state: ItemState;
  readonly decided: Decided | null;
}

type Of<K extends ActBody["kind"]> = Act & { readonly body: Extract<ActBody, { kind: K }> };

function inOrder(a: Act, b: Act): number {
  if (a.stamp !== b.stamp) return a.stamp - b.stamp;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

function ofKind<K extends ActBody["kind"]>(acts: readonly Act[], kind: K): Of<K>[] {
  return acts.filter((act): act is Of<K> => act.body.kind === kind);
}

/** The acts that their own authors took back. */
function undoneActs(acts: readonly Act[]): ReadonlySet<string> {
  const authors = new Map(acts.map((act) => [act.id, act.by]));
  const undone = ofKind(acts, "undone").filter((act) => authors.get(act.body.act) === act.by);
  return new Set(undone.map((act) => act.body.act));
}

/** With whom an item is after all reassignments; one that comes for somebody who has judged does nothing. */
function reviewersAfter(first: readonly string[], assigned: readonly Of<"assigned">[], judged: ReadonlySet<string>) {
  return assigned.reduce<readonly string[]>((now, { body: { member, instead } }) => {
    if (!now.includes(instead) || now.includes(member) || judged.has(instead)) return now;
    return now.map((one) => (one === instead ? member : one));
  }, first);
}

/** Which verdict two share, by content. */
function verdictKey(verdict: Verdict | null): string {
  if (verdict === null) return "";
  return verdict.kind === "corrected" ? `corrected ${String(verdict.score)}` : verdict.kind;
}

function flagKey(judgement: JudgementInput): string {
  return [...new Set(judgement.flags)].sort().join(" ");
}

function sameJudgement(a: JudgementInput, b: JudgementInput): boolean {
  return verdictKey(a.verdict) === verdictKey(b.verdict) && flagKey(a) === flagKey(b);
}

interface Sorted {
  readonly acts: readonly Act[];
  readonly undone: ReadonlySet<string>;
  readonly counting: readonly Act[];
}

function sorted(all: readonly Act[]): Sorted {
  const acts = all.toSorted(inOrder);
  const inTime = acts.filter((act) => !act.late);
  const undone = undoneActs(inTime);
  return { acts, undone, counting: inTime.filter((act) => !undone.has(act.id)) };
}

/** The adjudication that counts: the first by somebody who is no reviewer of the item. */
function effectiveAdjudication(counting: readonly Act[], reviewers: readonly string[]): Of<"adjudicated"> | null {
  return ofKind(counting, "adjudicated").find((act) => !reviewers.includes(act.by)) ?? null;
}

function judgedActs({ acts, undone, counting }: Sorted, standing: ReadonlySet<string>): Judged[] {
  const judged = ofKind(acts, "judged");
  return judged.map((act) => ({
    act,
    judgement: act.body.judgement,
    standing: standingOf(act, { undone, counting, standing }),
    afterSight: hadSeen(judged, act),
  }));
}

function standingOf(
  act: Act,
  { undone, counting, standing }: Pick<Sorted, "undone" | "counting"> & { standing: ReadonlySet<string> },
): ActStanding {
  if (standing.has(act.id)) return "stands";
  if (undone.has(act.id)) return "undone";
  const replaced = counting.some((other) => other.by === act.by && standing.has(other.id) && inOrder(other, act) > 0);
  return replaced ? "revised" : "late";
}

/** Whether the author of a judgement knew the other's: both had given one before. What was taken back was seen all the same. */
function hadSeen(judged: readonly Act[], act: Act): boolean {
  const before = judged.filter((other) => !other.late && inOrder(other, act) < 0);
  return before.some((other) => other.by === act.by) && before.some((other) => other.by !== act.by);
}

/** Works out an item's standing. `first`: with whom it was when the round was opened. */
export function standingOfItem(first: readonly string[], all: readonly Act[]): Standing {
  const order = sorted(all);
  const { counting, undone } = order;
  const judged = ofKind(counting, "judged");
  const reviewers = reviewersAfter(first, ofKind(counting, "assigned"), new Set(judged.map((act) => act.by)));
  const adjudication = effectiveAdjudication(counting, reviewers);
  const before = judged.filter((act) => adjudication === null || inOrder(act, adjudication) < 0);
  const last = new Map(before.filter((act) => reviewers.includes(act.by)).map((act) => [act.by, act]));
  const standing = new Set([...last.values()].map((act) => act.id));
  const adjudications = ofKind(order.acts, "adjudicated").map((act) => ({
    act,
    judgement: act.body.judgement,
    standing: act === adjudication ? ("stands" as const) : undone.has(act.id) ? ("undone" as const) : ("late" as const),
    afterSight: true,
  }));
  const outcome = outcomeOf(reviewers, [...last.values()].sort(inOrder), adjudication);
  return { reviewers, judgements: judgedActs(order, standing), adjudications, ...outcome };
}

function outcomeOf(
  reviewers: readonly string[],
  given: readonly Of<"judged">[],
  adjudication: Of<"adjudicated"> | null,
): Pick<Standing, "state" | "decided"> {
  if (adjudication !== null) {
    const { judgement } = adjudication.body;
    return {
      state: "decided",
      decided: { how: "adjudicated", judgement, act: adjudication, by: [adjudication.by] },
    };
  }
  const last = given.at(-1);
  if (last === undefined || given.length < reviewers.length) return { state: "to-do", decided: null };
  const { judgement } = last.body;
  const agreed = given.every((act) => sameJudgement(act.body.judgement, judgement));
  if (!agreed || judgement.verdict?.kind === "undecided") return { state: "adjudication", decided: null };
  const by = given.map((act) => act.by);
  return { state: "decided", decided: { how: given.length === 1 ? "single" : "agreed", judgement, act: last, by } };
}

/** Each reviewer's judgement as it was before they could have seen the other's, for agreement; those who gave one. */
export function independentJudgements(standing: Standing): ReadonlyMap<string, JudgementInput> {
  const own = new Map<string, JudgementInput>();
  for (const { act, judgement, standing: how, afterSight } of standing.judgements) {
    const counts = how === "stands" || how === "revised";
    if (!counts || !standing.reviewers.includes(act.by)) continue;
    if (!afterSight) own.set(act.by, judgement);
  }
  return own;
}
