import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

import { VaultError } from "./errors.ts";
import type { KeyRing } from "./keys.ts";
import { transferList } from "./packed-rows.ts";
import { wipe } from "./sodium.ts";
import { VerifyWorkbench, type VerifyFindings, type VerifyWork, type WorkKey } from "./verify-work.ts";

/** Below this many bytes the work is done before a thread has started. */
export const threadsWorthwhile = 4 * 1024 * 1024;
/** One reads beside them; they bring the process to about 100 to 200 MB more. */
const threadCount = 2;

/** Who does verifying's work: threads, or this thread itself. */
export interface VerifyWorkers {
  /** How many lanes there are; work in one lane is done in order. */
  readonly lanes: number;
  do(work: VerifyWork, lane: number): Promise<VerifyFindings>;
  end(): Promise<void>;
}

/** Beside the running file: as source it is TypeScript, in a bundle it stands beside it or one folder up. */
function workerFile(): string | null {
  const candidates = import.meta.url.endsWith(".ts")
    ? ["./verify.worker.ts"]
    : ["./verify.worker.js", "../verify.worker.js"];
  return candidates.map((name) => fileURLToPath(new URL(name, import.meta.url))).find(existsSync) ?? null;
}

/** Threads where the file is large enough for them, else this one. They start while the caller goes on. */
export function startWorkers(bytes: number): VerifyWorkers {
  const file = bytes >= threadsWorthwhile ? workerFile() : null;
  return file === null ? new InThisThread() : new Threads(file);
}

class InThisThread implements VerifyWorkers {
  readonly lanes = 1;
  readonly #bench = new VerifyWorkbench();

  do(work: VerifyWork): Promise<VerifyFindings> {
    return Promise.resolve(this.#bench.do(work));
  }

  end(): Promise<void> {
    return Promise.resolve();
  }
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Waiting[];
  readonly post: (work: VerifyWork) => void;
}

interface Waiting {
  readonly resolve: (findings: VerifyFindings) => void;
  readonly reject: (error: VaultError) => void;
}

class Threads implements VerifyWorkers {
  readonly #threads: readonly Thread[];

  constructor(file: string) {
    this.#threads = Array.from({ length: threadCount }, () => startThread(file));
  }

  get lanes(): number {
    return this.#threads.length;
  }

  do(work: VerifyWork, lane: number): Promise<VerifyFindings> {
    const thread = this.#threads[lane % this.#threads.length];
    if (thread === undefined) throw new RangeError("no such lane");
    return new Promise((resolve, reject) => {
      thread.waiting.push({ resolve, reject });
      thread.post(work);
    });
  }

  async end(): Promise<void> {
    await Promise.all(
      this.#threads.map(async ({ worker }) => {
        worker.removeAllListeners();
        await worker.terminate();
      }),
    );
  }
}

function startThread(file: string): Thread {
  const worker = new Worker(file);
  const waiting: Waiting[] = [];
  let ended: VaultError | null = null;
  const fail = (cause?: unknown): void => {
    ended ??= new VaultError(
      "io",
      "Verifying failed: not enough memory. Close other programs and try again.",
      {},
      cause,
    );
    for (const one of waiting.splice(0)) one.reject(ended);
  };
  worker.on("message", (findings: VerifyFindings) => waiting.shift()?.resolve(findings));
  worker.on("error", fail);
  worker.on("exit", () => {
    fail();
  });
  const post = (work: VerifyWork): void => {
    if (ended === null) worker.postMessage(work, work.kind === "signatures" ? [] : transferList(work.rows));
    else fail();
  };
  return { worker, waiting, post };
}

/** Copies of the keys that were asked for, in memory that all threads share: {@link SharedKeys.wipe} reaches every thread. */
export class SharedKeys {
  readonly #ring: KeyRing;
  readonly #copies = new Map<string, WorkKey>();

  constructor(ring: KeyRing) {
    this.#ring = ring;
  }

  /** Null where this member has no such key. */
  get(compartment: number, epoch: number): WorkKey | null {
    const name = `${String(compartment)}/${String(epoch)}`;
    const known = this.#copies.get(name);
    if (known !== undefined) return known;
    if (!this.#ring.has(compartment, epoch)) return null;
    const key = new Uint8Array(new SharedArrayBuffer(32));
    key.set(this.#ring.compartment(compartment, epoch));
    const copy = { compartment, epoch, key };
    this.#copies.set(name, copy);
    return copy;
  }

  wipe(): void {
    wipe(...[...this.#copies.values()].map((one) => one.key));
    this.#copies.clear();
  }
}
