import { z } from "zod";
import type { Claim, ContributorKey, OriginCheckpoint, OriginEntry } from "../contract/handover-package.ts";
import type { MemberRole } from "../contract/values.ts";
import { memberRole, personsRequired } from "./members/queries.ts";
import type { ReadModel } from "./read-model.ts";

/** One thing that happened, as the journal keeps it. `at` is the author's wall clock in ms since 1970. */
export const eventSchema = z.strictObject({
  id: z.string().min(8).max(64),
  type: z.string().max(100),
  v: z.int().min(1),
  at: z.int(),
  by: z.string().max(100),
  body: z.unknown(),
});
export type JournalEvent = z.infer<typeof eventSchema>;

/**
 * The writer's monotonic clock beside the wall clock of the events: `mono` in ms counts within one unlocking (`session`),
 * so that a wall clock that was put back shows.
 */
export const clockSchema = z.strictObject({ session: z.string().regex(/^[0-9a-f]{16}$/), mono: z.int().nonnegative() });
export type Clock = z.infer<typeof clockSchema>;

/** The plaintext of a journal entry: events that were committed together. */
export const batchSchema = z.strictObject({
  format: z.literal(1),
  clock: clockSchema.optional(),
  events: z.array(eventSchema).min(1),
});
export type Batch = z.infer<typeof batchSchema>;

/** An event that a command wants to happen; the service adds id, time and author. */
export interface Draft {
  readonly type: string;
  readonly v: number;
  readonly body: unknown;
}

/** Where an event from another vault stands there, and who says so. */
export interface EventOrigin {
  readonly vaultId: string;
  readonly entry: OriginEntry;
  readonly claim: Claim;
}

/** What is signed and hashed: the fold asks, for the domain has no cryptography of its own. */
export interface Proofs {
  /** Whether the claim's signer signed this event at that place. */
  claimHolds(origin: EventOrigin, event: JournalEvent): boolean;
  /** Whether the checkpoints are signed by members of their vaults, and the entries are under them. */
  entriesHold(proved: {
    readonly contributors: readonly ContributorKey[];
    readonly checkpoints: readonly OriginCheckpoint[];
    readonly entries: readonly OriginEntry[];
  }): boolean;
  /** The signature key of a member of this vault, past ones too; null for anyone else. */
  keyOf(memberId: string): string | null;
}

/** Gives an event of the journal again, for what is too large to stay in the read model; checks what came from others. */
export interface EventSource {
  event(seq: number, index: number): JournalEvent;
  /** All events of an entry, in their order. */
  batch(seq: number): readonly JournalEvent[];
  readonly proofs: Proofs;
}

export interface FoldContext {
  readonly model: ReadModel;
  readonly source: EventSource;
  readonly event: JournalEvent;
  /** Entry of the journal and place in its batch. */
  readonly seq: number;
  readonly index: number;
  /** The compartment that the entry was written into. */
  readonly compartment: number;
  /** Whose role counts: the author, or who took the event in from another vault. */
  readonly actor: string;
  /** Who confirmed the act; null where nobody was asked. */
  readonly second: string | null;
  /** Its logical time: later than all that its author's vault held then. Orders what is done to one thing in several vaults. */
  readonly stamp: number;
  /** Whether it came from another vault, taken in by `actor`. */
  readonly received: boolean;
}

/** What folding came to: words for the journal, and what it was about; or why the event does not stand. */
export type Folded =
  { stands: true; words: string; about: string | null } | { stands: false; reason: string; code: RefusalCode };

type RefusalCode = "not-allowed" | "conflict" | "second-person-needed";

/** A refusal because of who wants it, not because of how things stand. */
export interface Denial {
  readonly denied: string;
}

export function denied(reason: string): Denial {
  return { denied: reason };
}

/** Who may be the second person of an act that takes two. */
export interface SecondPerson {
  readonly roles: readonly MemberRole[];
}

/**
 * Where an event belongs: with the roster, with what all evaluators share, in the compartment of the thing that it is
 * about (null: there is no such thing), or wherever its author put it.
 */
export type Home = "roster" | "shared" | "any" | number | null;

/** An event type: its schema, who may make it, and what it does to the read model. */
export interface EventType {
  readonly type: string;
  readonly v: number;
  /** Where an event with this body belongs. */
  home(model: ReadModel, body: unknown): Home;
  /** Who must confirm it beside its author; null: nobody. */
  secondPerson(context: FoldContext): SecondPerson | null;
  /** Why it may not stand; null: it may. Changes nothing. */
  judge(context: FoldContext): Refused | null;
  apply(context: FoldContext): Folded;
  /** One sentence, as it would stand in the journal. */
  words(context: FoldContext): string;
  about(body: unknown): string | null;
}

