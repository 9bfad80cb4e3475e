import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exclusively, publishFolder } from "../exclusive.ts";
import { outFolder, repositoryFolder } from "../paths.ts";
import { isFresh, sourceState, stateFile } from "./freshness.ts";

/**
 * Brings `out/` up to date with the sources: nothing when it is, else all bundles, put in place in one rename.
 * Safe when two processes ask at the same time.
 * @param complete true: a bundle that cannot be made is an error; false: it is left out with a notice, so that the others
 *   can be tried while one is under construction
 */
export async function bundleWhereStale(notice: (line: string) => void, complete = true): Promise<void> {
  if (isFresh()) return;
  await exclusively(join(repositoryFolder, "node_modules", ".cache", "evalvault-bundle.lock"), async () => {
    if (isFresh()) return;
    // Taken before building: a source that changes meanwhile leaves the result stale, not wrongly fresh.
    const state = sourceState();
    await publishFolder(outFolder, async (folder) => {
      const left = await bundleAll(folder);
      if (left.length === 0) writeFileSync(stateFile(folder), state);
      else if (complete) throw new Error(left.join("\n"));
      else notice(left.join("\n"));
    });
  });
}

/** Builds every bundle; gives back, a line each, those that could not be built. */
async function bundleAll(folder: string): Promise<string[]> {
  // Loaded here, so that a fresh start does not wait for the bundler.
  const [{ build }, { bundleTargets }, { viteConfigFor }, { pageManifest }] = await Promise.all([
    import("vite"),
    import("./targets.ts"),
    import("./vite-config.ts"),
    import("./page-manifest.ts"),
  ]);
  const { targets, skipped } = bundleTargets();
  const left = skipped.map((name) => `Not bundled, its source is not there: ${name}`);
  for (const target of targets) {
    try {
      await build(viteConfigFor(target, join(folder, target.name)));
    } catch (error) {
      left.push(`Not bundled: ${target.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (existsSync(join(folder, "renderer"))) {
    const manifest = pageManifest(join(folder, "renderer"));
    writeFileSync(join(folder, "renderer-manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  }
  const native = join(outFolder, "native.json");
  if (existsSync(native)) copyFileSync(native, join(folder, "native.json"));
  return left;
}
