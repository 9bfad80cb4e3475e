export const handoverTables = [
  // People of other vaults, by signature key. `named_at`: when the package was packed that named them last.
  `CREATE TABLE contributor (key TEXT PRIMARY KEY, member_id TEXT NOT NULL, vault_id TEXT NOT NULL,
     vault_name TEXT NOT NULL, name TEXT NOT NULL, named_at INTEGER NOT NULL, accepted INTEGER NOT NULL,
     signed INTEGER NOT NULL) STRICT`,
  "CREATE INDEX contributor_by_member ON contributor (member_id)",
  // Checkpoints of other vaults that packages proved their entries with; root in base64, as the note has it.
  `CREATE TABLE origin_checkpoint (vault_id TEXT NOT NULL, size INTEGER NOT NULL, root TEXT NOT NULL,
     PRIMARY KEY (vault_id, size)) STRICT, WITHOUT ROWID`,
  // Where the content of a file that came with a hand-over is kept in this vault.
  "CREATE TABLE received_blob (sha256 TEXT PRIMARY KEY, blob TEXT NOT NULL) STRICT",
  `CREATE TABLE handover (direction TEXT NOT NULL, package_id TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL,
     by TEXT NOT NULL, peer_key TEXT NOT NULL, peer_name TEXT NOT NULL, peer_vault TEXT NOT NULL, runs INTEGER NOT NULL,
     events INTEGER NOT NULL, size INTEGER NOT NULL, seq INTEGER NOT NULL) STRICT`,
];
