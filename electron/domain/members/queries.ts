import { defaultMarking, type Marking } from "../../contract/marking.ts";
import type { Persons } from "../../contract/two-persons.ts";
import { memberRoles, type MemberRole } from "../../contract/values.ts";
import { count, number, numberOrNull, oneOf, text, type ReadModel } from "../read-model.ts";

/** What the journal says of a member; the rest of what is shown of them is in the outer tables of the file. */
export interface MemberFacts {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly role: MemberRole;
  readonly addedAt: number;
  readonly addedBy: string;
  readonly current: boolean;
  readonly removed: { readonly at: number; readonly by: string; readonly reason: string } | null;
}

export function listMembers(model: ReadModel): MemberFacts[] {
  return model.all("SELECT * FROM member ORDER BY added_at, rowid").map((row) => {
    const removedAt = numberOrNull(row, "removed_at");
    return {
      id: text(row, "id"),
      name: text(row, "name"),
      label: text(row, "label"),
      role: oneOf(row, "role", memberRoles),
      addedAt: number(row, "added_at"),
      addedBy: memberName(model, text(row, "added_by")),
      current: number(row, "current") === 1,
      removed:
        removedAt === null
          ? null
          : { at: removedAt, by: memberName(model, text(row, "removed_by")), reason: text(row, "removal_reason") },
    };
  });
}

/** The role of a current member; null for anyone else. */
export function memberRole(model: ReadModel, id: string): MemberRole | null {
  const row = model.get("SELECT role FROM member WHERE id = ? AND current = 1", id);
  return row === undefined ? null : oneOf(row, "role", memberRoles);
}

/** How many current leads there are. */
export function leadCount(model: ReadModel): number {
  return count(model, "SELECT count(*) AS n FROM member WHERE role = 'lead' AND current = 1");
}

/** How many persons an act of two persons takes in this vault. */
export function personsRequired(model: ReadModel): Persons {
  return setting(model, "persons") === "2" ? 2 : 1;
}

/** The name of a member, or of somebody of another vault with that vault's name; the start of the id of anyone else. */
export function memberName(model: ReadModel, id: string): string {
  const row = model.get("SELECT name FROM member WHERE id = ?", id);
  if (row !== undefined) return text(row, "name");
  const other = model.get("SELECT name, vault_name FROM contributor WHERE member_id = ?", id);
  return other === undefined ? `unknown ${id.slice(0, 8)}` : `${text(other, "name")} (${text(other, "vault_name")})`;
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
