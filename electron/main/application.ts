import { randomBytes } from "node:crypto";
import { app, clipboard, MessageChannelMain, nativeTheme, type BrowserWindow, type MessagePortMain } from "electron";
import type { CommandId } from "../contract/app-commands.ts";
import { clipboardSeconds, type LockReason } from "../contract/shell.ts";
import { servicePortChannel } from "../contract/shell-channels.ts";
import { lockTimeoutMs, type FromService } from "../contract/supervision.ts";
import { AutoLock } from "./auto-lock.ts";
import { ClipboardGuard, type StartTimer } from "./clipboard-guard.ts";
import { FileDialogs } from "./dialogs.ts";
import { FileHandles } from "./file-handles.ts";
import type { Layout } from "./layout.ts";
import { PageLoader, windowTitle } from "./main-window.ts";
import type { PageChannel } from "./page-channel.ts";
import type { PreferencesFile } from "./preferences.ts";
import type { Printer } from "./printer.ts";
import type { Refusals } from "./refusals.ts";
import { RestartPolicy } from "./restart-policy.ts";
import { launchService } from "./service-launch.ts";
import { ServiceSupervisor } from "./service-supervisor.ts";
import type { ShellHandlers } from "./shell-door.ts";
import { shellHandlers } from "./shell-handlers.ts";

const mostRestarts = 3;
const restartWindowMs = 10 * 60_000;

const startTimer: StartTimer = (run, ms) => {
  const timer = setTimeout(run, ms);
  return () => {
    clearTimeout(timer);
  };
};

export interface ApplicationOptions {
  readonly window: BrowserWindow;
  readonly channel: PageChannel;
  readonly refusals: Refusals;
  readonly printer: Printer;
  readonly layout: Layout;
  readonly profileFolder: string;
  readonly preferences: PreferencesFile;
  /** The service's output is shown, for the people who work on it. */
  readonly showOutput: boolean;
}

/** The running app: one window, one service, and what happens between them. */
export class Application {
  readonly #options: ApplicationOptions;
  readonly #handles: FileHandles;
  readonly #clipboard = new ClipboardGuard(clipboard, startTimer, clipboardSeconds * 1_000);
  readonly #autoLock: AutoLock;
  readonly #loader: PageLoader;
  readonly #service: ServiceSupervisor<MessagePortMain>;
  readonly #pageRestarts = new RestartPolicy(mostRestarts, restartWindowMs);
  #lastLock: LockReason | null = null;
  #locking: Promise<void> | null = null;
  #fileToOpen: string | null = null;
  #ending: "no" | "begun" | "done" = "no";

