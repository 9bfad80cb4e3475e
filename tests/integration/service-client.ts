import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  serviceRequests,
  type RequestInput,
  type RequestName,
  type RequestOutput,
} from "../../electron/contract/index.ts";
import type { Failure, Result } from "../../electron/contract/result.ts";
import type { Progress, ServiceMessage } from "../../electron/contract/wire.ts";
import { Door } from "../../electron/service/door.ts";
import { Host } from "../../electron/service/host.ts";
import { Printer } from "../../electron/service/printer.ts";
import { madePdf } from "../unit/publishing/made-pdf.ts";

/** A printer without Chromium: every document is one page that holds its source. */
function testPrinter(): Printer {
  const printer: Printer = new Printer((message) => {
    if (message.kind === "cancel") return;
    const words = Object.values(message.paper)
      .join("\n")
      .replaceAll(/[()\\]/g, " ");
    const pdf = madePdf({ date: "D:20261123080000+00'00'", creator: "test", names: [1, 2, 3], words });
    printer.receive({ kind: "printed", id: message.id, pdf });
  });
  return printer;
}

/** The service behind its contract, as a page talks to it, with a profile of its own. */
export class ServiceClient {
  readonly host: Host;
  readonly progress: Progress[] = [];
  readonly events: string[] = [];
  readonly #door: Door;
  readonly #waiting = new Map<number, (result: Result<unknown>) => void>();
  #lastId = 0;

  constructor(profileFolder: string, now: () => number = Date.now) {
    const listener = { vaultChanged: () => undefined, produced: () => undefined, busy: () => undefined };
    this.host = new Host({ profileFolder, version: "0.0.0-test", now, listener });
    this.host.printer = testPrinter();
    this.#door = new Door(this.host, {
      send: (message) => {
        this.#receive(message);
      },
    });
  }

  /** A file that a person chose to open. */
  file(path: string): string {
    return this.host.files.adopt(path);
  }

  /** A place that a person chose to write to. */
  destination(path: string): string {
    return this.host.files.adoptDestination(path);
  }

  /** Asks and answers with the result as it came, and a way to cancel. */
  request<N extends RequestName>(
    name: N,
    input: RequestInput<N>,
  ): { result: Promise<Result<RequestOutput<N>>>; cancel: () => void } {
    return this.raw(name, input) as { result: Promise<Result<RequestOutput<N>>>; cancel: () => void };
  }

  /** Anything at all under any name, as a page that was taken over would send it. */
  raw(name: string, input: unknown): { result: Promise<Result<unknown>>; cancel: () => void } {
    this.#lastId += 1;
    const id = this.#lastId;
    const result = new Promise<Result<unknown>>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#door.receive({ kind: "request", id, name, input });
    });
    const cancel = (): void => {
      this.#door.receive({ kind: "cancel", id });
    };
    return { result, cancel };
  }

  async ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
    const result = await this.request(name, input).result;
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
    serviceRequests[name].output.parse(result.value);
    return result.value;
  }

  /** The failure that a request is expected to come back with. */
  async refused<N extends RequestName>(name: N, input: RequestInput<N>): Promise<Failure> {
    const result = await this.request(name, input).result;
    if (result.ok) throw new Error(`${name} was expected to fail`);
    return result.error;
  }

  async close(): Promise<void> {
    await this.#door.close();
    this.host.lock();
  }

  #receive(message: ServiceMessage): void {
    if (message.kind === "event") this.events.push(message.name);
    else if (message.kind === "progress") this.progress.push(message.progress);
    else {
      this.#waiting.get(message.id)?.(message.result);
      this.#waiting.delete(message.id);
    }
  }
}

/** A fresh folder that is removed with everything in it. */
export function temporaryFolder(): { path: (...parts: string[]) => string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "evalvault-"));
  return {
    path: (...parts) => join(folder, ...parts),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function secret(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

export const leadPassphrase = "correct horse battery staple";
export const evaluatorPassphrase = "seven brave otters juggling";

/** A vault with a lead (open) and an evaluator. */
export async function createVaultFor(client: ServiceClient, path: string): Promise<void> {
  await client.ask("vault.create", {
    file: client.destination(path),
    name: "Northgate",
    label: "NG-7",
    marking: { level: "secret", suffix: "NOFORN" },
    founder: { name: "Lena Ortiz", label: "Lead A", passphrase: secret(leadPassphrase) },
    others: [{ name: "Evan Brook", label: "Evaluator B", role: "evaluator", passphrase: secret(evaluatorPassphrase) }],
  });
}
