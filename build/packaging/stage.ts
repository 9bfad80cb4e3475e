import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { outFolder, repositoryFolder } from "../paths.ts";

const require = createRequire(import.meta.url);
/** Of the unpackaged app: its bundle for tests, its note on the binding, the build's own mark. */
const leftOut = ["main-e2e", "native.json", "sources.sha256"];

/**
 * Lays out what goes into the package: the bundles, the JavaScript half of better-sqlite3 (its binary lies outside the
 * archive) and a package.json that names nothing else. No other file of the checkout or of node_modules gets in.
 */
export function stageApp(folder: string, variant: "release" | "e2e"): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const out = join(folder, "out");
  const isLeftOut = (path: string): boolean => leftOut.some((name) => path === join(outFolder, name));
  cpSync(outFolder, out, { recursive: true, filter: (path) => !isLeftOut(path) });
  if (variant === "e2e") cpSync(join(outFolder, "main-e2e"), join(out, "main"), { recursive: true });
  const sqlite = dirname(require.resolve("better-sqlite3/package.json"));
  for (const part of ["lib", "package.json", "LICENSE"]) {
    cpSync(join(sqlite, part), join(out, "node_modules", "better-sqlite3", part), { recursive: true });
  }
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(packagedManifest(), null, 2)}\n`);
}

/** The lines of package.json that the packaged app needs. */
function packagedManifest(): Record<string, unknown> {
  const manifest: unknown = JSON.parse(readFileSync(join(repositoryFolder, "package.json"), "utf8"));
  if (typeof manifest !== "object" || manifest === null) throw new Error("package.json is not an object");
  const kept = ["name", "version", "description", "license", "type", "main"];
  return {
    ...Object.fromEntries(Object.entries(manifest).filter(([key]) => kept.includes(key))),
    productName: "EvalVault",
    author: "The EvalVault authors",
  };
}
