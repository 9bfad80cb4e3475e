import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { writeLargeLog } from "../../fixtures/inspect/large-log.ts";
import { bundleWriters } from "../kill/bundle-writers.ts";
import { temporaryFolder } from "../../integration/service-client.ts";

/** A log is taken in in memory that does not grow with it: 300 MB here, 2 GB with `npm run faults:long`. */

const sampleBytes = process.env["EVALVAULT_EVERY_BYTE"] === "1" ? [1_200e6, 500e6, 300e6] : [200e6, 70e6, 30e6];
const mostBytes = 300e6;

const answerSchema = z.strictObject({
  status: z.string(),
  attempts: z.number(),
  tookMs: z.number(),
  peakBytes: z.number().positive(),
});

describe.skipIf(!existsSync("/proc/self/clear_refs"))("a log with very large samples", () => {
  it("is imported whole in less than 300 MB of memory", async () => {
    const folder = temporaryFolder();
    const { importing, remove } = await bundleWriters();
    try {
      const file = folder.path("large.eval");
      const bytes = writeLargeLog(file, sampleBytes);
      const made = spawnSync(process.execPath, [importing, file], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
        env: { ...process.env, NODE_NO_WARNINGS: "1" },
      });
      const { status, attempts, tookMs, peakBytes } = answerSchema.parse(JSON.parse(made.stdout));
      const [size, peak] = [bytes, peakBytes].map((one) => String(Math.round(one / 1e6)));
      console.log(`${String(size)} MB of log: ${String(peak)} MB at most, ${(tookMs / 1000).toFixed(1)} s`);
      expect([status, attempts]).toEqual(["imported", sampleBytes.length]);
      expect(peakBytes).toBeLessThan(mostBytes);
    } finally {
      remove();
      folder.remove();
    }
  });
});
