import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { performance } from "node:perf_hooks";

/** Processes that are killed, and what they said before. */

/** How many times more than in an ordinary run: `npm run faults:long` sets it. */
export const times = Math.max(1, Number(process.env["EVALVAULT_FAULTS_TIMES"] ?? "1"));

/** Compiled code of the children, kept between them: a child starts in a third of the time. */
const codeCache = join(tmpdir(), `evalvault-faults-code-${String(process.pid)}`);
mkdirSync(codeCache, { recursive: true });

const running = new Set<ChildProcess>();

/** Ends every child that is still there, and removes what was kept for them. */
export function endChildren(): void {
  for (const child of running) child.kill("SIGKILL");
  rmSync(codeCache, { recursive: true, force: true });
}

/** How a child ended, and the lines that it had said by then. */
export interface Ended {
  readonly lines: readonly string[];
  readonly errors: string;
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
}

/** Starts a child; once it says "begin", it is killed after so many milliseconds (null: never). */
export async function runChild(script: string, args: readonly string[], killAfterMs: number | null): Promise<Ended> {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_COMPILE_CACHE: codeCache, NODE_NO_WARNINGS: "1" },
  });
  running.add(child);
  let text = "";
  let errors = "";
  let begun = false;
  child.stderr.on("data", (piece: Buffer) => {
    errors += piece.toString("utf8");
  });
  child.stdout.on("data", (piece: Buffer) => {
    text += piece.toString("utf8");
    if (begun || killAfterMs === null || !text.includes("begin\n")) return;
    begun = true;
    killAt(child, performance.now() + killAfterMs);
  });
  const { signal, code } = await new Promise<{ signal: NodeJS.Signals | null; code: number | null }>((resolve) => {
    child.once("close", (endCode, endSignal) => {
      resolve({ signal: endSignal, code: endCode });
    });
  });
  running.delete(child);
  // A line that was not finished was not acknowledged.
  return { lines: text.split("\n").slice(0, -1), errors, signal, code };
}

function killAt(child: ChildProcess, at: number): void {
  const left = at - performance.now();
  if (left <= 0) child.kill("SIGKILL");
  else
    setTimeout(() => {
      child.kill("SIGKILL");
    }, left);
}

/** A number from 0 up to but without 1 that follows from words: a failed run can be looked at again. */
export function chance(words: string): number {
  return createHash("sha256").update(words).digest().readUIntBE(0, 6) / 2 ** 48;
}

/** Does all work, two things at a time: as many as the least machine has processors. */
export async function twoAtATime(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all([lane(), lane()]);
}
