import { fromHex, sameBytes, toHex } from "./canonical.ts";
import { noCompartment, VaultError } from "./errors.ts";
import { mainCompartment, type Signer } from "./journal.ts";
import { checkKdf, defaultKdf, type Secret } from "./key-derivation.ts";
import { copySecrets, newMemberKeyPairs, wipeSecrets, type MemberSecrets } from "./keys.ts";
import { commitOuter, dropSnapshot, holdersOf, isSelf, nextEpoch, shareKeys, type OuterHost } from "./outer-change.ts";
import { findMember, findSlot, memberIdLength, signMember, type OuterRows, type SlotRow } from "./outer.ts";
import { insertMember, insertSlot, replaceSlot } from "./outer-writes.ts";
import {
  checkLabel,
  makeSlot,
  nameTagOf,
  openSlot,
  wrongPassphrase,
  type NewSlotRow,
  type SlotFacts,
} from "./slots.ts";
import type { KdfCost, MemberRemoval, NewMember, PassphraseChange } from "./vault-types.ts";

/** Who is in an open vault, and how each gets in. */
export class Membership {
  readonly #host: OuterHost;
  readonly #openedWith: "slot" | "backup";

  constructor(host: OuterHost, openedWith: "slot" | "backup") {
    this.#host = host;
    this.#openedWith = openedWith;
  }

  async add(member: NewMember): Promise<string> {
    const host = this.#host;
    host.mustBeOpen();
    const { vaultId } = host.journal.outer;
    const id = member.id === undefined ? host.random(memberIdLength) : fromHex(member.id);
    const nameTag = nameTagOf(vaultId, member.name);
    checkNewMember(host.journal.outer, id, nameTag);
    this.#toShare(member.compartments);
    const label = checkLabel(member.label, "slot's label");
    const { secrets, publicKeys } = newMemberKeyPairs(host.random);
    const facts = { vaultId, member: id, label, nameTag, kdf: member.kdf ?? defaultKdf };
    const slot = await this.#makeSlot(facts, secrets, member);
    // Deriving the key took its time: whatever was true before may be so no longer.
    host.mustBeOpen();
    checkNewMember(host.journal.outer, id, nameTag);
    const compartments = this.#toShare(member.compartments);
    const row = { id, ...publicKeys, addedBy: fromHex(host.memberId) };
    const before = (): void => {
      insertMember(host.database, { ...row, signature: signMember(vaultId, row, host.keys.member.signing) });
      insertSlot(host.database, slot);
      for (const compartment of compartments) shareKeys(host, compartment, row);
    };
    commitOuter(host, { entries: member.entries, before });
    return toHex(id);
  }

  /** @param second who signs it in place of who opened the vault */
  remove(removal: MemberRemoval, second?: Signer): void {
    const host = this.#host;
    host.mustBeOpen();
    const { outer } = host.journal;
    const member = findMember(outer, removal.member);
    if (isSelf(host, member) || second?.memberId === toHex(member.id)) {
      throw new VaultError(
        "invalid-argument",
        "Nobody can be removed by their own signature, or while they have the vault open.",
      );
    }
    const epochs = outer.compartments.flatMap((compartment) => {
      const holders = holdersOf(outer, compartment);
      const staying = holders.filter((one) => one !== member);
      return staying.length === holders.length ? [] : [nextEpoch(compartment, staying)];
    });
    const before = (): void => {
      host.database.prepare("DELETE FROM slot WHERE member = ?").run(member.id);
      host.database.prepare("DELETE FROM compartment_key WHERE member = ?").run(member.id);
      dropSnapshot(host, member.id);
    };
    commitOuter(host, { entries: removal.entries, before, epochs, signer: second });
    host.afterRemoval();
  }

  async changePassphrase(change: PassphraseChange): Promise<void> {
    const host = this.#host;
    host.mustBeOpen();
    const old = findSlot(host.journal.outer, host.memberId);
    const kdf = nextCost(old.kdf, change.kdf);
    const secrets = await this.#currentSecrets(old, change);
    const { member, label, nameTag } = old;
    const facts = { vaultId: host.journal.outer.vaultId, member, label, nameTag, kdf };
    const next = { passphrase: change.next, keyFile: change.nextKeyFile };
    const slot = await this.#makeSlot(facts, secrets, next);
    host.mustBeOpen();
    const { number, kdf: present } = findSlot(host.journal.outer, host.memberId);
    nextCost(present, kdf);
    const before = (): void => {
      replaceSlot(host.database, number, slot);
    };
    commitOuter(host, { entries: change.entries, before });
    host.afterRemoval();
  }

  /** The secret keys behind the passphrase that is changed. Who came in with a key backup need not know it. */
  async #currentSecrets(slot: SlotRow, change: PassphraseChange): Promise<MemberSecrets> {
    const { journal, keys } = this.#host;
    if (change.current !== undefined) {
      return openSlot(journal.outer, slot, { passphrase: change.current, keyFile: change.currentKeyFile });
    }
    if (this.#openedWith !== "backup") throw wrongPassphrase();
    return copySecrets(keys.member);
  }

  /** Wraps secret keys in a slot and wipes them, whatever happens. */
  async #makeSlot(facts: SlotFacts, secrets: MemberSecrets, secret: Secret): Promise<NewSlotRow> {
    try {
      return await makeSlot(facts, secrets, secret, { random: this.#host.random });
    } finally {
      wipeSecrets(secrets);
    }
  }

  /** Ids of the compartments that a new member gets keys of: those that are wanted, or all that this member holds. */
  #toShare(wanted: readonly number[] | undefined): ReadonlySet<number> {
    const { journal, keys } = this.#host;
    const held = new Set(journal.outer.compartments.filter((one) => keys.has(one.id, one.epoch)).map((one) => one.id));
    if (wanted === undefined) return held;
    for (const id of wanted) if (!held.has(id)) throw noCompartment(id);
    return new Set([mainCompartment, ...wanted]);
  }
}

/** A slot never becomes cheaper to guess at than it was. @throws VaultError "kdf-refused" */
function nextCost(old: KdfCost, wanted: KdfCost | undefined): KdfCost {
  if (wanted === undefined) {
    return { ops: Math.max(old.ops, defaultKdf.ops), memory: Math.max(old.memory, defaultKdf.memory) };
  }
  checkKdf(wanted);
  if (wanted.ops < old.ops || wanted.memory < old.memory) {
    throw new VaultError(
      "kdf-refused",
      `The passphrase protection may not become less than it is (${String(old.memory)} bytes, ${String(old.ops)} passes). Choose at least that.`,
      { memory: wanted.memory, ops: wanted.ops },
    );
  }
  return wanted;
}

function checkNewMember(outer: OuterRows, id: Uint8Array, nameTag: Uint8Array): void {
  if (id.length !== memberIdLength || outer.members.some((one) => sameBytes(one.id, id))) {
    throw new VaultError("invalid-argument", "The new member's id is not 32 hex digits of its own.");
  }
  if (outer.slots.some((slot) => sameBytes(slot.nameTag, nameTag))) {
    throw new VaultError("invalid-argument", "There is already a member of that name.");
  }
}
