import { z } from "zod";

/**
 * Every command of the application that has a place in the menu bar: one list from which the menu, the palette, the
 * toolbars and the shortcut sheet take words and shortcuts. What a command does and when it is enabled is the page's.
 * Shortcuts are written as Electron accelerators ("CmdOrCtrl+K"); the page handles the keys, the menu only shows them.
 */
export interface AppCommand {
  readonly id: string;
  readonly words: string;
  readonly menu: "File" | "Edit" | "View" | "Go" | "Vault" | "Help";
  readonly shortcut?: string;
}

export const appCommands = [
  { id: "vault.create", words: "New vault…", menu: "File", shortcut: "CmdOrCtrl+Shift+N" },
  { id: "vault.open", words: "Open vault…", menu: "File", shortcut: "CmdOrCtrl+O" },
  { id: "run.import", words: "Import logs…", menu: "File", shortcut: "CmdOrCtrl+I" },
  { id: "package.open", words: "Open sealed report…", menu: "File", shortcut: "CmdOrCtrl+Shift+O" },
  { id: "app.settings", words: "Settings", menu: "File", shortcut: "CmdOrCtrl+," },
  { id: "app.quit", words: "Quit", menu: "File", shortcut: "CmdOrCtrl+Q" },
  { id: "edit.find", words: "Find", menu: "Edit", shortcut: "CmdOrCtrl+F" },
  { id: "app.palette", words: "Find or do anything", menu: "View", shortcut: "CmdOrCtrl+K" },
  { id: "app.shortcuts", words: "Keyboard shortcuts", menu: "Help", shortcut: "CmdOrCtrl+/" },
  { id: "view.theme", words: "Light or dark", menu: "View" },
  { id: "view.back", words: "Back", menu: "Go", shortcut: "Alt+Left" },
  { id: "view.forward", words: "Forward", menu: "Go", shortcut: "Alt+Right" },
  { id: "go.overview", words: "Overview", menu: "Go", shortcut: "Alt+1" },
  { id: "go.models", words: "Models", menu: "Go", shortcut: "Alt+2" },
  { id: "go.benchmarks", words: "Benchmarks", menu: "Go", shortcut: "Alt+3" },
  { id: "go.campaigns", words: "Campaigns", menu: "Go", shortcut: "Alt+4" },
  { id: "go.submissions", words: "Submissions", menu: "Go" },
  { id: "go.timeline", words: "Timeline", menu: "Go" },
  { id: "go.findings", words: "Findings", menu: "Go" },
  { id: "go.runs", words: "Runs", menu: "Go", shortcut: "Alt+5" },
  { id: "go.attempts", words: "Attempts", menu: "Go" },
  { id: "go.compare", words: "Compare", menu: "Go", shortcut: "Alt+6" },
  { id: "go.search", words: "Search transcripts", menu: "Go", shortcut: "CmdOrCtrl+Shift+F" },
  { id: "go.reports", words: "Reports", menu: "Go", shortcut: "Alt+7" },
  { id: "go.recipients", words: "Recipients", menu: "Go", shortcut: "Alt+8" },
  { id: "go.journal", words: "Journal", menu: "Go", shortcut: "Alt+9" },
  { id: "go.reviews", words: "Review", menu: "Go", shortcut: "Alt+0" },
  { id: "go.members", words: "Members", menu: "Go" },
  { id: "vault.verify", words: "Verify the vault", menu: "Vault" },
  { id: "vault.lock", words: "Lock", menu: "Vault", shortcut: "CmdOrCtrl+L" },
  { id: "app.about", words: "About EvalVault", menu: "Help" },
] as const satisfies readonly AppCommand[];

export type CommandId = (typeof appCommands)[number]["id"];
export const commandIdSchema = z.enum(appCommands.map((command) => command.id));
