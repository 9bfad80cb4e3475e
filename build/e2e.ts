// `npm run test:e2e [-- FILTER]`: the packaged app in a real Electron, driven by Playwright.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { getAppRuntime } from "./app-runtime.ts";
import { bundleWhereStale } from "./bundle/bundle.ts";
import { runAttached } from "./command.ts";
import { displayPackages, ensureDebianPackages, testPackages } from "./machine/debian.ts";
import { openDisplay } from "./machine/display.ts";
import { type AppUser, appUser } from "./machine/unprivileged-user.ts";
import { e2ePackage } from "./packaging/e2e-package.ts";
import { repositoryFolder } from "./paths.ts";
import { notice, runScript } from "./script.ts";

/** The executable where the app's user can read it: in place, or in a copy that `remove` takes away again. */
function readableBy(user: AppUser, executable: string): { executable: string; remove(): void } {
  const [command, ...args] = [...user.prefix, "test", "-x", executable];
  const isReadable = spawnSync(command, args).status === 0;
  if (isReadable) return { executable, remove: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), "evalvault-app-"));
  chmodSync(folder, 0o755);
  cpSync(dirname(executable), folder, { recursive: true });
  return {
    executable: join(folder, basename(executable)),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

await runScript(async () => {
  await ensureDebianPackages([...displayPackages, ...testPackages], notice);
  const runtime = await getAppRuntime(notice);
  await bundleWhereStale(notice, !process.argv.includes("--partial"));
  const user = await appUser();
  const app = readableBy(user, await e2ePackage(runtime));
  const display = await openDisplay(true);
  try {
    const playwright = join(repositoryFolder, "node_modules", "@playwright", "test", "cli.js");
    const given = process.argv.slice(2).filter((argument) => argument !== "--partial");
    process.exitCode = await runAttached(
      process.execPath,
      [playwright, "test", "--config", join(repositoryFolder, "build", "playwright.config.ts"), ...given],
      {
        cwd: repositoryFolder,
        env: {
          ...process.env,
          ...display.env,
          EVALVAULT_E2E: JSON.stringify({ executable: app.executable, user }),
        },
      },
    );
  } finally {
    display.stop();
    app.remove();
  }
});
