import { fromServiceSchema, type FromService, type ToService } from "../contract/supervision.ts";
import type { StartTimer } from "./clipboard-guard.ts";
import type { Grant } from "./file-handles.ts";
import type { RestartPolicy } from "./restart-policy.ts";

/** One running service process, as the supervisor sees it. `Port` is Electron's MessagePortMain. */
export interface ServiceChild<Port> {
  readonly send: (message: ToService, ports?: Port[]) => void;
  /** Ends it at once, whatever it is doing. */
  readonly kill: () => void;
}

export interface ServiceListeners {
  readonly message: (message: unknown) => void;
  readonly exit: () => void;
}

export interface SupervisorOptions<Port> {
  readonly launch: (listeners: ServiceListeners) => ServiceChild<Port>;
  readonly start: Omit<Extract<ToService, { kind: "start" }>, "kind">;
  /** A new service's end of its conversation with the printer. */
  readonly printerPort: () => Port;
  readonly policy: RestartPolicy;
  readonly now: () => number;
  readonly startTimer: StartTimer;
  readonly lockTimeoutMs: number;
  /** A message of the service that is not about its own life. */
  readonly said: (message: Exclude<FromService, { kind: "ready" } | { kind: "lock-done" }>) => void;
  /** It ended by itself. `restarted` false: it will not be started again. */
  readonly crashed: (restarted: boolean) => void;
}

/** Keeps one service process alive: starts it, queues what is meant for it, locks it by ending it. */
export class ServiceSupervisor<Port> {
  readonly #options: SupervisorOptions<Port>;
  #child: ServiceChild<Port> | null = null;
  #ready = false;
  #failed = false;
  #queue: { message: ToService; ports: Port[] }[] = [];
  #locking: { promise: Promise<void>; ended: () => void } | null = null;

  constructor(options: SupervisorOptions<Port>) {
    this.#options = options;
  }

  /** True when it ended too often and is not started any more. */
  get failed(): boolean {
    return this.#failed;
  }

  start(): void {
    this.#ready = false;
    this.#queue = [];
    const child: ServiceChild<Port> = this.#options.launch({
      message: (message) => {
        if (this.#child === child) this.#heard(message);
      },
      exit: () => {
        if (this.#child === child) this.#exited();
      },
    });
    this.#child = child;
    child.send({ kind: "start", ...this.#options.start }, [this.#options.printerPort()]);
  }

  /** Gives the service its end of a conversation with the page; waits for it to be ready. */
  connect(port: Port): void {
    this.#send({ kind: "connect" }, [port]);
  }

  grant({ handle, path, mode }: Grant): void {
    this.#send({ kind: "grant", handle, path, mode }, []);
  }

  /**
   * Has the service snapshot, wipe and exit; kills it when that takes too long. Resolves when the process is gone.
   * It is not started again: call `start`.
   */
  async lock(): Promise<void> {
    if (this.#locking !== null) return this.#locking.promise;
    const child = this.#child;
    if (child === null) return;
    let ended: () => void = () => undefined;
    const promise = new Promise<void>((resolve) => {
      ended = resolve;
    });
    this.#locking = { promise, ended };
    this.#queue = [];
    const stopTimer = this.#options.startTimer(() => {
      child.kill();
    }, this.#options.lockTimeoutMs);
    child.send({ kind: "lock" });
    await promise;
    stopTimer();
  }

  #send(message: ToService, ports: Port[]): void {
    if (this.#locking !== null || this.#failed) return;
    if (this.#ready && this.#child !== null) this.#child.send(message, ports);
    else this.#queue.push({ message, ports });
  }

  #heard(raw: unknown): void {
    const parsed = fromServiceSchema.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.kind === "ready") {
      this.#ready = true;
      const queue = this.#queue;
      this.#queue = [];
      for (const queued of queue) this.#child?.send(queued.message, queued.ports);
    } else if (message.kind === "lock-done") {
      // Keys are wiped by now; what is left of the process is ended here, in case it does not go by itself.
      if (this.#locking !== null) this.#child?.kill();
    } else {
      this.#options.said(message);
    }
  }

  #exited(): void {
    this.#child = null;
    this.#ready = false;
    const locking = this.#locking;
    this.#locking = null;
    if (locking !== null) {
      locking.ended();
      return;
    }
    const again = this.#options.policy.mayRestart(this.#options.now());
    this.#failed = !again;
    if (again) this.start();
    this.#options.crashed(again);
  }
}
