import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { openFileSource } from "../../interchange/byte-source.ts";
import type { Neighbours } from "../../interchange/reader.ts";
import type { Host } from "../host.ts";

/** A file of an import: where it is, and what it is called. */
export interface ChosenFile {
  readonly path: string;
  readonly name: string;
  /** Its folder below the one that was chosen, "" for none; parts are joined by "/". */
  readonly folder: string;
}

/** Every file in a folder and its subfolders but hidden ones, in order of name; a file stands for itself. */
function filesBelow(path: string, root: string): ChosenFile[] {
  if (!statSync(path).isDirectory()) return [{ path, name: basename(path), folder: folderOf(path, root) }];
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    // Also folders: .buffer holds what a harness has not finished writing.
    if (entry.name.startsWith(".")) return [];
    const inner = join(path, entry.name);
    if (entry.isDirectory()) return filesBelow(inner, root);
    return entry.isFile() ? [{ path: inner, name: entry.name, folder: folderOf(inner, root) }] : [];
  });
}

function folderOf(path: string, root: string): string {
  return path === root ? "" : relative(root, dirname(path)).replaceAll("\\", "/");
}

/** The files behind the handles, each once, in order; never the open vault. */
export function chosenFiles(host: Host, handles: readonly string[]): ChosenFile[] {
  const files = new Map<string, ChosenFile>();
  for (const handle of handles) {
    const root = host.files.path(handle);
    for (const file of filesBelow(root, root)) {
      if (!files.has(file.path) && !host.isOpenVault(file.path)) files.set(file.path, file);
    }
  }
  return [...files.values()];
}

/** The other files of an import that lie beside each. */
export class Surroundings {
  readonly #byFolder = new Map<string, Map<string, ChosenFile>>();

  constructor(files: readonly ChosenFile[]) {
    for (const file of files) {
      const folder = dirname(file.path);
      const inside = this.#byFolder.get(folder) ?? new Map<string, ChosenFile>();
      this.#byFolder.set(folder, inside.set(file.name, file));
    }
  }

  /** The file of that name beside this one, or this one. */
  beside(file: ChosenFile, name: string): ChosenFile | null {
    return this.#byFolder.get(dirname(file.path))?.get(name) ?? null;
  }

  of(file: ChosenFile): Neighbours {
    const inside = this.#byFolder.get(dirname(file.path)) ?? new Map<string, ChosenFile>();
    return {
      names: [...inside.keys()].filter((name) => name !== file.name),
      open: async (name) => {
        const other = inside.get(name);
        if (other === undefined) throw new Error("a reader asked for a file that is not beside its own");
        return openFileSource(other.path);
      },
    };
  }
}
