import { fromHex, pack, sameBytes, toHex, type CanonicalField } from "./canonical.ts";
import { damaged, VaultError } from "./errors.ts";
import { checkKdf, saltLength } from "./key-derivation.ts";
import { Row } from "./row.ts";
import { outerTables, tableShape } from "./schema.ts";
import { nonceLength, sha256, signDetached, tagLength, verifyDetached } from "./sodium.ts";
import type { SqliteDatabase } from "./sqlite.ts";
import type { KdfCost } from "./vault-types.ts";

/** Bytes of a member's id. */
export const memberIdLength = 16;
/** Bytes of a slot's wrapped keys: Ed25519 seed ‖ X25519 secret key, and the tag. */
export const wrappedLength = 64 + tagLength;
/** Bytes of a sealed compartment key: crypto_box_seal of key ‖ purpose hash. */
export const sealedLength = 64 + 48;

export interface MemberRow {
  readonly id: Uint8Array;
  readonly ed25519: Uint8Array;
  readonly x25519: Uint8Array;
  readonly addedBy: Uint8Array;
  readonly signature: Uint8Array;
}

export interface SlotRow {
  readonly number: number;
  readonly member: Uint8Array;
  readonly label: string;
  readonly nameTag: Uint8Array;
  readonly kdf: KdfCost;
  readonly salt: Uint8Array;
  readonly keyFile: boolean;
  readonly nonce: Uint8Array;
  readonly wrapped: Uint8Array;
}

export interface CompartmentRow {
  readonly id: number;
  readonly label: string;
  readonly epoch: number;
}

export interface CompartmentKeyRow {
  readonly compartment: number;
  readonly epoch: number;
  readonly member: Uint8Array;
  readonly sealed: Uint8Array;
}

/** Everything that says who may open a vault: small, readable without a passphrase, under each checkpoint's `outer` line. */
export interface OuterRows {
  readonly vaultId: Uint8Array;
  readonly label: string;
  readonly members: readonly MemberRow[];
  readonly slots: readonly SlotRow[];
  readonly compartments: readonly CompartmentRow[];
  readonly compartmentKeys: readonly CompartmentKeyRow[];
}

/** What a founder's first member row and vault id are made of. */
export interface Founding {
  readonly memberId: Uint8Array;
  readonly ed25519: Uint8Array;
  readonly x25519: Uint8Array;
  readonly nonce: Uint8Array;
}

/** The vault id: a commitment to the founder's keys, so that nobody else's checkpoint can bear it. 32 bytes. */
export function vaultIdOf(founding: Founding): Uint8Array {
  return sha256(pack("evalvault/1/vault", founding.memberId, founding.ed25519, founding.x25519, founding.nonce));
}

function memberStatement(vaultId: Uint8Array, member: Omit<MemberRow, "signature">): Uint8Array {
  return pack("evalvault/1/member", vaultId, member.id, member.ed25519, member.x25519, member.addedBy);
}

/** The adder's signature under a member's keys. */
export function signMember(
  vaultId: Uint8Array,
  member: Omit<MemberRow, "signature">,
  adderSecretKey: Uint8Array,
): Uint8Array {
  return signDetached(memberStatement(vaultId, member), adderSecretKey);
}

/** Reads the outer tables with every type and length checked; signatures are {@link checkOuter}'s. */
export function readOuter(database: SqliteDatabase): OuterRows {
  const rows = (name: string): Row[] =>
    database
      .prepare(`SELECT * FROM ${name} ORDER BY 1`)
      .all()
      .map((row, index) => new Row(row, `${name} ${String(index + 1)}`));
  const [vault, ...others] = rows("vault");
  if (vault === undefined || others.length > 0) throw damaged("vault", "there must be exactly one row");
  return {
    vaultId: vault.bytes("id", 32),
    label: vault.text("label"),
    members: rows("member").map(readMember),
    slots: rows("slot").map(readSlot),
    compartments: rows("compartment").map((row) => ({
      id: row.integer("id"),
      label: row.text("label"),
      epoch: row.integer("epoch"),
    })),
    compartmentKeys: rows("compartment_key").map((row) => ({
      compartment: row.integer("compartment"),
      epoch: row.integer("epoch"),
      member: row.bytes("member", memberIdLength),
      sealed: row.bytes("sealed", sealedLength),
    })),
  };
}

