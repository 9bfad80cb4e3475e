import { closeSync, existsSync, openSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";

import Database from "better-sqlite3";

import { fromHex, toHex } from "./canonical.ts";
import { formatCheckpoint } from "./checkpoint.ts";
import { insertCheckpoint, mainCompartment, writeFrontier } from "./journal.ts";
import { publishFile, syncFolder, temporaryName } from "./durable-file.ts";
import { asVaultError, VaultError } from "./errors.ts";
import { defaultKdf } from "./key-derivation.ts";
import { KeyRing, newMemberKeyPairs } from "./keys.ts";
import { CompactRange } from "./merkle.ts";
import { memberIdLength, outerDigest, signMember, vaultIdOf, type MemberRow } from "./outer.ts";
import { applicationId, formatVersion, pageSize, tables } from "./schema.ts";
import { formatNote, signNote } from "./signed-note.ts";
import { checkLabel, makeSlot, nameTagOf, sealCompartmentKey } from "./slots.ts";
import { systemRandom, wipe, type RandomBytes } from "./sodium.ts";
import { bindingOption, setSafePragmas, sqliteVersionNumber, type SqliteDatabase } from "./sqlite.ts";
import { insertCompartment, insertCompartmentKey, insertMember, insertSlot } from "./outer-writes.ts";
import { rebuild } from "./tidy.ts";
import { openVaultWith } from "./open-vault.ts";
import type { Cancellable, NewVault, OpenVault } from "./vault-types.ts";

/** A member id: 16 random bytes as hex. */
export function newMemberId(random: RandomBytes = systemRandom): string {
  return toHex(random(memberIdLength));
}

interface Founded {
  readonly vaultId: Uint8Array;
  readonly memberId: string;
  readonly keys: KeyRing;
}

/**
 * Makes a vault: in a temporary file beside it, which gets its name when it is whole and durable. Never replaces a file.
 * @throws VaultError "exists", "read-only", "missing" (the folder), "disk-full", "kdf-refused", "cancelled"
 */
export async function createVault(path: string, vault: NewVault, options: Cancellable = {}): Promise<OpenVault> {
  if (existsSync(path)) {
    throw new VaultError("exists", `There is already a file ${path}. Choose another name.`, { path });
  }
  checkLabel(vault.label, "outer label");
  const temporary = temporaryName(path);
  const random = vault.random ?? systemRandom;
  let founded: Founded | undefined;
  try {
    syncFolder(dirname(resolve(path)));
    founded = await writeFoundation(temporary, vault, random, options.signal);
    const first = openVaultWith(temporary, { memberId: founded.memberId, keys: founded.keys.copyOfMember(), random });
    try {
      const context = { vaultId: first.id, memberId: first.memberId };
      first.append(vault.firstEntries(context));
      const shared = vault.sharedEntries?.(context) ?? [];
      if (shared.length > 0) first.append(shared, { compartment: mainCompartment + 1 });
    } finally {
      first.close();
    }
    publishFile(temporary, path);
    return openVaultWith(path, { memberId: founded.memberId, keys: founded.keys, random });
  } catch (error) {
    for (const file of [temporary, `${temporary}-wal`, `${temporary}-shm`]) rmSync(file, { force: true });
    founded?.keys.wipe();
    throw asVaultError(error, path);
  }
}

/** Makes the founder's keys and the file around them. The keys are wiped where that fails. */
async function writeFoundation(
  path: string,
  vault: NewVault,
  random: RandomBytes,
  signal: AbortSignal | undefined,
): Promise<Founded> {
  const { secrets, publicKeys } = newMemberKeyPairs(random);
  const keys = new KeyRing(secrets);
  try {
    const id = random(memberIdLength);
    const nonce = random(32);
    const vaultId = vaultIdOf({ memberId: id, ...publicKeys, nonce });
    const founded = { vaultId, memberId: toHex(id), keys };
    const { founder } = vault;
    const facts = {
      vaultId,
      member: id,
      label: checkLabel(founder.label, "slot's label"),
      nameTag: nameTagOf(vaultId, founder.name),
      kdf: founder.kdf ?? defaultKdf,
    };
    const slot = await makeSlot(facts, secrets, founder, { random, signal });
    writeTables(path, (database) => {
      database.prepare("INSERT INTO vault VALUES (1, ?, ?, ?)").run(vaultId, nonce, vault.label);
      const member = { id, ...publicKeys, addedBy: id };
      insertMember(database, { ...member, signature: signMember(vaultId, member, secrets.signing) });
      insertSlot(database, slot);
      insertCompartments(database, vault, { ...member, vaultId, random });
      signFirst(database, founded);
    });
    return founded;
  } catch (error) {
    keys.wipe();
    throw error;
  }
}

/** Makes the file with its tables and, in the same transaction, their first rows. */
function writeTables(path: string, fill: (database: SqliteDatabase) => void): void {
  const database = newDatabase(path);
  try {
    database
      .transaction(() => {
        for (const table of tables) database.exec(table.sql);
        fill(database);
      })
      .immediate();
    rebuild(database);
  } finally {
    database.close();
  }
}

/** The compartments that a vault begins with, from 1, each with a key that is sealed to the founder. */
function insertCompartments(
  database: SqliteDatabase,
  vault: NewVault,
  founder: Pick<MemberRow, "id" | "x25519"> & { readonly vaultId: Uint8Array; readonly random: RandomBytes },
): void {
  const labels = [vault.compartment?.label ?? "Main", ...(vault.compartments ?? []).map((one) => one.label)];
  for (const [index, label] of labels.entries()) {
    const place = { vaultId: founder.vaultId, compartment: mainCompartment + index, epoch: 1 };
    insertCompartment(database, {
      id: place.compartment,
      label: checkLabel(label, "compartment's label"),
      epoch: place.epoch,
    });
    const key = founder.random(32);
    const sealed = sealCompartmentKey(place, key, founder.x25519);
    wipe(key);
    insertCompartmentKey(database, { compartment: place.compartment, epoch: 1, member: founder.id, sealed });
  }
}

/** The first checkpoint, over no entries: from here on every state of the file is signed. */
function signFirst(database: SqliteDatabase, founded: Founded): void {
  const empty = new CompactRange();
  const text = formatCheckpoint({
    vaultId: founded.vaultId,
    size: 0,
    root: empty.root(),
    outer: outerDigest(database),
    blobs: 0,
    blobRoot: empty.root(),
    previous: new Uint8Array(32),
    sqlite: sqliteVersionNumber(database),
  });
  const { signing } = founded.keys.member;
  const note = formatNote(signNote(text, { name: founded.memberId, publicKey: signing.subarray(32) }, signing));
  insertCheckpoint(database, { number: 1, size: 0, root: empty.root(), signer: fromHex(founded.memberId), note });
  writeFrontier(database, empty, empty);
}

function newDatabase(path: string): SqliteDatabase {
  // SQLite would make it readable to others; its log takes over the file's mode.
  closeSync(openSync(path, "wx", 0o600));
  const database = new Database(path, { fileMustExist: true, timeout: 0, ...bindingOption() });
  database.pragma(`page_size = ${String(pageSize)}`);
  database.pragma("encoding = 'UTF-8'");
  database.pragma("locking_mode = EXCLUSIVE");
  setSafePragmas(database);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.pragma(`application_id = ${String(applicationId)}`);
  database.pragma(`user_version = ${String(formatVersion)}`);
  return database;
}
