import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { stderr } from "node:process";
import { serviceRequests, type RequestInput, type RequestName, type RequestOutput } from "../contract/index.ts";
import type { Failure } from "../contract/result.ts";
import type { ServiceMessage } from "../contract/wire.ts";
import { Door } from "../service/door.ts";
import { Host } from "../service/host.ts";
import { option, type Arguments } from "./arguments.ts";

/** A request came back with a failure: exit code 1. */
export class RequestFailed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

interface Waiting {
  readonly resolve: (message: Extract<ServiceMessage, { kind: "response" }>) => void;
}

/** Where what is not secret is kept, as the app does: the XDG configuration folder unless `--profile` says otherwise. */
function profileFolder(args: Arguments): string {
  const given = option(args, "profile");
  if (given !== undefined) return resolve(given);
  const base = process.env.XDG_CONFIG_HOME ?? join(homedir(), ".config");
  return join(base, "EvalVault");
}

/** The same service as behind the windows, in this process; talked to over the same contract. */
export class Client {
  readonly #host: Host;
  readonly #door: Door;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #showsProgress = false;
  #progressStands = false;

  constructor(args: Arguments, version: string) {
    this.#host = new Host({
      profileFolder: profileFolder(args),
      version,
      listener: { vaultChanged: () => undefined, produced: () => undefined, busy: () => undefined },
    });
    this.#door = new Door(this.#host, {
      send: (message) => {
        this.#receive(message);
      },
    });
    this.#showsProgress = stderr.isTTY;
  }

  /** A handle for a path of the command line, to read. */
  file(path: string): string {
    return this.#host.files.adopt(resolve(path));
  }

  /** A handle for a path of the command line, to write to. */
  destination(path: string): string {
    return this.#host.files.adoptDestination(resolve(path));
  }

  async ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
    this.#lastId += 1;
    const id = this.#lastId;
    const response = await new Promise<Extract<ServiceMessage, { kind: "response" }>>((done) => {
      this.#waiting.set(id, { resolve: done });
      this.#door.receive({ kind: "request", id, name, input });
    });
    if (!response.result.ok) throw new RequestFailed(response.result.error);
    // The schema of a name's output gives that output's type; the compiler does not follow the lookup.
    return serviceRequests[name].output.parse(response.result.value) as RequestOutput<N>;
  }

  /** Cancels what runs, gives it the time to leave nothing half done, and locks. */
  async close(): Promise<void> {
    await this.#door.close();
    this.#host.lock();
  }

  #receive(message: ServiceMessage): void {
    if (message.kind === "response") {
      this.#clearProgress();
      this.#waiting.get(message.id)?.resolve(message);
      this.#waiting.delete(message.id);
      return;
    }
    if (message.kind !== "progress" || !this.#showsProgress) return;
    const { step, done, total } = message.progress;
    const share = total === null || total === 0 ? "" : ` ${String(Math.floor((100 * done) / total))} %`;
    stderr.write(`\r\u001b[K${printable(step)}${share}`);
    this.#progressStands = true;
    if (total !== null && done >= total) this.#clearProgress();
  }

  /** What is printed next begins on a line of its own, also where the last that was told was not the end. */
  #clearProgress(): void {
    if (this.#progressStands) stderr.write("\r\u001b[K");
    this.#progressStands = false;
  }
}

/** Text from a log or a vault on a terminal: control characters are shown, never sent. */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
