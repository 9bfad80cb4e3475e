// `npm run dist [-- --development]`: the app as an unpacked folder in release/.
import { join } from "node:path";
import { getAppRuntime } from "./app-runtime.ts";
import { bundleWhereStale } from "./bundle/bundle.ts";
import { readFuses } from "./packaging/fuses.ts";
import { packageApp } from "./packaging/package-app.ts";
import { releaseFolder } from "./paths.ts";
import { notice, runScript } from "./script.ts";

await runScript(async () => {
  const isDevelopment = process.argv.includes("--development");
  const runtime = await getAppRuntime(notice);
  if (runtime.electron.kind === "fallback" && !isDevelopment) {
    notice(
      `Not packaged: Electron ${runtime.electron.version} is a fallback for development and tests, too old to be handed out. ` +
        "Get the pinned release (network, ELECTRON_MIRROR or ELECTRON_OVERRIDE_DIST_PATH), or add --development.",
    );
    process.exitCode = 1;
  } else {
    await bundleWhereStale(notice);
    const folder = join(releaseFolder, isDevelopment ? "development" : "app");
    const executable = await packageApp(runtime, folder, "release");
    console.log(executable);
    console.log(JSON.stringify(await readFuses(executable)));
  }
});
