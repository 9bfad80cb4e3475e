/**
 * The names of everything that passes between the page and the main process, and nothing else: the preload script is
 * built from this file alone, so that no schema code runs there. Schemas: `shell.ts`.
 */

export const shellRequestNames = [
  "appInfo",
  "connectService",
  "chooseFiles",
  "chooseSaveLocation",
  "reveal",
  "copyText",
  "clearClipboard",
  "setAppearance",
  "setTitle",
  "setAutoLock",
  "activity",
  "lock",
  "quit",
] as const;
export type ShellRequestName = (typeof shellRequestNames)[number];

export const shellEventNames = [
  "locked",
  "refusedRequests",
  "idleWarning",
  "menuCommand",
  "openFile",
  "serviceFailed",
] as const;
export type ShellEventName = (typeof shellEventNames)[number];

/** Channel of a request from the page. */
export function requestChannel(name: ShellRequestName | "adoptDroppedFiles"): string {
  return `shell:request:${name}`;
}

/** Channel of an event to the page. */
export function eventChannel(name: ShellEventName): string {
  return `shell:event:${name}`;
}

/** Channel on which main hands the preload the page's end of the port to the service. */
export const servicePortChannel = "shell:service-port";

/** Channel on which the preload says that the page's content policy refused something; it carries nothing. */
export const policyViolationChannel = "shell:policy-violation";

/** `data` of the window message that carries the port (in `ports[0]`) from the preload to the page. */
export const servicePortMessage = "evalvault:service-port";
