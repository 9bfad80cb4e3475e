import Database from "better-sqlite3";
import { headlinePolicy } from "../../electron/contract/values.ts";
import { modelAdded } from "../../electron/domain/models/events.ts";
import { runStarted } from "../../electron/domain/runs/events.ts";
import {
  createVaultFor,
  leadPassphrase,
  secret,
  ServiceClient,
  temporaryFolder,
} from "../integration/service-client.ts";
import { fill, taskIds } from "./filled-vault.ts";
import {
  median,
  milliseconds,
  ms,
  percentile,
  taken,
  takenWords,
  times,
  type Measurement,
  type Taken,
} from "./measure.ts";

/** Unlocks and shows the overview, some times; the key derivation is left out (see quick-argon2.ts). */
async function unlocks(client: ServiceClient, path: string): Promise<{ took: Taken[]; grown: number }> {
  const took: Taken[] = [];
  const before = memory();
  let most = 0;
  for (let round = 0; round < 5; round += 1) {
    took.push(
      await taken(async () => {
        await unlock(client, path);
        await client.ask("overview.get", {});
      }),
    );
    most = Math.max(most, memory());
    await client.ask("vault.lock", {});
  }
  return { took, grown: most - before };
}

function memory(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

async function unlock(client: ServiceClient, path: string): Promise<void> {
  await client.ask("vault.unlock", { file: client.file(path), member: "Lead A", passphrase: secret(leadPassphrase) });
}

async function queries(
  client: ServiceClient,
  path: string,
): Promise<{ matrix: Taken[]; first: Taken[]; next: Taken[] }> {
  await unlock(client, path);
  const [matrix, first, next]: [Taken[], Taken[], Taken[]] = [[], [], []];
  for (let round = 0; round < 20; round += 1) {
    matrix.push(await taken(() => client.ask("results.matrix", { campaignId: null, policy: headlinePolicy })));
    const sorting = { sort: "solved" as const, descending: true, filter: "", offset: 0, limit: 100 };
    const page = { runId: `run${String(round % 10)}`, ...sorting };
    (round < 10 ? first : next).push(await taken(() => client.ask("runs.attempts", page)));
  }
  return { matrix, first, next };
}

/** p99 of a single logged attempt over the contract, beside a bare SQLite commit of the same size. */
async function singleCommits(client: ServiceClient, folder: string): Promise<{ ours: number[]; bare: number[] }> {
  const { session } = client.host;
  session.commit([
    runStarted.draft({
      id: "by-hand",
      modelVersionId: "model0-v",
      benchmarkId: "benchmark0",
      campaignId: null,
      epochs: 1,
    }),
  ]);
  const bare = new Database(`${folder}/bare.sqlite`);
  bare.pragma("journal_mode = WAL");
  bare.pragma("synchronous = FULL");
  bare.exec("CREATE TABLE entry (seq INTEGER PRIMARY KEY, body BLOB)");
  const insert = bare.prepare("INSERT INTO entry (body) VALUES (?)");
  const ours: number[] = [];
  const bareMs: number[] = [];
  for (let round = 0; round < 400; round += 1) {
    const attempt = {
      task: taskIds[round % taskIds.length] ?? "",
      epoch: 1,
      outcome: "scored" as const,
      score: 1,
      minutes: 1,
      tokens: 5,
      note: "",
    };
    ours.push(await milliseconds(() => client.ask("attempts.log", { runId: "by-hand", attempts: [attempt] })));
    bareMs.push(await milliseconds(() => insert.run(Buffer.alloc(400, round))));
  }
  bare.close();
  return { ours, bare: bareMs };
}

const wall = (values: readonly Taken[], share: number): number =>
  percentile(
    values.map((one) => one.wall),
    share,
  );

async function atSize(attempts: number): Promise<Measurement[]> {
  const folder = temporaryFolder();
  const client = new ServiceClient(folder.path("profile"));
  const path = folder.path("bench.evault");
  try {
    await createVaultFor(client, path);
    fill(client, attempts);
    await client.ask("vault.lock", {});
    const words = `${attempts.toLocaleString("en")} attempts`;
    const { took, grown } = await unlocks(client, path);
    const { matrix, first, next } = await queries(client, path);
    const results = [
      bounded(`unlock beyond Argon2id to Overview, ${words}`, takenWords(took), "≤ 300 ms", wall(took, 0.5) <= 300),
      bounded(`memory that unlocking takes, ${words}`, `${(grown / 1e6).toFixed(0)} MB`, "stated", null),
      bounded(`matrix, ${words}`, takenWords(matrix), "p95 ≤ 100 ms", wall(matrix, 0.95) <= 100),
      bounded(
        `grid of a run of 10,000 attempts, first, ${words}`,
        takenWords(first),
        "p95 ≤ 100 ms",
        wall(first, 0.95) <= 100,
      ),
      bounded(`grid of a run, again, ${words}`, takenWords(next), "p95 ≤ 100 ms", wall(next, 0.95) <= 100),
    ];
    if (attempts > 100_000) return results;
    return [...results, await logging(client, folder.path())];
  } finally {
    await client.close();
    folder.remove();
  }
}

function bounded(what: string, result: string, bar: string, met: boolean | null): Measurement {
  return { what, result, bar, peer: "", met };
}

async function logging(client: ServiceClient, folder: string): Promise<Measurement> {
  const { ours, bare } = await singleCommits(client, folder);
  const ratio = median(ours) / median(bare);
  return {
    what: "one attempt logged over the contract: checked, folded, durable, the run's new rates answered",
    result: `${ms(median(ours))}, p99 ${ms(percentile(ours, 0.99))}: ${times(ratio)} bare`,
    bar: "p99 ≤ 10 ms, ≤ 1.5 × bare",
    peer: `bare ${ms(median(bare))}, p99 ${ms(percentile(bare, 0.99))}`,
    met: percentile(ours, 0.99) <= 10 && ratio <= 1.5,
  };
}

/** A long history: events that were committed one by one, each with a row of the journal's list. */
async function longHistory(events: number): Promise<Measurement[]> {
  const folder = temporaryFolder();
  const client = new ServiceClient(folder.path("profile"));
  const path = folder.path("bench.evault");
  try {
    await createVaultFor(client, path);
    const { session } = client.host;
    const lot = 1_000;
    for (let made = 0; made < events; made += lot) {
      const names = Array.from({ length: lot }, (_, place) => `m${String(made + place)}`);
      session.commit(
        names.map((id) => modelAdded.draft({ id, developer: "Acme", name: id, note: "", origin: "hand" })),
      );
    }
    await client.ask("vault.lock", {});
    const { took, grown } = await unlocks(client, path);
    const words = `${events.toLocaleString("en")} events that are no attempts`;
    return [
      bounded(`unlock beyond Argon2id to Overview, ${words}`, takenWords(took), "≤ 300 ms", wall(took, 0.5) <= 300),
      bounded(`memory that unlocking takes, ${words}`, `${(grown / 1e6).toFixed(0)} MB`, "stated", null),
    ];
  } finally {
    await client.close();
    folder.remove();
  }
}

export async function journalBench(): Promise<Measurement[]> {
  return [
    ...(await atSize(100_000)),
    ...(await atSize(1_000_000)),
    ...(await longHistory(10_000)),
    ...(await longHistory(30_000)),
  ];
}
