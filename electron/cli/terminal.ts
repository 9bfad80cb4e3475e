import { stderr, stdin } from "node:process";
import { UsageError } from "./arguments.ts";

const longest = 1_024;
const keys = { enter: 0x0d, newline: 0x0a, backspace: 0x7f, erase: 0x08, interrupt: 0x03, end: 0x04 } as const;
const closing: ReadonlySet<number> = new Set([keys.enter, keys.newline, keys.end]);

let hiding = 0;

/** Shows nothing of what is typed while the work goes on: also what is typed before, or between, its questions. */
export async function withoutEcho<T>(work: () => Promise<T>): Promise<T> {
  if (!stdin.isTTY) throw new UsageError("there is no terminal to ask at");
  hiding += 1;
  stdin.setRawMode(true);
  try {
    return await work();
  } finally {
    hiding -= 1;
    if (hiding === 0) {
      stdin.setRawMode(false);
      stdin.pause();
    }
  }
}

/** What was pasted behind a line end is the answer to the next question. */
function keepRest(chunk: Buffer, from: number): void {
  const start = chunk[from - 1] === keys.enter && chunk[from] === keys.newline ? from + 1 : from;
  stdin.pause();
  if (start < chunk.length) stdin.unshift(Buffer.from(chunk.subarray(start)));
}

/** Adds what was typed; true when the line is at its end. Throws a UsageError for Ctrl+C. */
function take(typed: number[], chunk: Buffer): boolean {
  try {
    for (const [at, byte] of chunk.entries()) {
      if (byte === keys.interrupt) throw new UsageError("cancelled");
      if (closing.has(byte)) {
        keepRest(chunk, at + 1);
        return true;
      }
      if (byte === keys.backspace || byte === keys.erase) typed.pop();
      else if (typed.length < longest) typed.push(byte);
    }
    return false;
  } finally {
    chunk.fill(0);
  }
}

/** Listens instead of iterating: an iterator that is left early ends standard input for good, and some calls ask twice. */
async function readLine(typed: number[]): Promise<void> {
  await new Promise<void>((done, fail) => {
    const stop = (): void => {
      stdin.off("data", listen);
      stdin.off("end", ended);
    };
    const ended = (): void => {
      stop();
      done();
    };
    const listen = (chunk: Buffer): void => {
      try {
        if (take(typed, chunk)) ended();
      } catch (error) {
        stop();
        fail(error instanceof Error ? error : new Error("reading failed"));
      }
    };
    stdin.on("data", listen);
    stdin.once("end", ended);
    stdin.resume();
  });
}

/** Asks at the terminal without showing what is typed. The caller wipes the answer. */
export async function askHidden(words: string): Promise<Uint8Array> {
  return withoutEcho(async () => {
    stderr.write(`${words}: `);
    const typed: number[] = [];
    try {
      await readLine(typed);
      return Uint8Array.from(typed);
    } finally {
      typed.fill(0);
      stderr.write("\n");
    }
  });
}
