import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exclusively, publishFolder } from "../exclusive.ts";
import { outFolder, repositoryFolder } from "../paths.ts";
import { isFresh, sourceState, stateFile } from "./freshness.ts";

/**
 * Brings `out/` up to date with the sources: nothing when it is, else all bundles, put in place in one rename.
 * Safe when two processes ask at the same time.
 * @param complete true: an entry that does not exist is an error; false: its bundle is left out with a notice
 */
export async function bundleWhereStale(notice: (line: string) => void, complete = true): Promise<void> {
  if (isFresh()) return;
  await exclusively(join(repositoryFolder, "node_modules", ".cache", "evalvault-bundle.lock"), async () => {
    if (isFresh()) return;
    // Taken before building: a source that changes meanwhile leaves the result stale, not wrongly fresh.
    const state = sourceState();
    await publishFolder(outFolder, async (folder) => {
      await bundleAll(folder, notice, complete);
      writeFileSync(stateFile(folder), state);
    });
  });
}

async function bundleAll(folder: string, notice: (line: string) => void, complete: boolean): Promise<void> {
  // Loaded here, so that a fresh start does not wait for the bundler.
  const [{ build }, { bundleTargets }, { viteConfigFor }, { pageManifest }] = await Promise.all([
    import("vite"),
    import("./targets.ts"),
    import("./vite-config.ts"),
    import("./page-manifest.ts"),
  ]);
  const { targets, skipped } = bundleTargets();
  if (skipped.length > 0) {
    if (complete) throw new Error(`These bundles have no source: ${skipped.join(", ")}`);
    notice(`Not bundled, as there is no source yet: ${skipped.join(", ")}`);
  }
  for (const target of targets) await build(viteConfigFor(target, join(folder, target.name)));
  if (targets.some(({ name }) => name === "renderer")) {
    const manifest = pageManifest(join(folder, "renderer"));
    writeFileSync(join(folder, "renderer-manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  }
  const native = join(outFolder, "native.json");
  if (existsSync(native)) copyFileSync(native, join(folder, "native.json"));
}
