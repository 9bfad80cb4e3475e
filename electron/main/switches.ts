/** Chromium's command-line switches: those that keep it silent, and those that a release refuses to start with. */

/** Name and value (none: ""). */
export const silentSwitches: readonly (readonly [name: string, value: string])[] = [
  // No name resolves to anything, IP addresses in URLs included. The strongest single layer.
  ["host-resolver-rules", "MAP * ~NOTFOUND"],
  // `<link rel=dns-prefetch>` heeds no content policy; the resolver would probe for a route to the IPv6 internet.
  ["blink-settings", "dnsPrefetchingEnabled=false"],
  ["no-proxy-server", ""],
  ["force-webrtc-ip-handling-policy", "disable_non_proxied_udp"],
  // The first would bind UDP 5353 when a page gathers WebRTC candidates; the others are features that call home.
  ["disable-features", "WebRtcHideLocalIpsWithMdns,MediaRouter,OptimizationHints,AutofillServerCommunication"],
  ["disable-background-networking", ""],
  ["disable-component-update", ""],
  ["disable-domain-reliability", ""],
  ["disable-sync", ""],
  ["disable-breakpad", ""],
  ["metrics-recording-only", ""],
  ["no-pings", ""],
  // Nothing that was drawn or fetched goes to disk.
  ["disable-gpu-shader-disk-cache", ""],
  ["disable-http-cache", ""],
];

/**
 * With one of these somebody else could read the app's memory, change its page, switch off its sandbox or write down
 * what it does. Fuses do not cover the `remote-debugging` ones.
 */
export const refusedSwitches: readonly string[] = [
  "inspect",
  "inspect-brk",
  "inspect-brk-node",
  "inspect-port",
  "inspect-publish-uid",
  "inspect-wait",
  "debug-port",
  "remote-debugging-port",
  "remote-debugging-pipe",
  "remote-debugging-address",
  "remote-debugging-socket-name",
  "remote-allow-origins",
  "auto-open-devtools-for-tabs",
  "no-sandbox",
  "disable-setuid-sandbox",
  "disable-namespace-sandbox",
  "disable-seccomp-filter-sandbox",
  "disable-gpu-sandbox",
  "single-process",
  "disable-web-security",
  "disable-site-isolation-trials",
  "allow-running-insecure-content",
  "unsafely-treat-insecure-origin-as-secure",
  "load-extension",
  "js-flags",
  "log-net-log",
  "net-log-capture-mode",
  "trace-startup",
  "trace-startup-file",
  "enable-tracing",
  "enable-crash-reporter",
  "crash-dumps-dir",
  "renderer-cmd-prefix",
  "utility-cmd-prefix",
  "gpu-launcher",
  "ppapi-plugin-launcher",
  "proxy-server",
  "proxy-pac-url",
  "proxy-auto-detect",
];

/**
 * The first switch that this start must be refused for, or null.
 * @param hasSwitch `app.commandLine.hasSwitch`
 * @param kind a development start (not packaged) and the end-to-end build are let through
 */
export function refusedSwitch(
  hasSwitch: (name: string) => boolean,
  kind: { packaged: boolean; endToEnd: boolean },
): string | null {
  if (!kind.packaged || kind.endToEnd) return null;
  return refusedSwitches.find((name) => hasSwitch(name)) ?? null;
}
