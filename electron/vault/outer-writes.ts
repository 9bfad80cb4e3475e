import type { CompartmentKeyRow, CompartmentRow, MemberRow } from "./outer.ts";
import type { NewSlotRow } from "./slots.ts";
import type { SqliteDatabase } from "./sqlite.ts";

/** Adds a row to `member`. */
export function insertMember(database: SqliteDatabase, row: MemberRow): void {
  database
    .prepare("INSERT INTO member VALUES (NULL, ?, ?, ?, ?, ?)")
    .run(row.id, row.ed25519, row.x25519, row.addedBy, row.signature);
}

function slotValues(slot: NewSlotRow): (Uint8Array | string | number)[] {
  return [
    slot.member,
    slot.label,
    slot.nameTag,
    slot.kdf.ops,
    slot.kdf.memory,
    slot.salt,
    slot.keyFile ? 1 : 0,
    slot.nonce,
    slot.wrapped,
  ];
}

/** Adds a row to `slot`. */
export function insertSlot(database: SqliteDatabase, slot: NewSlotRow): void {
  database.prepare("INSERT INTO slot VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)").run(...slotValues(slot));
}

/** Puts another slot in the place of one. */
export function replaceSlot(database: SqliteDatabase, number: number, slot: NewSlotRow): void {
  database
    .prepare("INSERT OR REPLACE INTO slot VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    .run(number, ...slotValues(slot));
}

/** Adds a row to `compartment`. */
export function insertCompartment(database: SqliteDatabase, row: CompartmentRow): void {
  database.prepare("INSERT INTO compartment VALUES (?, ?, ?)").run(row.id, row.label, row.epoch);
}

/** Adds a row to `compartment_key`. */
export function insertCompartmentKey(database: SqliteDatabase, row: CompartmentKeyRow): void {
  database
    .prepare("INSERT INTO compartment_key VALUES (NULL, ?, ?, ?, ?)")
    .run(row.compartment, row.epoch, row.member, row.sealed);
}
