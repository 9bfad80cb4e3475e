import { writeFileSync } from "node:fs";
import { chunkedMembers, longest, longLog, wholeSample } from "../fixtures/inspect/long-transcript.ts";
import { createVaultFor, ServiceClient, temporaryFolder } from "../integration/service-client.ts";
import { median, milliseconds, ms, percentile, type Measurement } from "./measure.ts";

const windows = 60;
const windowItems = 100;

/** The first look into a long transcript, and windows anywhere in it, over the contract. */
export async function transcriptBench(): Promise<Measurement[]> {
  const folder = temporaryFolder();
  const client = new ServiceClient(folder.path("profile"));
  try {
    await createVaultFor(client, folder.path("v.evault"));
    const json = wholeSample("whole", longest);
    const bytes = Buffer.byteLength(json);
    const small = wholeSample("small", { events: 60, messages: 4, attachments: 2 });
    const samples = [
      { id: "whole", json },
      { id: "small", json: small },
    ];
    const log = longLog("bench/transcript", samples, { extra: chunkedMembers("chunked", longest) });
    writeFileSync(folder.path("long.eval"), log);
    await client.ask("imports.logs", { files: [client.file(folder.path("long.eval"))], campaignId: null });
    const [run] = await client.ask("runs.list", {});
    // The thread is there: somebody has read a transcript before.
    const runId = run?.id ?? "";
    await client.ask("attempts.transcript", { runId, task: "small", epoch: 1, offset: 0, limit: 10 });
    const words = `${(bytes / 1e6).toFixed(0)} MB, ${longest.events.toLocaleString("en")} events`;
    return [
      ...(await measured(client, { runId, task: "whole", epoch: 1 }, `${words}, one member`)),
      ...(await measured(client, { runId, task: "chunked", epoch: 1 }, `${words}, in chunks`)),
    ];
  } finally {
    await client.close();
    folder.remove();
  }
}

interface Address {
  readonly runId: string;
  readonly task: string;
  readonly epoch: number;
}

async function measured(client: ServiceClient, address: Address, words: string): Promise<Measurement[]> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
  const firsts: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    firsts.push(
      await milliseconds(() => client.ask("attempts.transcript", { ...address, offset: 0, limit: windowItems })),
    );
    if (round < 2) await client.ask("transcripts.close", address);
  }
  const outline = await milliseconds(() => client.ask("transcripts.outline", address));
  const later: number[] = [];
  const total = longest.events + longest.messages;
  for (let place = 0; place < windows; place += 1) {
    const offset = (place * 7_919 * 31) % (total - windowItems);
    later.push(await milliseconds(() => client.ask("attempts.transcript", { ...address, offset, limit: windowItems })));
  }
  clearInterval(watch);
  await client.ask("transcripts.close", address);
  const grown = most - before;
  return [
    {
      what: `first window of a transcript, ${words}`,
      result: `${ms(median(firsts))}; its outline then ${ms(outline)}`,
      bar: "≤ 1 s",
      peer: "",
      met: median(firsts) <= 1_000,
    },
    {
      what: `a window of ${String(windowItems)} items anywhere in it, ${words}`,
      result: `p95 ${ms(percentile(later, 0.95))}, median ${ms(median(later))}; +${(grown / 1e6).toFixed(0)} MB`,
      bar: "p95 ≤ 100 ms, ≤ 300 MB",
      peer: "",
      met: percentile(later, 0.95) <= 100 && grown <= 300e6,
    },
  ];
}
