import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { Refusal } from "../../domain/refusal.ts";
import { TranscriptError } from "../../interchange/inspect/index.ts";
import { sealedTransfers, type SealedBlob } from "../../vault/index.ts";
import type { FromThread, LogForThread, ThreadAnswers, ThreadWork, ToThread, WorkKind } from "./thread-messages.ts";

/** Beside the running file: as source it is TypeScript, in a bundle it stands beside it or one folder up. */
function workerFile(): string {
  const candidates = import.meta.url.endsWith(".ts")
    ? ["./transcript.worker.ts"]
    : ["./transcript.worker.js", "../transcript.worker.js"];
  const found = candidates
    .map((name) => fileURLToPath(new URL(name, import.meta.url)))
    .find((file) => existsSync(file));
  if (found === undefined) throw new Error("the thread that reads transcripts is not installed");
  return found;
}

export interface CallOptions {
  readonly signal: AbortSignal;
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

interface Waiting {
  readonly resolve: (answer: ThreadAnswers[WorkKind]) => void;
  readonly reject: (error: unknown) => void;
  readonly progress: CallOptions["progress"];
}

/** The stored logs that threads were given, and their keys. */
export class SealedLogs {
  readonly #blobs = new Map<string, { readonly number: number; readonly blob: SealedBlob }>();
  readonly #byNumber = new Map<number, SealedBlob>();
  #last = 0;

  /** @param id the blob's id, by which it is known again */
  get(id: string, seal: () => SealedBlob): LogForThread {
    let known = this.#blobs.get(id);
    if (known === undefined) {
      this.#last += 1;
      known = { number: this.#last, blob: seal() };
      this.#blobs.set(id, known);
      this.#byNumber.set(known.number, known.blob);
    }
    return { blob: known.number, opening: known.blob.opening };
  }

  blob(number: number): SealedBlob | null {
    return this.#byNumber.get(number) ?? null;
  }

  /** Overwrites all keys that threads were given. */
  wipe(): void {
    for (const { blob } of this.#blobs.values()) blob.wipe();
    this.#blobs.clear();
    this.#byNumber.clear();
  }
}

/** A thread that reads transcripts; it starts with the first work and is ended by `end`. */
export class TranscriptThread {
  readonly #logs: SealedLogs;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #lastId = 0;

  constructor(logs: SealedLogs) {
    this.#logs = logs;
  }

  get isRunning(): boolean {
    return this.#worker !== null;
  }

  /** How much it is doing. */
  get busy(): number {
    return this.#waiting.size;
  }

  /** @throws TranscriptError; Refusal "cancelled"; Error where the thread ended */
  call<K extends WorkKind>(work: K, input: ThreadWork[K], options: CallOptions): Promise<ThreadAnswers[K]> {
    if (options.signal.aborted) return Promise.reject(cancelled());
    this.#lastId += 1;
    const id = this.#lastId;
    const worker = this.#started();
    // An idle thread does not keep the process alive, one at work does.
    worker.ref();
    const cancel = (): void => {
      this.#post(worker, { kind: "cancel", id });
    };
    options.signal.addEventListener("abort", cancel, { once: true });
    const answer = new Promise<ThreadAnswers[WorkKind]>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, progress: options.progress });
      this.#post(worker, { kind: "work", id, work, input });
    }).finally(() => {
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) worker.unref();
      options.signal.removeEventListener("abort", cancel);
    });
    // The thread answers work of a kind with an answer of that kind.
    return answer as Promise<ThreadAnswers[K]>;
  }

  /** Ends it at once; what it was doing is refused, and its memory goes with it. */
  end(): void {
    const worker = this.#worker;
    this.#worker = null;
    if (worker !== null) {
      worker.removeAllListeners();
      void worker.terminate();
    }
    for (const waiting of this.#waiting.values()) waiting.reject(cancelled());
  }

  #started(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(workerFile());
    worker.on("message", (message: FromThread) => {
      this.#receive(worker, message);
    });
    const fail = (): void => {
      if (this.#worker === worker) this.#worker = null;
      for (const waiting of this.#waiting.values())
        waiting.reject(new Error("the thread that reads transcripts ended"));
    };
    worker.on("error", fail);
    worker.on("exit", fail);
    this.#worker = worker;
    return worker;
  }

  #receive(worker: Worker, message: FromThread): void {
    switch (message.kind) {
      case "need":
        this.#send(worker, message);
        return;
      case "progress":
        this.#waiting.get(message.id)?.progress?.(message.done, message.total);
        return;
      case "done":
        this.#waiting.get(message.id)?.resolve(message.answer);
        return;
      case "failed":
        this.#waiting.get(message.id)?.reject(failureOf(message));
    }
  }

  #send(worker: Worker, { need, blob, first, count }: Extract<FromThread, { kind: "need" }>): void {
    try {
      const chunks = this.#logs.blob(blob)?.chunks(first, count) ?? null;
      this.#post(worker, { kind: "chunks", need, chunks }, chunks === null ? [] : sealedTransfers(chunks));
    } catch {
      // Locked meanwhile, or damaged: the work that needs it fails.
      this.#post(worker, { kind: "chunks", need, chunks: null });
    }
  }

  #post(worker: Worker, message: ToThread, transfer: ArrayBuffer[] = []): void {
    worker.postMessage(message, transfer);
  }
}

function cancelled(): Refusal {
  return new Refusal("cancelled", "the transcript");
}

function failureOf({ code, message }: Extract<FromThread, { kind: "failed" }>): Error {
  if (code === "cancelled") return cancelled();
  if (code === "not-found" || code === "damaged") return new TranscriptError(code, message);
  return new TranscriptError("damaged", "The transcript cannot be read: run verify to see whether the vault is whole.");
}
