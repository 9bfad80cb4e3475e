import { z } from "zod";
import {
  findingChangeSchema,
  findingFieldsSchema,
  type FindingChange,
  type FindingFields,
} from "../../contract/finding-fields.ts";
import {
  channelsOfKind,
  findingEdge,
  findingStates,
  type FindingKind,
  type FindingState,
  type FindingStep,
} from "../../contract/finding-states.ts";
import { findingPartySchema, validationResultSchema, type FindingParty } from "../../contract/findings.ts";
import { idSchema, lineSchema, timeSchema } from "../../contract/values.ts";

/**
 * What a finding comes to: made anew of everything that was ever done to it, in the order of logical time, so that what
 * several vaults did comes to the same in all of them, in whatever order it arrived. Pure.
 */

export const evidenceSchema = z.strictObject({
  id: z.string().min(1).max(100),
  name: z.string().min(1).max(500),
  bytes: z.int().nonnegative(),
  sha256: z.string().max(100),
});

export const changeBodies = {
  edited: z.strictObject({ kind: z.literal("edited"), fields: findingChangeSchema }),
  moved: z.strictObject({ kind: z.literal("moved"), to: z.enum(findingStates), reason: lineSchema }),
  routed: z.strictObject({
    kind: z.literal("routed"),
    parties: z.array(findingPartySchema).min(1).max(20),
    reason: lineSchema,
  }),
  validated: z.strictObject({
    kind: z.literal("validated"),
    result: validationResultSchema,
    steps: z.string().max(20_000),
    environment: z.string().max(4_000),
    evidence: z.array(evidenceSchema).max(50),
  }),
  marked: z.strictObject({ kind: z.literal("marked"), of: idSchema, reason: lineSchema }),
  undone: z.strictObject({ kind: z.literal("undone"), act: z.string().min(1).max(100), reason: lineSchema }),
  notified: z.strictObject({
    kind: z.literal("notified"),
    party: findingPartySchema,
    at: timeSchema,
    answerDueAt: timeSchema.nullable(),
    note: lineSchema,
  }),
  answered: z.strictObject({
    kind: z.literal("answered"),
    notice: z.string().min(1).max(100),
    at: timeSchema,
    words: z.string().max(4_000),
  }),
} as const;

export const actBodySchema = z.discriminatedUnion("kind", [
  changeBodies.edited,
  changeBodies.moved,
  changeBodies.routed,
  changeBodies.validated,
  changeBodies.marked,
  changeBodies.undone,
  changeBodies.notified,
  changeBodies.answered,
]);
export type ActBody = z.infer<typeof actBodySchema>;
type BodyOf<K extends ActBody["kind"]> = Extract<ActBody, { kind: K }>;

/** Something that was done to a finding; `id` is its event's. */
export interface Act<B extends ActBody = ActBody> {
  readonly id: string;
  readonly by: string;
  readonly at: number;
  readonly stamp: number;
  readonly body: B;
}

/** How a finding began. */
export interface Origin {
  readonly kind: FindingKind;
  readonly recordedBy: string;
  readonly fields: FindingFields;
}

/** A change of state that counts. */
export interface Move {
  readonly act: Act;
  readonly from: FindingState;
  readonly to: FindingState;
}

export interface Validation {
  readonly act: Act<BodyOf<"validated">>;
  /** By somebody else than who recorded it. */
  readonly secondLook: boolean;
}

export interface Notice {
  readonly act: Act<BodyOf<"notified">>;
  readonly answer: Act<BodyOf<"answered">> | null;
}

export interface Standing {
  readonly state: FindingState;
  readonly fields: FindingFields;
  /** From the first to the last; those that were taken back are gone. */
  readonly moves: readonly Move[];
  readonly validations: readonly Validation[];
  readonly hasSecondLook: boolean;
  readonly duplicateOf: string | null;
  readonly routes: readonly { readonly party: FindingParty; readonly act: Act }[];
  readonly notices: readonly Notice[];
  /** Every act in order; `without`: why it changed nothing, or nothing any more. */
  readonly history: readonly { readonly act: Act; readonly without: string | null }[];
}

