import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { protocol, type Session } from "electron";
import { emptyPageUrl, lookUpPageFile, type PageFile, type PageManifest } from "./page-manifest.ts";
import { pageHeaders, withNonce } from "./page-headers.ts";

/** To be called once, before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: "app",
      privileges: { standard: true, secure: true, supportFetchAPI: false, corsEnabled: false, stream: false },
    },
  ]);
}

/**
 * Serves the page from the manifest on this session: GET only, this origin only, only files of the manifest, and only
 * while their bytes are those that were built.
 * @param folder that the manifest's files are relative to
 */
export function servePage(session: Session, manifest: PageManifest, folder: string): void {
  session.protocol.handle("app", async (request) => {
    const nonce = randomBytes(16).toString("base64");
    if (request.method === "GET" && request.url === emptyPageUrl) {
      return new Response("<!doctype html><title>EvalVault</title>", { headers: pageHeaders("text/html", nonce) });
    }
    const file = lookUpPageFile(manifest, request.method, request.url);
    const bytes = file === null ? null : await readWhole(folder, file);
    if (file === null || bytes === null) {
      return new Response("not found", { status: 404, headers: pageHeaders("text/plain", nonce) });
    }
    const isPage = file.mime.startsWith("text/html");
    const body = isPage ? withNonce(bytes.toString("utf8"), nonce) : new Uint8Array(bytes);
    return new Response(body, { headers: pageHeaders(file.mime, nonce) });
  });
}

/** The file's bytes, or null when it is missing or is not what was built. */
async function readWhole(folder: string, file: PageFile): Promise<Buffer | null> {
  try {
    const bytes = await readFile(join(folder, file.file));
    return createHash("sha256").update(bytes).digest("hex") === file.sha256 ? bytes : null;
  } catch {
    return null;
  }
}
