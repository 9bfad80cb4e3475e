import type { QueryContext } from "../query-context.ts";
import type { ReadModel } from "../read-model.ts";

/** Answers that are kept of one kind of question, of one vault. */
const mostKept = 24;

/**
 * Answers that take long, kept under a key of all that they are made of: a draft that is written on is composed again and
 * again, and its numbers change only when its runs do. They go with the read model, when the vault is locked.
 */
export class KeptAnswers<T> {
  readonly #byModel = new WeakMap<ReadModel, Map<string, T>>();

  *answer({ model }: QueryContext, key: string, make: () => Generator<unknown, T>): Generator<unknown, T> {
    const known = this.#byModel.get(model) ?? new Map<string, T>();
    this.#byModel.set(model, known);
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = yield* make();
    const [oldest] = known.keys();
    if (known.size >= mostKept && oldest !== undefined) known.delete(oldest);
    known.set(key, made);
    return made;
  }
}
