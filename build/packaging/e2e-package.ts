import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AppRuntime } from "../app-runtime.ts";
import { sourceState } from "../bundle/freshness.ts";
import { exclusively } from "../exclusive.ts";
import { releaseFolder, repositoryFolder } from "../paths.ts";
import { packageApp } from "./package-app.ts";

const folder = join(releaseFolder, "e2e");
const noteFile = join(folder, "packaged.json");

function packageState(runtime: AppRuntime): string {
  const hash = createHash("sha256").update(sourceState()).update(runtime.electron.folder).update(runtime.binding);
  const packaging = join(repositoryFolder, "build", "packaging");
  for (const name of readdirSync(packaging).sort())
    hash.update(`${name}\0${String(statSync(join(packaging, name)).mtimeMs)}`);
  return hash.digest("hex");
}

function freshPackage(state: string): string | undefined {
  if (!existsSync(noteFile)) return undefined;
  const note: unknown = JSON.parse(readFileSync(noteFile, "utf8"));
  if (typeof note !== "object" || note === null || !("state" in note) || !("executable" in note)) return undefined;
  if (note.state !== state || typeof note.executable !== "string") return undefined;
  return existsSync(note.executable) ? note.executable : undefined;
}

/**
 * The packaged app that end-to-end tests drive: like a release, but for the inspect fuse and `__E2E__`, without which
 * Playwright could not hold it. Packaged anew where the sources, the runtime or the packaging changed.
 * @returns the executable, absolute
 */
export async function e2ePackage(runtime: AppRuntime): Promise<string> {
  return exclusively(join(releaseFolder, "e2e.lock"), async () => {
    const state = packageState(runtime);
    const fresh = freshPackage(state);
    if (fresh !== undefined) return fresh;
    const executable = await packageApp(runtime, folder, "e2e");
    writeFileSync(noteFile, JSON.stringify({ state, executable }));
    return executable;
  });
}
