import type { OpenSession } from "../open-session.ts";

/** Answers that are remembered of one kind of question. */
const mostRemembered = 16;

/**
 * Answers that took a while, kept while the vault is open and nothing is added to its journal: the same question is then
 * answered at once. They go with the session.
 */
export class Remembered<T> {
  readonly #bySession = new WeakMap<OpenSession, { state: string; answers: Map<string, T> }>();

  async answer(session: OpenSession, question: unknown, make: () => T | Promise<T>): Promise<T> {
    const key = JSON.stringify(question);
    const before = this.#answers(session).get(key);
    if (before !== undefined) return before;
    const state = stateOf(session);
    const made = await make();
    // Where something was added meanwhile the answer is of what was before: given, and not remembered.
    if (state === stateOf(session)) this.#remember(this.#answers(session), key, made);
    return made;
  }

  #answers(session: OpenSession): Map<string, T> {
    const state = stateOf(session);
    const known = this.#bySession.get(session);
    if (known?.state === state) return known.answers;
    const answers = new Map<string, T>();
    this.#bySession.set(session, { state, answers });
    return answers;
  }

  #remember(answers: Map<string, T>, key: string, made: T): void {
    const [oldest] = answers.keys();
    if (answers.size >= mostRemembered && oldest !== undefined) answers.delete(oldest);
    answers.set(key, made);
  }
}

/** How much of the journal the read model holds: with every commit there is more. */
function stateOf({ model }: OpenSession): string {
  return JSON.stringify(model.all("SELECT * FROM journal_count ORDER BY compartment"));
}
