import { statSync } from "node:fs";
import type { EventName, ServiceEvents } from "../contract/index.ts";
import type { Progress } from "../contract/wire.ts";
import { markingWords } from "../contract/marking.ts";
import type { z } from "zod";
import { Refusal } from "../domain/refusal.ts";
import { OpenFiles } from "./open-files.ts";
import type { OpenSession } from "./open-session.ts";
import type { Printer } from "./printer.ts";
import { Profile } from "./profile.ts";

/** What the surroundings of a service are told: a window's frame, or nothing under the command line. */
export interface HostListener {
  readonly vaultChanged: (vault: { open: boolean; marking: string | null; label: string | null }) => void;
  readonly produced: (handle: string, path: string) => void;
  /** How far long work is, from 0 to 1; `job` null: nothing is going on any more. */
  readonly busy: (job: string | null, fraction: number | null) => void;
}

type EventListener = <N extends EventName>(name: N, payload: z.infer<ServiceEvents[N]>) => void;

/** One process that may hold one open vault, and whoever talks to it. */
export class Host {
  readonly files = new OpenFiles();
  /** Makes PDFs; null where nothing does, as under the command line. */
  printer: Printer | null = null;
  readonly profile: Profile;
  readonly version: string;
  readonly now: () => number;
  readonly #listener: HostListener;
  readonly #clients = new Set<EventListener>();
  #session: OpenSession | null = null;
  #path: string | null = null;

  constructor(options: { profileFolder: string; version: string; now?: () => number; listener: HostListener }) {
    this.profile = new Profile(options.profileFolder);
    this.version = options.version;
    this.now = options.now ?? Date.now;
    this.#listener = options.listener;
  }

  /** The open vault. Throws a Refusal when there is none. */
  get session(): OpenSession {
    if (this.#session === null) throw new Refusal("vault-locked", "");
    return this.#session;
  }

  get openSession(): OpenSession | null {
    return this.#session;
  }

  listen(client: EventListener): () => void {
    this.#clients.add(client);
    return () => this.#clients.delete(client);
  }

  opened(session: OpenSession, path: string): void {
    this.#session = session;
    this.#path = path;
    this.remember(path);
    this.tellFrame();
  }

  /** Keeps the vault's newest checkpoint in the profile: the anchor that shows a rollback. */
  remember(path: string): void {
    const session = this.#session;
    if (session?.readOnly !== null) return;
    const { id, label, size, checkpoint } = session.vault;
    this.profile.remember({ id, path, label, openedAt: this.now(), size, root: checkpoint.rootHex });
  }

  /** After a commit: everyone who shows something asks again. */
  changed(): void {
    const session = this.session;
    for (const client of this.#clients) client("changed", { entries: session.vault.size });
  }

  tellFrame(): void {
    const state = this.#session?.state();
    const vault =
      state?.open === true
        ? { open: true, marking: markingWords(state.marking), label: state.label }
        : { open: false, marking: null, label: null };
    this.#listener.vaultChanged(vault);
  }

  /** Whether a path leads to the file of the open vault, under whatever name. */
  isOpenVault(path: string): boolean {
    if (this.#path === null) return false;
    const [vault, other] = [this.#path, path].map((one) => statSync(one, { throwIfNoEntry: false }));
    return vault !== undefined && vault.ino === other?.ino && vault.dev === other.dev;
  }

  /**
   * The path of a file that is read whole. The open vault is never one: closing any other handle on it would drop the
   * lock that keeps a second opener out (POSIX locks belong to the process).
   */
  outsidePath(handle: string): string {
    const path = this.files.path(handle);
    if (this.isOpenVault(path)) throw new Refusal("conflict", this.files.name(handle), "It is the vault that is open.");
    return path;
  }

  /** The path of a file that is written: chosen for that, and never the open vault. */
  destinationPath(handle: string): string {
    this.outsidePath(handle);
    return this.files.destination(handle);
  }

  produced(path: string): string {
    const handle = this.files.adopt(path);
    this.#listener.produced(handle, path);
    return handle;
  }

  /** Long work went on, or ended (null): the taskbar shows it. */
  busy(progress: Progress | null): void {
    if (progress === null) this.#listener.busy(null, null);
    else {
      const { step, done, total } = progress;
      const share = total === null || total === 0 ? null : Math.min(1, done / total);
      this.#listener.busy(step.slice(0, 100), share);
    }
  }

  lock(): void {
    const session = this.#session;
    if (session === null) return;
    if (this.#path !== null) this.remember(this.#path);
    this.#session = null;
    this.#path = null;
    session.close();
    for (const client of this.#clients) client("locked", {});
    this.tellFrame();
  }
}
