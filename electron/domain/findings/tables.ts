import { publisherTables } from "./publisher.ts";
import { scaleTables } from "./scales.ts";

/** Findings. What was done to one is kept whole; the other columns are made of that anew with each act. */
export const findingTables = [
  // `origin`: kind, author and fields as recorded. `number`: of this vault, in the order in which findings came into it.
  `CREATE TABLE finding (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, code TEXT NOT NULL,
     compartment INTEGER NOT NULL, kind TEXT NOT NULL, origin TEXT NOT NULL, model_version_id TEXT, run TEXT, task TEXT,
     epoch INTEGER, recorded_at INTEGER NOT NULL, recorded_by TEXT NOT NULL, changed_at INTEGER NOT NULL,
     title TEXT NOT NULL, summary TEXT NOT NULL, state TEXT NOT NULL, severity TEXT, severity_rank INTEGER NOT NULL,
     score REAL, priority TEXT NOT NULL, vendor TEXT NOT NULL, product TEXT NOT NULL, component TEXT NOT NULL,
     validation TEXT NOT NULL, exploit TEXT NOT NULL, remediation TEXT NOT NULL, distribution TEXT NOT NULL,
     embargo_until INTEGER, marking_level TEXT NOT NULL, duplicate_of TEXT) STRICT`,
  "CREATE INDEX finding_by_attempt ON finding (run, task, epoch)",
  "CREATE INDEX finding_by_state ON finding (state)",
  "CREATE INDEX finding_by_duplicate ON finding (duplicate_of) WHERE duplicate_of IS NOT NULL",
  `CREATE TABLE finding_act (finding TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, by TEXT NOT NULL,
     at INTEGER NOT NULL, stamp INTEGER NOT NULL, PRIMARY KEY (finding, id)) STRICT, WITHOUT ROWID`,
  // Words that a finding has any number of: weaknesses, names given by others, whom it was routed to, deconfliction keys.
  `CREATE TABLE finding_word (finding TEXT NOT NULL, kind TEXT NOT NULL, word TEXT NOT NULL,
     PRIMARY KEY (finding, kind, word)) STRICT, WITHOUT ROWID`,
  "CREATE INDEX finding_by_word ON finding_word (kind, word)",
  // Who was told and has not answered by when.
  `CREATE TABLE finding_notice (finding TEXT NOT NULL, id TEXT NOT NULL, party TEXT NOT NULL, channel TEXT NOT NULL,
     due_at INTEGER, answered INTEGER NOT NULL, PRIMARY KEY (finding, id)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE finding_evidence (id TEXT PRIMARY KEY, finding TEXT NOT NULL, name TEXT NOT NULL, bytes INTEGER NOT NULL,
     sha256 TEXT NOT NULL, at INTEGER NOT NULL) STRICT`,
  // A recipient is of one channel, for all findings.
  "CREATE TABLE finding_recipient (recipient TEXT PRIMARY KEY, channel TEXT NOT NULL) STRICT",
  ...scaleTables,
  ...publisherTables,
];