function readMember(row: Row): MemberRow {
  return {
    id: row.bytes("id", memberIdLength),
    ed25519: row.bytes("ed25519", 32),
    x25519: row.bytes("x25519", 32),
    addedBy: row.bytes("added_by", memberIdLength),
    signature: row.bytes("signature", 64),
  };
}

function readSlot(row: Row, index: number): SlotRow {
  const keyFile = row.integer("key_file");
  if (keyFile > 1) throw damaged(`slot ${String(index + 1)}`, "column key_file is neither 0 nor 1");
  return {
    number: row.integer("number"),
    member: row.bytes("member", memberIdLength),
    label: row.text("label"),
    nameTag: row.bytes("name_tag", 32),
    kdf: { ops: row.integer("ops"), memory: row.integer("memory") },
    salt: row.bytes("salt", saltLength),
    keyFile: keyFile === 1,
    nonce: row.bytes("nonce", nonceLength),
    wrapped: row.bytes("wrapped", wrappedLength),
  };
}

/**
 * Whether a text may stand in the file as a label, which anyone can read: 1 to 200 characters (Unicode scalar values), none of
 * them a control character or a line or paragraph separator.
 */
export function isLabel(text: string): boolean {
  return /^[^\p{Cc}\p{Cs}\u2028\u2029]{1,200}$/u.test(text);
}

/** What is wrong, and where: "slot 2". */
export interface OuterProblem {
  readonly where: string;
  readonly what: string;
}

/**
 * What is wrong with the outer rows by themselves, as "where: what" pairs: the vault id must be the founder's commitment,
 * each member must be signed by an earlier one, each slot must belong to a member and have an acceptable cost, each key to a
 * member with a slot; compartments and epochs count from 1, labels are labels.
 */
export function checkOuter(database: SqliteDatabase, outer: OuterRows): OuterProblem[] {
  const problems: OuterProblem[] = [];
  const founder = outer.members[0];
  const nonce = new Row(database.prepare("SELECT nonce FROM vault").get(), "vault").bytes("nonce", 32);
  if (founder === undefined || !sameBytes(vaultIdOf({ ...founder, memberId: founder.id, nonce }), outer.vaultId)) {
    problems.push({ where: "vault", what: "its id is not the founder's" });
  }
  const known = new Map<string, MemberRow>();
  outer.members.forEach((member, index) => {
    const adder = index === 0 ? member : known.get(toHex(member.addedBy));
    const self = index > 0 || sameBytes(member.addedBy, member.id);
    const signed =
      adder !== undefined &&
      self &&
      verifyDetached(member.signature, memberStatement(outer.vaultId, member), adder.ed25519);
    if (!signed || known.has(toHex(member.id))) {
      problems.push({ where: `member ${String(index + 1)}`, what: "it was not added by a member of this vault" });
    }
    known.set(toHex(member.id), member);
  });
  for (const [index, slot] of outer.slots.entries()) {
    const where = `slot ${String(index + 1)}`;
    if (!known.has(toHex(slot.member))) problems.push({ where, what: "it belongs to nobody" });
    try {
      checkKdf(slot.kdf);
    } catch {
      problems.push({ where, what: "its passphrase protection is outside what is accepted" });
    }
  }
  return [...problems, ...checkCompartments(outer), ...checkLabels(outer), ...checkCompartmentKeys(outer)];
}

