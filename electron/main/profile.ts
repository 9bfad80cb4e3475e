import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

/** The folder of everything that this installation keeps outside of vaults. Nothing in it is secret. */
export interface Profile {
  /** The profile folder itself; the service keeps its own (recent vaults, last seen checkpoints) in it. */
  readonly folder: string;
  /** Chromium's files: emptied at every start. */
  readonly chromiumFolder: string;
  readonly crashFolder: string;
  readonly windowFile: string;
  readonly preferencesFile: string;
}

/**
 * Where the profile is.
 * @param switchValue of `--profile=DIR`, "" where it is not given; a relative one is relative to the working folder
 * @param applicationData the system's folder for application data
 */
export function locateProfile(switchValue: string, applicationData: string): Profile {
  const folder = switchValue === "" ? join(applicationData, "EvalVault") : resolve(switchValue);
  return {
    folder,
    chromiumFolder: join(folder, "chromium"),
    crashFolder: join(folder, "chromium", "crashes"),
    windowFile: join(folder, "window.json"),
    preferencesFile: join(folder, "preferences.json"),
  };
}

/** Makes the profile folder, for this user only. */
export function makeProfile(profile: Profile): void {
  mkdirSync(profile.folder, { recursive: true, mode: 0o700 });
  if (process.platform !== "win32") chmodSync(profile.folder, 0o700);
}

/** Chromium writes caches, indexes and settings whatever a session is told; none of it outlives a start. */
const chromiumLeftovers = [
  "Local State",
  "Preferences",
  "DIPS",
  "DIPS-wal",
  "Dictionaries",
  "Crashpad",
  "blob_storage",
];

/** Empties what Chromium left behind. Only to be called by the one instance that owns the profile. */
export function clearChromiumFiles(profile: Profile): void {
  rmSync(profile.chromiumFolder, { recursive: true, force: true });
  for (const name of chromiumLeftovers) rmSync(join(profile.folder, name), { recursive: true, force: true });
  mkdirSync(profile.chromiumFolder, { recursive: true, mode: 0o700 });
}
