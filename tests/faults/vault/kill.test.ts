import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inspectVault, verifyVault } from "../../../electron/vault/index.ts";
import { makeSmallVault, temporaryFolder, type SmallVault } from "./small-vault.ts";

/** A writing process killed (SIGKILL) at random moments: what it was told is committed is there, and all else is whole. */

const folder = temporaryFolder();
const script = fileURLToPath(new URL("./writer-process.ts", import.meta.url));
let small: SmallVault;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  small = await makeSmallVault(join(folder.path, "a.evault"));
});
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
  folder.remove();
});

interface Writer {
  readonly lines: string[];
  readonly child: ChildProcess;
  /** Resolves when a line that begins so was said, or when the process ended. */
  readonly said: (start: string) => Promise<void>;
  readonly kill: () => Promise<void>;
}

function start(...args: readonly string[]): Writer {
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  const ended = new Promise<void>((resolve) =>
    child.once("close", () => {
      resolve();
    }),
  );
  let text = "";
  const lines: string[] = [];
  child.stdout.on("data", (piece: Buffer) => {
    text += piece.toString("utf8");
    const parts = text.split("\n");
    text = parts.pop() ?? "";
    lines.push(...parts);
  });
  const said = async (start: string): Promise<void> => {
    while (child.exitCode === null && child.signalCode === null && !lines.some((line) => line.startsWith(start))) {
      await Promise.race([ended, sleep(2)]);
    }
  };
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
    running.delete(child);
  };
  return { lines, child, said, kill };
}

/** Numbers that follow from the run's own number: a failed run can be looked at again. */
function moment(run: number): number {
  return (
    createHash("sha256")
      .update(`kill ${String(run)}`)
      .digest()
      .readUInt16BE(0) % 350
  );
}

const path = join(folder.path, "killed.evault");

async function checkAfterKill(lines: readonly string[]): Promise<number> {
  const last = lines.findLast((line) => line.startsWith("seq "));
  const acknowledged = last === undefined ? small.contents.entries.length : Number(last.slice(4)) + 1;
  const vault = small.open(path);
  expect(vault.size).toBeGreaterThanOrEqual(acknowledged);
  for (const { seq, plaintext } of vault.entries(small.contents.entries.length)) {
    const text = Buffer.from(plaintext ?? []).toString("utf8");
    const [, id, sha256] = /^blob ([0-9a-f]+) ([0-9a-f]+)$/.exec(text) ?? [];
    if (id === undefined) {
      expect(text).toBe(`seq ${String(seq)}`);
    } else {
      const blob = vault.blob(id);
      expect(createHash("sha256").update(blob.read(0, blob.size)).digest("hex")).toBe(sha256);
    }
  }
  vault.close();
  expect((await verifyVault(path)).problems).toEqual([]);
  return acknowledged - small.contents.entries.length;
}

describe("killed at any moment", () => {
  it("fifty writers lose nothing that they were told is committed", { timeout: 300_000 }, async () => {
    let acknowledged = 0;
    for (let run = 0; run < 50; run += 1) {
      for (const end of ["-wal", "-shm"]) rmSync(`${path}${end}`, { force: true });
      copyFileSync(small.path, path);
      const writer = start("write", path, small.founderId, small.path);
      await writer.said("size");
      await sleep(moment(run));
      await writer.kill();
      expect(writer.child.signalCode, `run ${String(run)}`).toBe("SIGKILL");
      acknowledged += await checkAfterKill(writer.lines);
    }
    expect(acknowledged).toBeGreaterThan(500);
  });

  it(
    "a maker leaves a whole vault or none, and nothing by the vault's name that is not one",
    { timeout: 120_000 },
    async () => {
      const made = join(folder.path, "made.evault");
      let existed = 0;
      let takes = 0;
      for (let run = 0; run < 12; run += 1) {
        const started = performance.now();
        const maker = start("create", made);
        // The first is let finish, so that the others can be killed all along the time that it takes here and now.
        await Promise.race([maker.said("created"), sleep(run === 0 ? 60_000 : takes * (0.5 + run / 20))]);
        if (run === 0) takes = performance.now() - started;
        await maker.kill();
        if (existsSync(made)) {
          existed += 1;
          expect(inspectVault(made).entries).toBe(1);
          expect((await verifyVault(made)).problems).toEqual([]);
        }
        for (const name of readdirSync(folder.path)) {
          if (name.includes("made.evault")) rmSync(join(folder.path, name));
        }
      }
      expect(existed).toBeGreaterThan(0);
    },
  );
});

describe("in use", () => {
  it("is said to everybody else until the holder is gone, even by SIGKILL", { timeout: 60_000 }, async () => {
    const holder = start("hold", small.path, small.founderId, small.path);
    await holder.said("held");
    expect(holder.lines).toContain(`held ${String(small.contents.entries.length)}`);
    expect(() => small.open()).toThrow(expect.objectContaining({ code: "in-use" }));
    expect(() => inspectVault(small.path)).toThrow(expect.objectContaining({ code: "in-use" }));
    await expect(verifyVault(small.path)).rejects.toMatchObject({ code: "in-use" });
    await holder.kill();
    const vault = small.open();
    // The same within one process, and looking does not break the lock.
    expect(() => small.open()).toThrow(expect.objectContaining({ code: "in-use" }));
    expect(() => inspectVault(small.path)).toThrow(expect.objectContaining({ code: "in-use" }));
    const second = start("hold", small.path, small.founderId, small.path);
    await second.said("held");
    expect(second.lines).toEqual([]);
    await second.kill();
    expect(vault.append([new Uint8Array([1])]).firstSeq).toBe(small.contents.entries.length);
    vault.close();
    expect(inspectVault(small.path).entries).toBe(small.contents.entries.length + 1);
  });
});
