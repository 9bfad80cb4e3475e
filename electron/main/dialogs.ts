import { statSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { dialog, type BrowserWindow } from "electron";
import type { ChosenFile, ShellParsedInput } from "../contract/shell.ts";
import type { FileHandles } from "./file-handles.ts";

/** The system's dialogs. They open where the last choice was made, for as long as the app runs. */
export class FileDialogs {
  readonly #handles: FileHandles;
  #lastFolder: string | null = null;

  constructor(handles: FileHandles) {
    this.#handles = handles;
  }

  /** Asks for files or a folder to read. An empty list: cancelled. */
  async chooseFiles(window: BrowserWindow, input: ShellParsedInput<"chooseFiles">): Promise<ChosenFile[]> {
    const chosen = await dialog.showOpenDialog(window, {
      ...(this.#lastFolder === null ? {} : { defaultPath: this.#lastFolder }),
      ...(input.title === "" ? {} : { title: input.title }),
      filters: input.filters,
      properties: [
        input.folder ? "openDirectory" : "openFile",
        ...(input.multiple ? (["multiSelections"] as const) : []),
        // Recent documents would put file names into the desktop's own lists.
        "dontAddToRecent",
      ],
    });
    if (chosen.canceled) return [];
    const first = chosen.filePaths[0];
    if (first !== undefined) this.#lastFolder = dirname(first);
    return chosen.filePaths.map((path) => this.#handles.grant(path, input.folder ? "folder" : "open"));
  }

  /** Asks where to write. null: cancelled. */
  async chooseSaveLocation(
    window: BrowserWindow,
    input: ShellParsedInput<"chooseSaveLocation">,
  ): Promise<ChosenFile | null> {
    const name = basename(input.suggestedName);
    const chosen = await dialog.showSaveDialog(window, {
      defaultPath: this.#lastFolder === null ? name : join(this.#lastFolder, name),
      ...(input.title === "" ? {} : { title: input.title }),
      filters: input.filters,
      properties: ["dontAddToRecent", "createDirectory"],
    });
    if (chosen.canceled || chosen.filePath === "") return null;
    this.#lastFolder = dirname(chosen.filePath);
    return this.#handles.grant(chosen.filePath, "save");
  }
}

/** Paths that the preload took from dropped files: those that are there, as handles to read. */
export function adoptPaths(handles: FileHandles, paths: readonly string[]): ChosenFile[] {
  return paths.flatMap((path) => {
    if (!isAbsolute(path)) return [];
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile() === true) return [handles.grant(path, "open")];
    return found?.isDirectory() === true ? [handles.grant(path, "folder")] : [];
  });
}
