import Database from "better-sqlite3";
import { headlinePolicy } from "../../electron/contract/values.ts";
import type { RequestInput, RequestName } from "../../electron/contract/index.ts";
import { seededRandom } from "../../electron/statistics/seeded-random.ts";
import { benchmark, run, version, type LoggedAttempt } from "../integration/compared-vault.ts";
import {
  createVaultFor,
  leadPassphrase,
  secret,
  ServiceClient,
  temporaryFolder,
} from "../integration/service-client.ts";
import { median, ms, percentile, taken, takenWords, type Measurement, type Taken } from "./measure.ts";

/** What is compared: 20 versions, each with five runs of one benchmark of 500 tasks, 20 epochs a run: a million attempts. */
const tasks = Array.from({ length: 500 }, (_, place) => ({
  id: `task-${String(place).padStart(3, "0")}`,
  category: ["web", "crypto", "pwn", "reversing", "forensics"][place % 5] ?? null,
  difficulty: place < 250 ? "easy" : "hard",
  humanMinutes: 2 ** (place / 45),
}));
const versions = Array.from({ length: 20 }, (_, place) => `version-${String(place).padStart(2, "0")}`);
const runsEach = 5;
const epochs = 20;
const rounds = 20;

type Ask = <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<unknown>;
const scope = { benchmarkId: "bench", campaignId: null, policy: headlinePolicy };

/** One of the questions, for as many versions as are compared, and what a bare query gives of it. */
interface Question {
  readonly what: string;
  readonly ask: (ask: Ask, modelVersionIds: string[]) => Promise<unknown>;
  readonly sql: string | null;
}

const rateByTask = `SELECT version, task, avg(solved) AS rate FROM attempt WHERE version IN (SELECT value FROM json_each(?))
  GROUP BY version, task`;

const questions: readonly Question[] = [
  {
    what: "versions with their rates",
    ask: (ask) => ask("comparisons.versions", scope),
    sql: `SELECT version, avg(rate) FROM (${rateByTask}) GROUP BY version`,
  },
  {
    what: "all pairs: differences, intervals, tests, Holm",
    ask: (ask, modelVersionIds) => ask("comparisons.pairs", { ...scope, modelVersionIds, baselineId: null }),
    sql: `WITH r AS (${rateByTask}) SELECT a.version, b.version, avg(b.rate - a.rate) FROM r a
      JOIN r b ON b.task = a.task AND b.version > a.version GROUP BY 1, 2`,
  },
  {
    what: "a page of 100 flips of two versions",
    ask: (ask, [a = "", b = ""]) =>
      ask("comparisons.flips", {
        ...scope,
        a,
        b,
        filter: "different",
        sort: "difference",
        descending: true,
        offset: 0,
        limit: 100,
      }),
    sql: `WITH r AS (${rateByTask}) SELECT a.task, a.rate, b.rate FROM r a JOIN r b ON b.task = a.task AND b.version > a.version
      WHERE a.rate <> b.rate ORDER BY abs(a.rate - b.rate) DESC LIMIT 100`,
  },
  {
    what: "pass@k and pass^k with intervals",
    ask: (ask, modelVersionIds) => ask("comparisons.passCurves", { ...scope, modelVersionIds }),
    sql: `SELECT version, task, count(*), sum(solved) FROM attempt WHERE version IN (SELECT value FROM json_each(?)) GROUP BY 1, 2`,
  },
  {
    what: "time horizons without resamples",
    ask: (ask, modelVersionIds) => ask("comparisons.horizons", { ...scope, modelVersionIds, draws: 0 }),
    sql: null,
  },
  {
    what: "spending of three kinds, a budget curve, intervals",
    ask: (ask, modelVersionIds) => ask("comparisons.spending", { ...scope, modelVersionIds, measure: "tokens" }),
    sql: `SELECT version, sum(cost), sum(tokens), sum(ms) FROM attempt WHERE version IN (SELECT value FROM json_each(?)) GROUP BY 1`,
  },
  {
    what: "rates by category",
    ask: (ask, modelVersionIds) =>
      ask("comparisons.groups", { ...scope, modelVersionIds, by: "category", together: false }),
    sql: `WITH r AS (${rateByTask}) SELECT version, category, avg(rate) FROM r JOIN task t ON t.id = r.task GROUP BY 1, 2`,
  },
  {
    what: "variance parts, tasks needed",
    ask: (ask, modelVersionIds) =>
      ask("comparisons.reliability", { ...scope, modelVersionIds, halfWidth: 0.05, difference: 0.1, power: 0.8 }),
    sql: null,
  },
];

function attempts(version: number, runNumber: number): LoggedAttempt[] {
  const random = seededRandom(version * runsEach + runNumber);
  return tasks.flatMap(({ id, humanMinutes }) =>
    Array.from({ length: epochs }, (_, epoch) => ({
      task: id,
      epoch: epoch + 1,
      score: random() < 1 / (1 + humanMinutes / 2 ** (version / 2)) ? 1 : 0,
      totalTokens: 1_000 + Math.floor(99_000 * random()),
      cost: Math.floor(10_000 * random()) / 10_000,
      totalMs: Math.floor(600_000 * random()),
    })),
  );
}

