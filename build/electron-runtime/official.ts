import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { downloadArtifact } from "@electron/get";
import { capture } from "../command.ts";
import { exclusively } from "../exclusive.ts";
import { cacheFolder } from "../paths.ts";
import type { ElectronRuntime } from "./runtime.ts";

/** No byte for this long means that the download is not reachable from here. */
const STALL_MS = 8_000;
/** After a failed download the network is not asked again for this long. */
const RETRY_AFTER_MS = 12 * 60 * 60 * 1_000;

const require = createRequire(import.meta.url);
const packageFolder = dirname(require.resolve("electron/package.json"));

function readTrimmed(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}

/** The release of Electron that package.json pins. */
export function pinnedElectronVersion(): string {
  const text: unknown = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  if (typeof text === "object" && text !== null && "version" in text && typeof text.version === "string") {
    return text.version;
  }
  throw new Error("node_modules/electron/package.json names no version: run npm ci");
}

/** The pinned release, where it has been downloaded and unpacked already. */
export function installedPinnedRuntime(): ElectronRuntime | undefined {
  const version = pinnedElectronVersion();
  const folder = join(packageFolder, "dist");
  if (readTrimmed(join(folder, "version"))?.replace(/^v/, "") !== version) return undefined;
  const name = readTrimmed(join(packageFolder, "path.txt"));
  if (name === undefined || !existsSync(join(folder, name))) return undefined;
  return { kind: "pinned", version, folder, executable: join(folder, name) };
}

/**
 * Downloads the pinned release with Electron's own downloader (which honours a mirror, a proxy and its cache and
 * checks the published hash) and unpacks it with Electron's own installer.
 * Gives undefined where it cannot be reached; that is remembered for some hours, so that a closed network costs
 * its time-out once.
 */
export async function downloadPinnedRuntime(notice: (line: string) => void): Promise<ElectronRuntime | undefined> {
  const version = pinnedElectronVersion();
  const unreachable = join(cacheFolder(), `electron-${version}.unreachable`);
  if (existsSync(unreachable) && Date.now() - statSync(unreachable).mtimeMs < RETRY_AFTER_MS) return undefined;
  return exclusively(join(cacheFolder(), `electron-${version}.lock`), async () => {
    const installed = installedPinnedRuntime();
    if (installed !== undefined) return installed;
    try {
      await fetchRelease(version);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      notice(`Electron ${version} cannot be downloaded here (${reason})`);
      mkdirSync(cacheFolder(), { recursive: true });
      writeFileSync(unreachable, `${reason}\n`);
      return undefined;
    }
    await capture(process.execPath, [join(packageFolder, "install.js")]);
    return installedPinnedRuntime();
  });
}

async function fetchRelease(version: string): Promise<void> {
  const stalled = new AbortController();
  const abort = (): void => {
    stalled.abort(new Error(`no answer for ${String(STALL_MS / 1_000)} s`));
  };
  const timer = setTimeout(abort, STALL_MS);
  const checksums: unknown = require("electron/checksums.json");
  try {
    await downloadArtifact({
      version,
      artifactName: "electron",
      platform: process.platform,
      arch: process.arch,
      checksums: textValues(checksums),
      downloadOptions: {
        quiet: true,
        signal: stalled.signal,
        getProgressCallback: () => {
          timer.refresh();
          return Promise.resolve();
        },
      },
    });
  } finally {
    clearTimeout(timer);
  }
}

function textValues(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) throw new Error("electron/checksums.json is not a table");
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, sum]) => (typeof sum === "string" ? [[name, sum]] : [])),
  );
}
