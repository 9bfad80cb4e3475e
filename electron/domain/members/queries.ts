import { defaultMarking, type Marking } from "../../contract/marking.ts";
import { roles, type Role } from "../../contract/values.ts";
import type { Member } from "../../contract/vault.ts";
import { number, oneOf, text, type ReadModel } from "../read-model.ts";

export function listMembers(model: ReadModel): Member[] {
  return model.all("SELECT * FROM member ORDER BY added_at, rowid").map((row) => ({
    id: text(row, "id"),
    name: text(row, "name"),
    label: text(row, "label"),
    role: oneOf(row, "role", roles),
    addedAt: number(row, "added_at"),
    addedBy: memberName(model, text(row, "added_by")),
    current: number(row, "current") === 1,
  }));
}

/** The role of a current member; null for anyone else. */
export function memberRole(model: ReadModel, id: string): Role | null {
  const row = model.get("SELECT role FROM member WHERE id = ? AND current = 1", id);
  return row === undefined ? null : oneOf(row, "role", roles);
}

/** The name of a member, or the start of the key id of somebody who is none. */
export function memberName(model: ReadModel, id: string): string {
  const row = model.get("SELECT name FROM member WHERE id = ?", id);
  return row === undefined ? `unknown ${id.slice(0, 8)}` : text(row, "name");
}

function setting(model: ReadModel, key: string): string | null {
  const row = model.get("SELECT value FROM vault_setting WHERE key = ?", key);
  return row === undefined ? null : text(row, "value");
}

export function vaultName(model: ReadModel): string {
  return setting(model, "name") ?? "";
}

export function currentMarking(model: ReadModel): Marking {
  const level = setting(model, "marking.level");
  return level === null ? defaultMarking : { level, suffix: setting(model, "marking.suffix") ?? "" };
}
