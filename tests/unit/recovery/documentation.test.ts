import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { headerFields, shareText } from "../../../electron/recovery/share-text.ts";
import { codeOf, newSet, textOf } from "./fixtures.ts";

const page = readFileSync(new URL("../../../docs/recovery.md", import.meta.url), "utf8");
const program = /```python\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe("docs/recovery.md", () => {
  it("names every field of the file", () => {
    for (const field of headerFields) expect(page).toContain(`\`${field}:\``);
  });
});

describe.skipIf(!hasPython)("the program in docs/recovery.md (needs python3)", () => {
  const folder = mkdtempSync(join(tmpdir(), "evalvault-recovery-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const run = (...texts: readonly (string | Uint8Array)[]) => {
    const paths = texts.map((text, at) => {
      const path = join(folder, `${String(at)}.txt`);
      writeFileSync(path, text);
      return path;
    });
    const { stdout, stderr, status } = spawnSync("python3", ["-c", program, ...paths], { encoding: "utf8" });
    return { stdout: stdout.trim(), stderr: stderr.trim(), status };
  };

  it("combines what we split: a second implementation, from the description alone", async () => {
    for (const [threshold, total] of [
      [2, 2],
      [3, 5],
      [16, 16],
    ] as const) {
      const { secret, shares } = await newSet(threshold, total);
      const some = shares.slice(-threshold);
      expect(run(...some.map(shareText))).toEqual({
        stdout: Buffer.from(secret).toString("hex"),
        stderr: "",
        status: 0,
      });
      expect(run(...some.map((share) => codeOf(share).toLowerCase())).stdout).toBe(Buffer.from(secret).toString("hex"));
    }
  });

  it("refuses what we refuse", async () => {
    const { shares } = await newSet(3, 5);
    const [a, b, c] = shares.map(textOf);
    const older = await newSet(3, 5);
    const [d] = older.shares.map(textOf);
    if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error("shares");
    expect(run(a, b).stderr).toBe("3 different shares are needed");
    expect(run(a, b, b).stderr).toBe("3 different shares are needed");
    expect(run(a, b, d).stderr).toBe("the shares are of different sets");
    const typo = c.replace(/\n {2}4 {2}./, (found) => `${found.slice(0, -1)}${found.endsWith("7") ? "8" : "7"}`);
    expect(run(a, b, typo).stderr).toMatch(/line 4 is damaged$/);
  });
});
