/** What a person writes in one section. */
export interface SectionText {
  readonly markdown: string;
  /** Portion marking, e.g. "S//NF"; empty: none. */
  readonly portion: string;
}

/** saved: nothing waits. changed: waits for a pause in typing. saving: under way. failed: kept here only. */
export type SaveState = "saved" | "changed" | "saving" | "failed";

type Save = (sectionId: string, text: SectionText) => Promise<boolean>;

function isSame(a: SectionText | undefined, b: SectionText): boolean {
  return a?.markdown === b.markdown && a.portion === b.portion;
}

/**
 * Text that is being written, saved after a pause in typing, when a field is left, and before the report goes further.
 * What was typed stays here after it was saved, so that an answer that comes late never overwrites it.
 */
export class SectionDrafts {
  readonly #save: Save;
  readonly #pauseMs: number;
  readonly #texts = new Map<string, SectionText>();
  readonly #saved = new Map<string, SectionText>();
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #flushing: Promise<boolean> | null = null;
  #state: SaveState = "saved";
  #version = 0;

  constructor(save: Save, pauseMs = 1_000) {
    this.#save = save;
    this.#pauseMs = pauseMs;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Grows with every change: what useSyncExternalStore compares. */
  readonly version = (): number => this.#version;

  get state(): SaveState {
    return this.#state;
  }

  /** What was written of a section; undefined where nothing was since the screen opened. */
  text(sectionId: string): SectionText | undefined {
    return this.#texts.get(sectionId);
  }

  /** @param before what the report holds, so that typing something and taking it back saves nothing. */
  write(sectionId: string, text: SectionText, before: SectionText): void {
    if (!this.#saved.has(sectionId)) this.#saved.set(sectionId, before);
    this.#texts.set(sectionId, text);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), this.#pauseMs);
    this.#become(this.#unsaved().length === 0 ? "saved" : "changed");
  }

  /** Saves everything that waits. @returns false where something could not be saved; it is kept and tried again. */
  async flush(): Promise<boolean> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#flushing !== null) await this.#flushing;
    if (this.#unsaved().length === 0) return true;
    this.#flushing = this.#saveAll();
    const isDone = await this.#flushing;
    this.#flushing = null;
    return isDone;
  }

  async #saveAll(): Promise<boolean> {
    this.#become("saving");
    for (const [sectionId, text] of this.#unsaved()) {
      if (!(await this.#save(sectionId, text))) {
        this.#become("failed");
        return false;
      }
      this.#saved.set(sectionId, text);
    }
    this.#become(this.#unsaved().length === 0 ? "saved" : "changed");
    return true;
  }

  #unsaved(): [string, SectionText][] {
    return [...this.#texts].filter(([sectionId, text]) => !isSame(this.#saved.get(sectionId), text));
  }

  #become(state: SaveState): void {
    this.#state = state;
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
