import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { capture } from "../../build/command.ts";
import { temporaryFolder } from "../integration/service-client.ts";
import { inspectPython, PeerMissing, quietEnvironment } from "./inspect-environment.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the logs are and expected.json with them, or what is missing to have them. */
    inspectLogs: { folder: string } | { missing: string };
  }
}

/** Before the tests: Inspect writes its logs and reads them back. Vitest calls this by its name. */
export async function setup(project: TestProject): Promise<() => void> {
  const scratch = temporaryFolder();
  try {
    const python = await inspectPython();
    const folder = scratch.path("logs");
    const home = scratch.path("home");
    for (const path of [folder, home, join(home, "run")]) mkdirSync(path, { mode: 0o700 });
    const options = { cwd: home, env: quietEnvironment(home) };
    const startMs = performance.now();
    await capture(python, [join(import.meta.dirname, "write_logs.py"), folder], options);
    await capture(python, [join(import.meta.dirname, "read_logs.py"), folder], options);
    console.log(`Inspect wrote and read its logs in ${((performance.now() - startMs) / 1_000).toFixed(0)} s`);
    project.provide("inspectLogs", { folder });
  } catch (error) {
    if (!(error instanceof PeerMissing)) {
      scratch.remove();
      throw error;
    }
    console.log(`Peers: skipped, needs ${error.message}`);
    project.provide("inspectLogs", { missing: error.message });
  }
  return scratch.remove;
}
