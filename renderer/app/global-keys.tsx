import { useEffect, type ReactNode } from "react";
import { matchKeybindingPress, parseKeybinding } from "tinykeys";
import { shell } from "../state/shell.ts";
import { allCommands, isOverlaid, runCommand } from "./app-commands.ts";
import { toKeybinding } from "./shortcut.ts";

/** Commands whose keys work whatever stands over the page. */
const always: ReadonlySet<string> = new Set(["vault.lock", "app.quit"]);

function matches(event: KeyboardEvent, accelerator: string): boolean {
  const [press] = parseKeybinding(toKeybinding(accelerator));
  return press !== undefined && matchKeybindingPress(event, press);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.repeat) return;
  const command = allCommands().find(
    (candidate) =>
      candidate.isEnabled !== false && candidate.shortcut !== undefined && matches(event, candidate.shortcut),
  );
  if (command === undefined || (isOverlaid() && !always.has(command.id))) return;
  event.preventDefault();
  event.stopPropagation();
  command.run();
}

/** Ctrl+Enter is taken before the control that has the focus: to a button or a tab any Enter is a press. */
function onKeyDownFirst(event: KeyboardEvent): void {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onKeyDown(event);
}

/** Binds the keys of every command to the window, and the menu bar's choices to the same commands. Draws nothing. */
export function GlobalKeys(): ReactNode {
  useEffect(() => {
    window.addEventListener("keydown", onKeyDownFirst, { capture: true });
    window.addEventListener("keydown", onKeyDown);
    const stop = shell().on("menuCommand", ({ id }) => {
      runCommand(id);
    });
    return () => {
      window.removeEventListener("keydown", onKeyDownFirst, { capture: true });
      window.removeEventListener("keydown", onKeyDown);
      stop();
    };
  }, []);
  return null;
}
