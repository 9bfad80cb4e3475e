import { useEffect, useState, type ReactNode } from "react";
import type { ShellOutput } from "../../electron/contract/shell.ts";
import { DescriptionList, Dialog, Kbd } from "../parts/index.ts";
import { shell } from "../state/shell.ts";
import { setOverlay, useView } from "../state/view.ts";
import { allCommands } from "./app-commands.ts";
import { toKeyWords } from "./shortcut.ts";
import "./overlays.css";

const close = (): void => {
  setOverlay(null);
};

const everywhere: readonly { readonly words: string; readonly keys: readonly string[] }[] = [
  { words: "Next and previous part of the page", keys: ["Tab", "Shift+Tab"] },
  { words: "Move in a table or list", keys: ["ArrowUp", "ArrowDown"] },
  { words: "First and last row", keys: ["Home", "End"] },
  { words: "Open the row", keys: ["Enter"] },
  { words: "Close what stands over the page", keys: ["Escape"] },
  { words: "Reach the notices", keys: ["F6"] },
];

/** Ctrl+/: every key that works here, from the same list as the palette and the menu. */
export function ShortcutSheet(): ReactNode {
  const isOpen = useView((view) => view.overlay === "shortcuts");
  const commands = isOpen
    ? allCommands().filter((command) => command.shortcut !== undefined && command.isEnabled !== false)
    : [];
  const groups = [...new Set(commands.map((command) => command.group))];
  return (
    <Dialog title="Keyboard shortcuts" isOpen={isOpen} onClose={close} size="large" isReading>
      <div className="shortcut-groups">
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            {commands
              .filter((command) => command.group === group)
              .map((command) => (
                <div key={command.id} className="shortcut">
                  <span>{command.words}</span>
                  <Kbd keys={toKeyWords(command.shortcut ?? "")} />
                </div>
              ))}
          </section>
        ))}
        <section>
          <h3>Everywhere</h3>
          {everywhere.map(({ words, keys }) => (
            <div key={words} className="shortcut">
              <span>{words}</span>
              <span className="row">
                {keys.map((key) => (
                  <Kbd key={key} keys={key} />
                ))}
              </span>
            </div>
          ))}
        </section>
      </div>
    </Dialog>
  );
}

type AppInfo = ShellOutput<"appInfo">;

/** What this program is, which version, and what its air gap refused. */
export function AboutDialog(): ReactNode {
  const isOpen = useView((view) => view.overlay === "about");
  const [info, setInfo] = useState<AppInfo | null>(null);
  useEffect(() => {
    if (!isOpen) return;
    void shell()
      .appInfo()
      .then((result) => {
        if (result.ok) setInfo(result.value);
      });
  }, [isOpen]);
  return (
    <Dialog title="About EvalVault" isOpen={isOpen} onClose={close} isReading>
      <p>Plans, takes in, checks and reports cyber evaluations of AI models in one encrypted file, offline.</p>
      <DescriptionList
        items={[
          { term: "Version", value: info === null ? "…" : `${info.version}${info.packaged ? "" : " (development)"}` },
          { term: "Platform", value: info?.platform ?? "…" },
          { term: "Refused requests", value: info === null ? "…" : String(info.refused.total) },
          { term: "Licence", value: "Apache-2.0" },
        ]}
      />
      <p className="ink2">EvalVault advises; it licenses nothing. It opens no connection and looks no name up.</p>
    </Dialog>
  );
}