export type Refused = Extract<Folded, { stands: false }>;

interface Definition<B> {
  readonly type: string;
  readonly v: number;
  readonly body: z.ZodType<B>;
  /** Roles that may make it; "anyone" also stands for a vault that has no member yet. */
  readonly roles: readonly MemberRole[] | "anyone";
  readonly home: Home | ((model: ReadModel, body: B) => Home);
  /** Where the vault asks for two persons: who may be the other one for this body, or null. */
  readonly secondPerson?: (context: FoldContext, body: B) => SecondPerson | null;
  /** Why it cannot stand in this state, or null. Checked before `fold`, which cannot fail. */
  readonly refusal?: (context: FoldContext, body: B) => string | Denial | null;
  readonly fold: (context: FoldContext, body: B) => void;
  readonly words: (context: FoldContext, body: B) => string;
  /** The id of what it is about (a run, a report …), for histories. */
  readonly about?: (body: B) => string;
}

/**
 * Makes an event type. The returned `draft` checks the body against the schema, so that nothing is written that could
 * not be read again.
 */
export function defineEvent<B>(definition: Definition<B>): EventType & { draft(body: B): Draft } {
  const { type, v } = definition;
  const second = (context: FoldContext, body: B): SecondPerson | null =>
    definition.secondPerson?.(context, body) ?? null;
  const judged = (context: FoldContext): Judged<B> => {
    const parsed = definition.body.safeParse(context.event.body);
    if (!parsed.success) return { refused: refused(`the body of ${type} is not as its schema says`) };
    const body = parsed.data;
    const reason =
      checkRole(definition, context) ??
      asRefused(definition.refusal?.(context, body) ?? null) ??
      checkSecond(context, second(context, body));
    return reason === null ? { refused: null, body } : { refused: reason };
  };
  return {
    type,
    v,
    draft: (body) => ({ type, v, body: definition.body.parse(body) }),
    home: (model, body) => {
      const { home } = definition;
      return typeof home === "function" ? home(model, definition.body.parse(body)) : home;
    },
    secondPerson: (context) => second(context, definition.body.parse(context.event.body)),
    judge: (context) => judged(context).refused,
    apply: (context) => {
      const judgement = judged(context);
      if (judgement.refused !== null) return judgement.refused;
      const { body } = judgement;
      definition.fold(context, body);
      return { stands: true, words: definition.words(context, body), about: definition.about?.(body) ?? null };
    },
    words: (context) => definition.words(context, definition.body.parse(context.event.body)),
    about: (body) => definition.about?.(definition.body.parse(body)) ?? null,
  };
}

type Judged<B> = { readonly refused: Refused } | { readonly refused: null; readonly body: B };

interface RoleRule {
  readonly type: string;
  readonly roles: readonly MemberRole[] | "anyone";
}

function checkRole({ type, roles }: RoleRule, { model, actor }: FoldContext): Refused | null {
  if (roles === "anyone") return null;
  const role = memberRole(model, actor);
  if (role !== null && roles.includes(role)) return null;
  return refused(denied(`a member with the role ${role ?? "none"} may not make ${type}`));
}

/** The second person must be another current member with a fitting role; where the vault asks for one only, none is needed. */
function checkSecond(context: FoldContext, wanted: SecondPerson | null): Refused | null {
  const { model, event, second } = context;
  if (second === null) {
    if (wanted === null || personsRequired(model) === 1) return null;
    const reason = `this vault asks for a second person (${wanted.roles.join(" or ")}) for it`;
    return { stands: false, reason, code: "second-person-needed" };
  }
  if (second === event.by || second === context.actor)
    return refused(denied("the second person must be somebody else"));
  const role = memberRole(model, second);
  if (role !== null && (wanted?.roles ?? []).includes(role)) return null;
  return refused(denied(`a member with the role ${role ?? "none"} cannot be the second person for it`));
}

function asRefused(reason: string | Denial | null): Refused | null {
  return reason === null ? null : refused(reason);
}

/** The outcome of an event that may not stand. */
export function refused(reason: string | Denial): Refused {
  return typeof reason === "string"
    ? { stands: false, reason, code: "conflict" }
    : { stands: false, reason: reason.denied, code: "not-allowed" };
}
