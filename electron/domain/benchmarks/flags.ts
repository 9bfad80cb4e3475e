import { z } from "zod";
import { formatCounted } from "../../contract/number-text.ts";
import { idSchema } from "../../contract/values.ts";
import { defineEvent } from "../event.ts";
import { text, type ReadModel } from "../read-model.ts";
import { benchmarkOrigin, benchmarkTitle } from "./queries.ts";

/**
 * Flags as keyed hashes: HMAC-SHA-256 under a key of 32 random bytes that is made for each loading, over the task's id, a
 * zero byte and the flag. A flag can be checked against them and is not in the vault.
 */

export const flagTables = [
  `CREATE TABLE task_flag (benchmark_id TEXT NOT NULL, task TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL,
     PRIMARY KEY (benchmark_id, task, digest)) STRICT, WITHOUT ROWID`,
];

const bytes32 = z.string().regex(/^[0-9a-f]{64}$/);

export const flagsLoaded = defineEvent({
  type: "benchmark.flags-loaded",
  v: 1,
  body: z.strictObject({
    benchmarkId: idSchema,
    /** Hex. */
    key: bytes32,
    flags: z
      .array(z.strictObject({ task: z.string().min(1).max(2_000), digest: bytes32 }))
      .min(1)
      .max(200_000),
  }),
  roles: ["lead"],
  home: "shared",
  refusal: ({ model }, body) =>
    benchmarkOrigin(model, body.benchmarkId) === null ? "there is no such benchmark" : null,
  fold: ({ model }, { benchmarkId, key, flags }) => {
    model.run("DELETE FROM task_flag WHERE benchmark_id = ?", benchmarkId);
    for (const { task, digest } of flags) {
      model.run("INSERT OR IGNORE INTO task_flag VALUES (?, ?, ?, ?)", benchmarkId, task, key, digest);
    }
  },
  words: ({ model }, body) =>
    `${formatCounted(body.flags.length, "flag")} of ${benchmarkTitle(model, body.benchmarkId)} can be checked`,
  about: (body) => body.benchmarkId,
});

/** The tasks of a benchmark that have a flag. */
export function flaggedTasks(model: ReadModel, benchmarkId: string): string[] {
  return model
    .all("SELECT DISTINCT task FROM task_flag WHERE benchmark_id = ? ORDER BY task", benchmarkId)
    .map((row) => text(row, "task"));
}

/** The keyed hashes of a task's flags, hex; a task may have several right ones. */
export function flagDigests(model: ReadModel, benchmarkId: string, task: string): { key: string; digest: string }[] {
  return model
    .all("SELECT key, digest FROM task_flag WHERE benchmark_id = ? AND task = ?", benchmarkId, task)
    .map((row) => ({ key: text(row, "key"), digest: text(row, "digest") }));
}
