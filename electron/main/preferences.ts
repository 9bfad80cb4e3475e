import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { densitySchema, idleMinutesSchema, themeChoiceSchema } from "../contract/shell.ts";

/** What a person chose for this workstation: how it looks, when it locks. Nothing in it is of a vault. */
export const preferencesSchema = z.strictObject({
  theme: themeChoiceSchema,
  density: densitySchema,
  /** Minutes without activity after which the vault is locked. */
  idleMinutes: idleMinutesSchema,
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const usualPreferences: Preferences = { theme: "system", density: "regular", idleMinutes: 10 };

/** The preferences of a profile, kept in one small file of it. */
export class PreferencesFile {
  readonly #path: string;
  #current: Preferences;

  /** Reads the file; what is missing, damaged or nonsense counts as never chosen. */
  constructor(path: string) {
    this.#path = path;
    this.#current = readPreferences(path);
  }

  get current(): Preferences {
    return this.#current;
  }

  /** Remembers a choice. Losing it costs little, so the file is replaced whole but not forced to disk. */
  change(part: Partial<Preferences>): void {
    const next = { ...this.#current, ...part };
    if (JSON.stringify(next) === JSON.stringify(this.#current)) return;
    this.#current = next;
    try {
      writeFileSync(`${this.#path}.new`, JSON.stringify(next), { mode: 0o600 });
      renameSync(`${this.#path}.new`, this.#path);
    } catch {
      // A profile on a read-only disk: the choice lasts until the app is closed.
    }
  }
}

function readPreferences(path: string): Preferences {
  try {
    return preferencesSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return usualPreferences;
  }
}
