import type { ReadModel } from "../read-model.ts";

export const recipientTables = [
  `CREATE TABLE recipient (id TEXT PRIMARY KEY, name TEXT NOT NULL, organisation TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
     key_kind TEXT NOT NULL, fingerprint_hex TEXT NOT NULL, fingerprint_words TEXT NOT NULL, compared_at INTEGER,
     compared_by TEXT, compared_how TEXT, withheld TEXT NOT NULL, retired_at INTEGER, added_at INTEGER NOT NULL) STRICT`,
];

export function insertRecipient(
  model: ReadModel,
  body: {
    id: string;
    name: string;
    organisation: string;
    key: string;
    keyKind: string;
    fingerprintHex: string;
    fingerprintWords: string;
  },
  at: number,
): void {
  model.run(
    "INSERT INTO recipient VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, '', NULL, ?)",
    body.id,
    body.name,
    body.organisation,
    body.key,
    body.keyKind,
    body.fingerprintHex,
    body.fingerprintWords,
    at,
  );
}

export function compareRecipient(
  model: ReadModel,
  compared: { recipientId: string; at: number; by: string; how: string },
): void {
  model.run(
    "UPDATE recipient SET compared_at = ?, compared_by = ?, compared_how = ? WHERE id = ?",
    compared.at,
    compared.by,
    compared.how,
    compared.recipientId,
  );
}

export function setRecipientProfile(model: ReadModel, id: string, withheld: readonly string[]): void {
  model.run("UPDATE recipient SET withheld = ? WHERE id = ?", withheld.join(","), id);
}

export function retireRecipient(model: ReadModel, id: string, at: number): void {
  model.run("UPDATE recipient SET retired_at = ? WHERE id = ?", at, id);
}
