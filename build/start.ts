// `npm start`: the app from this checkout, built where stale.
import { spawn } from "node:child_process";
import { getAppRuntime, writeNativeNote } from "./app-runtime.ts";
import { bundleWhereStale } from "./bundle/bundle.ts";
import { displayPackages, ensureDebianPackages } from "./machine/debian.ts";
import { openDisplay } from "./machine/display.ts";
import { repositoryFolder } from "./paths.ts";
import { notice, runScript } from "./script.ts";

await runScript(async () => {
  const isLinux = process.platform === "linux";
  const hasDisplay = (process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY ?? "") !== "";
  if (isLinux && !hasDisplay) {
    await ensureDebianPackages(displayPackages, notice);
    notice("There is no display here: the window opens on a virtual one, unseen");
  }
  const [runtime] = await Promise.all([getAppRuntime(notice), bundleWhereStale(notice)]);
  writeNativeNote(runtime.binding);
  const display = await openDisplay();
  const isRoot = process.getuid?.() === 0;
  if (isRoot) notice("Running as root, where Chromium's sandbox cannot work: it is off for this development run");

  const child = spawn(
    runtime.electron.executable,
    [repositoryFolder, ...(isRoot ? ["--no-sandbox"] : []), ...process.argv.slice(2)],
    { stdio: "inherit", cwd: process.env.INIT_CWD ?? process.cwd(), env: { ...process.env, ...display.env } },
  );
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  child.once("error", (error) => {
    notice(`Electron cannot be started: ${error.message}`);
    process.exitCode = 1;
    display.stop();
  });
  child.once("close", (status) => {
    process.exitCode = status ?? 1;
    display.stop();
  });
});
