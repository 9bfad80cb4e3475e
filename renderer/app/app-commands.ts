import { appCommands, type CommandId } from "../../electron/contract/app-commands.ts";
import type { VaultState } from "../../electron/contract/vault.ts";
import { setAppearance } from "../state/appearance.ts";
import { screenCommands, type ScreenCommand } from "../state/commands.ts";
import { queries } from "../state/service.ts";
import { shell } from "../state/shell.ts";
import { goBack, goForward, navigate, setOverlay, useView, type ScreenId } from "../state/view.ts";
import { sectionGroups } from "./sections.ts";

/** A command of the application: its words come from the contract, what it does from here. */
export interface Command extends ScreenCommand {
  readonly group: string;
}

/** When a command can be run: always, with an open vault, or without one. */
type Needs = "nothing" | "open" | "closed";

interface Deed {
  readonly needs: Needs;
  readonly run: () => void;
}

function switchTheme(): void {
  const dark = document.documentElement.dataset.theme !== "light";
  setAppearance({ theme: dark ? "light" : "dark" });
}

/** Locks at once: main has the service write its snapshot and wipe its keys, ends it, and reloads the page. */
export function lockVault(): void {
  void shell().lock();
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>("main .search input")?.focus();
}

function go(screen: ScreenId, needs: Needs = "open"): Deed {
  return {
    needs,
    run: () => {
      navigate(screen);
    },
  };
}

const otherDeeds: Partial<Record<CommandId, Deed>> = {
  "vault.create": go("create", "closed"),
  "vault.open": go("unlock", "closed"),
  "run.import": go("import"),
  "package.open": go("open-report", "nothing"),
  "app.settings": go("settings"),
  "app.quit": { needs: "nothing", run: () => void shell().quit() },
  "edit.find": { needs: "open", run: focusSearch },
  "app.palette": {
    needs: "nothing",
    run: () => {
      setOverlay("palette");
    },
  },
  "app.shortcuts": {
    needs: "nothing",
    run: () => {
      setOverlay("shortcuts");
    },
  },
  "app.about": {
    needs: "nothing",
    run: () => {
      setOverlay("about");
    },
  },
  "view.theme": { needs: "nothing", run: switchTheme },
  "view.back": { needs: "nothing", run: goBack },
  "view.forward": { needs: "nothing", run: goForward },
  "vault.verify": {
    needs: "open",
    run: () => {
      navigate("journal", { view: "verify" });
    },
  },
  "vault.lock": { needs: "open", run: lockVault },
};

function deedOf(id: CommandId): Deed | undefined {
  const section = sectionGroups.flatMap((group) => group.sections).find((candidate) => candidate.command === id);
  return section === undefined ? otherDeeds[id] : go(section.screen);
}

function isVaultOpen(): boolean {
  const state = queries.read("vault.state {}");
  return state.status === "ready" && (state.data as VaultState).open;
}

function isEnabled(needs: Needs, open: boolean): boolean {
  return needs === "nothing" || (needs === "open") === open;
}

/** Every command there is now: the application's, then the open screen's. Disabled ones are listed as such. */
export function allCommands(): readonly Command[] {
  const open = isVaultOpen();
  const ofApp = appCommands.flatMap((command): Command[] => {
    const deed = deedOf(command.id);
    if (deed === undefined) return [];
    const shortcut = "shortcut" in command ? command.shortcut : undefined;
    const { id, words, menu } = command;
    return [{ id, words, group: menu, shortcut, isEnabled: isEnabled(deed.needs, open), run: deed.run }];
  });
  const ofScreen = screenCommands().map((command): Command => ({ ...command, group: "This screen" }));
  return [...ofScreen, ...ofApp];
}

/** Runs the command of that id if it can be run now. */
export function runCommand(id: string): void {
  const command = allCommands().find((candidate) => candidate.id === id);
  if (command !== undefined && command.isEnabled !== false) command.run();
}

/** True while something stands over the page: then only locking and closing work. */
export function isOverlaid(): boolean {
  return useView.getState().overlay !== null || document.querySelector(".veil") !== null;
}
