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
  /** How many of the debugger's own were seen: 2, or the watch was blind. */
  readonly debuggers: number;
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
    const internet = internetCalls(trace, debuggers);
    const seen = internetCalls(trace, 0).length - internet.length;
    return { calls: socketCalls(trace), internet, debuggers: seen };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
