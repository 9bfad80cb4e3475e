import type { TableScope } from "../../contract/tables.ts";
import type { QueryContext } from "../query-context.ts";
import { number, text } from "../read-model.ts";
import {
  choiceColumn,
  joined,
  numberColumn,
  setColumn,
  sql,
  textColumn,
  timeColumn,
  type Column,
  type Sql,
  type Table,
} from "./definition.ts";
import { modelVersionSql, safeguardWords } from "./plan-tables.ts";

/** Attempts of several runs, or of one, as a list: one row an attempt. */

/** What a run `r` leads to. */
const runJoins = [
  { alias: "b", sql: "LEFT JOIN benchmark b ON b.id = r.benchmark_id" },
  { alias: "v", sql: "LEFT JOIN model_version v ON v.id = r.model_version_id" },
  { alias: "m", sql: "LEFT JOIN model m ON m.id = v.model_id" },
  { alias: "c", sql: "LEFT JOIN campaign c ON c.id = r.campaign_id" },
];
const allRunJoins = runJoins.map((join) => join.sql).join(" ");

const ledgerWords = {
  solved: "solved",
  notSolved: "not solved",
  unscored: "unscored",
  refused: "refused",
  limitReached: "limit reached",
  modelError: "model error",
  infrastructureFault: "infrastructure fault",
  invalidated: "invalidated",
  withheld: "withheld",
  notRun: "not run",
};

export const runStateWords = {
  planned: "planned",
  running: "running",
  logged: "logged",
  "in-review": "in review",
  accepted: "accepted",
  rejected: "rejected",
  withdrawn: "withdrawn",
};

const ofRun = { level: "run" };
const ofTask = { level: "task" };

const columns: readonly Column[] = [
  textColumn("task", "Task", "coalesce(t.title, a.task)"),
  numberColumn("epoch", "Epoch", "a.epoch"),
  choiceColumn("state", "State", "a.ledger", { words: ledgerWords }),
  numberColumn("score", "Score", "a.score"),
  choiceColumn("run", "Run", "r.code", ofRun),
  choiceColumn("runState", "Run state", "r.state", { words: runStateWords, ...ofRun }),
  choiceColumn("model", "Model version", modelVersionSql, { isSearched: true, ...ofRun }),
  choiceColumn("safeguard", "Safeguards", "v.safeguard", { words: safeguardWords, ...ofRun }),
  choiceColumn("benchmark", "Benchmark", "b.title", { isSearched: true, ...ofRun }),
  choiceColumn("campaign", "Campaign", "c.name", ofRun),
  choiceColumn("category", "Category", "t.category", { isSearched: true, ...ofTask }),
  choiceColumn("difficulty", "Difficulty", "t.difficulty", ofTask),
  numberColumn("humanMinutes", "Human time", "t.human_minutes", "min"),
  numberColumn("tokens", "Tokens", "a.total_tokens"),
  numberColumn("cost", "Cost", "a.cost", "USD"),
  numberColumn("time", "Time", "a.total_ms", "ms"),
  choiceColumn("limit", "Limit", "a.limit_kind"),
  numberColumn("retries", "Retries", "a.retries"),
  timeColumn("started", "Started", "a.started_at"),
  choiceColumn("cluster", "Cluster", "a.cluster"),
  textColumn("error", "Error", "a.error"),
  textColumn("note", "Note", "a.note"),
  setColumn("tag", "Tag", "(SELECT run AS tagged, tag AS word FROM run_tag) tags", "tags.tagged = a.run"),
];

const prefix = "metadata.";

function metadataColumn(key: string, isNumber: boolean): Column {
  const value = sql(
    `(SELECT CASE x.type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE x.value END
      FROM json_each(a.metadata) x WHERE x.key = ?)`,
    key,
  );
  const kind = isNumber ? "number" : "choice";
  return { id: `${prefix}${key}`, title: key, kind, value, isChosen: !isNumber, isMixed: true };
}

/** How many attempts are looked through for the keys that their samples carry. */
const keysFrom = 20_000;
const mostKeys = 100;

function metadataColumns({ model }: QueryContext, scope: TableScope): Column[] {
  const where = joined([sql("a.metadata <> '{}'"), ...within(scope)], " AND ");
  const rows = model.all(
    `SELECT m.key AS key, min(m.type IN ('integer', 'real')) AS numbers
     FROM (SELECT a.metadata FROM attempt a WHERE ${where.sql} LIMIT ${String(keysFrom)}) some, json_each(some.metadata) m
     WHERE m.type <> 'null' GROUP BY m.key ORDER BY count(*) DESC, m.key LIMIT ${String(mostKeys)}`,
    ...where.values,
  );
  return rows.map((row) => metadataColumn(text(row, "key"), number(row, "numbers") === 1));
}

function within(scope: TableScope): Sql[] {
  const parts: [string, string | undefined][] = [
    ["id", scope.runId],
    ["campaign_id", scope.campaignId],
    ["model_version_id", scope.modelVersionId],
    ["benchmark_id", scope.benchmarkId],
  ];
  return parts.flatMap(([column, value]) =>
    value === undefined ? [] : [sql(`a.run IN (SELECT number FROM run WHERE ${column} = ?)`, value)],
  );
}

export const attemptsTable: Table = {
  id: "attempts",
  base: "attempt a",
  joins: [
    { alias: "r", sql: "LEFT JOIN run r ON r.number = a.run" },
    { alias: "t", sql: `LEFT JOIN task t ON t.benchmark_id = r.benchmark_id AND t.id = a.task` },
    ...runJoins,
  ],
  levels: {
    run: {
      keys: ["a.run"],
      join: `JOIN run r ON r.number = counted.k0 ${allRunJoins}`,
      select: `SELECT r.number FROM run r ${allRunJoins}`,
    },
    task: {
      keys: ["a.run", "a.task"],
      join: `JOIN run r ON r.number = counted.k0
        LEFT JOIN task t ON t.benchmark_id = r.benchmark_id AND t.id = counted.k1`,
    },
  },
  key: ["a.run", "a.task", "a.epoch"],
  rowId: "r.id || '/' || a.epoch || '/' || a.task",
  columns,
  sort: "a.run DESC",
  within,
  found: metadataColumns,
  named: (id) => (id.startsWith(prefix) ? metadataColumn(id.slice(prefix.length), false) : null),
};
