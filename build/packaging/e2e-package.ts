import { createHash } from "node:crypto";
import {
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
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

async function packageWhereStale(runtime: AppRuntime): Promise<string> {
  const state = packageState(runtime);
  const fresh = freshPackage(state);
  if (fresh !== undefined) return fresh;
  const executable = await packageApp(runtime, folder, "e2e");
  writeFileSync(noteFile, JSON.stringify({ state, executable }));
  return executable;
}

/** One test run's own copy of the packaged app. */
export interface E2eApp {
  /** Absolute; every user of this machine can read and start it. */
  readonly executable: string;
  remove(): void;
}

/**
 * The packaged app that end-to-end tests drive: like a release, but for the inspect fuse and `__E2E__`, without which
 * Playwright could not hold it. Packaged anew where the sources, the runtime or the packaging changed.
 * Each run gets a copy of its own: the app's user may not be able to read the checkout, and another run may package
 * anew meanwhile.
 */
export async function e2eApp(runtime: AppRuntime): Promise<E2eApp> {
  return exclusively(join(releaseFolder, "e2e.lock"), async () => {
    const packaged = await packageWhereStale(runtime);
    const copy = mkdtempSync(join(tmpdir(), "evalvault-app-"));
    chmodSync(copy, 0o755);
    cpSync(dirname(packaged), copy, { recursive: true, mode: constants.COPYFILE_FICLONE });
    return {
      executable: join(copy, basename(packaged)),
      remove: () => {
        rmSync(copy, { recursive: true, force: true });
      },
    };
  });
}
