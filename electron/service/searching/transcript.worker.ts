import { setImmediate as nextTurn } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import { TranscriptError } from "../../interchange/inspect/transcript/read-transcript.ts";
import type { SealedChunks } from "../../vault/index.ts";
import type { FromThread, ThreadAnswers, ToThread, WorkKind } from "./thread-messages.ts";
import { isAbort, TranscriptWork, type WorkContext } from "./transcript-work.ts";

// Transcripts are read here so that the service stays free for everything else. Ciphertext comes in, answers go out.

const progressEveryMs = 100;
/** Longest time in which no message is heard. */
const deafMs = 20;
let lastNeed = 0;
const needed = new Map<number, (chunks: SealedChunks | null) => void>();
const running = new Map<number, AbortController>();

function post(message: FromThread): void {
  parentPort?.postMessage(message);
}

const work = new TranscriptWork((blob) => (first, count) => {
  lastNeed += 1;
  const need = lastNeed;
  return new Promise((resolve) => {
    needed.set(need, resolve);
    post({ kind: "need", need, blob, first, count });
  });
});

function progressOf(id: number): WorkContext["progress"] {
  let last = 0;
  return (done, total) => {
    const now = performance.now();
    if (now - last < progressEveryMs) return;
    last = now;
    post({ kind: "progress", id, done, total });
  };
}

let heard = 0;

async function pause(): Promise<void> {
  await nextTurn();
  heard = performance.now();
}

async function run({ id, work: kind, input }: Extract<ToThread, { kind: "work" }>): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    // The table pairs each kind with its input; the compiler cannot follow a kind that it does not know.
    const does = work.works[kind] as (input: unknown, context: WorkContext) => Promise<ThreadAnswers[WorkKind]>;
    const answer = await does(input, {
      signal: controller.signal,
      progress: progressOf(id),
      pause: () => (performance.now() - heard < deafMs ? undefined : pause()),
    });
    post({ kind: "done", id, answer });
  } catch (error) {
    if (error instanceof TranscriptError) post({ kind: "failed", id, code: error.code, message: error.message });
    else post({ kind: "failed", id, code: isAbort(error) ? "cancelled" : "failed", message: "" });
  } finally {
    running.delete(id);
  }
}

parentPort?.on("message", (message: ToThread) => {
  if (message.kind === "work") void run(message);
  else if (message.kind === "cancel") running.get(message.id)?.abort();
  else {
    needed.get(message.need)?.(message.chunks);
    needed.delete(message.need);
  }
});
