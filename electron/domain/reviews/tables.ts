/** Rounds of reviews. What was said of an item is kept whole; what it comes to is made of that anew with each act. */
export const reviewTables = [
  `CREATE TABLE review_round (id TEXT PRIMARY KEY, name TEXT NOT NULL, compartment INTEGER NOT NULL,
     campaign_id TEXT, per_attempt INTEGER NOT NULL, blind INTEGER NOT NULL, form TEXT NOT NULL, scope TEXT NOT NULL,
     seed INTEGER NOT NULL, due_at INTEGER, opened_at INTEGER NOT NULL, opened_by TEXT NOT NULL,
     frozen_at INTEGER, frozen_by TEXT, frozen_reason TEXT, frozen_hash TEXT, frozen_judgements INTEGER,
     frozen_undecided INTEGER) STRICT`,
  // Items are numbered in an order that the seed shuffled, so that their numbers tell nothing of their runs.
  `CREATE TABLE review_item (round TEXT NOT NULL, item INTEGER NOT NULL, run INTEGER NOT NULL, task TEXT NOT NULL,
     epoch INTEGER NOT NULL, reviewers TEXT NOT NULL, state TEXT NOT NULL, judgements INTEGER NOT NULL,
     PRIMARY KEY (round, item)) STRICT, WITHOUT ROWID`,
  "CREATE INDEX review_item_by_attempt ON review_item (run, task, epoch)",
  // With whom an item is now; `done`: whether a judgement of theirs stands.
  `CREATE TABLE review_reviewer (round TEXT NOT NULL, item INTEGER NOT NULL, member TEXT NOT NULL, done INTEGER NOT NULL,
     PRIMARY KEY (round, item, member)) STRICT, WITHOUT ROWID`,
  "CREATE INDEX review_reviewer_by_member ON review_reviewer (member, done)",
  // Everything that people did to an item. `late`: it came when the round was frozen, and does not count.
  `CREATE TABLE review_act (round TEXT NOT NULL, item INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL,
     body TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, seq INTEGER NOT NULL, stamp INTEGER NOT NULL,
     late INTEGER NOT NULL, PRIMARY KEY (round, item, id)) STRICT, WITHOUT ROWID`,
  // What items came to: the last by logical time is what counts for an attempt that several rounds decided on.
  `CREATE TABLE review_decision (round TEXT NOT NULL, item INTEGER NOT NULL, run INTEGER NOT NULL, task TEXT NOT NULL,
     epoch INTEGER NOT NULL, how TEXT NOT NULL, verdict TEXT, score REAL, flags TEXT NOT NULL, reason TEXT NOT NULL,
     by TEXT NOT NULL, at INTEGER NOT NULL, seq INTEGER NOT NULL, stamp INTEGER NOT NULL, event TEXT NOT NULL,
     PRIMARY KEY (round, item)) STRICT, WITHOUT ROWID`,
  "CREATE INDEX review_decision_by_attempt ON review_decision (run, task, epoch)",
];
