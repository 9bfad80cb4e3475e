import { asVaultError, damaged, throwIfCancelled } from "./errors.ts";
import { sameBytes } from "./canonical.ts";
import { CheckpointReader, readTip } from "./checkpoints.ts";
import { KeyRing } from "./keys.ts";
import { openMember } from "./open-member.ts";
import { openVaultWith } from "./open-vault.ts";
import { checkOuter, outerDigest, readOuter, type OuterRows } from "./outer.ts";
import { checkSchema } from "./schema-check.ts";
import { closeWriter, hasLog, openForWriting } from "./sqlite.ts";
import { recoverVault } from "./tidy.ts";
import { checkKdf } from "./key-derivation.ts";
import type { Cancellable, OpenVault, UnlockRequest } from "./vault-types.ts";

/**
 * Opens a vault for one member. What can be checked without keys is checked first, so that damage is not taken for a
 * wrong passphrase; then wrong member, passphrase and key file give the same words after the same work.
 * @throws VaultError "wrong-passphrase", "kdf-refused", "cancelled", "damaged", "in-use", "missing", "not-a-vault",
 *   "future-format", "read-only"; with a key backup also "backup-invalid", "no-such-member"
 */
export async function unlockVault(path: string, request: UnlockRequest, options: Cancellable = {}): Promise<OpenVault> {
  const outer = readChecked(path);
  const { memberId, secrets, openedWith } = await openMember(outer, request, options.signal);
  const keys = new KeyRing(secrets);
  try {
    throwIfCancelled(options.signal);
    return openVaultWith(path, { memberId, keys, openedWith });
  } catch (error) {
    keys.wipe();
    throw asVaultError(error, path);
  }
}

/** Reads the outer tables of a vault that stands still for it, checked up to the newest checkpoint's signature. */
function readChecked(path: string): OuterRows {
  if (hasLog(path)) recoverVault(path);
  const database = openForWriting(path);
  try {
    checkSchema(database);
    const outer = readOuter(database);
    for (const slot of outer.slots) checkKdf(slot.kdf);
    const [problem] = checkOuter(database, outer);
    if (problem !== undefined) throw damaged(problem.where, problem.what);
    const { body } = readTip(database, new CheckpointReader(database, outer)).checkpoint;
    if (!sameBytes(body.outer, outerDigest(database))) {
      throw damaged("members and slots", "they are not what the newest checkpoint was signed over");
    }
    return outer;
  } catch (error) {
    throw asVaultError(error, path);
  } finally {
    closeWriter(database);
  }
}
