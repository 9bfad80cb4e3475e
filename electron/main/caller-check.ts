import { pageOrigin } from "./page-manifest.ts";

/** The part of Electron's WebFrameMain that is looked at. */
export interface CallingFrame {
  readonly origin: string;
  readonly parent: unknown;
}

/** The part of an IpcMainInvokeEvent that is looked at. */
export interface Call {
  readonly sender: unknown;
  readonly senderFrame: CallingFrame | null;
}

/**
 * Whether a message comes from the page that we made: from this very window, from a frame that still exists, the top
 * one, of our own origin.
 * @param page the window's contents, null while there is no window
 */
export function isOurPage(call: Call, page: object | null): boolean {
  if (page === null || call.sender !== page) return false;
  const frame = call.senderFrame;
  // null: the frame navigated away or was destroyed while its message travelled.
  if (frame === null) return false;
  return frame.parent === null && frame.origin === pageOrigin;
}
