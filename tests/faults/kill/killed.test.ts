import "./quick-argon2.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../vault/small-vault.ts";
import { checkKilled, checkMade, makeBase, makeCrashed, putVault } from "./after-kill.ts";
import { bundleWriters, type Writers } from "./bundle-writers.ts";
import { chance, endChildren, runChild, times, twoAtATime } from "./child.ts";

/**
 * Processes killed (SIGKILL) while they change a vault: at random moments, and before each step by which they change the
 * disk. What was acknowledged is there, nothing is there by half, nothing can be read, and verifying says so.
 */

const folder = temporaryFolder();
let writers: Writers;
const base = join(folder.path, "base.evault");
const crashed = join(folder.path, "crashed.evault");

beforeAll(async () => {
  writers = await bundleWriters();
  await makeBase(base);
  await makeCrashed(base, crashed);
});
afterAll(() => {
  endChildren();
  writers.remove();
  folder.remove();
});

/** Does something in a folder of its own, with a vault in it. */
async function withVault<T>(operation: string, act: (path: string) => Promise<T>): Promise<T> {
  const own = mkdtempSync(join(folder.path, "run-"));
  const path = join(own, "killed.evault");
  putVault(operation === "recover" ? crashed : base, path);
  try {
    return await act(path);
  } finally {
    rmSync(own, { recursive: true });
  }
}

function check(operation: string, path: string, lines: readonly string[]): Promise<number> {
  return operation === "create" ? checkMade(dirname(path), lines) : checkKilled(path, lines);
}

/** One round of an operation by a process that is let live: the names of its steps, and how long it takes here and now. */
function rehearse(operation: string): Promise<{ steps: readonly string[]; tookMs: number }> {
  return withVault(operation, async (path) => {
    const { lines, errors } = await runChild(writers.vault, [operation, path, "list"], null);
    expect(errors).toBe("");
    const after = (start: string): string[] =>
      lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length));
    return { steps: after("step "), tookMs: Number(after("took ")[0]) };
  });
}

/** How often each kind of work is killed at a random moment, and within how many of its rounds. */
const random: readonly (readonly [operation: string, kills: number, rounds: number])[] = [
  ["create", 90, 3],
  ["append", 130, 8],
  ["append with blobs", 90, 2],
  ["add member", 80, 8],
  ["rotate", 95, 8],
  ["remove member", 95, 6],
  ["share compartments", 65, 5],
  ["change passphrase", 50, 8],
  ["snapshot", 70, 6],
  ["lock", 70, 3],
  ["recover", 40, 1],
];

describe("killed at a random moment, nothing acknowledged is lost and nothing is half there", () => {
  it.each(random)("%s, %i times", { timeout: 300_000 * times }, async (operation, kills, rounds) => {
    let acknowledged = 0;
    let killed = 0;
    // Let live first: it also leaves its compiled code to the others.
    const { tookMs } = await rehearse(operation);
    await twoAtATime(kills * times, (run) =>
      withVault(operation, async (path) => {
        const after = rounds * tookMs * chance(`${operation} ${String(run)}`);
        const { lines, signal, errors } = await runChild(writers.vault, [operation, path, "forever"], after);
        expect(errors).toBe("");
        expect(signal, `run ${String(run)}`).toBe("SIGKILL");
        killed += 1;
        acknowledged += await check(operation, path, lines);
      }),
    );
    expect(killed).toBe(kills * times);
    // Recovering acknowledges nothing of its own; all the others were seen to do something before they died.
    if (operation !== "recover") expect(acknowledged).toBeGreaterThan(kills / 4);
  });
});

describe("killed before each of its steps by name, nothing acknowledged is lost and nothing is half there", () => {
  it.each(random.map(([operation]) => operation))("%s", { timeout: 300_000 }, async (operation) => {
    const { steps } = await rehearse(operation);
    expect(steps.length).toBeGreaterThan(3);
    // Of the same step many times over, the first and the last one.
    const deadly = [...steps.keys()].filter((step) => new Set(steps.slice(Math.max(0, step - 1), step + 2)).size > 1);
    await twoAtATime(deadly.length, (index) =>
      withVault(operation, async (path) => {
        const step = deadly[index] ?? 0;
        const { lines, signal, errors } = await runChild(
          writers.vault,
          [operation, path, `before ${String(step)}`],
          null,
        );
        const name = `step ${String(step)}, ${steps[step] ?? ""}`;
        expect(errors, name).toBe("");
        expect(signal, name).toBe("SIGKILL");
        await check(operation, path, lines);
      }),
    );
  });
});
