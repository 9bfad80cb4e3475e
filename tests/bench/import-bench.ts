import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { evalLog, jsonLog } from "../fixtures/inspect/generate.ts";
import { temporaryFolder } from "../integration/service-client.ts";
import { megabytes, rate, type Measurement } from "./measure.ts";

const words = "The template name is reflected in the rendered page, so the text parameter may reach the engine. ";

function log(samples: number) {
  return {
    spec: { task: "bench/import" },
    samples: Array.from({ length: samples }, (_, id) => ({
      id,
      scores: { includes: id % 3 === 0 ? "C" : "I" },
      fields: {
        messages: Array.from({ length: 60 }, (_unused, place) => ({
          role: place % 2 === 0 ? "user" : "assistant",
          content: `${String(id)}:${String(place)} ${words.repeat(12)}`,
        })),
      },
    })),
  };
}

const measured = z.object({ tookMs: z.number(), grownBytes: z.number(), peakBytes: z.number() });

function importInAProcess(file: string): z.infer<typeof measured> {
  const made = spawnSync(process.execPath, [join(import.meta.dirname, "index.ts"), "import-one", file], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return measured.parse(JSON.parse(made.stdout));
}

/** Import of a log with its recompute and encryption, over the contract; the rate is of uncompressed log. */
export function importBench(): Measurement[] {
  const folder = temporaryFolder();
  try {
    const described = log(1_000);
    const bytes = jsonLog(described).length;
    return (["deflate", "zstd"] as const).map((method) => {
      const file = folder.path(`${method}.eval`);
      writeFileSync(file, evalLog({ ...described, spec: { task: `bench/${method}` } }, { method }));
      const { tookMs, grownBytes, peakBytes } = importInAProcess(file);
      const speed = megabytes(bytes, tookMs);
      return {
        what: `import a ${(bytes / 1e6).toFixed(0)} MB log, ${method}`,
        result: `${rate(speed)}, +${(grownBytes / 1e6).toFixed(0)} MB over idle`,
        bar: "≥ 40 MB/s, ≤ 300 MB",
        peer: `peak of the process, with tools: ${(peakBytes / 1e6).toFixed(0)} MB`,
        met: speed >= 40 && grownBytes <= 300e6,
      };
    });
  } finally {
    folder.remove();
  }
}
