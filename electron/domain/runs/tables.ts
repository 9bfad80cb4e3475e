export const runTables = [
  `CREATE TABLE run (id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, model_version_id TEXT NOT NULL,
     benchmark_id TEXT NOT NULL, campaign_id TEXT, state TEXT NOT NULL, origin TEXT NOT NULL, epochs INTEGER NOT NULL,
     started_at INTEGER NOT NULL, started_by TEXT NOT NULL, seq INTEGER NOT NULL, place INTEGER NOT NULL,
     log TEXT, log_sha256 TEXT, metrics TEXT NOT NULL,
     compartment INTEGER NOT NULL, code TEXT NOT NULL, was_accepted INTEGER NOT NULL) STRICT`,
  // What people said of a run's state: the last by logical time is its state, but for a withdrawal, which stays.
  `CREATE TABLE run_step (run TEXT NOT NULL, stamp INTEGER NOT NULL, event TEXT NOT NULL, state TEXT NOT NULL,
     PRIMARY KEY (run, stamp, event)) STRICT, WITHOUT ROWID`,
  // Words that a harness gave the run, or a person before it was taken in.
  `CREATE TABLE run_tag (run INTEGER NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (run, tag)) STRICT, WITHOUT ROWID`,
  "CREATE INDEX run_by_cell ON run (model_version_id, benchmark_id)",
  "CREATE INDEX run_by_campaign ON run (campaign_id)",
  "CREATE INDEX run_by_log ON run (log_sha256)",
  // Sums over a run's attempts; a row that is missing is made again when it is asked for.
  "CREATE TABLE run_summary (run INTEGER PRIMARY KEY, summary TEXT NOT NULL) STRICT",
  // Each task's count and solved count by denominator policy: what the runs of one cell are pooled from.
  `CREATE TABLE run_tally (run INTEGER NOT NULL, policy INTEGER NOT NULL, tallies TEXT NOT NULL,
     PRIMARY KEY (run, policy)) STRICT, WITHOUT ROWID`,
  // Imported runs whose attempts are in memory now; hand-logged runs always are.
  "CREATE TABLE unfolded_run (run INTEGER PRIMARY KEY, attempts INTEGER NOT NULL, used INTEGER NOT NULL) STRICT",
];
