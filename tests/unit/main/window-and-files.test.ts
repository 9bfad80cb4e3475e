import fc from "fast-check";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { appCommands } from "../../../electron/contract/app-commands.ts";
import { FileHandles, type Grant } from "../../../electron/main/file-handles.ts";
import { menuTemplate } from "../../../electron/main/menu-template.ts";
import { fileToOpen } from "../../../electron/main/opened-files.ts";
import { clearChromiumFiles, locateProfile, makeProfile } from "../../../electron/main/profile.ts";
import { parseWindowPlace, placeWindow } from "../../../electron/main/window-place.ts";

describe("where the window opens", () => {
  const display = { x: 0, y: 0, width: 1920, height: 1080 };

  it("is the middle of the first display, at 1280 × 800", () => {
    expect(placeWindow(null, [display])).toEqual({ x: 320, y: 140, width: 1280, height: 800, maximized: false });
  });

  it("is where it was, if that can be seen", () => {
    const place = { x: 2000, y: 100, width: 1400, height: 900, maximized: true };
    expect(placeWindow(place, [display, { ...display, x: 1920 }])).toEqual(place);
    expect(placeWindow(place, [display])).toMatchObject({ x: 320, y: 140, width: 1280 });
  });

  it("always can be caught hold of, and is never too small for the layout", () => {
    const length = fc.integer({ min: 1, max: 20_000 });
    const at = fc.integer({ min: -20_000, max: 20_000 });
    const place = fc.record({ x: at, y: at, width: length, height: length, maximized: fc.boolean() });
    fc.assert(
      fc.property(place, (remembered) => {
        const { x, y, width, height } = placeWindow(remembered, [display]);
        expect(width).toBeGreaterThanOrEqual(1000);
        expect(height).toBeGreaterThanOrEqual(640);
        expect(x >= 0 && y >= 0 && x + width <= display.width && y + height <= display.height).toBe(true);
      }),
    );
  });

  it.each(["", "{}", "null", '{"x":1}', '{"x":"a","y":0,"width":1,"height":1,"maximized":true}'])(
    "forgets a damaged note: %s",
    (json) => {
      expect(parseWindowPlace(json)).toBeNull();
    },
  );
});

describe("file handles", () => {
  function handles() {
    const grants: Grant[] = [];
    let count = 0;
    const made = new FileHandles(
      () => `file-${(count += 1).toString().padStart(8, "0")}`,
      (grant) => grants.push(grant),
    );
    return { made, grants };
  }

  it("tell the service the path and the page the name", () => {
    const { made, grants } = handles();
    expect(made.grant("/home/a/North.evault", "open")).toEqual({ handle: "file-00000001", name: "North.evault" });
    expect(grants).toEqual([{ handle: "file-00000001", path: "/home/a/North.evault", mode: "open" }]);
  });

  it("reveal only what was saved or made", () => {
    const { made } = handles();
    const read = made.grant("/etc/passwd", "open");
    const saved = made.grant("/home/a/report.sealed", "save");
    made.produced("file-made0001", "/home/a/made");
    expect(made.revealablePath(read.handle)).toBeNull();
    expect(made.revealablePath(saved.handle)).toBe("/home/a/report.sealed");
    expect(made.revealablePath("file-made0001")).toBe("/home/a/made");
    expect(made.revealablePath("file-99999999")).toBeNull();
    made.clear();
    expect(made.revealablePath(saved.handle)).toBeNull();
  });
});

describe("the file that a command line asks for", () => {
  it("is the last vault or sealed report that is no switch", () => {
    expect(fileToOpen([".", "--profile=/p", "a.evault"], "/home/x")).toBe("/home/x/a.evault");
    expect(fileToOpen(["/v/b.sealed"], "/")).toBe("/v/b.sealed");
    expect(fileToOpen(["--open=a.evault", "a.txt", "."], "/")).toBeNull();
  });
});

describe("the profile", () => {
  it("is the user's own, and Chromium's files do not outlive a start", () => {
    const base = mkdtempSync(join(tmpdir(), "evalvault-profile-"));
    try {
      const profile = locateProfile(join(base, "p"), "/nowhere");
      makeProfile(profile);
      if (process.platform !== "win32") expect(statSync(profile.folder).mode & 0o777).toBe(0o700);
      mkdirSync(join(profile.chromiumFolder, "Local Storage"), { recursive: true });
      writeFileSync(join(profile.chromiumFolder, "Local Storage", "x"), "canary");
      writeFileSync(join(profile.folder, "Local State"), "{}");
      writeFileSync(profile.windowFile, "{}");
      clearChromiumFiles(profile);
      expect(existsSync(join(profile.chromiumFolder, "Local Storage"))).toBe(false);
      expect(existsSync(join(profile.folder, "Local State"))).toBe(false);
      expect(existsSync(profile.windowFile)).toBe(true);
    } finally {
      rmSync(base, { recursive: true });
    }
  });

  it("is in the system's place unless a switch says where", () => {
    expect(locateProfile("", "/home/a/.config").folder).toBe("/home/a/.config/EvalVault");
    expect(locateProfile("/media/stick", "/home/a/.config").folder).toBe("/media/stick");
  });
});

describe("the menu bar", () => {
  it("holds every command once and registers no shortcut twice", () => {
    const chosen: string[] = [];
    const template = menuTemplate((id) => chosen.push(id), { mac: false, development: false });
    const items = template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
    const ours = items.filter(({ id }) => id !== undefined);
    expect(ours.map(({ id }) => id).sort()).toEqual(appCommands.map(({ id }) => id).sort());
    for (const item of ours) {
      if (item.accelerator !== undefined) expect(item.registerAccelerator).toBe(false);
    }
    expect(items.some(({ role }) => role === "toggleDevTools" || role === "reload")).toBe(false);
    const shortcuts = appCommands.flatMap((command) => ("shortcut" in command ? [command.shortcut] : []));
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
  });
});
