import { z } from "zod";

import { fromBase64, fromHex, pack, toBase64, toHex } from "./canonical.ts";
import { VaultError } from "./errors.ts";
import { checkKdf, defaultKdf, deriveSlotKey, saltLength } from "./key-derivation.ts";
import type { MemberSecrets } from "./keys.ts";
import { wrappedLength } from "./outer.ts";
import { aeadOpen, aeadSeal, nonceLength, wipe, type RandomBytes } from "./sodium.ts";
import type { BackupOutline, BackupRequest, KdfCost } from "./vault-types.ts";

/** Says what a file is, in the file. */
const form = "EvalVault key backup, format 1";
/** No backup is near this size; a larger file is not looked into. */
const largestBackup = 16 * 1024;

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${String(2 * bytes)}}$`));

const fileSchema = z.strictObject({
  form: z.literal(form),
  vault: hex(32),
  member: hex(16),
  label: z.string().max(200),
  argon2id: z.strictObject({ passes: z.int(), memory: z.int(), salt: z.string() }),
  nonce: z.string(),
  wrapped: z.string(),
});

/** A key backup as its file says it; nothing of it is known to be true before it opens. */
export interface KeyBackup extends BackupOutline {
  readonly kdf: KdfCost;
  readonly salt: Uint8Array;
  readonly nonce: Uint8Array;
  readonly wrapped: Uint8Array;
}

function backupPlace(backup: Omit<KeyBackup, "nonce" | "wrapped">): Uint8Array {
  const { vaultId, memberId, label, kdf, salt } = backup;
  return pack("evalvault/1/key-backup", fromHex(vaultId), fromHex(memberId), label, kdf.ops, kdf.memory, salt);
}

/**
 * Wraps a member's secret keys under a passphrase of their own: a text file in JSON.
 * @throws VaultError "kdf-refused", "io"
 */
export async function makeKeyBackup(
  whose: BackupOutline,
  secrets: MemberSecrets,
  request: BackupRequest,
  random: RandomBytes,
): Promise<Uint8Array> {
  const salt = random(saltLength);
  const nonce = random(nonceLength);
  const kdf = request.kdf ?? defaultKdf;
  const key = await deriveSlotKey({ passphrase: request.passphrase }, salt, kdf);
  const plain = new Uint8Array([...secrets.seed, ...secrets.box]);
  const wrapped = aeadSeal(plain, backupPlace({ ...whose, kdf, salt }), nonce, key);
  wipe(key, plain);
  const file: z.infer<typeof fileSchema> = {
    form,
    vault: whose.vaultId,
    member: whose.memberId,
    label: whose.label,
    argon2id: { passes: kdf.ops, memory: kdf.memory, salt: toBase64(salt) },
    nonce: toBase64(nonce),
    wrapped: toBase64(wrapped),
  };
  return new TextEncoder().encode(`${JSON.stringify(file, null, 2)}\n`);
}

/** What a key backup says of itself, without its passphrase. @throws VaultError "backup-invalid" */
export function inspectBackup(bytes: Uint8Array): BackupOutline {
  const { vaultId, memberId, label } = parseKeyBackup(bytes);
  return { vaultId, memberId, label };
}

/** Reads a key backup with all of its form checked, and its cost. @throws VaultError "backup-invalid" */
export function parseKeyBackup(bytes: Uint8Array): KeyBackup {
  const parsed = fileSchema.safeParse(bytes.length > largestBackup ? null : parseJson(bytes));
  if (!parsed.success) throw invalidBackup("The file is no key backup of EvalVault, or it was changed.");
  const { vault, member, label, argon2id, ...rest } = parsed.data;
  const salt = fromBase64(argon2id.salt);
  const nonce = fromBase64(rest.nonce);
  const wrapped = fromBase64(rest.wrapped);
  if (salt?.length !== saltLength || nonce?.length !== nonceLength || wrapped?.length !== wrappedLength) {
    throw invalidBackup("The key backup was changed or cut off.");
  }
  const kdf = { ops: argon2id.passes, memory: argon2id.memory };
  try {
    checkKdf(kdf);
  } catch {
    throw invalidBackup("The key backup's passphrase protection is outside what is accepted. Do not trust this file.");
  }
  return { vaultId: vault, memberId: member, label, kdf, salt, nonce, wrapped };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

/** Makes the error for a file that is no key backup, or none for this vault. */
export function invalidBackup(message: string): VaultError {
  return new VaultError("backup-invalid", `${message} Choose another key backup.`);
}

/**
 * Opens a key backup: seed ‖ X25519 secret key, 64 bytes that the caller wipes; null where the passphrase is not right.
 * @throws VaultError "cancelled", "io"
 */
export async function openKeyBackup(
  backup: KeyBackup,
  passphrase: Uint8Array,
  signal?: AbortSignal,
): Promise<Uint8Array | null> {
  const key = await deriveSlotKey({ passphrase }, backup.salt, backup.kdf, signal);
  const plain = aeadOpen(backup.wrapped, backupPlace(backup), backup.nonce, key);
  wipe(key);
  return plain;
}

/** Whether a backup is of this vault. */
export function isBackupOf(backup: BackupOutline, vaultId: Uint8Array): boolean {
  return backup.vaultId === toHex(vaultId);
}
