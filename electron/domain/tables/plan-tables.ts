import { choiceColumn, numberColumn, setColumn, sql, textColumn, timeColumn, type Table } from "./definition.ts";

/** What is planned, as tables: models, benchmarks, tasks, campaigns. */

export const safeguardWords = {
  "as-deployed": "safeguards as deployed",
  reduced: "safeguards reduced",
  removed: "safeguards removed",
  "not-stated": "safeguards not stated",
};

const safeguardSql = Object.entries(safeguardWords)
  .map(([value, words]) => `WHEN '${value}' THEN '${words}'`)
  .join(" ");

/** A model version in words, as `modelVersionWords` says it; of `model` m and `model_version` v. */
export const modelVersionSql = `(m.name || ' (' || v.checkpoint || ', ' || CASE v.safeguard ${safeguardSql} END || ')')`;

/** What versions are of, told apart by who developed it. */
const modelSql = "(m.developer || ' · ' || m.name)";

const originWords = { hand: "by hand", log: "from a log", catalog: "from the catalog", file: "from a pack" };

/** One row a version. */
export const modelsTable: Table = {
  id: "models",
  base: "model_version v",
  joins: [{ alias: "m", sql: "LEFT JOIN model m ON m.id = v.model_id" }],
  key: ["v.rowid"],
  rowId: "v.id",
  columns: [
    choiceColumn("name", "Model", "m.name", { isSearched: true }),
    choiceColumn("model", "Model of its developer", modelSql),
    choiceColumn("developer", "Developer", "m.developer", { isSearched: true }),
    textColumn("checkpoint", "Checkpoint", "v.checkpoint"),
    choiceColumn("safeguard", "Safeguards", "v.safeguard", { words: safeguardWords }),
    textColumn("access", "Access", "v.access"),
    textColumn("settings", "Settings", "v.settings"),
    textColumn("note", "Note", "m.note"),
    choiceColumn("origin", "Origin", "m.origin", { words: originWords }),
    textColumn(
      "released",
      "Released",
      "(SELECT released_on FROM model_release WHERE model_release.model_version_id = v.id)",
    ),
    numberColumn("runs", "Runs", "(SELECT count(*) FROM run WHERE run.model_version_id = v.id)"),
  ],
  sort: "m.developer COLLATE NOCASE, m.name COLLATE NOCASE",
  within: () => [],
};

export const benchmarksTable: Table = {
  id: "benchmarks",
  base: "benchmark b",
  joins: [],
  key: ["b.rowid"],
  rowId: "b.id",
  columns: [
    textColumn("title", "Benchmark", "b.title"),
    textColumn("pack", "Pack", "b.pack"),
    textColumn("version", "Version", "b.version"),
    choiceColumn("origin", "Origin", "b.origin", { words: originWords }),
    choiceColumn("licence", "Licence", "b.licence"),
    numberColumn("tasks", "Tasks", "(SELECT count(*) FROM task WHERE task.benchmark_id = b.id)"),
    numberColumn(
      "withHumanMinutes",
      "Tasks with human time",
      "(SELECT count(human_minutes) FROM task WHERE task.benchmark_id = b.id)",
    ),
    numberColumn("runs", "Runs", "(SELECT count(*) FROM run WHERE run.benchmark_id = b.id)"),
    {
      ...setColumn(
        "category",
        "Category",
        "(SELECT DISTINCT benchmark_id, category AS word FROM task WHERE category IS NOT NULL) kinds",
        "kinds.benchmark_id = b.id",
      ),
      isSearched: true,
    },
  ],
  sort: "b.title COLLATE NOCASE",
  within: () => [],
};

/** Tasks of one benchmark, or of all. */
export const tasksTable: Table = {
  id: "tasks",
  base: "task t",
  joins: [{ alias: "b", sql: "LEFT JOIN benchmark b ON b.id = t.benchmark_id" }],
  key: ["t.benchmark_id", "t.id"],
  rowId: "t.id",
  columns: [
    textColumn("id", "Id", "t.id"),
    textColumn("title", "Task", "t.title"),
    choiceColumn("benchmark", "Benchmark", "b.title"),
    choiceColumn("category", "Category", "t.category", { isSearched: true }),
    choiceColumn("difficulty", "Difficulty", "t.difficulty", { isSearched: true }),
    numberColumn("humanMinutes", "Human time", "t.human_minutes", "min"),
    textColumn("cve", "CVE", "t.cve"),
    numberColumn("points", "Points", "t.points"),
    choiceColumn("cluster", "Cluster", "t.cluster"),
  ],
  sort: "t.position",
  within: ({ benchmarkId }) => (benchmarkId === undefined ? [] : [sql("t.benchmark_id = ?", benchmarkId)]),
};

export const campaignsTable: Table = {
  id: "campaigns",
  base: "campaign c",
  joins: [
    { alias: "k", sql: "LEFT JOIN compartment k ON k.id = c.compartment" },
    { alias: "p", sql: "LEFT JOIN member p ON p.id = c.planned_by" },
  ],
  key: ["c.rowid"],
  rowId: "c.id",
  columns: [
    textColumn("name", "Campaign", "c.name"),
    textColumn("question", "Question", "c.question"),
    choiceColumn("registered", "Plan", "CASE WHEN c.registered_hash IS NULL THEN 'open' ELSE 'registered' END", {
      words: { open: "not registered", registered: "registered" },
    }),
    choiceColumn("compartment", "Compartment", "k.name"),
    numberColumn("epochs", "Epochs", "c.epochs"),
    numberColumn("runs", "Runs", "(SELECT count(*) FROM run WHERE run.campaign_id = c.id)"),
    timeColumn("due", "Due", "c.due_at"),
    timeColumn("planned", "Planned", "c.planned_at"),
    choiceColumn("by", "Planned by", "p.name"),
  ],
  sort: "c.planned_at DESC",
  within: () => [],
};
