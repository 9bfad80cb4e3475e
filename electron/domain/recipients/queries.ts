import { readProfile } from "../../contract/release-profile.ts";
import type { Recipient } from "../../contract/reporting.ts";
import { memberName } from "../members/queries.ts";
import { number, numberOrNull, oneOf, text, type ReadModel, type Row } from "../read-model.ts";

export function recipientName(model: ReadModel, id: string): string | null {
  const row = model.get("SELECT name FROM recipient WHERE id = ?", id);
  return row === undefined ? null : text(row, "name");
}

export function recipientOfKey(model: ReadModel, key: string): string | null {
  const row = model.get("SELECT id FROM recipient WHERE key = ?", key);
  return row === undefined ? null : text(row, "id");
}

function recipient(model: ReadModel, row: Row): Recipient {
  const comparedAt = numberOrNull(row, "compared_at");
  return {
    id: text(row, "id"),
    name: text(row, "name"),
    organisation: text(row, "organisation"),
    key: text(row, "key"),
    keyKind: oneOf(row, "key_kind", ["classic", "post-quantum"]),
    fingerprintHex: text(row, "fingerprint_hex"),
    fingerprintWords: text(row, "fingerprint_words"),
    compared:
      comparedAt === null
        ? null
        : { at: comparedAt, by: memberName(model, text(row, "compared_by")), how: text(row, "compared_how") },
    withheld: readProfile(text(row, "withheld")),
    retiredAt: numberOrNull(row, "retired_at"),
    addedAt: number(row, "added_at"),
    reports: number(row, "reports"),
  };
}

const select = `SELECT r.*, (SELECT count(DISTINCT s.report_id) FROM report_release s WHERE s.key = r.key) AS reports
  FROM recipient r`;

export function listRecipients(model: ReadModel): Recipient[] {
  return model
    .all(`${select} ORDER BY r.retired_at IS NOT NULL, r.name COLLATE NOCASE`)
    .map((row) => recipient(model, row));
}

export function getRecipient(model: ReadModel, id: string): Recipient | null {
  const row = model.get(`${select} WHERE r.id = ?`, id);
  return row === undefined ? null : recipient(model, row);
}
