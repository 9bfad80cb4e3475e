import Database from "better-sqlite3";
import { statSync } from "node:fs";
import { headlinePolicy } from "../../electron/contract/values.ts";
import { toColumns } from "../../electron/domain/attempts/columns.ts";
import { notRun } from "../../electron/domain/attempts/rows.ts";
import { benchmarkAdded } from "../../electron/domain/benchmarks/events.ts";
import { modelAdded, modelVersionAdded } from "../../electron/domain/models/events.ts";
import { runImported, runStarted } from "../../electron/domain/runs/events.ts";
import {
  createVaultFor,
  leadPassphrase,
  secret,
  ServiceClient,
  temporaryFolder,
} from "../integration/service-client.ts";
import { megabytes, milliseconds, ms, percentile, rate, type Measurement } from "./measure.ts";

const taskIds = Array.from({ length: 500 }, (_, place) => `task-${String(place)}`);
const epochs = 20;
const attemptsARun = taskIds.length * epochs;

function task(id: string) {
  const nothing = { category: null, difficulty: null, humanMinutes: null, cve: null, points: null, cluster: null };
  return { id, title: id, ...nothing };
}

/** Adds imported runs of 10,000 attempts each until the vault holds `attempts` of them. */
function fill(client: ServiceClient, attempts: number): void {
  const { session } = client.host;
  const models = [0, 1, 2, 3, 4].map((place) => `model${String(place)}`);
  const benchmarks = [0, 1, 2, 3].map((place) => `benchmark${String(place)}`);
  for (const id of models) {
    const version = { checkpoint: id, safeguard: "reduced" as const, access: "", settings: "" };
    session.commit([
      modelAdded.draft({ id, developer: "Acme", name: id, note: "", origin: "hand" }),
      modelVersionAdded.draft({ ...version, id: `${id}-v`, modelId: id }),
    ]);
  }
  for (const id of benchmarks) {
    const facts = { licence: null, source: null, scoring: null, notes: [], digest: "", version: "1" };
    const rule = { direction: "higher" as const, threshold: 1 };
    session.commit([
      benchmarkAdded.draft({ id, pack: id, title: id, origin: "file", ...facts, rule, tasks: taskIds.map(task) }),
    ]);
  }
  for (let run = 0; run * attemptsARun < attempts; run += 1) {
    const records = taskIds.flatMap((id, place) =>
      Array.from({ length: epochs }, (_, epoch) => ({
        ...notRun(id, epoch + 1, null),
        outcome: "scored" as const,
        score: (place * 7 + epoch * 3 + run) % 3 === 0 ? 1 : 0,
        totalTokens: 1_000 + place,
        member: `samples/${id}_epoch_${String(epoch + 1)}.json`,
      })),
    );
    session.commit([
      runImported.draft({
        id: `run${String(run)}`,
        modelVersionId: `${models[run % models.length] ?? ""}-v`,
        benchmarkId: benchmarks[Math.floor(run / models.length) % benchmarks.length] ?? "",
        campaignId: null,
        epochs,
        log: {
          fileName: "made.eval",
          sha256: run.toString(16).padStart(64, "0"),
          bytes: 0,
          blob: "none",
          format: "inspect",
          formatVersion: 2,
          harness: "bench",
          status: "success",
          salvaged: false,
          task: "bench",
          model: "bench",
          evalId: "",
          createdAt: 0,
          settings: "{}",
          lost: [],
          notes: [],
        },
        plannedTasks: taskIds,
        metrics: [],
        attempts: toColumns(records),
      }),
    ]);
  }
}

/** Time of an unlock without its key derivation: a wrong passphrase costs just the derivation. */
async function unlockBeyondKdf(client: ServiceClient, path: string): Promise<number> {
  const open = (passphrase: string) =>
    client.request("vault.unlock", { file: client.file(path), member: "Lead A", passphrase: secret(passphrase) })
      .result;
  const whole: number[] = [];
  const derivation: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    derivation.push(await milliseconds(() => open("wrong passphrase")));
    whole.push(
      await milliseconds(async () => {
        const opened = await open(leadPassphrase);
        if (!opened.ok) throw new Error("the vault did not open");
        await client.ask("overview.get", {});
      }),
    );
    await client.ask("vault.lock", {});
  }
  return percentile(whole, 0.5) - percentile(derivation, 0.5);
}

async function queries(client: ServiceClient, path: string): Promise<{ matrix: number; grid: number }> {
  await client.ask("vault.unlock", { file: client.file(path), member: "Lead A", passphrase: secret(leadPassphrase) });
  const matrix: number[] = [];
  const grid: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    matrix.push(await milliseconds(() => client.ask("results.matrix", { campaignId: null, policy: headlinePolicy })));
    const page = {
      runId: `run${String(round % 10)}`,
      sort: "solved" as const,
      descending: true,
      filter: "",
      offset: 0,
      limit: 100,
    };
    grid.push(await milliseconds(() => client.ask("runs.attempts", page)));
  }
  return { matrix: percentile(matrix, 0.95), grid: percentile(grid, 0.95) };
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

async function atSize(attempts: number): Promise<Measurement[]> {
  const folder = temporaryFolder();
  const client = new ServiceClient(folder.path("profile"));
  const path = folder.path("bench.evault");
  try {
    await createVaultFor(client, path);
    fill(client, attempts);
    await client.ask("vault.lock", {});
    const words = `${attempts.toLocaleString("en")} attempts`;
    const unlock = await unlockBeyondKdf(client, path);
    const { matrix, grid } = await queries(client, path);
    const results: Measurement[] = [
      {
        what: `unlock beyond Argon2id to Overview, ${words}`,
        result: ms(unlock),
        bar: "≤ 300 ms",
        peer: "",
        met: unlock <= 300,
      },
      { what: `matrix, ${words}, p95`, result: ms(matrix), bar: "≤ 100 ms", peer: "", met: matrix <= 100 },
      { what: `run grid, ${words}, p95`, result: ms(grid), bar: "≤ 100 ms", peer: "", met: grid <= 100 },
    ];
    if (attempts > 100_000) return results;
    const { ours, bare } = await singleCommits(client, folder.path());
    const p99 = percentile(ours, 0.99);
    const ratio = percentile(ours, 0.5) / percentile(bare, 0.5);
    results.push({
      what: "one attempt logged and acknowledged, p99",
      result: `${ms(p99)} (median ${ms(percentile(ours, 0.5))})`,
      bar: "≤ 10 ms, ≤ 1.5 × bare",
      peer: `bare SQLite commit: median ${ms(percentile(bare, 0.5))}, ${ratio.toFixed(1)} ×`,
      met: p99 <= 10 && ratio <= 1.5,
    });
    await client.ask("vault.lock", {});
    const verifyMs = await milliseconds(() => client.ask("vault.verify", { file: client.file(path) }));
    const speed = megabytes(statSync(path).size, verifyMs);
    results.push({
      what: "verify a vault, no passphrase",
      result: rate(speed),
      bar: "≥ 200 MB/s",
      peer: "",
      met: speed >= 200,
    });
    return results;
  } finally {
    await client.close();
    folder.remove();
  }
}

export async function journalBench(): Promise<Measurement[]> {
  return [...(await atSize(100_000)), ...(await atSize(1_000_000))];
}
