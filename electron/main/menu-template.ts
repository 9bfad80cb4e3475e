import type { MenuItemConstructorOptions } from "electron";
import { appCommands, type AppCommand, type CommandId } from "../contract/app-commands.ts";

/** The menu bar, made of the one list of commands; words and shortcuts are the list's. */
export function menuTemplate(
  chosen: (id: CommandId) => void,
  options: { mac: boolean; development: boolean },
): MenuItemConstructorOptions[] {
  const items = (menu: AppCommand["menu"]): MenuItemConstructorOptions[] =>
    appCommands.filter((command) => command.menu === menu).map((command) => menuItem(command, chosen));
  const separator: MenuItemConstructorOptions = { type: "separator" };
  const edit: MenuItemConstructorOptions[] = [
    { role: "undo" },
    { role: "redo" },
    separator,
    { role: "cut" },
    { role: "copy" },
    { role: "paste" },
    { role: "selectAll" },
    separator,
    ...items("Edit"),
  ];
  const view: MenuItemConstructorOptions[] = [
    ...items("View"),
    separator,
    { role: "resetZoom" },
    { role: "zoomIn" },
    { role: "zoomOut" },
    { role: "togglefullscreen" },
    ...(options.development ? [separator, { role: "toggleDevTools" } as const] : []),
  ];
  return [
    ...(options.mac ? [{ role: "appMenu" } as const] : []),
    { label: "File", submenu: items("File") },
    { label: "Edit", submenu: edit },
    { label: "View", submenu: view },
    { label: "Go", submenu: items("Go") },
    { label: "Vault", submenu: items("Vault") },
    { label: "Help", submenu: items("Help") },
  ];
}

/** Shortcuts are shown, not registered: the page handles the keys, so that each works once and where it should. */
function menuItem(
  command: AppCommand & { id: CommandId },
  chosen: (id: CommandId) => void,
): MenuItemConstructorOptions {
  return {
    id: command.id,
    label: command.words,
    ...(command.shortcut === undefined ? {} : { accelerator: command.shortcut, registerAccelerator: false }),
    click: () => {
      chosen(command.id);
    },
  };
}
