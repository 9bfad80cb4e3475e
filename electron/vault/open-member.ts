import { toHex } from "./canonical.ts";
import { invalidBackup, isBackupOf, openKeyBackup, parseKeyBackup } from "./key-backup.ts";
import type { MemberSecrets } from "./keys.ts";
import { findMember, type OuterRows } from "./outer.ts";
import { chooseSlot, openedSecrets, openSlot, wrongPassphrase } from "./slots.ts";
import type { UnlockRequest } from "./vault-types.ts";

/** A member whose secret keys are at hand. Who holds them wipes them. */
export interface OpenedMember {
  readonly memberId: string;
  readonly secrets: MemberSecrets;
  readonly openedWith: "slot" | "backup";
}

/**
 * Opens a member's keys: their slot, or a key backup in its place.
 * @throws VaultError "wrong-passphrase", "kdf-refused", "cancelled", "damaged"; with a backup also "backup-invalid" (no backup, or not of
 *   this vault), "no-such-member" (they were removed)
 */
export async function openMember(
  outer: OuterRows,
  request: UnlockRequest,
  signal?: AbortSignal,
): Promise<OpenedMember> {
  if (request.backup !== undefined) return openWithBackup(outer, request, request.backup, signal);
  const slot = chooseSlot(outer, request.member);
  const secrets = await openSlot(outer, slot, request, signal);
  if (slot === undefined) throw wrongPassphrase();
  return { memberId: toHex(slot.member), secrets, openedWith: "slot" };
}

async function openWithBackup(
  outer: OuterRows,
  request: UnlockRequest,
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<OpenedMember> {
  const backup = parseKeyBackup(bytes);
  if (!isBackupOf(backup, outer.vaultId)) throw invalidBackup("The key backup is of another vault.");
  const member = findMember(outer, backup.memberId);
  if (request.member !== undefined) {
    const slot = chooseSlot(outer, request.member);
    if (slot === undefined || toHex(slot.member) !== backup.memberId) throw wrongPassphrase();
  }
  const plain = await openKeyBackup(backup, request.passphrase, signal);
  if (plain === null) throw wrongPassphrase();
  const secrets = openedSecrets(plain, member);
  if (secrets === null) throw invalidBackup("The key backup's keys are not its member's.");
  return { memberId: backup.memberId, secrets, openedWith: "backup" };
}
