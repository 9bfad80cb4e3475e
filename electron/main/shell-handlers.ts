import type { BrowserWindow } from "electron";
import { clipboardSeconds, type LockReason, type Refused, type ShellOutput } from "../contract/shell.ts";
import { adoptPaths, type FileDialogs } from "./dialogs.ts";
import type { AutoLock } from "./auto-lock.ts";
import type { ClipboardGuard } from "./clipboard-guard.ts";
import type { FileHandles } from "./file-handles.ts";
import type { Preferences, PreferencesFile } from "./preferences.ts";
import { revealInFolder } from "./reveal.ts";
import { ShellError, type ShellHandlers } from "./shell-door.ts";

/** What the page's requests act on. */
export interface ShellParts {
  readonly window: BrowserWindow;
  readonly handles: FileHandles;
  readonly dialogs: FileDialogs;
  readonly clipboard: ClipboardGuard;
  readonly autoLock: AutoLock;
  readonly preferences: PreferencesFile;
  readonly about: { readonly version: string; readonly packaged: boolean };
  readonly refused: () => Refused;
  readonly lastLock: () => LockReason | null;
  readonly serviceFailed: () => boolean;
  /** Gives page and service the two ends of a new channel. */
  readonly connect: () => void;
  /** Tells the system how its own parts of the window look. */
  readonly setTheme: (theme: Preferences["theme"]) => void;
  readonly setTitle: (marking: string | null, name: string | null) => void;
  readonly lock: () => void;
  readonly quit: () => void;
}

/** What main does for each request of the page. */
export function shellHandlers(parts: ShellParts): ShellHandlers {
  return {
    appInfo: () => appInfo(parts),
    connectService: () => {
      parts.connect();
      if (parts.serviceFailed()) throw new ShellError({ code: "service-stopped" });
      return {};
    },
    chooseFiles: async (input) => ({ files: await parts.dialogs.chooseFiles(parts.window, input) }),
    chooseSaveLocation: async (input) => ({ file: await parts.dialogs.chooseSaveLocation(parts.window, input) }),
    adoptDroppedFiles: ({ paths }) => ({ files: adoptPaths(parts.handles, paths) }),
    reveal: ({ handle }) => {
      const path = parts.handles.revealablePath(handle);
      if (path === null) throw new ShellError({ code: "unknown-handle", subject: handle });
      revealInFolder(path);
      return {};
    },
    copyText: async ({ text }) => {
      await parts.clipboard.copy(text);
      return { clearsInSeconds: clipboardSeconds };
    },
    clearClipboard: async () => ({ cleared: await parts.clipboard.clearIfOurs() }),
    setAppearance: ({ theme, density }) => {
      parts.preferences.change({ theme, density });
      parts.setTheme(theme);
      return {};
    },
    setTitle: ({ marking, name }) => {
      parts.setTitle(marking, name);
      return {};
    },
    setAutoLock: ({ idleMinutes }) => {
      parts.preferences.change({ idleMinutes });
      parts.autoLock.setIdleMinutes(idleMinutes);
      return {};
    },
    activity: () => {
      parts.autoLock.activityClaimed();
      return {};
    },
    lock: () => {
      parts.lock();
      return {};
    },
    quit: () => {
      parts.quit();
      return {};
    },
  };
}

function appInfo(parts: ShellParts): ShellOutput<"appInfo"> {
  const known = ["linux", "darwin", "win32"] as const;
  return {
    ...parts.about,
    platform: known.find((platform) => platform === process.platform) ?? "other",
    refused: parts.refused(),
    ...parts.preferences.current,
    lastLock: parts.lastLock(),
    serviceFailed: parts.serviceFailed(),
  };
}
