import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { internetCalls, socketCalls, watchSockets } from "./air-gap-sockets.ts";
import { launch, type LaunchedApp, type LaunchOptions } from "./launch.ts";

/** Playwright opens two: one into the main process, one into Chromium. */
const debuggers = 2;

export interface WatchedJourney {
  /** Socket calls of any kind; never 0 for an app that ran. */
  readonly calls: number;
  /** Those that concern the internet, but for the debugger's own two. To be empty. */
  readonly internet: readonly string[];
}

/**
 * Runs a journey through the packaged app, from start to quit, while every socket call of all of its processes is
 * watched.
 */
export async function watchJourney(
  journey: (app: LaunchedApp) => Promise<void>,
  options: LaunchOptions = {},
): Promise<WatchedJourney> {
  const folder = mkdtempSync(join(tmpdir(), "evalvault-sockets-"));
  const trace = join(folder, "trace");
  try {
    const app = await launch({ ...options, wrap: watchSockets(trace) });
    try {
      await journey(app);
    } finally {
      await app.close();
    }
    return { calls: socketCalls(trace), internet: internetCalls(trace, debuggers) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
