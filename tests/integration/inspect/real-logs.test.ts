import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  attemptRecordSchema,
  type AttemptRecord,
  recomputedMetricSchema,
  type RecomputedMetric,
} from "../../../electron/contract/attempt.ts";
import { transcriptSchema } from "../../../electron/contract/transcripts.ts";
import { openFileSource, type ByteSource } from "../../../electron/interchange/byte-source.ts";
import { readLog, readTranscript } from "../../../electron/interchange/inspect/index.ts";
import { parseLenientJson } from "../../../electron/interchange/json/lenient-json.ts";
import type { LoggedRun, ReadLogResult } from "../../../electron/interchange/logged-run.ts";

const folder = join(import.meta.dirname, "../../../../shared/fixtures/inspect/real");
const missing = !existsSync(folder);

interface ExpectedMetric {
  readonly scorer: string;
  readonly reducer: string | null;
  readonly metric: string;
  readonly logged: number;
  /** Present where it cannot be recomputed. */
  readonly recompute?: string;
  readonly recomputed?: number;
  readonly match?: boolean;
}
interface Expected {
  readonly readable: boolean;
  readonly log?: boolean;
  readonly version?: number | null;
  readonly status?: string | null;
  readonly task?: string;
  readonly model?: string;
  readonly inspect_ai?: string | null;
  readonly epochs?: number | null;
  readonly samples?: number;
  readonly sample_ids?: number;
  readonly errored?: number;
  readonly metrics?: readonly ExpectedMetric[];
}

/** Files that are no logs, or of a version that is refused. Everything else must be taken in whole. */
const refusals: Readonly<Record<string, string>> = {
  "inspect_ai__eval-set1_eval-set.json": "not-a-log",
  "inspect_ai__eval-set1_logs.json": "not-a-log",
  "inspect_ai__log-sets_set2_eval-set.json": "not-a-log",
  "inspect_ai__log-sets_set2_logs.json": "not-a-log",
  "inspect_ai__log-sets_set_eval-set.json": "not-a-log",
  "inspect_ai__log-sets_set_logs.json": "not-a-log",
  "inspect_ai__log_invalid.txt": "not-a-log",
  "inspect_ai__long_log.eval": "not-a-log",
  "inspect_ai__log_version_3.txt": "refused",
};

function expectations(): (readonly [string, Expected])[] {
  if (missing) return [];
  const parsed = parseLenientJson(readFileSync(join(folder, "EXPECTED.json"), "utf8"));
  return Object.entries(parsed as Record<string, Expected>);
}

async function withLog<T>(
  name: string,
  use: (result: ReadLogResult, file: Awaited<ReturnType<typeof openFileSource>>) => Promise<T>,
): Promise<T> {
  const file = await openFileSource(join(folder, name));
  try {
    return await use(await readLog(file), file);
  } finally {
    await file.close();
  }
}

function checkMetric(found: RecomputedMetric | undefined, expected: ExpectedMetric): void {
  expect(found).toBeDefined();
  if (found === undefined) return;
  recomputedMetricSchema.parse(found);
  if (Number.isNaN(expected.logged)) expect(found.logged).toBeNull();
  else expect(found.logged).toBe(expected.logged);
  if (expected.recompute === "no scores") {
    expect(found.verdict).toBe("no-scores");
    return;
  }
  expect(expected.match).toBe(true);
  expect(found.verdict).toBe("matches");
  const difference = Math.abs((found.recomputed ?? Number.NaN) - (expected.recomputed ?? Number.NaN));
  expect(difference).toBeLessThanOrEqual(1e-12 * Math.abs(expected.recomputed ?? 0));
}

function checkRun(run: LoggedRun, expected: Expected): void {
  const { task, model, version: formatVersion } = expected;
  expect(run).toMatchObject({ task, model, formatVersion, lost: [] });
  expect(run.status).toBe(expected.status ?? "unknown");
  expect(run.harness.version).toBe(expected.inspect_ai);
  expect(run.epochs).toBe(expected.epochs ?? 1);
  expect(run.attempts).toHaveLength(expected.samples ?? Number.NaN);
  expect(new Set(run.attempts.map((attempt) => attempt.task)).size).toBe(expected.sample_ids);
  for (const attempt of run.attempts) expect(attemptRecordSchema.parse(attempt)).toEqual(attempt);
}

function checkMetrics(run: LoggedRun, expected: readonly ExpectedMetric[]): void {
  const key = (metric: { scorer: string; reducer: string | null; metric: string }): string =>
    JSON.stringify([metric.scorer, metric.reducer, metric.metric]);
  expect(run.metrics.map(key).sort()).toEqual(expected.map(key).sort());
  for (const metric of expected) {
    const found = run.metrics.find((one) => key(one) === key(metric));
    checkMetric(found, metric);
  }
}

async function checkTranscript(file: ByteSource, { task, epoch, member, messages }: AttemptRecord): Promise<void> {
  if (member === null) throw new Error("no transcript");
  const transcript = await readTranscript(file, "inspect", { task, epoch, member }, { limit: 1_000 });
  expect(transcriptSchema.parse(transcript).items).toHaveLength(transcript.total);
  expect(transcript.total).toBeGreaterThanOrEqual(messages ?? 0);
  expect(JSON.stringify(transcript)).not.toMatch(/(?:attachment|tc):\/\/[0-9a-f]{32}/);
  expect(transcript.notes).toEqual([]);
}

describe.skipIf(missing)("real Inspect logs (needs ../shared)", () => {
  it("are 63, and more than 70 of their metrics can be recomputed", () => {
    const all = expectations();
    expect(all).toHaveLength(63);
    const metrics = all.flatMap(([, expected]) => expected.metrics ?? []);
    expect(metrics.filter((metric) => metric.match === true).length).toBeGreaterThan(70);
  });

  it.each(expectations())("%s is taken in, or refused with a reason", async (name, expected) => {
    await withLog(name, async (result, file) => {
      const refusal = refusals[name];
      if (result.kind !== "run") {
        expect(result.kind).toBe(refusal);
        expect(result.reason.length).toBeGreaterThan(10);
        return;
      }
      expect(refusal).toBeUndefined();
      checkRun(result.run, expected);
      checkMetrics(result.run, expected.metrics ?? []);
      for (const attempt of result.run.attempts.slice(0, 3)) await checkTranscript(file, attempt);
    });
  });

  it("read the same whether a sample is one member or in chunks", async () => {
    const name = "ais-decoder.eval";
    const pages = await Promise.all(
      [`tsmono__original__${name}`, `tsmono__chunked-2026-07-22__${name}`].map((file) =>
        withLog(file, async (result, source) => {
          if (result.kind !== "run") throw new Error(result.reason);
          const [attempt] = result.run.attempts;
          if (attempt?.member === null || attempt === undefined) throw new Error("no attempt");
          const { task, epoch, member } = attempt;
          const transcript = await readTranscript(source, "inspect", { task, epoch, member }, { limit: 1_000 });
          // References are written otherwise in chunks, so items have other sizes there.
          const items = transcript.items.map((item) => ({ ...item, bytes: 0 }));
          return { attempt: { ...attempt, member: null }, transcript: { ...transcript, items } };
        }),
      ),
    );
    expect(pages[1]).toEqual(pages[0]);
  });
});
