import { powerMonitor } from "electron";
import { idleWarningSeconds, type LockReason } from "../contract/shell.ts";
import { idleMs, judgeIdle, sleptBetween } from "./idle-clock.ts";

const intervalMs = 1_000;
/** A busy machine may be late with a timer; a sleep is longer than this. */
const sleepToleranceMs = 30_000;

export interface AutoLockOptions {
  readonly lock: (reason: LockReason) => void;
  /** Seconds until the idle lock, null when the warning is over. */
  readonly warn: (secondsLeft: number | null) => void;
}

/** Watches for the moments at which an open vault must be locked. Stands still while none is open. */
export class AutoLock {
  readonly #options: AutoLockOptions;
  #limitMs: number;
  #timer: NodeJS.Timeout | null = null;
  #lastInputAt = performance.now();
  #lastClaimAt = performance.now();
  #lastWall = Date.now();
  #warned = false;

  constructor(options: AutoLockOptions, idleMinutes: number) {
    this.#options = options;
    this.#limitMs = idleMinutes * 60_000;
    powerMonitor.on("suspend", () => {
      options.lock("suspend");
    });
    powerMonitor.on("lock-screen", () => {
      options.lock("screen-lock");
    });
    powerMonitor.on("user-did-resign-active", () => {
      options.lock("user-switch");
    });
  }

  get idleMinutes(): number {
    return this.#limitMs / 60_000;
  }

  setIdleMinutes(minutes: number): void {
    this.#limitMs = minutes * 60_000;
  }

  /** Main saw input reach the window. */
  inputSeen(): void {
    this.#lastInputAt = performance.now();
    this.#takeWarningBack();
  }

  /** The page says that a person is active. */
  activityClaimed(): void {
    this.#lastClaimAt = performance.now();
  }

  /** A vault was opened or closed. */
  watch(open: boolean): void {
    if (open === (this.#timer !== null)) return;
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#warned = false;
    if (!open) return;
    this.#lastInputAt = performance.now();
    this.#lastWall = Date.now();
    this.#timer = setInterval(() => {
      this.#look();
    }, intervalMs);
  }

  #look(): void {
    const wall = Date.now();
    const slept = sleptBetween(this.#lastWall, wall, intervalMs, sleepToleranceMs);
    this.#lastWall = wall;
    if (slept) {
      this.#options.lock("suspend");
      return;
    }
    // Linux does not announce a locked screen; it can be asked.
    if (powerMonitor.getSystemIdleState(60) === "locked") {
      this.#options.lock("screen-lock");
      return;
    }
    const idle = idleMs({
      now: performance.now(),
      lastInputAt: this.#lastInputAt,
      lastClaimAt: this.#lastClaimAt,
      systemIdleMs: powerMonitor.getSystemIdleTime() * 1_000,
    });
    const verdict = judgeIdle(idle, this.#limitMs, idleWarningSeconds * 1_000);
    if (verdict.kind === "lock") {
      this.#options.lock("idle");
    } else if (verdict.kind === "warning") {
      this.#warned = true;
      this.#options.warn(verdict.secondsLeft);
    } else {
      this.#takeWarningBack();
    }
  }

  #takeWarningBack(): void {
    if (!this.#warned) return;
    this.#warned = false;
    this.#options.warn(null);
  }
}
