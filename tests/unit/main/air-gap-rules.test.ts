import { describe, expect, it } from "vitest";
import { contentPolicy, pageHeaders, withNonce } from "../../../electron/main/page-headers.ts";
import { Refusals } from "../../../electron/main/refusals.ts";
import { isRequestAllowed } from "../../../electron/main/request-filter.ts";
import { refusedSwitch, refusedSwitches, silentSwitches } from "../../../electron/main/switches.ts";
import type { Refused } from "../../../electron/contract/shell.ts";

describe("request filter", () => {
  it.each(["app://main/", "app://main/assets/a.js", "app://empty/", "data:image/png;base64,AA", "blob:app://main/1-2"])(
    "lets %s through",
    (url) => {
      expect(isRequestAllowed(url, false)).toBe(true);
    },
  );

  it.each([
    "http://127.0.0.1/",
    "https://example.org/",
    "ws://127.0.0.1/",
    "wss://example.org/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "app://other/",
    "app://main.evil/",
    "app://main@evil/",
    "blob:https://example.org/1",
    "blob:app://main.evil/1",
    "filesystem:app://main/x",
    "chrome://gpu/",
    "javascript:alert(1)",
    "view-source:app://main/",
    "not a url",
  ])("cancels %s", (url) => {
    expect(isRequestAllowed(url, false)).toBe(false);
  });

  it("lets the developer tools load only where they are allowed", () => {
    expect(isRequestAllowed("devtools://devtools/bundled/x.js", true)).toBe(true);
    expect(isRequestAllowed("devtools://devtools/bundled/x.js", false)).toBe(false);
  });
});

describe("refusals", () => {
  it("are counted by kind and told", () => {
    const told: Refused[] = [];
    const refusals = new Refusals((refused) => told.push(refused));
    expect(refusals.current().total).toBe(0);
    refusals.add("policy");
    refusals.add("policy");
    refusals.add("window");
    expect(refusals.current()).toMatchObject({ total: 3, policy: 2, window: 1, request: 0 });
    expect(told.map(({ total }) => total)).toEqual([1, 2, 3]);
  });
});

describe("starting switches", () => {
  const release = { packaged: true, endToEnd: false };
  const given = (name: string) => (asked: string) => asked === name;

  it.each(refusedSwitches)("a release does not start with --%s", (name) => {
    expect(refusedSwitch(given(name), release)).toBe(name);
  });

  it("names the ways in that fuses do not cover", () => {
    for (const name of ["remote-debugging-port", "remote-debugging-pipe", "inspect", "inspect-brk", "no-sandbox"]) {
      expect(refusedSwitches).toContain(name);
    }
  });

  it("a release starts with other switches, and development and the end-to-end build with all", () => {
    expect(refusedSwitch(given("profile"), release)).toBeNull();
    expect(refusedSwitch(given("inspect"), { packaged: true, endToEnd: true })).toBeNull();
    expect(refusedSwitch(given("inspect"), { packaged: false, endToEnd: false })).toBeNull();
  });

  it("resolve no name, use no proxy, look nothing up ahead", () => {
    const switches = new Map(silentSwitches);
    expect(switches.get("host-resolver-rules")).toBe("MAP * ~NOTFOUND");
    expect(switches.has("no-proxy-server")).toBe(true);
    expect(switches.get("blink-settings")).toBe("dnsPrefetchingEnabled=false");
    expect(new Set(silentSwitches.map(([name]) => name)).size).toBe(silentSwitches.length);
  });
});

describe("the page's headers", () => {
  it("deny everything that is not the page's own", () => {
    const directives = new Map(
      contentPolicy("N")
        .split("; ")
        .map((directive): [string, string] => {
          const [name = "", ...values] = directive.split(" ");
          return [name, values.join(" ")];
        }),
    );
    expect(directives.get("default-src")).toBe("'none'");
    expect(directives.get("connect-src")).toBe("'none'");
    expect(directives.get("script-src")).toBe("'self'");
    expect(directives.get("style-src")).toBe("'self' 'nonce-N'");
    expect(directives.get("require-trusted-types-for")).toBe("'script'");
    expect(directives.get("trusted-types")).toBe("default");
    expect(contentPolicy("N")).not.toMatch(/unsafe|https?:|\*/);
    expect(pageHeaders("text/html", "N")).toMatchObject({
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-store",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Referrer-Policy": "no-referrer",
    });
    expect(pageHeaders("text/html", "N")["Permissions-Policy"]).toMatch(/camera=\(\), .*usb=\(\)/);
  });

  it("puts the nonce first in the head, once", () => {
    expect(withNonce("<!doctype html><head><title>x</title></head>", "abc=")).toBe(
      '<!doctype html><head><meta property="csp-nonce" nonce="abc="><title>x</title></head>',
    );
    expect(() => withNonce("<p>", "abc")).toThrow("no <head>");
  });
});
