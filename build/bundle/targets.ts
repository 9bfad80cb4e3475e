import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { repositoryFolder } from "../paths.ts";

/** One bundle: a folder under `out/` and the files that start it. */
export interface BundleTarget {
  readonly name: "main" | "main-e2e" | "preload" | "service" | "cli" | "renderer";
  /** Output name (no extension) → source file, absolute. The first one is the target's reason to be. */
  readonly entries: Readonly<Record<string, string>>;
  /** ES modules everywhere but in the sandboxed preload script, which Chromium loads as a classic script. */
  readonly format: "es" | "cjs";
  /** Becomes the constant `__E2E__`: true only in the main process of the build that tests drive by a debugger. */
  readonly endToEnd: boolean;
}

const source = (path: string): string => join(repositoryFolder, path);

/**
 * Worker threads: every `NAME.worker.ts` under electron/ becomes `NAME.worker.js` beside the entry of each bundle
 * that can start it, and `new URL("./NAME.worker.ts", import.meta.url)` is rewritten to match (worker-url.ts).
 */
function workerEntries(): Record<string, string> {
  const workers = readdirSync(source("electron"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".worker.ts"))
    .sort();
  const entries = Object.fromEntries(workers.map((path) => [basename(path, ".ts"), source(join("electron", path))]));
  if (Object.keys(entries).length !== workers.length) {
    throw new Error(`Two workers have one file name, rename one: ${workers.join(", ")}`);
  }
  return entries;
}

/** All bundles whose entry exists, in the order in which they are built; `skipped` names the others. */
export function bundleTargets(): { targets: BundleTarget[]; skipped: string[] } {
  const main = source("electron/main/index.ts");
  const all: BundleTarget[] = [
    { name: "main", entries: { index: main }, format: "es", endToEnd: false },
    { name: "main-e2e", entries: { index: main }, format: "es", endToEnd: true },
    { name: "preload", entries: { index: source("electron/preload/index.ts") }, format: "cjs", endToEnd: false },
    {
      name: "service",
      entries: { entry: source("electron/service/entry.ts"), ...workerEntries() },
      format: "es",
      endToEnd: false,
    },
    {
      name: "cli",
      entries: { index: source("electron/cli/index.ts"), ...workerEntries() },
      format: "es",
      endToEnd: false,
    },
    { name: "renderer", entries: { index: source("renderer/index.html") }, format: "es", endToEnd: false },
  ];
  const isThere = (target: BundleTarget): boolean => Object.values(target.entries).every((file) => existsSync(file));
  return { targets: all.filter(isThere), skipped: all.filter((target) => !isThere(target)).map(({ name }) => name) };
}
