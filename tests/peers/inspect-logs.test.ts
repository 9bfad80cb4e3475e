import { statSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import type { AttemptRecord, RecomputedMetric } from "../../electron/contract/attempt.ts";
import { openFileSource } from "../../electron/interchange/byte-source.ts";
import { readLog } from "../../electron/interchange/inspect/index.ts";
import type { LoggedRun } from "../../electron/interchange/logged-run.ts";
import { createVaultFor, ServiceClient, temporaryFolder } from "../integration/service-client.ts";
import { readExpected, type ExpectedLog, type ExpectedMetric, type ExpectedSample } from "./expected.ts";
import { expectedVerdict, type Verdict } from "./verdicts.ts";

const given = inject("inspectLogs");
const missing = "missing" in given ? given.missing : null;
const folder = "folder" in given ? given.folder : "";
const logs = missing === null ? readExpected(join(folder, "expected.json")) : new Map<string, ExpectedLog>();

async function ours(name: string): Promise<LoggedRun> {
  const file = await openFileSource(join(folder, name));
  try {
    const read = await readLog(file);
    if (read.kind !== "run") throw new Error(read.reason);
    expect(read.salvaged).toBe(false);
    return read.run;
  } finally {
    await file.close();
  }
}

const sampleKey = (id: string, epoch: number): string => JSON.stringify([id, epoch]);

function metricKey(one: Pick<RecomputedMetric, "scorer" | "reducer" | "metric">): string {
  return JSON.stringify([one.scorer, one.reducer, one.metric]);
}

/** The name of a row as the reader gives it: a row of a part of the score is "scorer/part". */
function rowKey({ scorer, name, reducer, metric }: ExpectedMetric): string {
  return metricKey({ scorer: name === scorer ? scorer : `${scorer}/${name}`, reducer, metric });
}

function checkScores(found: AttemptRecord, expected: ExpectedSample): void {
  expect(new Set(found.scores.map(({ scorer }) => scorer))).toEqual(new Set(Object.keys(expected.scores)));
  for (const score of found.scores) {
    const wanted = expected.scores[score.scorer];
    expect(score.value).toEqual(wanted?.value);
    // A text that stands for no number: Inspect takes it for 0 with a warning, the reader says that it has none.
    const isMereText = typeof score.value === "string" && score.number === null;
    expect(isMereText ? 0 : score.number).toBe(wanted?.number);
    expect(score.original).toEqual(wanted?.original?.value);
  }
}

function checkSample(found: AttemptRecord | undefined, expected: ExpectedSample): void {
  if (found === undefined) throw new Error(`no attempt ${expected.id}, epoch ${String(expected.epoch)}`);
  checkScores(found, expected);
  const { error, limit, retries, messages, totalTokens } = expected;
  expect(found).toMatchObject({ error, limit, retries, messages, totalTokens });
  expect(found.invalidation !== null).toBe(expected.invalidated);
  expect(found.outcome === "invalidated").toBe(expected.invalidated);
  if (expected.totalSeconds !== null) expect(found.totalMs).toBe(Math.round(expected.totalSeconds * 1_000));
}

function checkRun(run: LoggedRun, expected: ExpectedLog): void {
  const { status, task, model, evalId, version, tags } = expected;
  expect(run).toMatchObject({ status, task, model, evalId, formatVersion: version, tags, lost: [] });
  expect(run.harness).toEqual({ name: "inspect_ai", version: expected.inspect });
  expect(run.epochs).toBe(expected.epochs ?? 1);
  expect(run.reducers).toEqual(expected.reducers ?? ["mean"]);
  expect(run.dataset.sampleIds).toEqual(expected.sampleIds);
  const attempts = new Map(run.attempts.map((attempt) => [sampleKey(attempt.task, attempt.epoch), attempt]));
  expect(run.attempts).toHaveLength(expected.samples.length);
  expect(attempts.size).toBe(expected.samples.length);
  for (const sample of expected.samples) checkSample(attempts.get(sampleKey(sample.id, sample.epoch)), sample);
}

function expectClose(found: number | null, wanted: number | null, what: string): void {
  if (found === null || wanted === null) {
    expect(found, what).toBe(wanted);
    return;
  }
  const difference = Math.abs(found - wanted);
  // Next to nothing beside scores around 1 is a rounding of sums, and no two ways of summing round alike.
  expect(difference, what).toBeLessThanOrEqual(Math.max(1e-9 * Math.abs(wanted), 1e-15));
}

function checkMetric(found: RecomputedMetric | undefined, metric: ExpectedMetric, wanted: Verdict): void {
  const key = rowKey(metric);
  if (found === undefined) throw new Error(`no metric ${key}`);
  const what = `${key} logged ${String(metric.value)}, recomputed ${String(found.recomputed)}`;
  expect(found.logged, key).toBe(metric.value);
  expect({ what, verdict: found.verdict }).toEqual({ what, verdict: wanted.verdict });
  if (wanted.because === null) expect(found.reason, key).toBeNull();
  else expect(found.reason, key).toContain(wanted.because);
  if (wanted.verdict === "matches") expectClose(found.recomputed, metric.value, what);
}

/** Every metric that Inspect logged, and again every one that it comes to when it computes them itself once more. */
function checkMetrics(log: string, run: LoggedRun, expected: ExpectedLog): void {
  expect(run.metrics.map(metricKey).sort()).toEqual(expected.metrics.map(rowKey).sort());
  const found = new Map(run.metrics.map((metric) => [metricKey(metric), metric]));
  for (const metric of expected.metrics) {
    checkMetric(found.get(rowKey(metric)), metric, expectedVerdict(log, metric, expected));
  }
  for (const metric of expected.recomputed ?? []) {
    const again = found.get(rowKey(metric));
    const { verdict } = expectedVerdict(log, metric, expected);
    const isStale = log.startsWith("edit-stale");
    if (again !== undefined && (verdict === "matches" || isStale)) {
      expectClose(again.recomputed, metric.value, `${rowKey(metric)} recomputed by Inspect`);
    }
  }
}

const title = missing === null ? "logs of today's Inspect" : `logs of today's Inspect (skipped, needs ${missing})`;
describe.skipIf(missing !== null)(title, () => {
  it.each([...logs])("%s is read as Inspect reads it", async (name, expected) => {
    const run = await ours(name);
    checkRun(run, expected);
  });

  it.each([...logs].filter(([, { metrics }]) => metrics.length > 0))("%s: its metrics", async (name, expected) => {
    checkMetrics(name, await ours(name), expected);
  });

  it("are imported into a vault with all their attempts", async () => {
    const scratch = temporaryFolder();
    const client = new ServiceClient(scratch.path("profile"));
    try {
      await createVaultFor(client, scratch.path("v.evault"));
      const names = [...logs.keys()];
      let tookMs = 0;
      for (const name of names) {
        const startMs = performance.now();
        // Each by itself, and taken back: several are edits of one log, which would come to one run together.
        const { id, files } = await client.ask("imports.logs", {
          files: [client.file(join(folder, name))],
          campaignId: null,
        });
        tookMs += performance.now() - startMs;
        const expected = { file: basename(name), status: "imported", attempts: logs.get(name)?.samples.length };
        expect(files[0]).toMatchObject({ ...expected, lost: [], reason: null });
        await client.ask("imports.undo", { importId: id ?? "" });
      }
      printRate(names, tookMs);
    } finally {
      await client.close();
      scratch.remove();
    }
  });

  it("the long one: how fast", async () => {
    for (const name of ["long.eval", "long.json"]) {
      const megabytes = statSync(join(folder, "long.json")).size / 1e6;
      const startMs = performance.now();
      const run = await ours(name);
      const readSeconds = (performance.now() - startMs) / 1_000;
      const theirs = logs.get(name)?.readSeconds ?? Number.NaN;
      console.log(
        `${name}: read at ${(megabytes / readSeconds).toFixed(0)} MB/s, by Inspect at ${(megabytes / theirs).toFixed(0)} MB/s`,
      );
      expect(run.attempts.length).toBeGreaterThan(0);
    }
  });
});

function printRate(names: readonly string[], tookMs: number): void {
  const bytes = names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  const theirs = names.reduce((sum, name) => sum + (logs.get(name)?.readSeconds ?? 0), 0);
  const count = (kind: "samples" | "metrics"): string =>
    String(names.reduce((sum, name) => sum + (logs.get(name)?.[kind].length ?? 0), 0));
  console.log(
    `${String(names.length)} logs, ${count("samples")} samples, ${count("metrics")} metrics, ${(bytes / 1e6).toFixed(1)} MB: imported into a vault in ` +
      `${(tookMs / 1_000).toFixed(2)} s, only read by Inspect in ${theirs.toFixed(2)} s`,
  );
}
