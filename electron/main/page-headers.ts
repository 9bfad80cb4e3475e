/** What every response to the page carries, and how the per-load nonce gets into the page. */

/** Powers that no page of ours has. */
const deniedFeatures = [
  "accelerometer",
  "autoplay",
  "browsing-topics",
  "camera",
  "clipboard-read",
  "clipboard-write",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "gamepad",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "keyboard-map",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "picture-in-picture",
  "publickey-credentials-get",
  "screen-wake-lock",
  "serial",
  "storage-access",
  "sync-xhr",
  "usb",
  "window-management",
  "xr-spatial-tracking",
];

/**
 * The page's content security policy.
 * @param nonce of this load: react-aria adds two small style elements and reads it from the page's meta element
 */
export function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // Style attributes are set through the style object by React, which no directive governs; written ones are refused.
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'none'",
    "worker-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    // The one policy is the page's own (renderer/trusted-html.ts) and lets nothing but the empty text through.
    "trusted-types default",
  ].join("; ");
}

/** The policy of a document that is printed: its own style, and nothing else. */
export const paperPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "sandbox",
].join("; ");

/** Headers of every response of a page, error pages too. */
export function pageHeaders(mime: string, nonce: string): Record<string, string> {
  return responseHeaders(mime, contentPolicy(nonce));
}

/** Headers of every response, under whichever policy. */
export function responseHeaders(mime: string, policy: string): Record<string, string> {
  return {
    "Content-Type": mime,
    "Content-Security-Policy": policy,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": deniedFeatures.map((feature) => `${feature}=()`).join(", "),
    "Referrer-Policy": "no-referrer",
    "X-DNS-Prefetch-Control": "off",
  };
}

/**
 * Puts the nonce where react-aria looks for it: `<meta property="csp-nonce" nonce="…">`, first in the head.
 * Throws when the page has no plain `<head>`.
 */
export function withNonce(html: string, nonce: string): string {
  const at = html.indexOf("<head>");
  if (at < 0) throw new Error("the page has no <head> to put the nonce in");
  const after = at + "<head>".length;
  return `${html.slice(0, after)}<meta property="csp-nonce" nonce="${nonce}">${html.slice(after)}`;
}