function fill({ host: { session } }: ServiceClient, store: Database.Database): void {
  session.commit([...versions.flatMap(version), benchmark("bench", tasks)]);
  const insertTask = store.prepare("INSERT INTO task VALUES (?, ?)");
  for (const { id, category } of tasks) insertTask.run(id, category);
  const insert = store.prepare("INSERT INTO attempt VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  const insertAll = store.transaction((name: string, runId: string, list: readonly LoggedAttempt[]) => {
    for (const { task, epoch, score, cost, totalTokens, totalMs } of list) {
      insert.run(name, task, runId, epoch, score, cost, totalTokens, totalMs);
    }
  });
  versions.forEach((name, place) => {
    for (let number = 0; number < runsEach; number += 1) {
      const made = attempts(place, number);
      const id = `run-${String(place)}-${String(number)}`;
      session.commit([run({ id, modelVersionId: name, benchmarkId: "bench", epochs, attempts: made })]);
      insertAll(name, id, made);
    }
  });
}

/** Every round asks of other versions, or of the same in another order, so that nothing is remembered of the last one. */
async function measure(client: ServiceClient, store: Database.Database, count: number): Promise<Measurement[]> {
  const results: Measurement[] = [];
  for (const { what, ask, sql } of questions) {
    const ours: Taken[] = [];
    const bare: Taken[] = [];
    const query = sql === null ? null : store.prepare<[string]>(sql);
    for (let round = 0; round < rounds; round += 1) {
      const ids = [...versions.slice(round), ...versions.slice(0, round)].slice(0, count);
      ours.push(await taken(() => ask((name, input) => client.ask(name, input), ids)));
      if (query !== null) bare.push(await taken(() => query.all(JSON.stringify(ids))));
    }
    const p95 = percentile(
      ours.map(({ wall }) => wall),
      0.95,
    );
    results.push({
      what: `${what}, ${String(count)} versions, 1,000,000 attempts`,
      result: takenWords(ours),
      bar: "p95 ≤ 100 ms",
      peer: bare.length === 0 ? "" : `bare SQL, estimates alone: ${takenWords(bare)}`,
      met: p95 <= 100,
    });
  }
  return results;
}

/** What took a while is remembered until something is added to the journal. */
async function again(client: ServiceClient): Promise<Measurement> {
  const input = { ...scope, modelVersionIds: versions, baselineId: null };
  await client.ask("comparisons.pairs", input);
  const took: Taken[] = [];
  for (let round = 0; round < rounds; round += 1) took.push(await taken(() => client.ask("comparisons.pairs", input)));
  const p95 = percentile(
    took.map(({ wall }) => wall),
    0.95,
  );
  return {
    what: "all pairs of 20 versions, asked for again",
    result: takenWords(took),
    bar: "p95 ≤ 100 ms",
    peer: "",
    met: p95 <= 100,
  };
}

/** The bootstrap is long work: it tells how far it is, can be stopped, and lets other requests in between. */
async function resampling(client: ServiceClient): Promise<Measurement> {
  const input = { ...scope, modelVersionIds: versions.slice(0, 5), draws: 1_000 };
  const whole = await taken(() => client.ask("comparisons.horizons", input));
  const running = client.request("comparisons.horizons", { ...input, draws: 1_001 });
  const between: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    between.push((await taken(() => client.ask("overview.get", {}))).wall);
  }
  running.cancel();
  await running.result;
  return {
    what: "time horizons of 5 versions, 1,000 resamples of 250,000 attempts",
    result: `${ms(whole.wall)}; overview meanwhile ${ms(median(between))}, at most ${ms(Math.max(...between))}`,
    bar: "others answered ≤ 100 ms",
    peer: "",
    met: Math.max(...between) <= 100,
  };
}

export async function compareBench(): Promise<Measurement[]> {
  const folder = temporaryFolder();
  const client = new ServiceClient(folder.path("profile"));
  const path = folder.path("bench.evault");
  const store = new Database(folder.path("bare.sqlite"));
  try {
    store.exec(`CREATE TABLE task (id TEXT PRIMARY KEY, category TEXT);
      CREATE TABLE attempt (version TEXT, task TEXT, run TEXT, epoch INTEGER, solved INTEGER, cost REAL, tokens REAL, ms REAL);
      CREATE INDEX attempt_by_task ON attempt (version, task)`);
    await createVaultFor(client, path);
    fill(client, store);
    await client.ask("vault.lock", {});
    await client.ask("vault.unlock", { file: client.file(path), member: "Lead A", passphrase: secret(leadPassphrase) });
    return [
      ...(await measure(client, store, 5)),
      ...(await measure(client, store, 20)),
      await again(client),
      await resampling(client),
    ];
  } finally {
    store.close();
    await client.close();
    folder.remove();
  }
}
