import {
  isRequestName,
  serviceEvents,
  serviceRequests,
  type EventName,
  type RequestInput,
  type RequestName,
  type RequestOutput,
  type ServiceEvents,
} from "../../electron/contract/index.ts";
import type { Failure, Result } from "../../electron/contract/result.ts";
import { serviceMessageSchema, type ClientMessage, type Progress } from "../../electron/contract/wire.ts";
import type { z } from "zod";

/** What this end needs of a port: a MessagePort in the page, anything alike in a test. */
export interface Port {
  postMessage(message: ClientMessage): void;
  close(): void;
}

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

type EventListener<N extends EventName> = (payload: z.output<ServiceEvents[N]>) => void;

interface Pending {
  readonly settle: (result: Result<unknown>) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

const stopped: Failure = { code: "service-stopped" };

/**
 * The page's end of the port to the service: requests by number, progress, cancel, events.
 * Requests made before the port is there wait for it. Whatever comes in is checked against the contract.
 */
export class ServiceConnection {
  private port: Port | null = null;
  private ended = false;
  private nextId = 1;
  private readonly waiting: ClientMessage[] = [];
  private readonly pending = new Map<number, Pending>();
  private readonly listeners = new Map<EventName, Set<(payload: unknown) => void>>();

  /** Takes the port into use and sends what was waiting for it. A second port takes the place of the first. */
  attach(port: Port): void {
    if (this.port !== null) this.end();
    this.port = port;
    this.ended = false;
    for (const message of this.waiting.splice(0)) port.postMessage(message);
  }

  /** The service is gone: everything that waits for it fails with "service-stopped". */
  end(): void {
    this.ended = true;
    this.port?.close();
    this.port = null;
    this.waiting.length = 0;
    for (const pending of [...this.pending.values()]) pending.settle({ ok: false, error: stopped });
    this.pending.clear();
  }

  /** Asks the service. Never rejects: a failure is a value. */
  async request<N extends RequestName>(
    name: N,
    input: RequestInput<N>,
    options: RequestOptions = {},
  ): Promise<Result<RequestOutput<N>>> {
    if (this.ended) return { ok: false, error: stopped };
    if (options.signal?.aborted === true) return { ok: false, error: { code: "cancelled" } };
    const id = this.nextId++;
    const result = await new Promise<Result<unknown>>((resolve) => {
      const onAbort = (): void => {
        this.send({ kind: "cancel", id });
      };
      options.signal?.addEventListener("abort", onAbort, { once: true });
      this.pending.set(id, {
        onProgress: options.onProgress,
        settle: (settled) => {
          options.signal?.removeEventListener("abort", onAbort);
          resolve(settled);
        },
      });
      this.send({ kind: "request", id, name, input });
    });
    return result.ok ? parsedOutput(name, result.value) : result;
  }

  /** Listens to an event of the service; returns the function that stops listening. */
  on<N extends EventName>(name: N, listener: EventListener<N>): () => void {
    const schema = serviceEvents[name];
    const checked = (payload: unknown): void => {
      const parsed = schema.safeParse(payload);
      if (parsed.success) (listener as (payload: unknown) => void)(parsed.data);
    };
    const set = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, set.add(checked));
    return () => {
      set.delete(checked);
    };
  }

  /** Takes in one message from the port. What does not fit the contract is dropped. */
  receive(data: unknown): void {
    const parsed = serviceMessageSchema.safeParse(data);
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.kind === "event") {
      if (isEventName(message.name))
        for (const listener of this.listeners.get(message.name) ?? []) listener(message.payload);
      return;
    }
    const pending = this.pending.get(message.id);
    if (message.kind === "progress") {
      pending?.onProgress?.(message.progress);
      return;
    }
    this.pending.delete(message.id);
    pending?.settle(message.result);
  }

  private send(message: ClientMessage): void {
    if (this.port === null) this.waiting.push(message);
    else this.port.postMessage(message);
  }
}

function isEventName(name: string): name is EventName {
  return Object.hasOwn(serviceEvents, name);
}

function parsedOutput<N extends RequestName>(name: N, value: unknown): Result<RequestOutput<N>> {
  if (!isRequestName(name)) return { ok: false, error: { code: "internal" } };
  // The table ties each name to its schema; TypeScript cannot follow an indexed generic through `safeParse`.
  const schema = serviceRequests[name].output as unknown as z.ZodType<RequestOutput<N>>;
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const where = parsed.error.issues[0]?.path.join(".") ?? "";
  return {
    ok: false,
    error: { code: "internal", subject: `the answer to ${name} does not fit the contract at ${where}` },
  };
}
