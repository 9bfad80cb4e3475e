import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The folder of this checkout (absolute). */
export const repositoryFolder = resolve(import.meta.dirname, "..");

/** Where the bundles go: `out/main`, `out/preload`, `out/service`, `out/cli`, `out/renderer`. */
export const outFolder = join(repositoryFolder, "out");

/** Where packaged applications go. */
export const releaseFolder = join(repositoryFolder, "release");

/**
 * What is dear to make and the same for every checkout on this machine (an Electron runtime, a compiled
 * binding) is kept here, outside node_modules, so that `npm ci` and a second clone find it again.
 */
export function cacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME;
  return join(base !== undefined && base !== "" ? base : join(homedir(), ".cache"), "evalvault");
}
