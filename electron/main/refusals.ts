import type { Refused } from "../contract/shell.ts";

export type RefusalKind = Exclude<keyof Refused, "total">;

/** Counts what the layers of the air gap refused, and tells a listener. Where to is not kept: it may be content. */
export class Refusals {
  readonly #counts: Record<RefusalKind, number> = {
    request: 0,
    policy: 0,
    navigation: 0,
    window: 0,
    permission: 0,
    device: 0,
    download: 0,
    caller: 0,
  };
  readonly #changed: (refused: Refused) => void;

  constructor(changed: (refused: Refused) => void) {
    this.#changed = changed;
  }

  add(kind: RefusalKind): void {
    this.#counts[kind] += 1;
    this.#changed(this.current());
  }

  current(): Refused {
    const total = Object.values(this.#counts).reduce((sum, count) => sum + count, 0);
    return { total, ...this.#counts };
  }
}
