import type { Marking } from "../../contract/marking.ts";
import type { Role } from "../../contract/values.ts";
import type { ReadModel } from "../read-model.ts";

export const memberTables = [
  `CREATE TABLE member (id TEXT PRIMARY KEY, name TEXT NOT NULL, label TEXT NOT NULL, role TEXT NOT NULL,
     added_at INTEGER NOT NULL, added_by TEXT NOT NULL, current INTEGER NOT NULL) STRICT`,
  `CREATE TABLE vault_setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT`,
];

export function memberExists(model: ReadModel, id: string): boolean {
  return model.get("SELECT 1 AS n FROM member WHERE id = ?", id) !== undefined;
}

export function insertMember(
  model: ReadModel,
  member: { id: string; name: string; label: string; role: Role; at: number; by: string },
): void {
  model.run(
    "INSERT INTO member VALUES (?, ?, ?, ?, ?, ?, 1)",
    member.id,
    member.name,
    member.label,
    member.role,
    member.at,
    member.by,
  );
}

function put(model: ReadModel, key: string, value: string): void {
  model.run(
    "INSERT INTO vault_setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    key,
    value,
  );
}

export function renameVault(model: ReadModel, name: string): void {
  put(model, "name", name);
}

export function setMarking(model: ReadModel, marking: Marking): void {
  put(model, "marking.level", marking.level);
  put(model, "marking.suffix", marking.suffix);
}
