import { parseKeybinding } from "tinykeys";
import { describe, expect, it } from "vitest";
import { appCommands } from "../../../electron/contract/app-commands.ts";
import { allCommands } from "../../../renderer/app/app-commands.ts";
import { toKeybinding, toKeyWords } from "../../../renderer/app/shortcut.ts";

describe("commands", () => {
  it("gives each command of the menu something to do", () => {
    expect(allCommands().map((command) => command.id)).toEqual(appCommands.map((command) => command.id));
  });

  it("lets nothing of the vault be done while none is open", () => {
    const enabled = allCommands().filter((command) => command.isEnabled !== false);
    expect(enabled.map((command) => command.id)).not.toContain("vault.lock");
    expect(enabled.map((command) => command.id)).not.toContain("go.runs");
    expect(enabled.map((command) => command.id)).toContain("vault.create");
  });

  it("gives no key twice", () => {
    const keys = appCommands.flatMap((command) => ("shortcut" in command ? [command.shortcut] : []));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("shortcuts", () => {
  it("writes an accelerator as tinykeys reads it", () => {
    expect(toKeybinding("CmdOrCtrl+Shift+N")).toBe("$mod+Shift+N");
    expect(toKeybinding("Alt+Left")).toBe("Alt+ArrowLeft");
    expect(toKeyWords("CmdOrCtrl+K")).toBe("Ctrl+K");
  });

  it("can read every shortcut of the menu as one press", () => {
    for (const command of appCommands) {
      if ("shortcut" in command) expect(parseKeybinding(toKeybinding(command.shortcut))).toHaveLength(1);
    }
  });
});
