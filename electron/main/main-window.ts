import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { BrowserWindow, nativeTheme, screen, type Session } from "electron";
import { pageUrl, emptyPageUrl } from "./page-manifest.ts";
import { parseWindowPlace, placeWindow, smallestWindow, type WindowPlace } from "./window-place.ts";

export interface WindowOptions {
  readonly session: Session;
  readonly preload: string;
  /** Where the place of the window is remembered. */
  readonly placeFile: string;
  readonly devTools: boolean;
}

/** The ground of the page before it is drawn: the theme's `bg`, so that nothing flashes. */
function groundColour(): string {
  return nativeTheme.shouldUseDarkColors ? "#0e1115" : "#f4f5f7";
}

/** Makes the one window, hidden until its first frame is drawn. The page is not loaded yet. */
export function createMainWindow(options: WindowOptions): BrowserWindow {
  const areas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((display) => display.workArea);
  const { maximized, ...bounds } = placeWindow(readPlace(options.placeFile), areas);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: "EvalVault",
    backgroundColor: groundColour(),
    autoHideMenuBar: true,
    webPreferences: {
      session: options.session,
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      plugins: false,
      webgl: false,
      spellcheck: false,
      safeDialogs: true,
      disableDialogs: true,
      navigateOnDragDrop: false,
      v8CacheOptions: "none",
      imageAnimationPolicy: "noAnimation",
      devTools: options.devTools,
    },
  });
  // Screen capture by other programs; Linux has no such switch.
  if (process.platform !== "linux") window.setContentProtection(true);
  if (maximized) window.maximize();
  window.once("ready-to-show", () => {
    window.show();
  });
  window.on("close", () => {
    writePlace(options.placeFile, { ...window.getNormalBounds(), maximized: window.isMaximized() });
  });
  const repaint = (): void => {
    window.setBackgroundColor(groundColour());
  };
  nativeTheme.on("updated", repaint);
  window.once("closed", () => nativeTheme.off("updated", repaint));
  return window;
}

/** Puts the page into the window and takes it away. */
export class PageLoader {
  readonly #window: BrowserWindow;
  #last: Promise<void> = Promise.resolve();

  constructor(window: BrowserWindow) {
    this.#window = window;
  }

  /** Loads the page. */
  async loadPage(): Promise<void> {
    await this.#load(pageUrl);
  }

  /**
   * Takes the page away. Since the empty page is of another origin, it comes in a renderer process of its own, and the
   * page's process ends with whatever it still holds in its memory.
   */
  async takePageAway(): Promise<void> {
    await this.#load(emptyPageUrl);
  }

  /** One after the other: Electron 33 does not survive a load that overtakes one into another process. */
  async #load(url: string): Promise<void> {
    const turn = this.#last.then(async () => {
      if (!this.#window.isDestroyed()) await this.#window.loadURL(url);
    });
    this.#last = turn.catch(() => undefined);
    await turn;
  }
}

/** The window title: marking first, as on the banner. Both are safe at the outer marking. */
export function windowTitle(marking: string | null, name: string | null): string {
  const parts = [marking, name, "EvalVault"].filter((part) => part !== null && part !== "");
  return parts.join(" – ");
}

function readPlace(file: string): WindowPlace | null {
  try {
    return parseWindowPlace(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/** Losing this costs nothing, so it is replaced whole but not forced to disk. */
function writePlace(file: string, place: WindowPlace): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(place), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch {
    // A profile on a read-only disk: the window opens at its usual place next time.
  }
}
