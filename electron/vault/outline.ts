import { statSync } from "node:fs";

import { sameBytes, toHex } from "./canonical.ts";
import { CheckpointReader, readTip } from "./checkpoints.ts";
import { asVaultError, damaged } from "./errors.ts";
import { outerDigest, readOuter, type SlotRow } from "./outer.ts";
import { formatVersion } from "./schema.ts";
import { closeWriter, hasLog, openClosed, type SqliteDatabase } from "./sqlite.ts";
import { recoverVault } from "./tidy.ts";
import type { Checkpoint, SlotOutline, VaultOutline } from "./vault-types.ts";

/** An outline is a few pages, and comes before every unlock: larger files are not read whole for it. */
const readWholeLimit = 1024 * 1024;

/** A slot as anyone may see it. */
export function outlineSlot(slot: SlotRow): SlotOutline {
  return { memberId: toHex(slot.member), label: slot.label, keyFile: slot.keyFile, kdf: slot.kdf };
}

/**
 * What a vault file says without a passphrase. A vault that was not closed properly is recovered first.
 * @throws VaultError "missing", "not-a-vault", "future-format", "damaged", "in-use", "read-only" (only when to be recovered)
 */
export function inspectVault(path: string): VaultOutline {
  if (hasLog(path)) recoverVault(path);
  const database = openClosed(path, readWholeLimit);
  try {
    return outlineOf(database, path);
  } catch (error) {
    throw asVaultError(error, path);
  } finally {
    closeWriter(database);
  }
}

function outlineOf(database: SqliteDatabase, path: string): VaultOutline {
  const outer = readOuter(database);
  const { checkpoint } = readTip(database, new CheckpointReader(database, outer));
  if (!sameBytes(checkpoint.body.outer, outerDigest(database))) {
    throw damaged("members and slots", "they are not what the newest checkpoint was signed over");
  }
  return {
    id: toHex(outer.vaultId),
    label: outer.label,
    format: formatVersion,
    slots: outer.slots.map(outlineSlot),
    entries: checkpoint.size,
    checkpoints: checkpoint.number,
    checkpoint: { size: checkpoint.size, rootHex: checkpoint.rootHex, signer: checkpoint.signer },
    bytes: statSync(path).size,
  };
}

export function outlineCheckpoint({ number, size, rootHex, signer, note }: Checkpoint): Checkpoint {
  return { number, size, rootHex, signer, note };
}
