import type { Loss } from "./logged-run.ts";

/** Losses of one kind gathered under one reason. */
export class LossLedger {
  readonly #losses = new Map<string, Loss>();

  add(what: string, reason: string, count = 1): void {
    const key = `${what}\n${reason}`;
    const known = this.#losses.get(key);
    if (known === undefined) this.#losses.set(key, { what, count, reason });
    else known.count += count;
  }

  get list(): Loss[] {
    return [...this.#losses.values()];
  }
}
