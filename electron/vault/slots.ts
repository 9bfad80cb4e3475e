import { fromHex, pack, sameBytes, toHex } from "./canonical.ts";
import { damaged, VaultError } from "./errors.ts";
import { deriveSlotKey, saltLength, type Secret } from "./key-derivation.ts";
import { memberKeyPairs, wipeSecrets, type KeyRing, type MemberPublic, type MemberSecrets } from "./keys.ts";
import { isLabel, type OuterRows, type SlotRow } from "./outer.ts";
import { aeadOpen, aeadSeal, blake2b, nonceLength, sha256, sodium, wipe, type RandomBytes } from "./sodium.ts";
import type { KdfCost, SlotChoice } from "./vault-types.ts";

/** A slot before it has a number. */
export type NewSlotRow = Omit<SlotRow, "number">;

/** What a slot is made from, beside the secret. */
export interface SlotFacts {
  readonly vaultId: Uint8Array;
  readonly member: Uint8Array;
  readonly label: string;
  readonly nameTag: Uint8Array;
  readonly kdf: KdfCost;
}

/**
 * A tag by which a member's slot is found by name without the name being in the file: BLAKE2b-256 keyed with the vault id
 * over the name in NFKC, trimmed, lower case. Guessable by who can list the names; it hides them from a casual reader.
 */
export function nameTagOf(vaultId: Uint8Array, name: string): Uint8Array {
  return blake2b(32, pack("evalvault/1/name", name.normalize("NFKC").trim().toLowerCase()), vaultId);
}

function slotPlace(slot: NewSlotRow, vaultId: Uint8Array): Uint8Array {
  return pack("evalvault/1/slot", vaultId, slot.member, slot.kdf.ops, slot.kdf.memory, slot.salt, slot.keyFile ? 1 : 0);
}

/** Wraps a member's secret keys under a passphrase (and key file). */
export async function makeSlot(
  facts: SlotFacts,
  secrets: MemberSecrets,
  secret: Secret,
  options: { readonly random: RandomBytes; readonly signal?: AbortSignal | undefined },
): Promise<NewSlotRow> {
  const { vaultId, ...rest } = facts;
  const salt = options.random(saltLength);
  const unsealed = { ...rest, salt, keyFile: secret.keyFile !== undefined, nonce: options.random(nonceLength) };
  const key = await deriveSlotKey(secret, salt, facts.kdf, options.signal);
  const plain = new Uint8Array([...secrets.seed, ...secrets.box]);
  const place = slotPlace({ ...unsealed, wrapped: new Uint8Array() }, vaultId);
  const wrapped = aeadSeal(plain, place, unsealed.nonce, key);
  wipe(key, plain);
  return { ...unsealed, wrapped };
}

/** The words for whatever of member, passphrase and key file was wrong: always the same. */
export function wrongPassphrase(): VaultError {
  return new VaultError("wrong-passphrase", "The vault did not open: member, passphrase or key file is not right.");
}

/**
 * Opens a slot. The key is derived even where there is no such slot, so that both cases take as long.
 * @throws VaultError "wrong-passphrase", "kdf-refused", "cancelled"
 */
export async function openSlot(
  outer: OuterRows,
  slot: SlotRow | undefined,
  secret: Secret,
  signal?: AbortSignal,
): Promise<MemberSecrets> {
  const tried = slot ?? outer.slots[0];
  if (tried === undefined) throw damaged("slot", "there is none");
  const key = await deriveSlotKey(secret, tried.salt, tried.kdf, signal);
  const plain = slot === undefined ? null : aeadOpen(slot.wrapped, slotPlace(slot, outer.vaultId), slot.nonce, key);
  wipe(key);
  const member = outer.members.find((one) => sameBytes(one.id, tried.member));
  if (plain === null || member === undefined) throw wrongPassphrase();
  const secrets = openedSecrets(plain, member);
  if (secrets === null) {
    throw damaged(`slot ${String(tried.number)}`, "its keys are not its member's");
  }
  return secrets;
}

