import { isAbsolute } from "node:path";
import { z } from "zod";

/** The page's only origin. */
export const pageOrigin = "app://main";
export const pageUrl = `${pageOrigin}/`;
/** An empty page of another origin: going there and back gives the window a new renderer process. */
export const emptyPageUrl = "app://empty/";

const pageFileSchema = z.strictObject({
  /** Relative to the folder of the build; forward slashes. */
  file: z
    .string()
    .min(1)
    .refine((file) => !isAbsolute(file) && !file.split(/[/\\]/).includes(".."), "a path inside the build"),
  mime: z.string().regex(/^[a-z]+\/[a-z0-9.+-]+(; ?charset=utf-8)?$/i),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type PageFile = z.infer<typeof pageFileSchema>;

const manifestSchema = z.record(z.string().regex(/^\/[A-Za-z0-9_./-]*$/), pageFileSchema);

/** URL path → file, as written when the page was built. Nothing that is not in it is ever served. */
export type PageManifest = ReadonlyMap<string, PageFile>;

/** Reads the manifest that the build wrote. Throws when it is none. */
export function parsePageManifest(json: string): PageManifest {
  return new Map(Object.entries(manifestSchema.parse(JSON.parse(json))));
}

/**
 * The file for a request, or null. The whole URL is compared: no decoding, no joining of paths, no query, no port.
 * @param method GET only
 */
export function lookUpPageFile(manifest: PageManifest, method: string, url: string): PageFile | null {
  if (method !== "GET" || !isPageUrl(url)) return null;
  const { pathname, search } = new URL(url);
  if (search !== "") return null;
  return manifest.get(pathname === "/" ? "/index.html" : pathname) ?? null;
}

/** Whether a URL belongs to the page: `app://main/…`, without user, password or port. */
export function isPageUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === "app:" && host === "main" && username === "" && password === "";
}
