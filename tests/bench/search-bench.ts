import { writeFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { deflateRawSync } from "node:zlib";
import { longLog, wholeSample } from "../fixtures/inspect/long-transcript.ts";
import { createVaultFor, ServiceClient, temporaryFolder } from "../integration/service-client.ts";
import { median, megabytes, ms, rate, spread, taken, times, type Measurement } from "./measure.ts";

const samples = 800;
const logs = 2;
const threads = 2;
const rounds = 5;
/** Stands in one sample of each log. */
const rare = "kestrel-5521";

function sampleOf(place: number): { id: string; json: string } {
  const marks = place === 17 ? new Map([[2, `the flag is ${rare}`]]) : new Map<number, string>();
  return {
    id: `s${String(place)}`,
    json: wholeSample(`s${String(place)}`, { events: 360, messages: 20, attachments: 24 }, marks),
  };
}

/** What the machine can do with the same bytes when nothing is encrypted and nobody asks for anything else. */
const peerCode = `
const { parentPort, workerData } = require("node:worker_threads");
const { inflateRawSync } = require("node:zlib");
const needle = Buffer.from(workerData.needle);
parentPort.on("message", () => {
  let found = 0;
  for (const { bytes, size } of workerData.members) {
    if (inflateRawSync(bytes, { chunkSize: size }).includes(needle)) found += 1;
  }
  parentPort.postMessage(found);
});
`;

interface Peer {
  run(): Promise<void>;
  end(): Promise<void>;
}

function bareZlib(members: readonly { bytes: Uint8Array; size: number }[]): Peer {
  const workers = Array.from({ length: threads }, (_, thread) => {
    const own = members.filter((_member, place) => place % threads === thread);
    return new Worker(peerCode, { eval: true, workerData: { members: own, needle: rare } });
  });
  return {
    run: async () => {
      const found = await Promise.all(
        workers.map(
          (worker) =>
            new Promise<number>((resolve) => {
              worker.once("message", resolve);
              worker.postMessage(0);
            }),
        ),
      );
      if (found.reduce((sum, one) => sum + one, 0) !== logs) throw new Error("the peer found something else");
    },
    end: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

interface Looked {
  readonly what: string;
  readonly text: string;
  readonly caseSensitive: boolean;
  readonly hits: number;
  readonly bar: boolean;
}

const lookedFor: readonly Looked[] = [
  { what: "a rare text, case counts", text: rare, caseSensitive: true, hits: logs, bar: true },
  { what: "a rare text, any case", text: "Kestrel-5521", caseSensitive: false, hits: logs, bar: true },
  { what: "a rare text beyond ASCII, any case", text: "Käuzchen", caseSensitive: false, hits: 0, bar: false },
  { what: "a text that is in every sample once", text: "call-59", caseSensitive: true, hits: -1, bar: false },
  { what: "a number", text: "55213344", caseSensitive: true, hits: 0, bar: false },
];

/** Search of all transcripts of a vault over the contract: decrypt, inflate, look; the rate is of text. */
export async function searchBench(): Promise<Measurement[]> {
  const folder = temporaryFolder();
  const client = new ServiceClient(folder.path("profile"));
  const made = Array.from({ length: samples / logs }, (_, place) => sampleOf(place));
  const text = logs * made.reduce((sum, { json }) => sum + Buffer.byteLength(json), 0);
  const packed = made.map(({ json }) => ({ bytes: deflateRawSync(json), size: Buffer.byteLength(json) }));
  const peer = bareZlib(Array.from({ length: logs }, () => packed).flat());
  try {
    await createVaultFor(client, folder.path("v.evault"));
    for (let log = 0; log < logs; log += 1) {
      const path = folder.path(`${String(log)}.eval`);
      writeFileSync(path, longLog(`bench/search-${String(log)}`, made));
      await client.ask("imports.logs", { files: [client.file(path)], campaignId: null });
    }
    const results: Measurement[] = [];
    for (const looked of lookedFor) results.push(await measured(client, looked, text, looked.bar ? peer : null));
    return results;
  } finally {
    await peer.end();
    await client.close();
    folder.remove();
  }
}

async function measured(client: ServiceClient, looked: Looked, text: number, peer: Peer | null): Promise<Measurement> {
  const [ours, bare]: [number[], number[]] = [[], []];
  const [cpu, bareCpu]: [number[], number[]] = [[], []];
  for (let round = 0; round <= (peer === null ? 1 : rounds); round += 1) {
    const took = await taken(() => find(client, looked));
    const bareTook = peer === null ? null : await taken(() => peer.run());
    // The first round starts threads.
    if (round === 0) continue;
    ours.push(megabytes(text, took.wall));
    cpu.push(took.cpu);
    bare.push(megabytes(text, bareTook?.wall ?? Number.NaN));
    bareCpu.push(bareTook?.cpu ?? Number.NaN);
  }
  const speed = median(ours);
  return {
    what: `search ${(text / 1e6).toFixed(0)} MB of transcripts, ${looked.what}`,
    result: `${peer === null ? rate(speed) : `${spread(ours, rate)}: ${times(speed / median(bare))} bare`}; CPU time ${ms(median(cpu))}`,
    bar: looked.bar ? "≥ 450 MB/s, 2 threads" : "stated",
    peer:
      peer === null
        ? ""
        : `bare zlib and indexOf in memory, 2 threads: ${spread(bare, rate)}; CPU time ${ms(median(bareCpu))}`,
    met: looked.bar ? speed >= 450 : null,
  };
}

async function find(client: ServiceClient, { text, caseSensitive, hits }: Looked): Promise<void> {
  const scope = { kind: "vault" as const };
  const found = await client.ask("search.transcripts", {
    searchId: "bench",
    scope,
    text,
    caseSensitive,
    wholeWord: false,
  });
  if (hits >= 0 && found.hits !== hits) throw new Error(`found ${String(found.hits)} of ${String(hits)}`);
  if (found.notSearched.length > 0) throw new Error("not all was searched");
}
