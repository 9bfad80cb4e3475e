export const attemptTables = [
  // given_*: what the scorer or who logged it gave; outcome, ledger, solved and score are what counts.
  `CREATE TABLE attempt (run INTEGER NOT NULL, task TEXT NOT NULL, epoch INTEGER NOT NULL, outcome TEXT NOT NULL,
     ledger TEXT NOT NULL, solved INTEGER, score REAL, scores TEXT NOT NULL, limit_kind TEXT, error TEXT,
     invalidation TEXT, input_tokens REAL, output_tokens REAL, total_tokens REAL, cost REAL, total_ms REAL,
     working_ms REAL, started_at REAL, retries INTEGER NOT NULL, member TEXT, cluster TEXT, note TEXT NOT NULL,
     logged INTEGER NOT NULL, metadata TEXT NOT NULL DEFAULT '{}', file INTEGER NOT NULL DEFAULT 0,
     given_outcome TEXT NOT NULL, given_score REAL, reviewed_score REAL, invalidation_code TEXT,
     PRIMARY KEY (run, task, epoch)) STRICT, WITHOUT ROWID`,
  // What people did to single attempts: kept beside them, so that an imported run can be let go and read again.
  `CREATE TABLE attempt_change (run INTEGER NOT NULL, task TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
     place INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
     words TEXT NOT NULL, stamp INTEGER NOT NULL, event TEXT NOT NULL) STRICT`,
  "CREATE INDEX attempt_change_by_attempt ON attempt_change (run, task, epoch)",
  `CREATE TABLE evidence (id TEXT PRIMARY KEY, run INTEGER NOT NULL, task TEXT, epoch INTEGER, name TEXT NOT NULL,
     bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL) STRICT`,
  "CREATE INDEX evidence_by_attempt ON evidence (run, task, epoch)",
];
