import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** The part of Electron's clipboard that is needed. Its results are promises since Electron 44, plain values before. */
export interface TextClipboard {
  readText: () => Promise<string> | string;
  writeText: (text: string) => Promise<void> | void;
  clear: () => void;
}

/** Starts a timer and returns the function that stops it. */
export type StartTimer = (run: () => void, ms: number) => () => void;

/** Puts texts on the clipboard and takes them off again, unless somebody else has put something there since. */
export class ClipboardGuard {
  readonly #clipboard: TextClipboard;
  readonly #startTimer: StartTimer;
  readonly #clearAfterMs: number;
  /** Not the text but a keyed digest of it is kept: a short text could be guessed from a plain hash. */
  readonly #key = randomBytes(32);
  #held: Buffer | null = null;
  #stopTimer: () => void = () => undefined;

  constructor(clipboard: TextClipboard, startTimer: StartTimer, clearAfterMs: number) {
    this.#clipboard = clipboard;
    this.#startTimer = startTimer;
    this.#clearAfterMs = clearAfterMs;
  }

  /** Copies a text and starts its ten seconds. */
  async copy(text: string): Promise<void> {
    this.#stopTimer();
    this.#held = this.#digest(text);
    await this.#clipboard.writeText(text);
    this.#stopTimer = this.#startTimer(() => {
      this.clearIfOurs().catch(() => undefined);
    }, this.#clearAfterMs);
  }

  /**
   * Clears the clipboard if it still holds what was copied last.
   * @returns whether it was cleared
   */
  async clearIfOurs(): Promise<boolean> {
    this.#stopTimer();
    this.#stopTimer = () => undefined;
    const held = this.#held;
    if (held === null) return false;
    const now = this.#digest(await this.#clipboard.readText());
    // Something else was copied by us while this waited: its own timer takes care of it.
    if (this.#held !== held) return false;
    this.#held = null;
    if (!timingSafeEqual(now, held)) return false;
    this.#clipboard.clear();
    return true;
  }

  #digest(text: string): Buffer {
    return createHmac("sha256", this.#key).update(text, "utf8").digest();
  }
}
