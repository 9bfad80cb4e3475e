import { randomBytes } from "node:crypto";
import { basename } from "node:path";
import type { GrantMode } from "../contract/supervision.ts";
import { Refusal } from "../domain/refusal.ts";

/** The paths behind the handles that a person granted. Nothing else of the file system is reachable by a request. */
export class OpenFiles {
  readonly #paths = new Map<string, string>();
  /** Handles that a person chose as a place to write to; what was only opened is never overwritten. */
  readonly #writable = new Set<string>();

  grant(handle: string, path: string, mode: GrantMode): void {
    this.#paths.set(handle, path);
    if (mode === "save") this.#writable.add(handle);
  }

  /** A new handle, to read, for a path that the service itself knows (a recent vault, a package it made). */
  adopt(path: string): string {
    for (const [handle, known] of this.#paths) if (known === path && !this.#writable.has(handle)) return handle;
    const handle = `file-${randomBytes(12).toString("hex")}`;
    this.#paths.set(handle, path);
    return handle;
  }

  /** A new handle for a place that a person named to write to. */
  adoptDestination(path: string): string {
    const handle = `file-${randomBytes(12).toString("hex")}`;
    this.grant(handle, path, "save");
    return handle;
  }

  /** The path of a handle that may be written to. */
  destination(handle: string): string {
    const path = this.path(handle);
    if (!this.#writable.has(handle)) {
      throw new Refusal("destination-unwritable", basename(path), "It was chosen to be read, not to be written to.");
    }
    return path;
  }

  path(handle: string): string {
    const path = this.#paths.get(handle);
    if (path === undefined) throw new Refusal("unknown-handle", handle);
    return path;
  }

  name(handle: string): string {
    return basename(this.path(handle));
  }

  nameOrNothing(handle: string): string {
    const path = this.#paths.get(handle);
    return path === undefined ? "" : basename(path);
  }
}