function checkCompartments(outer: OuterRows): OuterProblem[] {
  return outer.compartments.flatMap(({ id, epoch }) =>
    id >= 1 && epoch >= 1 ? [] : [{ where: `compartment ${String(id)}`, what: "its number or epoch is 0" }],
  );
}

function checkLabels(outer: OuterRows): OuterProblem[] {
  const labels = [
    { where: "vault", label: outer.label },
    ...outer.slots.map(({ label }, index) => ({ where: `slot ${String(index + 1)}`, label })),
    ...outer.compartments.map(({ id, label }) => ({ where: `compartment ${String(id)}`, label })),
  ];
  const what = "its label is not one line of 1 to 200 characters";
  return labels.flatMap(({ where, label }) => (isLabel(label) ? [] : [{ where, what }]));
}

/** Whether a compartment's epoch is one that there is or was: what is under another can have been encrypted by nobody. */
export function hasEpoch(outer: OuterRows, place: { readonly compartment: number; readonly epoch: number }): boolean {
  const newest = outer.compartments.find((one) => one.id === place.compartment)?.epoch ?? 0;
  return place.epoch >= 1 && place.epoch <= newest;
}

/** Each key must be of a compartment's epoch that there is, and be sealed once, to a member who was not removed. */
function checkCompartmentKeys(outer: OuterRows): OuterProblem[] {
  const problems: OuterProblem[] = [];
  const members = new Set(outer.members.map((one) => toHex(one.id)));
  const current = new Set(outer.slots.map((one) => toHex(one.member)));
  const epochs = new Map(outer.compartments.map((one) => [one.id, one.epoch]));
  const seen = new Set<string>();
  for (const [index, key] of outer.compartmentKeys.entries()) {
    const where = `compartment key ${String(index + 1)}`;
    const member = toHex(key.member);
    const which = `${member} ${String(key.compartment)} ${String(key.epoch)}`;
    if (!members.has(member) || key.epoch < 1 || key.epoch > (epochs.get(key.compartment) ?? 0)) {
      problems.push({ where, what: "it belongs to nobody or to no compartment" });
    } else if (!current.has(member)) {
      problems.push({ where, what: "it is of a member who was removed" });
    } else if (seen.has(which)) {
      problems.push({ where, what: "it is there twice" });
    }
    seen.add(which);
  }
  return problems;
}

/** A member with a slot: who was removed has none. @throws VaultError "no-such-member" */
export function findMember(outer: OuterRows, id: string): MemberRow {
  const bytes = fromHex(id);
  const member = outer.members.find((one) => sameBytes(one.id, bytes));
  if (member === undefined || !outer.slots.some((slot) => sameBytes(slot.member, bytes))) {
    throw new VaultError("no-such-member", "The vault has no such member, or they were removed.", {
      member: id.slice(0, 64),
    });
  }
  return member;
}

/** How a member gets in. @throws VaultError "damaged" where they have no slot */
export function findSlot(outer: OuterRows, memberId: string): SlotRow {
  const slot = outer.slots.find((one) => toHex(one.member) === memberId);
  if (slot === undefined) throw damaged("slot", "this member has none");
  return slot;
}

/** SHA-256 over every value of every row of the outer tables, in the order of the schema and of the keys. */
export function outerDigest(database: SqliteDatabase): Uint8Array {
  const fields: CanonicalField[] = [];
  for (const name of outerTables) {
    const shape = tableShape(name);
    const rows = database.prepare(`SELECT * FROM ${name} ORDER BY 1`).all();
    fields.push(name, rows.length);
    rows.forEach((raw, index) => {
      const row = new Row(raw, `${name} ${String(index + 1)}`);
      for (const column of shape.columns) {
        if (column.type === "INTEGER") fields.push(row.integer(column.name));
        else if (column.type === "TEXT") fields.push(row.text(column.name));
        else fields.push(row.bytes(column.name));
      }
    });
  }
  return sha256(pack("evalvault/1/outer", ...fields));
}
