import type { Marking } from "../../contract/marking.ts";
import type { MemberRole } from "../../contract/values.ts";
import type { FoldContext } from "../event.ts";
import type { Persons } from "../../contract/two-persons.ts";
import type { ReadModel } from "../read-model.ts";

export const memberTables = [
  `CREATE TABLE member (id TEXT PRIMARY KEY, name TEXT NOT NULL, label TEXT NOT NULL, role TEXT NOT NULL,
     added_at INTEGER NOT NULL, added_by TEXT NOT NULL, current INTEGER NOT NULL,
     removed_at INTEGER, removed_by TEXT, removal_reason TEXT) STRICT`,
  `CREATE TABLE recovery_kit (member TEXT PRIMARY KEY, threshold INTEGER NOT NULL, holders TEXT NOT NULL,
     made_at INTEGER NOT NULL, made_by TEXT NOT NULL) STRICT`,
  `CREATE TABLE vault_setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT`,
];

export function memberExists(model: ReadModel, id: string): boolean {
  return model.get("SELECT 1 AS n FROM member WHERE id = ?", id) !== undefined;
}

export function insertMember(
  model: ReadModel,
  member: { id: string; name: string; label: string; role: MemberRole; at: number; by: string },
): void {
  model.run(
    "INSERT INTO member VALUES (?, ?, ?, ?, ?, ?, 1, NULL, NULL, NULL)",
    member.id,
    member.name,
    member.label,
    member.role,
    member.at,
    member.by,
  );
}

export function foldRemoved({ model, event }: FoldContext, body: { id: string; reason: string }): void {
  model.run(
    "UPDATE member SET current = 0, removed_at = ?, removed_by = ?, removal_reason = ? WHERE id = ?",
    event.at,
    event.by,
    body.reason,
    body.id,
  );
}

export function insertKit(
  { model, event }: FoldContext,
  kit: { memberId: string; threshold: number; holders: readonly string[] },
): void {
  const holders = JSON.stringify(kit.holders);
  model.run(
    "INSERT INTO recovery_kit VALUES (?, ?, ?, ?, ?)",
    kit.memberId,
    kit.threshold,
    holders,
    event.at,
    event.by,
  );
}

export function setPersons(model: ReadModel, persons: Persons): void {
  put(model, "persons", String(persons));
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
