import { randomBytes } from "node:crypto";
import { basename } from "node:path";
import { Refusal } from "../domain/refusal.ts";

/** The paths behind the handles that a person granted. Nothing else of the file system is reachable by a request. */
export class OpenFiles {
  readonly #paths = new Map<string, string>();

  grant(handle: string, path: string): void {
    this.#paths.set(handle, path);
  }

  /** A new handle for a path that the service itself knows (a recent vault, a package it made). */
  adopt(path: string): string {
    for (const [handle, known] of this.#paths) if (known === path) return handle;
    const handle = `file-${randomBytes(12).toString("hex")}`;
    this.#paths.set(handle, path);
    return handle;
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
