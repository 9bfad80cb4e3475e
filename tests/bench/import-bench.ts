import { writeFileSync } from "node:fs";
import { evalLog, jsonLog } from "../fixtures/inspect/generate.ts";
import { createVaultFor, ServiceClient, temporaryFolder } from "../integration/service-client.ts";
import { megabytes, milliseconds, rate, type Measurement } from "./measure.ts";

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

/** Import of a log with its recompute and encryption, over the contract; the rate is of uncompressed log. */
export async function importBench(): Promise<Measurement[]> {
  const folder = temporaryFolder();
  const client = new ServiceClient(folder.path("profile"));
  try {
    await createVaultFor(client, folder.path("v.evault"));
    const described = log(1_000);
    const plain = jsonLog(described);
    const results: Measurement[] = [];
    for (const method of ["deflate", "zstd"] as const) {
      const file = folder.path(`${method}.eval`);
      writeFileSync(file, evalLog({ ...described, spec: { task: `bench/${method}` } }, { method }));
      global.gc?.();
      const before = process.memoryUsage.rss();
      let most = before;
      const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
      const took = await milliseconds(() =>
        client.ask("imports.logs", { files: [client.file(file)], campaignId: null }),
      );
      clearInterval(watch);
      const speed = megabytes(plain.length, took);
      const grown = (most - before) / 1e6;
      results.push({
        what: `import a ${(plain.length / 1e6).toFixed(0)} MB log, ${method}`,
        result: `${rate(speed)}, memory +${grown.toFixed(0)} MB`,
        bar: "≥ 40 MB/s, ≤ 300 MB",
        peer: "",
        met: speed >= 40 && grown <= 300,
      });
    }
    return results;
  } finally {
    await client.close();
    folder.remove();
  }
}
