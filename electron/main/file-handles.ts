import { basename } from "node:path";
import type { ChosenFile } from "../contract/shell.ts";
import type { GrantMode } from "../contract/supervision.ts";

export interface Grant {
  readonly handle: string;
  readonly path: string;
  readonly mode: GrantMode;
}

/** Handles that stand for paths. The page holds handles, the service is told their paths, nobody remembers them. */
export class FileHandles {
  readonly #revealable = new Map<string, string>();
  readonly #newHandle: () => string;
  readonly #granted: (grant: Grant) => void;

  /**
   * @param newHandle makes a handle that cannot be guessed
   * @param granted is told of every grant, so that the service learns of it before the page does
   */
  constructor(newHandle: () => string, granted: (grant: Grant) => void) {
    this.#newHandle = newHandle;
    this.#granted = granted;
  }

  /** Makes a handle for a path that a person chose. */
  grant(path: string, mode: GrantMode): ChosenFile {
    const handle = this.#newHandle();
    if (mode !== "open") this.#revealable.set(handle, path);
    this.#granted({ handle, path, mode });
    return { handle, name: basename(path) || path };
  }

  /** Notes a path that the service made or knows. */
  produced(handle: string, path: string): void {
    this.#revealable.set(handle, path);
  }

  /** The path to show in the file manager, null for a handle that may not be revealed. */
  revealablePath(handle: string): string | null {
    return this.#revealable.get(handle) ?? null;
  }

  /** Forgets everything, as at every lock. */
  clear(): void {
    this.#revealable.clear();
  }
}
