import { fromHex, sameBytes, toHex } from "./canonical.ts";
import { noCompartment } from "./errors.ts";
import type { FreshKey, Journal, Signer } from "./journal.ts";
import type { KeyRing } from "./keys.ts";
import type { CompartmentRow, MemberRow, OuterRows } from "./outer.ts";
import { insertCompartmentKey } from "./outer-writes.ts";
import { sealCompartmentKey } from "./slots.ts";
import { wipe, type RandomBytes } from "./sodium.ts";
import type { SqliteDatabase } from "./sqlite.ts";

/** What the changes of members, slots and compartments need of the open vault. */
export interface OuterHost {
  readonly database: SqliteDatabase;
  readonly journal: Journal;
  /** Of the member who has the vault open. */
  readonly keys: KeyRing;
  readonly memberId: string;
  readonly random: RandomBytes;
  /** @throws VaultError "closed" */
  readonly mustBeOpen: () => void;
  /** Called before anything is written. */
  readonly beforeWriting: () => void;
  /** Called after keys were taken out, so that they are in no older part of the file either. */
  readonly afterRemoval: () => void;
}

/** A key that a change makes: that of a compartment's next epoch, and who gets it. */
export interface NewEpoch {
  readonly compartment: number;
  readonly epoch: number;
  readonly holders: readonly MemberRow[];
}

/** One change of the outer tables, with entries of compartment 1. */
export interface OuterChange {
  readonly entries: readonly Uint8Array[] | undefined;
  readonly before?: () => void;
  /** Epochs that start with it, after `before`. */
  readonly epochs?: readonly NewEpoch[];
  /** Default who opened the vault. */
  readonly signer?: Signer | undefined;
}

/**
 * Commits a change under one checkpoint. Of the keys that are made in it this member keeps those that are sealed to them; the rest,
 * and all where anything fails, are wiped.
 */
export function commitOuter(host: OuterHost, change: OuterChange): void {
  const { entries, epochs = [], signer } = change;
  const freshKeys: FreshKey[] = [];
  try {
    for (const { compartment, epoch } of epochs) freshKeys.push({ compartment, epoch, key: host.random(32) });
    const before = (): void => {
      change.before?.();
      for (const [index, fresh] of freshKeys.entries()) writeEpoch(host, fresh, epochs[index]?.holders ?? []);
    };
    host.beforeWriting();
    host.journal.commit({ entries, before, freshKeys, outer: true }, signer);
    for (const { compartment, epoch, key } of freshKeys) {
      if (holdsKey(host.journal.outer, fromHex(host.memberId), compartment, epoch)) {
        host.keys.add(compartment, epoch, key.slice());
      }
    }
  } finally {
    wipe(...freshKeys.map((one) => one.key));
  }
}

/** Writes an epoch: the compartment's number, and the key sealed to each of its holders. */
function writeEpoch(host: OuterHost, fresh: FreshKey, holders: readonly MemberRow[]): void {
  const { compartment, epoch, key } = fresh;
  host.database.prepare("UPDATE compartment SET epoch = ? WHERE id = ?").run(epoch, compartment);
  const place = { vaultId: host.journal.outer.vaultId, compartment, epoch };
  for (const { id, x25519 } of holders) {
    const sealed = sealCompartmentKey(place, key, x25519);
    insertCompartmentKey(host.database, { compartment, epoch, member: id, sealed });
  }
}

function holdsKey(outer: OuterRows, member: Uint8Array, compartment: number, epoch: number): boolean {
  return outer.compartmentKeys.some(
    (row) => row.compartment === compartment && row.epoch === epoch && sameBytes(row.member, member),
  );
}

/** The members who hold the newest key of a compartment, in the order in which they were added. */
export function holdersOf(outer: OuterRows, compartment: CompartmentRow): readonly MemberRow[] {
  return outer.members.filter((member) => holdsKey(outer, member.id, compartment.id, compartment.epoch));
}

/** @throws VaultError "no-such-compartment" */
export function findCompartment(outer: OuterRows, id: number): CompartmentRow {
  const compartment = outer.compartments.find((one) => one.id === id);
  if (compartment === undefined) throw noCompartment(id);
  return compartment;
}

/** Seals every epoch's key of a compartment that this member holds to another, where that one has it not yet. */
export function shareKeys(host: OuterHost, compartment: number, member: Pick<MemberRow, "id" | "x25519">): void {
  const { outer } = host.journal;
  const own = fromHex(host.memberId);
  for (const row of outer.compartmentKeys) {
    if (row.compartment !== compartment || !sameBytes(row.member, own)) continue;
    if (holdsKey(outer, member.id, compartment, row.epoch)) continue;
    const place = { vaultId: outer.vaultId, compartment, epoch: row.epoch };
    const sealed = sealCompartmentKey(place, host.keys.compartment(compartment, row.epoch), member.x25519);
    insertCompartmentKey(host.database, { compartment, epoch: row.epoch, member: member.id, sealed });
  }
}

/** The next epoch of a compartment, for these holders. */
export function nextEpoch(compartment: CompartmentRow, holders: readonly MemberRow[]): NewEpoch {
  return { compartment: compartment.id, epoch: compartment.epoch + 1, holders };
}

/** Removes a member's snapshot: what a member may read has changed, and it is only a cache of that. */
export function dropSnapshot(host: OuterHost, member: Uint8Array): void {
  host.database.prepare("DELETE FROM snapshot WHERE member = ?").run(member);
}

/** Whether this is the member who has the vault open. */
export function isSelf(host: OuterHost, member: MemberRow): boolean {
  return toHex(member.id) === host.memberId;
}
