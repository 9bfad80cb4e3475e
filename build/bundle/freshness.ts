import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { outFolder, repositoryFolder } from "../paths.ts";

/** What a bundle is made from. */
const sources = ["electron", "renderer", "build/bundle", "package.json", "package-lock.json", "tsconfig.json"];

/** A digest of the names, sizes and times of all sources; some milliseconds. */
export function sourceState(): string {
  const hash = createHash("sha256");
  for (const source of sources) {
    const path = join(repositoryFolder, source);
    const names = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: "utf8" }).sort() : [""];
    for (const name of names) {
      const stat = statSync(join(path, name));
      if (stat.isFile()) hash.update(`${source}/${name}\0${String(stat.size)}\0${String(stat.mtimeMs)}\n`);
    }
  }
  return hash.digest("hex");
}

/** Where the state of the sources that `out/` was built from is kept. */
export function stateFile(folder: string = outFolder): string {
  return join(folder, "sources.sha256");
}

/** True where `out/` was built from the sources as they are now. */
export function isFresh(): boolean {
  return existsSync(stateFile()) && readFileSync(stateFile(), "utf8") === sourceState();
}
