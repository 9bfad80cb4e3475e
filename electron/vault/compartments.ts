import { toHex } from "./canonical.ts";
import { noCompartment, VaultError } from "./errors.ts";
import { mainCompartment } from "./journal.ts";
import {
  commitOuter,
  dropSnapshot,
  findCompartment,
  holdersOf,
  isSelf,
  nextEpoch,
  shareKeys,
  type OuterHost,
} from "./outer-change.ts";
import { findMember } from "./outer.ts";
import { insertCompartment } from "./outer-writes.ts";
import { checkLabel } from "./slots.ts";
import type { CompartmentOutline, HolderChange, KeyRotation, NewCompartment } from "./vault-types.ts";

/** The compartments of an open vault: who holds which, and every change of that. */
export class Compartments {
  readonly #host: OuterHost;

  constructor(host: OuterHost) {
    this.#host = host;
  }

  list(): readonly CompartmentOutline[] {
    const { journal, keys } = this.#host;
    return journal.outer.compartments.map((one) => ({
      id: one.id,
      label: one.label,
      epoch: one.epoch,
      holders: holdersOf(journal.outer, one).map((member) => toHex(member.id)),
      readable: keys.has(one.id, one.epoch),
    }));
  }

  add(wanted: NewCompartment): number {
    const host = this.#host;
    host.mustBeOpen();
    const { outer } = host.journal;
    const label = checkLabel(wanted.label, "compartment's label");
    const holders = [...new Set(wanted.holders)].map((id) => findMember(outer, id));
    if (holders.length === 0) throw refused("A compartment needs at least one holder.");
    const id = 1 + Math.max(0, ...outer.compartments.map((one) => one.id));
    const entries = wanted.entries(id);
    const before = (): void => {
      insertCompartment(host.database, { id, label, epoch: 1 });
    };
    commitOuter(host, { entries, before, epochs: [{ compartment: id, epoch: 1, holders }] });
    return id;
  }

  grant(change: HolderChange): void {
    const host = this.#host;
    host.mustBeOpen();
    const { outer } = host.journal;
    const compartment = findCompartment(outer, change.compartment);
    const member = findMember(outer, change.member);
    if (!host.keys.has(compartment.id, compartment.epoch)) throw noCompartment(compartment.id);
    const before = (): void => {
      shareKeys(host, compartment.id, member);
      // It was made without what can be read from now on.
      if (!isSelf(host, member)) dropSnapshot(host, member.id);
    };
    commitOuter(host, { entries: change.entries, before });
  }

  revoke(change: HolderChange): void {
    const host = this.#host;
    host.mustBeOpen();
    const { outer } = host.journal;
    const compartment = findCompartment(outer, change.compartment);
    const member = findMember(outer, change.member);
    if (compartment.id === mainCompartment) {
      throw refused("Every member holds compartment 1. Remove the member instead.");
    }
    if (isSelf(host, member)) throw refused("Nobody can take a compartment from themselves. Ask another holder.");
    const holders = holdersOf(outer, compartment);
    const staying = holders.filter((one) => one !== member);
    if (staying.length === holders.length) throw refused("This member does not hold the compartment.");
    if (staying.length === 0) throw refused("This member is its only holder: share it with somebody else first.");
    const before = (): void => {
      host.database
        .prepare("DELETE FROM compartment_key WHERE compartment = ? AND member = ?")
        .run(compartment.id, member.id);
      dropSnapshot(host, member.id);
    };
    commitOuter(host, { entries: change.entries, before, epochs: [nextEpoch(compartment, staying)] });
    host.afterRemoval();
  }

  rotate(rotation: KeyRotation): void {
    const host = this.#host;
    host.mustBeOpen();
    const { outer } = host.journal;
    const compartment = findCompartment(outer, rotation.compartment);
    const holders = holdersOf(outer, compartment);
    if (holders.length === 0) throw refused("Nobody holds this compartment any more.");
    commitOuter(host, { entries: rotation.entries, epochs: [nextEpoch(compartment, holders)] });
  }
}

function refused(message: string): VaultError {
  return new VaultError("invalid-argument", message);
}
