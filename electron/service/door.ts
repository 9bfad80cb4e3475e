import { isRequestName, serviceRequests, type RequestName } from "../contract/index.ts";
import type { Failure } from "../contract/result.ts";
import { clientMessageSchema, type Progress, type ServiceMessage } from "../contract/wire.ts";
import { Refusal } from "../domain/refusal.ts";
import { toFailure } from "./failures.ts";
import type { RequestContext } from "./handlers.ts";
import type { Host } from "./host.ts";
import { handlers } from "./requests/index.ts";

/** A client's end of a conversation, whatever it travels over. */
export interface ClientPort {
  send(message: ServiceMessage): void;
}

const progressEveryMs = 100;

/**
 * Serves one client: checks every message against the contract, runs its handler, answers with a result and never with
 * an exception. Requests run side by side; each can be cancelled by its id.
 */
export class Door {
  readonly #host: Host;
  readonly #port: ClientPort;
  readonly #running = new Map<number, AbortController>();
  readonly #pending = new Set<Promise<void>>();
  /** Requests that told of their progress and have not ended. */
  readonly #telling = new Set<number>();
  readonly #stopListening: () => void;

  constructor(host: Host, port: ClientPort) {
    this.#host = host;
    this.#port = port;
    this.#stopListening = host.listen((name, payload) => {
      port.send({ kind: "event", name, payload });
    });
  }

  /** A message as it arrived; what is no client message is dropped. */
  receive(raw: unknown): void {
    const parsed = clientMessageSchema.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.kind === "cancel") {
      this.#running.get(message.id)?.abort();
      return;
    }
    const work = this.#serve(message.id, message.name, message.input).finally(() => this.#pending.delete(work));
    this.#pending.add(work);
  }

  /** Cancels what runs, waits until it has stopped, and listens no more. */
  async close(): Promise<void> {
    this.#stopListening();
    for (const controller of this.#running.values()) controller.abort();
    await Promise.allSettled(this.#pending);
  }

  async #serve(id: number, name: string, input: unknown): Promise<void> {
    if (!isRequestName(name) || this.#running.has(id)) {
      this.#fail(id, { code: "invalid-request", subject: name.slice(0, 100) });
      return;
    }
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const value = await handle(name, input, {
        host: this.#host,
        signal: controller.signal,
        progress: this.#progressTeller(id),
      });
      this.#port.send({ kind: "response", id, result: { ok: true, value } });
    } catch (error) {
      this.#fail(id, toFailure(error, name, subjectOf(this.#host, input)));
    } finally {
      this.#running.delete(id);
      if (this.#telling.delete(id) && this.#telling.size === 0) this.#host.busy(null);
    }
  }

  #progressTeller(id: number): (progress: Progress) => void {
    let last = 0;
    let step = "";
    return (progress) => {
      const now = performance.now();
      if (progress.step === step && now - last < progressEveryMs) return;
      last = now;
      step = progress.step;
      this.#port.send({ kind: "progress", id, progress });
      this.#telling.add(id);
      this.#host.busy(progress);
    };
  }

  #fail(id: number, error: Failure): void {
    this.#port.send({ kind: "response", id, result: { ok: false, error } });
  }
}

/** Runs one request: input and output are both held against the contract. */
async function handle(name: RequestName, input: unknown, context: RequestContext): Promise<unknown> {
  const parsed = serviceRequests[name].input.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Refusal("invalid-request", name, issue === undefined ? "" : `${issue.path.join(".")}: ${issue.message}`);
  }
  // The table pairs each name with the handler of that name; the compiler cannot follow a name that it does not know.
  const handler = handlers[name] as (context: RequestContext, input: unknown) => unknown;
  const output = await handler(context, parsed.data);
  return serviceRequests[name].output.parse(output);
}

/** The name of the file that a request was about, for its failure's words. */
function subjectOf(host: Host, input: unknown): string {
  if (typeof input !== "object" || input === null) return "";
  const named = Object.entries(input).filter(([key]) => key === "file" || key === "package" || key === "destination");
  const handle: unknown = named[0]?.[1];
  return typeof handle === "string" ? host.files.nameOrNothing(handle) : "";
}
