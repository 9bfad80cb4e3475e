import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PreferencesFile, usualPreferences } from "../../../electron/main/preferences.ts";

describe("preferences of the profile", () => {
  let folder = "";
  const path = (): string => join(folder, "preferences.json");

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "evalvault-preferences-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("remembers what was chosen, and what was not chosen stays usual", () => {
    new PreferencesFile(path()).change({ theme: "contrast", density: "compact" });
    new PreferencesFile(path()).change({ idleMinutes: 3 });
    expect(new PreferencesFile(path()).current).toEqual({ theme: "contrast", density: "compact", idleMinutes: 3 });
  });

  it("writes nothing where nothing changes, and a file for this user only where something does", () => {
    const preferences = new PreferencesFile(path());
    preferences.change(usualPreferences);
    expect(readdirSync(folder)).toEqual([]);
    preferences.change({ theme: "dark" });
    expect(readdirSync(folder)).toEqual(["preferences.json"]);
    if (process.platform !== "win32") expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  it.each(["", "{", "[]", '{"theme":"pink","density":"regular","idleMinutes":10}', '{"theme":"dark","idleMinutes":0}'])(
    "takes %j for never chosen: a vault never stays open longer than may be chosen",
    (text) => {
      writeFileSync(path(), text);
      expect(new PreferencesFile(path()).current).toEqual(usualPreferences);
    },
  );

  it("goes on where the profile cannot be written", () => {
    const preferences = new PreferencesFile(join(folder, "missing", "preferences.json"));
    preferences.change({ theme: "dark" });
    expect(preferences.current.theme).toBe("dark");
  });
});