/** The keys in an opened wrapping (seed ‖ X25519 secret key), which is wiped; null where they are not the member's. */
export function openedSecrets(plain: Uint8Array, member: MemberPublic): MemberSecrets | null {
  const { secrets, publicKeys } = memberKeyPairs(plain.slice(0, 32), plain.slice(32, 64));
  wipe(plain);
  if (sameBytes(publicKeys.ed25519, member.ed25519) && sameBytes(publicKeys.x25519, member.x25519)) return secrets;
  wipeSecrets(secrets);
  return null;
}

/** The slot that is meant; without a choice the only one there is. */
export function chooseSlot(outer: OuterRows, choice: SlotChoice | undefined): SlotRow | undefined {
  if (choice === undefined) return outer.slots.length === 1 ? outer.slots[0] : undefined;
  if ("id" in choice) return outer.slots.find((slot) => sameBytes(slot.member, fromHex(choice.id)));
  if ("name" in choice) {
    const tag = nameTagOf(outer.vaultId, choice.name);
    return outer.slots.find((slot) => sameBytes(slot.nameTag, tag));
  }
  return outer.slots.find((slot) => slot.label.toLowerCase() === choice.label.toLowerCase());
}

function compartmentPurpose(vaultId: Uint8Array, compartment: number, epoch: number): Uint8Array {
  return sha256(pack("evalvault/1/compartment-key", vaultId, compartment, epoch));
}

/** Which compartment key, of which vault. */
export interface CompartmentKeyPlace {
  readonly vaultId: Uint8Array;
  readonly compartment: number;
  readonly epoch: number;
}

/** Seals a compartment key to a member: crypto_box_seal(key ‖ SHA-256 of its purpose). */
export function sealCompartmentKey(place: CompartmentKeyPlace, key: Uint8Array, x25519: Uint8Array): Uint8Array {
  const plain = new Uint8Array([...key, ...compartmentPurpose(place.vaultId, place.compartment, place.epoch)]);
  const sealed = sodium.crypto_box_seal(plain, x25519);
  wipe(plain);
  return sealed;
}

/** Opens what {@link sealCompartmentKey} made; null where it is not for these keys or this place. */
export function openCompartmentKey(
  place: CompartmentKeyPlace,
  sealed: Uint8Array,
  keys: { readonly x25519: Uint8Array; readonly box: Uint8Array },
): Uint8Array | null {
  let plain: Uint8Array;
  try {
    plain = sodium.crypto_box_seal_open(sealed, keys.x25519, keys.box);
  } catch {
    return null;
  }
  const fits = sameBytes(plain.subarray(32), compartmentPurpose(place.vaultId, place.compartment, place.epoch));
  const key = plain.slice(0, 32);
  wipe(plain);
  return fits ? key : null;
}

/** Opens every compartment key that is sealed to a member, into their key ring. @throws VaultError "damaged" */
export function addCompartmentKeys(keys: KeyRing, outer: OuterRows, memberId: string): void {
  const { vaultId } = outer;
  const { box } = keys.member;
  const pair = { box, x25519: sodium.crypto_scalarmult_base(box) };
  outer.compartmentKeys.forEach(({ compartment, epoch, member, sealed }, index) => {
    if (toHex(member) !== memberId) return;
    const key = openCompartmentKey({ vaultId, compartment, epoch }, sealed, pair);
    if (key === null) throw damaged(`compartment key ${String(index + 1)}`, "it is not what was written there");
    keys.add(compartment, epoch, key);
  });
}

/** The label as it may stand in the file. @throws VaultError "invalid-argument" */
export function checkLabel(label: string, what: string): string {
  if (isLabel(label)) return label;
  throw new VaultError("invalid-argument", `The ${what} must be one line of 1 to 200 characters.`, { what });
}
