import { createHash } from "node:crypto";
import type { Compartment, Member } from "../contract/members.ts";
import { listCompartments } from "../domain/compartments/queries.ts";
import { listMembers, memberName } from "../domain/members/queries.ts";
import type { OpenSession } from "./open-session.ts";

/** SHA-256 of a signing key in groups of four hex digits: what two people read to each other. */
export function keyFingerprint(key: Uint8Array): string {
  const hex = createHash("sha256").update(key).digest("hex");
  return (hex.match(/.{4}/g) ?? []).join(" ");
}

/** Members as the journal knows them, with what the outer tables of the file say of their slots and keys. */
export function membersOf({ model, vault }: OpenSession): Member[] {
  const slots = new Map(vault.slots().map((slot) => [slot.memberId, slot]));
  const keys = new Map(vault.memberKeys().map((one) => [one.memberId, one.signKey]));
  const compartments = vault.compartments();
  return listMembers(model).map((member) => {
    const slot = slots.get(member.id);
    const key = keys.get(member.id);
    return {
      ...member,
      slot: slot === undefined ? null : { keyFile: slot.keyFile, memoryBytes: slot.kdf.memory, passes: slot.kdf.ops },
      compartments: compartments.filter((one) => one.holders.includes(member.id)).map((one) => one.id),
      fingerprint: key === undefined ? "" : keyFingerprint(key),
    };
  });
}

/** Compartments as the journal names them, with who holds their keys. */
export function compartmentsOf({ model, vault }: OpenSession): Compartment[] {
  const named = new Map(listCompartments(model).map((one) => [one.id, one]));
  return vault.compartments().map(({ id, label, epoch, holders, readable }) => ({
    id,
    kind: named.get(id)?.kind ?? "separate",
    name: named.get(id)?.name ?? label,
    label,
    epoch,
    holders: holders.map((one) => ({ id: one, name: memberName(model, one) })),
    readable,
    entries: named.get(id)?.entries ?? 0,
  }));
}
