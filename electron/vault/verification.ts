import { setImmediate as nextTurn } from "node:timers/promises";

import type { CheckedCheckpoint } from "./checkpoints.ts";
import { asVaultError, lockedMeanwhile, throwIfCancelled } from "./errors.ts";
import type { SqliteDatabase } from "./sqlite.ts";
import type { VerifyOptions, VerifyProblem } from "./vault-types.ts";
import type { SharedKeys, VerifyWorkers } from "./verify-threads.ts";

/** The checkpoints that are whole, and how many there are in all. */
export interface Checked {
  readonly checkpoints: readonly CheckedCheckpoint[];
  readonly count: number;
}

/** How many problems are listed; a file that is damaged all over needs no longer list. */
const mostProblems = 500;

/** What one check gave: its value, or what was wrong. */
export type Tried<T> =
  { readonly value: T; readonly problem: null } | { readonly value: null; readonly problem: VerifyProblem };

/** Results on their way from the workers, taken in the order of asking. */
export class InOrder {
  readonly #underWay: Promise<() => void>[] = [];

  /** Waits where much is under way already: what was read and not yet worked on stays small. */
  async add(result: Promise<() => void>): Promise<void> {
    // Its failure is met when its turn comes; until then it must not count as unhandled.
    result.catch(() => undefined);
    this.#underWay.push(result);
    if (this.#underWay.length > mostUnderWay) await this.#takeFirst();
  }

  async drain(): Promise<void> {
    while (this.#underWay.length > 0) await this.#takeFirst();
  }

  async #takeFirst(): Promise<void> {
    const settle = await this.#underWay.shift();
    settle?.();
  }
}

/** Lots of about 1 MiB. */
const mostUnderWay = 8;

/** What the parts of a verification share. */
export class Verification {
  readonly database: SqliteDatabase;
  readonly workers: VerifyWorkers;
  /** Null: nothing is opened. */
  readonly keys: SharedKeys | null;
  readonly problems: VerifyProblem[] = [];
  readonly #options: VerifyOptions;
  readonly #total: number;
  #done = 0;
  #sinceTurn = 0;

  constructor(
    database: SqliteDatabase,
    total: number,
    options: VerifyOptions & { readonly keys: SharedKeys | null; readonly workers: VerifyWorkers },
  ) {
    this.database = database;
    this.keys = options.keys;
    this.workers = options.workers;
    this.#options = options;
    this.#total = total;
  }

  problem(where: string, what: string): void {
    if (this.problems.length < mostProblems) this.problems.push({ where, what });
  }

  /** Does one check; damage and whatever else it throws becomes a problem. Null then. */
  attempt<T>(where: string, check: () => T): T | null {
    const tried = this.try(where, check);
    if (tried.problem === null) return tried.value;
    this.problem(tried.problem.where, tried.problem.what);
    return null;
  }

  /** {@link Verification.attempt} for a caller that lists the problem when its turn has come. */
  try<T>(where: string, check: () => T): Tried<T> {
    try {
      return { value: check(), problem: null };
    } catch (error) {
      this.mustBeOpen();
      const known = asVaultError(error, where);
      const { where: place, what } = known.params;
      if (known.code !== "damaged") return { value: null, problem: { where, what: known.message } };
      return { value: null, problem: { where: String(place ?? where), what: String(what ?? known.message) } };
    }
  }

  /** Counts work done, gives the event loop a turn now and then, and stops when cancelled. */
  async step(bytes: number): Promise<void> {
    this.#done += bytes;
    this.#sinceTurn += bytes + 200;
    if (this.#sinceTurn < 1024 * 1024) return;
    this.#sinceTurn = 0;
    throwIfCancelled(this.#options.signal);
    this.#options.progress?.({ done: Math.min(this.#done, this.#total), total: this.#total });
    await nextTurn();
    this.mustBeOpen();
  }

  /** A vault may be locked while it is verified. */
  mustBeOpen(): void {
    if (!this.database.open) throw lockedMeanwhile();
  }
}
