import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exclusively, publishFolder } from "../../../build/exclusive.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "exclusive-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A process of its own that adds 1 to a number in a file, slowly, under the lock. */
function adder(lockFile: string, counter: string): Promise<number | null> {
  const module = JSON.stringify(new URL("../../../build/exclusive.ts", import.meta.url).href);
  const code = `
    import { readFileSync, writeFileSync } from "node:fs";
    import { setTimeout as sleep } from "node:timers/promises";
    import { exclusively } from ${module};
    const [lockFile, counter] = ${JSON.stringify([lockFile, counter])};
    await exclusively(lockFile, async () => {
      const seen = Number(readFileSync(counter, "utf8"));
      await sleep(50);
      writeFileSync(counter, String(seen + 1));
    });`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", code], { stdio: "inherit" });
  return new Promise((resolve) => child.once("close", resolve));
}

describe("exclusively", () => {
  it("lets one process at a time do its work", async () => {
    const counter = join(folder, "counter");
    writeFileSync(counter, "0");
    const ends = await Promise.all(Array.from({ length: 5 }, () => adder(join(folder, "lock"), counter)));
    expect(ends).toEqual([0, 0, 0, 0, 0]);
    expect(readFileSync(counter, "utf8")).toBe("5");
  });

  it("takes over the lock of a process that has died", async () => {
    const lockFile = join(folder, "lock");
    const dead = spawn(process.execPath, ["--eval", ""]);
    await new Promise((resolve) => dead.once("close", resolve));
    writeFileSync(lockFile, String(dead.pid));
    expect(await exclusively(lockFile, () => Promise.resolve("done"))).toBe("done");
  });

  it("gives the lock back when the work fails", async () => {
    const lockFile = join(folder, "lock");
    await expect(exclusively(lockFile, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(existsSync(lockFile)).toBe(false);
  });
});

describe("publishFolder", () => {
  it("leaves the old folder as it was when filling the new one fails", async () => {
    const target = join(folder, "out");
    await publishFolder(target, async (draft) => writeFile(join(draft, "a"), "old"));
    await expect(publishFolder(target, () => Promise.reject(new Error("disk full")))).rejects.toThrow("disk full");
    expect(readFileSync(join(target, "a"), "utf8")).toBe("old");
  });
});
