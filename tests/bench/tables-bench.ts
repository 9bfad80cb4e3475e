import Database from "better-sqlite3";
import { plainView, type TableView } from "../../electron/contract/tables.ts";
import {
  createVaultFor,
  leadPassphrase,
  secret,
  ServiceClient,
  temporaryFolder,
} from "../integration/service-client.ts";
import { fill } from "./filled-vault.ts";
import { median, ms, percentile, taken, times, type Measurement, type Taken } from "./measure.ts";

/** The list of 1,000,000 attempts under views, beside the same question put to a plain table of the same rows. */

const attempts = 1_000_000;
const bar = 100;

interface Asked {
  readonly what: string;
  readonly view: TableView;
  /** What a program would ask that keeps its attempts in one plain SQLite table, with the same answer. */
  readonly plain: readonly string[];
}

const page = "LIMIT 200";
const asked: readonly Asked[] = [
  {
    what: "one state",
    view: { ...plainView, filters: [{ test: "any-of", column: "state", values: ["solved"] }] },
    plain: [
      "SELECT count(*) FROM attempt WHERE state = 'solved'",
      `SELECT * FROM attempt WHERE state = 'solved' ORDER BY run DESC, task, epoch ${page}`,
    ],
  },
  {
    what: "sorted by tokens",
    view: { ...plainView, sort: [{ column: "tokens", descending: true }] },
    plain: ["SELECT count(*) FROM attempt", `SELECT * FROM attempt ORDER BY tokens DESC, run, task, epoch ${page}`],
  },
  {
    what: "tokens between two numbers, sorted by score",
    view: {
      ...plainView,
      filters: [{ test: "between", column: "tokens", low: 1_100, high: 1_200 }],
      sort: [{ column: "score", descending: true }],
    },
    plain: [
      "SELECT count(*) FROM attempt WHERE tokens BETWEEN 1100 AND 1200",
      `SELECT * FROM attempt WHERE tokens BETWEEN 1100 AND 1200 ORDER BY score DESC, run, task, epoch ${page}`,
    ],
  },
  {
    what: "grouped by model version",
    view: { ...plainView, group: "model" },
    plain: [
      "SELECT count(*) FROM attempt",
      "SELECT model, count(*) FROM attempt GROUP BY model",
      `SELECT * FROM attempt ORDER BY model, run DESC, task, epoch ${page}`,
    ],
  },
];

function plainTable(client: ServiceClient): Database.Database {
  const database = new Database(":memory:");
  database.exec(
    "CREATE TABLE attempt (run INTEGER, task TEXT, epoch INTEGER, state TEXT, score REAL, tokens REAL, model TEXT)",
  );
  const insert = database.prepare("INSERT INTO attempt VALUES (?, ?, ?, ?, ?, ?, ?)");
  const rows = client.host.session.model.all(
    "SELECT a.run, a.task, a.epoch, a.ledger, a.score, a.total_tokens, r.model_version_id FROM attempt a JOIN run r ON r.number = a.run",
  );
  database.transaction(() => {
    for (const row of rows) insert.run(...Object.values(row));
  })();
  return database;
}

const rounds = 7;

async function measured(client: ServiceClient, plain: Database.Database, one: Asked): Promise<Measurement> {
  const [ours, next, theirs]: [Taken[], Taken[], Taken[]] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    // Another search each round, which leaves all rows: what was counted for one view is not asked again for another.
    const view = { ...one.view, words: " ".repeat(round) };
    const input = { table: "attempts" as const, scope: {}, view, limit: 200 };
    ours.push(await taken(() => client.ask("tables.page", { ...input, offset: 0 })));
    next.push(await taken(() => client.ask("tables.page", { ...input, offset: 200 })));
    theirs.push(
      await taken(() => {
        for (const sql of one.plain) plain.prepare(sql).all();
      }),
    );
  }
  const worst = percentile(
    ours.map(({ wall }) => wall),
    0.95,
  );
  const cpu = (all: readonly Taken[]): number => median(all.map((one) => one.cpu));
  return {
    what: `list of ${attempts.toLocaleString("en")} attempts: ${one.what}`,
    result: `p95 ${ms(worst)}, median ${ms(median(ours.map(({ wall }) => wall)))}; CPU time ${ms(cpu(ours))}: ${times(cpu(ours) / cpu(theirs))} a plain table; next page ${ms(cpu(next))}`,
    bar: `p95 ≤ ${String(bar)} ms`,
    peer: `plain SQLite table in memory: CPU time ${ms(cpu(theirs))}`,
    met: worst <= bar,
  };
}

export async function tablesBench(): Promise<Measurement[]> {
  const folder = temporaryFolder();
  const client = new ServiceClient(folder.path("profile"));
  const path = folder.path("bench.evault");
  try {
    await createVaultFor(client, path);
    fill(client, attempts);
    await client.ask("vault.lock", {});
    await client.ask("vault.unlock", { file: client.file(path), member: "Lead A", passphrase: secret(leadPassphrase) });
    const first = { table: "attempts" as const, scope: {}, view: plainView, offset: 0, limit: 200 };
    const reading = await taken(() => client.ask("tables.page", first));
    const plain = plainTable(client);
    const lines: Measurement[] = [
      {
        what: `${attempts.toLocaleString("en")} attempts read from the journal into one list, the first time it is opened`,
        result: `${ms(reading.wall)}, CPU time ${ms(reading.cpu)}`,
        bar: "≤ 2 s",
        peer: "",
        met: reading.wall <= 2_000,
      },
    ];
    for (const one of asked) lines.push(await measured(client, plain, one));
    plain.close();
    return lines;
  } finally {
    await client.close();
    folder.remove();
  }
}
