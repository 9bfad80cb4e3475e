import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Arch, Platform, build, type Configuration } from "electron-builder";
import type { AppRuntime } from "../app-runtime.ts";
import { burnFuses } from "./fuses.ts";
import { stageApp } from "./stage.ts";

/** The packaged app's executable, relative to its folder. */
const executableName = "evalvault";

function configuration(runtime: AppRuntime, output: string, variant: "release" | "e2e"): Configuration {
  return {
    appId: "org.evalvault.EvalVault",
    productName: "EvalVault",
    directories: { output },
    electronDist: runtime.electron.folder,
    electronVersion: runtime.electron.version,
    // Everything is bundled or laid out by stageApp; nothing is installed, rebuilt or looked up on the way.
    npmRebuild: false,
    nodeGypRebuild: false,
    buildDependenciesFromSource: false,
    publish: null,
    asar: true,
    files: ["out/**/*", "out/node_modules/**/*", "package.json"],
    linux: { executableName, category: "Science", target: "dir" },
    afterPack: async (context) => {
      // The main process looks for the binding here; it cannot be loaded from inside the archive.
      const native = join(context.appOutDir, "resources", "native");
      mkdirSync(native, { recursive: true });
      cpSync(runtime.binding, join(native, "better_sqlite3.node"));
      rmSync(join(context.appOutDir, "resources", "default_app.asar"), { force: true });
      await burnFuses(join(context.appOutDir, executableName), variant);
    },
  };
}

/**
 * Packages the bundles in `out/` as an unpacked app folder.
 * @param folder is emptied first
 * @returns the executable, absolute
 */
export async function packageApp(runtime: AppRuntime, folder: string, variant: "release" | "e2e"): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  const staged = join(folder, "staged");
  stageApp(staged, variant);
  await build({
    targets: Platform.LINUX.createTarget("dir", process.arch === "arm64" ? Arch.arm64 : Arch.x64),
    // Not the checkout: electron-builder would walk all of its node_modules.
    projectDir: staged,
    config: configuration(runtime, folder, variant),
    publish: "never",
  });
  rmSync(staged, { recursive: true });
  rmSync(join(folder, "builder-debug.yml"), { force: true });
  const arch = process.arch === "arm64" ? "linux-arm64-unpacked" : "linux-unpacked";
  return join(folder, arch, executableName);
}
