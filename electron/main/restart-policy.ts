/** How often a process that ends by itself is started again. */
export class RestartPolicy {
  readonly #most: number;
  readonly #windowMs: number;
  #endedAt: number[] = [];

  /** At most `most` restarts within any `windowMs` milliseconds. */
  constructor(most: number, windowMs: number) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Notes that it ended at `now` (ms, monotonic) and says whether to start it again. */
  mayRestart(now: number): boolean {
    this.#endedAt = this.#endedAt.filter((at) => now - at < this.#windowMs);
    this.#endedAt.push(now);
    return this.#endedAt.length <= this.#most;
  }
}
