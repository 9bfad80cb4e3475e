import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findElectronRuntime } from "./electron-runtime/find.ts";
import { nativeBindingFor } from "./electron-runtime/native-binding.ts";
import { type ElectronRuntime, needsCompiledBinding } from "./electron-runtime/runtime.ts";
import { compilerPackages, electronPackages, ensureDebianPackages } from "./machine/debian.ts";
import { outFolder } from "./paths.ts";

/** An Electron that can run the app here, and the SQLite binding that it can load. */
export interface AppRuntime {
  readonly electron: ElectronRuntime;
  readonly binding: string;
}

/** Gets everything that running the app takes on this machine. */
export async function getAppRuntime(notice: (line: string) => void): Promise<AppRuntime> {
  await ensureDebianPackages(electronPackages, notice);
  const electron = await findElectronRuntime(notice);
  if (needsCompiledBinding(electron)) await ensureDebianPackages(compilerPackages, notice);
  return { electron, binding: await nativeBindingFor(electron, notice) };
}

/**
 * Tells the unpackaged app which SQLite binding to load: `out/native.json`, `{"binding": PATH | null}`; null means the
 * one that better-sqlite3 ships. A packaged app has its binding at `resources/native/better_sqlite3.node` instead.
 */
export function writeNativeNote(binding: string | null): void {
  const file = join(outFolder, "native.json");
  writeFileSync(`${file}.draft`, `${JSON.stringify({ binding })}\n`);
  renameSync(`${file}.draft`, file);
}
