export const runTables = [
  `CREATE TABLE run (id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, model_version_id TEXT NOT NULL,
     benchmark_id TEXT NOT NULL, campaign_id TEXT, state TEXT NOT NULL, origin TEXT NOT NULL, epochs INTEGER NOT NULL,
     started_at INTEGER NOT NULL, started_by TEXT NOT NULL, seq INTEGER NOT NULL, place INTEGER NOT NULL,
     log TEXT, metrics TEXT NOT NULL,
     compartment INTEGER NOT NULL, code TEXT NOT NULL, was_accepted INTEGER NOT NULL,
     import_id TEXT, logs INTEGER NOT NULL DEFAULT 1, undone INTEGER NOT NULL DEFAULT 0,
     evaluation TEXT) STRICT`,
  // By what imported runs are known again: the content of each log, and which run of it. `logs` of run counts them.
  `CREATE TABLE run_log (log_key TEXT NOT NULL, run TEXT NOT NULL, sha256 TEXT NOT NULL,
     PRIMARY KEY (log_key, run)) STRICT, WITHOUT ROWID`,
  "CREATE INDEX run_log_by_run ON run_log (run)",
  "CREATE INDEX run_log_by_sha256 ON run_log (sha256)",
  "CREATE INDEX run_by_import ON run (import_id)",
  "CREATE INDEX run_by_evaluation ON run (evaluation) WHERE evaluation IS NOT NULL",
  // What people said of a run's state: the last by logical time is its state, but for a withdrawal, which stays.
  `CREATE TABLE run_step (run TEXT NOT NULL, stamp INTEGER NOT NULL, event TEXT NOT NULL, state TEXT NOT NULL,
     PRIMARY KEY (run, stamp, event)) STRICT, WITHOUT ROWID`,
  // Words that a harness gave the run, or a person before it was taken in.
  `CREATE TABLE run_tag (run INTEGER NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (run, tag)) STRICT, WITHOUT ROWID`,
  "CREATE INDEX run_by_cell ON run (model_version_id, benchmark_id)",
  "CREATE INDEX run_by_campaign ON run (campaign_id)",
  // Sums over a run's attempts; a row that is missing is made again when it is asked for.
  "CREATE TABLE run_summary (run INTEGER PRIMARY KEY, summary TEXT NOT NULL) STRICT",
  // Each task's count and solved count by denominator policy: what the runs of one cell are pooled from.
  `CREATE TABLE run_tally (run INTEGER NOT NULL, policy INTEGER NOT NULL, tallies TEXT NOT NULL,
     PRIMARY KEY (run, policy)) STRICT, WITHOUT ROWID`,
  // What comparisons need of a run beyond its tallies, in the order of the tallies' tasks, so that they need not unfold its
  // attempts: arrays of 32-bit whole numbers and of doubles, as this machine holds them. They go with the run's summary
  // when an attempt changes, and are made again when they are asked for.
  `CREATE TABLE run_spent (run INTEGER NOT NULL, measure TEXT NOT NULL, made BLOB NOT NULL, known BLOB NOT NULL,
     spent BLOB NOT NULL, solved_task BLOB NOT NULL, solved_spent BLOB NOT NULL, solved_invalid BLOB NOT NULL,
     PRIMARY KEY (run, measure)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE run_epoch (run INTEGER NOT NULL, policy INTEGER NOT NULL, solved BLOB NOT NULL, counted BLOB NOT NULL,
     PRIMARY KEY (run, policy)) STRICT, WITHOUT ROWID`,
  `CREATE TRIGGER run_details_go AFTER DELETE ON run_summary BEGIN
     DELETE FROM run_spent WHERE run = OLD.run; DELETE FROM run_epoch WHERE run = OLD.run; END`,
  // Imported runs whose attempts are in memory now; hand-logged runs always are.
  "CREATE TABLE unfolded_run (run INTEGER PRIMARY KEY, attempts INTEGER NOT NULL, used INTEGER NOT NULL) STRICT",
];
