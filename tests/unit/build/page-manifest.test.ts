import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { pageManifest } from "../../../build/bundle/page-manifest.ts";
import { lookUpPageFile, parsePageManifest } from "../../../electron/main/page-manifest.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "page-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html>");
  writeFileSync(join(folder, "assets", "index-a_1.js"), "abc");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it("lists every file of the page with its type and hash", () => {
  expect(pageManifest(folder)).toEqual({
    "/assets/index-a_1.js": {
      file: "assets/index-a_1.js",
      mime: "text/javascript; charset=utf-8",
      // SHA-256 of "abc": FIPS 180-2, appendix B.1.
      sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    },
    "/index.html": {
      file: "index.html",
      mime: "text/html; charset=utf-8",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    },
  });
});

it("is a manifest that the main process accepts and finds files by", () => {
  const manifest = parsePageManifest(JSON.stringify(pageManifest(folder)));
  expect(lookUpPageFile(manifest, "GET", "app://main/assets/index-a_1.js")?.file).toBe("assets/index-a_1.js");
  expect(lookUpPageFile(manifest, "GET", "app://main/")?.file).toBe("index.html");
});

it("refuses a kind of file that the app does not serve", () => {
  writeFileSync(join(folder, "assets", "page.map"), "{}");
  expect(() => pageManifest(folder)).toThrow("assets/page.map");
});
