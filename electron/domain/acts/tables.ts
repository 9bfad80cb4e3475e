export const actTables = [
  `CREATE TABLE act (id TEXT PRIMARY KEY, type TEXT NOT NULL, v INTEGER NOT NULL, body TEXT NOT NULL,
     words TEXT NOT NULL, about TEXT, second_roles TEXT NOT NULL, compartment INTEGER NOT NULL, by TEXT NOT NULL,
     at INTEGER NOT NULL, state TEXT NOT NULL, decided_by TEXT, decided_at INTEGER, reason TEXT NOT NULL) STRICT`,
  "CREATE INDEX act_by_state ON act (state)",
];