/** The order in which acts count: logical time, then the event's id. */
export function inOrder(a: Act, b: Act): number {
  return a.stamp - b.stamp || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Why a finding of this kind does not go to somebody; null where the channel is one of its own. */
export function channelRefusal(kind: FindingKind, parties: readonly Pick<FindingParty, "channel">[]): string | null {
  if (parties.every(({ channel }) => channelsOfKind[kind].includes(channel))) return null;
  return kind === "model-weakness"
    ? "a weakness of a model goes to its developer and to nobody else"
    : "a vulnerability goes to the clearinghouse and the vendor, never to the developer of a model";
}

function isAct<K extends ActBody["kind"]>(act: Act, kind: K): act is Act<BodyOf<K>> {
  return act.body.kind === kind;
}

/** The whole of a finding after each act. */
class Folding {
  readonly origin: Origin;
  fields: FindingFields;
  readonly moves: Move[] = [];
  readonly undone = new Set<string>();
  readonly routes: { party: FindingParty; act: Act }[] = [];
  readonly validated: Act<BodyOf<"validated">>[] = [];
  readonly notified: Act<BodyOf<"notified">>[] = [];
  readonly answers = new Map<string, Act<BodyOf<"answered">>>();

  constructor(origin: Origin) {
    this.origin = origin;
    this.fields = origin.fields;
  }

  get state(): FindingState {
    return this.moves.at(-1)?.to ?? "recorded";
  }

  get isRouted(): boolean {
    return this.moves.some(({ to }) => to === "routed");
  }

  get validations(): Validation[] {
    return this.validated
      .filter((act) => !this.undone.has(act.id))
      .map((act) => ({ act, secondLook: act.by !== this.origin.recordedBy }));
  }

  /** Somebody else than who recorded it reproduced it, and nobody refuted it since. */
  get hasSecondLook(): boolean {
    const refuted = this.validations.findLastIndex(({ act }) => act.body.result === "refuted");
    return this.validations.some(
      ({ act, secondLook }, place) => place > refuted && secondLook && act.body.result === "reproduced",
    );
  }

  /** Takes one act in; answers with why it changes nothing, or null. */
  take(act: Act): string | null {
    if (isAct(act, "edited")) {
      this.fields = changed(this.fields, act.body.fields);
      return null;
    }
    if (isAct(act, "moved")) return this.move(act, act.body.to, "move", act.body.reason);
    if (isAct(act, "marked")) return this.move(act, "duplicate", "duplicate", act.body.reason);
    if (isAct(act, "routed")) return this.route(act);
    if (isAct(act, "validated")) return this.validate(act);
    if (isAct(act, "undone")) return this.undo(act.body.act);
    if (isAct(act, "notified")) return this.notify(act);
    return isAct(act, "answered") ? this.answer(act) : "it is nothing that is known";
  }

  private move(act: Act, to: FindingState, by: FindingStep, reason: string): string | null {
    const found = findingEdge(this.state, to, by);
    if (found === null) return `it was ${this.state}: nothing leads from there to ${to}`;
    if (found.needsReason && reason.trim() === "") return "it takes a reason";
    this.moves.push({ act, from: this.state, to });
    return null;
  }

  private route(act: Act<BodyOf<"routed">>): string | null {
    const { parties, reason } = act.body;
    const wrong = channelRefusal(this.origin.kind, parties);
    if (wrong !== null) return wrong;
    if (!this.hasSecondLook && reason.trim() === "") {
      return "nobody but who recorded it has reproduced it: it takes a written reason";
    }
    if (this.isRouted && this.state === "closed") return "it is closed";
    const refusal = this.isRouted ? null : this.move(act, "routed", "route", reason);
    if (refusal === null) this.routes.push(...parties.map((party) => ({ party, act })));
    return refusal;
  }

  private validate(act: Act<BodyOf<"validated">>): string | null {
    const to = { reproduced: "validated", refuted: "refuted", unvalidated: null } as const;
    const next = to[act.body.result];
    this.validated.push(act);
    if (next !== null && findingEdge(this.state, next, "validate") !== null) {
      this.moves.push({ act, from: this.state, to: next });
    }
    return null;
  }

  private undo(id: string): string | null {
    const last = this.moves.at(-1);
    if (last?.act.id !== id) return "it is not the last move";
    if (this.isRouted) return "it was routed: what others were told is not taken back";
    this.moves.pop();
    this.undone.add(id);
    return null;
  }

  private notify(act: Act<BodyOf<"notified">>): string | null {
    const wrong = channelRefusal(this.origin.kind, [act.body.party]);
    if (wrong !== null) return wrong;
    this.notified.push(act);
    return null;
  }

  private answer(act: Act<BodyOf<"answered">>): string | null {
    if (!this.notified.some(({ id }) => id === act.body.notice)) return "nobody was told under this number";
    this.answers.set(act.body.notice, act);
    return null;
  }
}

/** Fields with a change over them; what the change does not name stays. */
export function changed(fields: FindingFields, change: FindingChange): FindingFields {
  const named = Object.entries(change).filter(([, value]) => value !== undefined);
  return findingFieldsSchema.parse({ ...fields, ...Object.fromEntries(named) });
}

/** Works out a finding's standing. */
export function standingOf(origin: Origin, all: readonly Act[]): Standing {
  const folding = new Folding(origin);
  const taken = all.toSorted(inOrder).map((act) => ({ act, without: folding.take(act) }));
  const { moves, validations, hasSecondLook, fields, state, routes, notified, answers, undone } = folding;
  const last = moves.findLast(({ to }) => to === "duplicate")?.act;
  return {
    state,
    fields,
    moves,
    validations,
    hasSecondLook,
    duplicateOf: last?.body.kind === "marked" ? last.body.of : null,
    routes,
    notices: notified.map((act) => ({ act, answer: answers.get(act.id) ?? null })),
    history: taken.map(({ act, without }) => ({ act, without: undone.has(act.id) ? "it was undone" : without })),
  };
}
