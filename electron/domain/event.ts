import { z } from "zod";
import type { Role } from "../contract/values.ts";
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

/** The plaintext of a journal entry: events that were committed together. */
export const batchSchema = z.strictObject({ format: z.literal(1), events: z.array(eventSchema).min(1) });
export type Batch = z.infer<typeof batchSchema>;

/** An event that a command wants to happen; the service adds id, time and author. */
export interface Draft {
  readonly type: string;
  readonly v: number;
  readonly body: unknown;
}

/** Gives an event of the journal again, for what is too large to stay in the read model. */
export interface EventSource {
  event(seq: number, index: number): JournalEvent;
}

export interface FoldContext {
  readonly model: ReadModel;
  readonly source: EventSource;
  readonly event: JournalEvent;
  /** Entry of the journal and place in its batch. */
  readonly seq: number;
  readonly index: number;
}

/** What folding came to: words for the journal, and what it was about; or why the event does not stand. */
export type Folded =
  | { stands: true; words: string; about: string | null }
  | { stands: false; reason: string; code: "not-allowed" | "conflict" };

/** A refusal because of who wants it, not because of how things stand. */
export interface Denial {
  readonly denied: string;
}

export function denied(reason: string): Denial {
  return { denied: reason };
}

/** An event type: its schema, who may make it, and what it does to the read model. */
export interface EventType {
  readonly type: string;
  readonly v: number;
  apply(context: FoldContext, role: Role | null): Folded;
}

interface Definition<B> {
  readonly type: string;
  readonly v: number;
  readonly body: z.ZodType<B>;
  /** Roles that may make it; "anyone" also stands for a vault that has no member yet. */
  readonly roles: readonly Role[] | "anyone";
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
  return {
    type,
    v,
    draft: (body) => ({ type, v, body: definition.body.parse(body) }),
    apply: (context, role) => {
      if (definition.roles !== "anyone" && (role === null || !definition.roles.includes(role))) {
        return refused(denied(`a member with the role ${role ?? "none"} may not make ${type}`));
      }
      const parsed = definition.body.safeParse(context.event.body);
      if (!parsed.success) return refused(`the body of ${type} is not as its schema says`);
      const reason = definition.refusal?.(context, parsed.data) ?? null;
      if (reason !== null) return refused(reason);
      definition.fold(context, parsed.data);
      return {
        stands: true,
        words: definition.words(context, parsed.data),
        about: definition.about?.(parsed.data) ?? null,
      };
    },
  };
}

/** The outcome of an event that may not stand. */
export function refused(reason: string | Denial): Folded {
  return typeof reason === "string"
    ? { stands: false, reason, code: "conflict" }
    : { stands: false, reason: reason.denied, code: "not-allowed" };
}