  constructor(options: ApplicationOptions) {
    this.#options = options;
    this.#service = this.#supervise();
    this.#loader = new PageLoader(options.window);
    this.#handles = new FileHandles(
      () => `file-${randomBytes(16).toString("hex")}`,
      (grant) => {
        this.#service.grant(grant);
      },
    );
    this.#autoLock = new AutoLock(
      {
        lock: (reason) => {
          this.lock(reason);
        },
        warn: (secondsLeft) => {
          options.channel.emit("idleWarning", { secondsLeft });
        },
      },
      options.preferences.current.idleMinutes,
    );
  }

  /** Starts the service and loads the page, side by side. */
  async open(): Promise<void> {
    this.#service.start();
    await this.#loader.loadPage();
  }

  /** What the page may ask for. */
  handlers(): ShellHandlers {
    const { window, refusals, preferences } = this.#options;
    return shellHandlers({
      window,
      handles: this.#handles,
      dialogs: new FileDialogs(this.#handles),
      clipboard: this.#clipboard,
      autoLock: this.#autoLock,
      preferences,
      about: { version: app.getVersion(), packaged: app.isPackaged },
      refused: () => refusals.current(),
      lastLock: () => this.#lastLock,
      serviceFailed: () => this.#service.failed,
      connect: () => {
        this.#pageListens();
      },
      setTheme: (theme) => {
        nativeTheme.themeSource = theme === "contrast" ? "dark" : theme;
      },
      setTitle: (marking, name) => {
        window.setTitle(windowTitle(marking, name));
      },
      lock: () => {
        this.lock("command");
      },
      quit: () => {
        app.quit();
      },
    });
  }

  /** A command was chosen in the menu bar. Lock and quit work whatever state the page is in. */
  menuChosen(id: CommandId): void {
    if (id === "vault.lock") this.lock("command");
    else if (id === "app.quit") app.quit();
    else this.#options.channel.emit("menuCommand", { id });
  }

  /** The system asks for a file to be opened. A page that does not listen yet is told when it does. */
  openFile(path: string): void {
    const { channel } = this.#options;
    if (channel.listening) channel.emit("openFile", this.#handles.grant(path, "open"));
    else this.#fileToOpen = path;
  }

  inputSeen(): void {
    this.#autoLock.inputSeen();
  }

  /** The page's own process ended by itself: what it showed is gone, so is the way to lock it; start over. */
  pageEnded(): void {
    if (this.#pageRestarts.mayRestart(performance.now())) this.lock("page-ended");
    else app.quit();
  }

  /** Locks: the vault is closed and its process ended, the page and its process replaced, our text off the clipboard. */
  lock(reason: LockReason): void {
    if (this.#locking !== null || this.#ending !== "no") return;
    this.#locking = this.#lockNow(reason)
      // A page that cannot be loaded again leaves nothing to work with.
      .catch(() => {
        app.quit();
      })
      .finally(() => {
        this.#locking = null;
      });
  }

  /**
   * To be asked before the app quits. The first time it begins to lock and says no; when everything is locked it quits
   * again by itself and says yes.
   */
  mayQuit(): boolean {
    if (this.#ending === "no") {
      this.#ending = "begun";
      void this.#end();
    }
    return this.#ending === "done";
  }

  async #lockNow(reason: LockReason): Promise<void> {
    const { channel } = this.#options;
    this.#lastLock = reason;
    this.#vaultChanged({ open: false, marking: null, name: null });
    channel.emit("locked", { reason });
    channel.closed();
    this.#handles.clear();
    // Side by side: what is on the screen goes at once, however long the service takes.
    await Promise.allSettled([this.#loader.takePageAway(), this.#service.lock(), this.#clipboard.clearIfOurs()]);
    if (this.#ending !== "no") return;
    this.#service.start();
    await this.#loader.loadPage();
  }

  async #end(): Promise<void> {
    this.#options.window.hide();
    this.#autoLock.watch(false);
    try {
      await this.#locking;
      await Promise.allSettled([this.#service.lock(), this.#clipboard.clearIfOurs()]);
    } finally {
      this.#ending = "done";
      app.quit();
    }
  }

  #supervise(): ServiceSupervisor<MessagePortMain> {
    const { layout, printer, profileFolder, showOutput } = this.#options;
    return new ServiceSupervisor<MessagePortMain>({
      launch: (listeners) => launchService(layout.service, showOutput, listeners),
      start: { profileFolder, nativeBinding: layout.nativeBinding, version: app.getVersion() },
      printerPort: () => {
        const { port1, port2 } = new MessageChannelMain();
        printer.serve(port1);
        return port2;
      },
      policy: new RestartPolicy(mostRestarts, restartWindowMs),
      now: () => performance.now(),
      startTimer,
      lockTimeoutMs,
      said: (message) => {
        this.#serviceSaid(message);
      },
      crashed: () => {
        this.#serviceCrashed().catch(() => {
          app.quit();
        });
      },
    });
  }

  #serviceSaid(message: FromService): void {
    const { window } = this.#options;
    if (message.kind === "vault") this.#vaultChanged(message);
    else if (message.kind === "produced") this.#handles.produced(message.handle, message.path);
    else if (message.kind === "busy") {
      // 2 means: under way, nobody knows how far; -1 takes the bar away.
      window.setProgressBar(message.job === null ? -1 : (message.fraction ?? 2));
    }
  }

  #vaultChanged(vault: { open: boolean; marking: string | null; name: string | null }): void {
    const { window } = this.#options;
    this.#autoLock.watch(vault.open);
    window.setProgressBar(-1);
    window.setTitle(windowTitle(vault.marking, vault.name));
  }

  /** The vault's keys went with the service; the page starts over, and asks there why. */
  async #serviceCrashed(): Promise<void> {
    const { channel } = this.#options;
    this.#lastLock = "service-ended";
    this.#vaultChanged({ open: false, marking: null, name: null });
    this.#handles.clear();
    if (this.#service.failed) channel.emit("serviceFailed", {});
    channel.closed();
    await this.#loader.takePageAway();
    await this.#loader.loadPage();
  }

  #pageListens(): void {
    this.#options.channel.opened();
    if (this.#service.failed) return;
    const { port1, port2 } = new MessageChannelMain();
    this.#options.window.webContents.postMessage(servicePortChannel, null, [port1]);
    this.#service.connect(port2);
    if (this.#fileToOpen !== null) this.openFile(this.#fileToOpen);
    this.#fileToOpen = null;
  }
}
