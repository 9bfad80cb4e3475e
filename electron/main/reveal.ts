import { shell } from "electron";

/** Shows a file in the system's file manager, without opening it. The only use that is made of Electron's `shell`. */
export function revealInFolder(path: string): void {
  shell.showItemInFolder(path);
}
