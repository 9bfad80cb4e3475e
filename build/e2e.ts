// `npm run test:e2e [-- FILTER]`: the packaged app in a real Electron, driven by Playwright.
import { join } from "node:path";
import { getAppRuntime } from "./app-runtime.ts";
import { bundleWhereStale } from "./bundle/bundle.ts";
import { runAttached } from "./command.ts";
import { displayPackages, ensureDebianPackages, testPackages } from "./machine/debian.ts";
import { openDisplay } from "./machine/display.ts";
import { appUser } from "./machine/unprivileged-user.ts";
import { e2eApp } from "./packaging/e2e-package.ts";
import { repositoryFolder } from "./paths.ts";
import { notice, runScript } from "./script.ts";

await runScript(async () => {
  await ensureDebianPackages([...displayPackages, ...testPackages], notice);
  const runtime = await getAppRuntime(notice);
  await bundleWhereStale(notice, !process.argv.includes("--partial"));
  const user = await appUser();
  const app = await e2eApp(runtime);
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
