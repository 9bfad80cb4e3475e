import type { TableScope } from "../../contract/tables.ts";
import { runStateWords } from "./attempts-table.ts";
import {
  choiceColumn,
  numberColumn,
  setColumn,
  sql,
  textColumn,
  timeColumn,
  type Sql,
  type Table,
} from "./definition.ts";
import { modelVersionSql, safeguardWords } from "./plan-tables.ts";

/** Runs, with what their attempts came to. */

const attempts = (field: string): string => `json_extract(s.summary, '$.ledger.${field}')`;
const ended = `(${attempts("planned")} - ${attempts("notRun")})`;
const verdicts = {
  differs: "differs",
  "matches-if-excluded": "matches if some are left out",
  matches: "matches",
  none: "no metrics",
  hand: "by hand",
};
const verdict = `CASE WHEN r.origin = 'hand' THEN 'hand' ELSE coalesce((SELECT json_extract(x.value, '$.verdict')
  FROM json_each(r.metrics) x WHERE json_extract(x.value, '$.verdict') IN ('differs', 'matches-if-excluded', 'matches')
  ORDER BY CASE json_extract(x.value, '$.verdict') WHEN 'differs' THEN 0 WHEN 'matches-if-excluded' THEN 1 ELSE 2 END
  LIMIT 1), 'none') END`;

function within(scope: TableScope): Sql[] {
  const parts: [string, string | undefined][] = [
    ["r.id", scope.runId],
    ["r.campaign_id", scope.campaignId],
    ["r.model_version_id", scope.modelVersionId],
    ["r.benchmark_id", scope.benchmarkId],
  ];
  return parts.flatMap(([column, value]) => (value === undefined ? [] : [sql(`${column} = ?`, value)]));
}

export const runsTable: Table = {
  id: "runs",
  base: "run r",
  joins: [
    { alias: "b", sql: "LEFT JOIN benchmark b ON b.id = r.benchmark_id" },
    { alias: "v", sql: "LEFT JOIN model_version v ON v.id = r.model_version_id" },
    { alias: "m", sql: "LEFT JOIN model m ON m.id = v.model_id" },
    { alias: "c", sql: "LEFT JOIN campaign c ON c.id = r.campaign_id" },
    { alias: "s", sql: "LEFT JOIN run_summary s ON s.run = r.number" },
    { alias: "p", sql: "LEFT JOIN member p ON p.id = r.started_by" },
  ],
  key: ["r.number"],
  rowId: "r.id",
  columns: [
    { ...textColumn("code", "Run", "r.code"), order: "r.number" },
    choiceColumn("benchmark", "Benchmark", "b.title", { isSearched: true }),
    choiceColumn("model", "Model version", modelVersionSql, { isSearched: true }),
    choiceColumn("safeguard", "Safeguards", "v.safeguard", { words: safeguardWords }),
    choiceColumn("campaign", "Campaign", "c.name", { isSearched: true }),
    choiceColumn("state", "State", "r.state", { words: runStateWords }),
    numberColumn("planned", "Planned", attempts("planned")),
    numberColumn("ended", "Ended", ended),
    numberColumn("share", "Share ended", `(1.0 * ${ended} / nullif(${attempts("planned")}, 0))`),
    numberColumn("rate", "Solve rate", "json_extract(s.summary, '$.rates[0].rate.rate')"),
    numberColumn("invalidated", "Invalidated", attempts("invalidated")),
    numberColumn("epochs", "Epochs", "r.epochs"),
    choiceColumn("recomputed", "Recomputed", verdict, { words: verdicts }),
    choiceColumn("harness", "Harness", "json_extract(r.log, '$.harness')"),
    textColumn("log", "Log", "json_extract(r.log, '$.fileName')"),
    timeColumn("started", "In the vault", "r.started_at"),
    choiceColumn("by", "By", "p.name"),
    setColumn("tag", "Tag", "(SELECT run AS tagged, tag AS word FROM run_tag) tags", "tags.tagged = r.number"),
  ],
  sort: "r.number DESC",
  within,
};
