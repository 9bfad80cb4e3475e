import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { extname, join, sep } from "node:path";

/** What the app:// protocol serves under one URL path. */
export interface PageManifestEntry {
  /** Relative to the page's folder, forward slashes. */
  readonly file: string;
  readonly mime: string;
  /** Of the file's bytes, lower-case hexadecimal. */
  readonly sha256: string;
}

const mimeTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
};

/**
 * Lists every file of the built page: URL path → file, type and hash, sorted by path.
 * @throws Error for a kind of file that the page may not consist of.
 */
export function pageManifest(folder: string): Record<string, PageManifestEntry> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.split(sep).join("/"))
    .sort();
  return Object.fromEntries(
    files.map((file) => {
      const mime = mimeTypes[extname(file)];
      if (mime === undefined) throw new Error(`The page holds ${file}, a kind of file that the app does not serve`);
      const sha256 = createHash("sha256")
        .update(readFileSync(join(folder, file)))
        .digest("hex");
      return [`/${file}`, { file, mime, sha256 }];
    }),
  );
}
