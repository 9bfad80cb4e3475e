/**
 * What comparisons need of a run beyond its tallies, in the order of the tallies' tasks: kept so that they need not
 * unfold its attempts. Arrays of 32-bit whole numbers and of doubles, as this machine holds them. It goes with the run's
 * summary when an attempt changes, and is made again when it is asked for.
 */
export const comparisonTables = [
  `CREATE TABLE run_spent (run INTEGER NOT NULL, measure TEXT NOT NULL, made BLOB NOT NULL, known BLOB NOT NULL,
     spent BLOB NOT NULL, solved_task BLOB NOT NULL, solved_spent BLOB NOT NULL, solved_invalid BLOB NOT NULL,
     PRIMARY KEY (run, measure)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE run_epoch (run INTEGER NOT NULL, policy INTEGER NOT NULL, solved BLOB NOT NULL, counted BLOB NOT NULL,
     PRIMARY KEY (run, policy)) STRICT, WITHOUT ROWID`,
  `CREATE TRIGGER run_details_go AFTER DELETE ON run_summary BEGIN
     DELETE FROM run_spent WHERE run = OLD.run; DELETE FROM run_epoch WHERE run = OLD.run; END`,
];
