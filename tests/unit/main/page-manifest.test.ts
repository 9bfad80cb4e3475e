import { describe, expect, it } from "vitest";
import { isPageUrl, lookUpPageFile, parsePageManifest } from "../../../electron/main/page-manifest.ts";

const sha256 = "a".repeat(64);
const manifest = parsePageManifest(
  JSON.stringify({
    "/index.html": { file: "index.html", mime: "text/html; charset=utf-8", sha256 },
    "/assets/index-B3.js": { file: "assets/index-B3.js", mime: "text/javascript", sha256 },
  }),
);
const look = (url: string, method = "GET"): string | null => lookUpPageFile(manifest, method, url)?.file ?? null;

describe("what app:// serves", () => {
  it("serves the page and its parts by their exact path", () => {
    expect(look("app://main/")).toBe("index.html");
    expect(look("app://main/index.html")).toBe("index.html");
    expect(look("app://main/assets/index-B3.js")).toBe("assets/index-B3.js");
    expect(look("app://main/assets/../index.html")).toBe("index.html");
  });

  it.each([
    ["out of the folder", "app://main/../../etc/passwd"],
    ["encoded dots", "app://main/%2e%2e/%2e%2e/etc/passwd"],
    ["encoded slash", "app://main/assets%2findex-B3.js"],
    ["double encoding", "app://main/assets/%2569ndex-B3.js"],
    ["backslashes", "app://main/assets\\..\\..\\secret"],
    ["another case", "app://main/Index.html"],
    ["another host", "app://mainx/index.html"],
    ["a host that ends alike", "app://evil.main/index.html"],
    ["an empty host", "app:///index.html"],
    ["a port", "app://main:80/index.html"],
    ["a user", "app://user@main/index.html"],
    ["a query", "app://main/index.html?x=1"],
    ["another scheme", "file:///index.html"],
    ["the web", "https://main/index.html"],
    ["an object's own name", "app://main/constructor"],
    ["no URL at all", "index.html"],
    ["nothing", ""],
    ["a NUL", "app://main/index.html%00"],
    ["a folder", "app://main/assets/"],
  ])("does not serve %s", (_what, url) => {
    expect(look(url)).toBeNull();
  });

  it.each(["POST", "HEAD", "PUT", "get", ""])("does not answer %s", (method) => {
    expect(look("app://main/index.html", method)).toBeNull();
  });

  it.each([
    ["a path out of the build", { "/x.js": { file: "../x.js", mime: "text/javascript", sha256 } }],
    ["an absolute path", { "/x.js": { file: "/etc/x.js", mime: "text/javascript", sha256 } }],
    ["no hash", { "/x.js": { file: "x.js", mime: "text/javascript", sha256: "" } }],
    ["a header smuggled into the type", { "/x.js": { file: "x.js", mime: "text/html\r\nX: y", sha256 } }],
    ["a path with an escape", { "/%2e": { file: "x.js", mime: "text/javascript", sha256 } }],
    ["no manifest", []],
  ])("refuses a manifest with %s", (_what, broken) => {
    expect(() => parsePageManifest(JSON.stringify(broken))).toThrow();
  });

  it("knows the page's URLs from others", () => {
    expect(isPageUrl("app://main/index.html#there")).toBe(true);
    for (const url of [
      "app://empty/",
      "app://main@evil/",
      "app://main.evil/",
      "appx://main/",
      "javascript:app://main/",
    ]) {
      expect(isPageUrl(url)).toBe(false);
    }
  });
});
