import { setImmediate as nextTurn } from "node:timers/promises";

import { toHex } from "./canonical.ts";
import type { CheckedCheckpoint } from "./checkpoints.ts";
import { asVaultError, lockedMeanwhile, throwIfCancelled } from "./errors.ts";
import type { KeyRing } from "./keys.ts";
import type { SqliteDatabase } from "./sqlite.ts";
import type { VerifyOptions, VerifyProblem } from "./vault-types.ts";

/** The checkpoints that are whole, and how many there are in all. */
export interface Checked {
  readonly checkpoints: readonly CheckedCheckpoint[];
  readonly count: number;
}

/** How many problems are listed; a file that is damaged all over needs no longer list. */
const mostProblems = 500;

/** What the parts of a verification share. */
export class Verification {
  readonly database: SqliteDatabase;
  readonly keys: KeyRing | undefined;
  readonly problems: VerifyProblem[] = [];
  readonly #options: VerifyOptions;
  readonly #total: number;
  #done = 0;
  #sinceTurn = 0;

  constructor(
    database: SqliteDatabase,
    total: number,
    options: VerifyOptions & { readonly keys?: KeyRing | undefined },
  ) {
    this.database = database;
    this.keys = options.keys;
    this.#options = options;
    this.#total = total;
  }

  problem(where: string, what: string): void {
    if (this.problems.length < mostProblems) this.problems.push({ where, what });
  }

  /** Does one check; damage and whatever else it throws becomes a problem. Null then. */
  attempt<T>(where: string, check: () => T): T | null {
    try {
      return check();
    } catch (error) {
      this.mustBeOpen();
      const known = asVaultError(error, where);
      const { where: place, what } = known.params;
      if (known.code === "damaged") this.problem(String(place ?? where), String(what ?? known.message));
      else this.problem(where, known.message);
      return null;
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

/** The name of a blob in a problem. */
export function blobName(id: Uint8Array): string {
  return `blob ${toHex(id)}`;
}
