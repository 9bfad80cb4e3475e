import { emptyPageUrl, isPageUrl } from "./page-manifest.ts";

/**
 * Whether a request of the session may go on: the page's own files, and what it made itself in memory (`data:`,
 * `blob:`). DevTools' own front end is let through where DevTools are allowed at all.
 */
export function isRequestAllowed(url: string, devToolsAllowed: boolean): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol } = new URL(url);
  if (protocol === "data:") return true;
  if (protocol === "blob:") return url.startsWith("blob:app://main/");
  if (protocol === "devtools:" || protocol === "chrome-devtools:") return devToolsAllowed;
  return url === emptyPageUrl || isPageUrl(url);
}
