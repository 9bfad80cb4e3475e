import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inspectVault, verifyVault } from "../../../electron/vault/index.ts";
import { makeSmallVault, temporaryFolder, type SmallVault } from "./small-vault.ts";

/** One vault and two who want it: the second is told so, whoever they are, and nothing breaks for the first. */

const folder = temporaryFolder();
const script = fileURLToPath(new URL("./holder-process.ts", import.meta.url));
const running = new Set<ChildProcess>();
let small: SmallVault;

beforeAll(async () => {
  small = await makeSmallVault(join(folder.path, "a.evault"));
});
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
  folder.remove();
});

/** Another process that opens the vault: what it said until it said that it holds the vault, or ended. */
async function hold(): Promise<{ said: string; kill: () => Promise<void> }> {
  const child = spawn(process.execPath, [script, small.path, small.founderId, small.path], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  running.add(child);
  const ended = once(child, "close");
  let said = "";
  child.stdout.on("data", (piece: Buffer) => {
    said += piece.toString("utf8");
  });
  await Promise.race([ended, once(child.stdout, "data")]);
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
    running.delete(child);
  };
  return { said, kill };
}

const inUse = expect.objectContaining({ code: "in-use" }) as Error;

describe("a vault in use", () => {
  it("is said to everybody else until the holder is gone, even by SIGKILL", { timeout: 60_000 }, async () => {
    const entries = small.contents.entries.length;
    const holder = await hold();
    expect(holder.said).toBe(`held ${String(entries)}\n`);
    expect(() => small.open()).toThrow(inUse);
    expect(() => inspectVault(small.path)).toThrow(inUse);
    await expect(verifyVault(small.path)).rejects.toMatchObject({ code: "in-use" });
    await holder.kill();
    const vault = small.open();
    // The same within one process, and looking does not break the lock.
    expect(() => small.open()).toThrow(inUse);
    expect(() => inspectVault(small.path)).toThrow(inUse);
    const second = await hold();
    expect(second.said).toBe("");
    await second.kill();
    expect(vault.append([new Uint8Array([1])]).firstSeq).toBe(entries);
    vault.close();
    expect(inspectVault(small.path).entries).toBe(entries + 1);
  });
});
