import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFileSource } from "../../../electron/interchange/byte-source.ts";
import { readLog } from "../../../electron/interchange/inspect/index.ts";
import type { ReadFileResult } from "../../../electron/interchange/reader.ts";
import { readLogFile } from "../../../electron/interchange/readers.ts";
import { writeSampleLogs } from "../../fixtures/inspect/sample-logs.ts";
import { callFiles, callTime } from "../../fixtures/lm-evaluation-harness/generate.ts";
import { outputObject, resultRows, type EvalToWrite } from "../../fixtures/promptfoo/generate.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "evalvault-harnesses-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A file of the folder, with the folder's other files beside it, as the service hands it over. */
async function readFile(name: string): Promise<ReadFileResult> {
  const bytes = await openFileSource(join(folder, name));
  try {
    return await readLogFile({
      name,
      bytes,
      neighbours: { names: readdirSync(folder), open: (one) => openFileSource(join(folder, one)) },
    });
  } finally {
    await bytes.close();
  }
}

describe("a folder with the files of several harnesses", () => {
  it("has every file read by the reader that knows it, runs once each", async () => {
    writeSampleLogs(folder);
    const call = {
      model: "m",
      tasks: [
        { name: "gsm8k", filters: { "strict-match": { exact_match: [1, 0, 1] } } },
        { name: "arc", filters: { none: { acc: [0, 0, 1, 1] } } },
      ],
    };
    for (const [name, text] of callFiles(call)) writeFileSync(join(folder, name), text);
    const evaluation: EvalToWrite = {
      columns: [{ id: "p" }, { id: "q" }],
      tests: [{ description: "t", vars: {}, cells: [[{ success: true }, { success: false }]] }],
    };
    writeFileSync(join(folder, "suite.json"), JSON.stringify(outputObject(evaluation), null, 2));
    writeFileSync(
      join(folder, "suite.jsonl"),
      resultRows(evaluation)
        .map((one) => JSON.stringify(one))
        .join("\n"),
    );
    writeFileSync(join(folder, "table.csv"), "task,score\na,1\n");
    writeFileSync(join(folder, "notes.txt"), "nothing to read");

    const found: Record<string, unknown> = {};
    for (const name of readdirSync(folder).sort()) {
      const result = await readFile(name);
      found[name] =
        result.kind === "runs"
          ? result.runs.map(({ run }) => `${run.format} ${run.task} ${String(run.attempts.length)}`)
          : result.kind;
    }
    expect(found).toEqual({
      "deflate.eval": ["inspect suite/deflated 10"],
      "notes.txt": "not-a-log",
      "plain.json": ["inspect suite/plain 10"],
      [`results_${callTime}.json`]: ["lm-evaluation-harness gsm8k 3", "lm-evaluation-harness arc 4"],
      [`samples_arc_${callTime}.jsonl`]: "part-of",
      [`samples_gsm8k_${callTime}.jsonl`]: "part-of",
      "suite.json": ["promptfoo suite 1", "promptfoo suite 1"],
      "suite.jsonl": ["promptfoo suite 1", "promptfoo suite 1"],
      "table.csv": "table",
      "zstd.eval": ["inspect suite/zstandard 10"],
    });
  });

  it("has Inspect logs read behind the interface exactly as before", async () => {
    for (const name of writeSampleLogs(folder)) {
      const bytes = await openFileSource(join(folder, name));
      const before = await readLog(bytes);
      await bytes.close();
      if (before.kind !== "run") throw new Error(before.reason);
      const { run, salvaged } = before;
      expect(await readFile(name)).toEqual({ kind: "runs", runs: [{ part: "", files: [name], run, salvaged }] });
    }
  });
});
