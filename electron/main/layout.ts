import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { parsePageManifest, type PageManifest } from "./page-manifest.ts";

/** Where the parts of the built application are. */
export interface Layout {
  readonly preload: string;
  readonly service: string;
  /** Folder that the page manifest's files are relative to. */
  readonly pageFolder: string;
  readonly manifestFile: string;
  /** SQLite's native binding, null for the one that the package brings itself. */
  readonly nativeBinding: string | null;
}

const nativeSchema = z.object({ binding: z.string().nullable() });

/**
 * @param outFolder the build's folder `out`
 * @param resourcesFolder of the packaged application, null in development
 */
export function locateParts(outFolder: string, resourcesFolder: string | null): Layout {
  return {
    preload: join(outFolder, "preload", "index.cjs"),
    service: join(outFolder, "service", "entry.js"),
    pageFolder: join(outFolder, "renderer"),
    manifestFile: join(outFolder, "renderer-manifest.json"),
    nativeBinding: resourcesFolder === null ? developmentBinding(outFolder) : packagedBinding(resourcesFolder),
  };
}

export function readPageManifest(layout: Layout): PageManifest {
  return parsePageManifest(readFileSync(layout.manifestFile, "utf8"));
}

function packagedBinding(resourcesFolder: string): string | null {
  const file = join(resourcesFolder, "native", "better_sqlite3.node");
  return existsSync(file) ? file : null;
}

function developmentBinding(outFolder: string): string | null {
  const file = join(outFolder, "native.json");
  return existsSync(file) ? nativeSchema.parse(JSON.parse(readFileSync(file, "utf8"))).binding : null;
}
