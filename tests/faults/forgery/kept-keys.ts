import { unlockVault } from "../../../electron/vault/index.ts";
import { openKeyBackup, parseKeyBackup } from "../../../electron/vault/key-backup.ts";
import { KeyRing, memberKeyPairs } from "../../../electron/vault/keys.ts";
import { readOuter } from "../../../electron/vault/outer.ts";
import { addCompartmentKeys } from "../../../electron/vault/slots.ts";
import { closeWriter, openForWriting } from "../../../electron/vault/sqlite.ts";
import { utf8 } from "../vault/small-vault.ts";
import { labels, passphrases, type Person } from "./people.ts";

export const backupPassphrase = "kept for later";

/** What a changed program can take along while its member is one: a key backup, and all their keys in the clear. */
export async function keptBy(path: string, person: Person): Promise<{ backup: Uint8Array; keys: KeyRing }> {
  const member = { label: labels[person] };
  const vault = await unlockVault(path, { member, passphrase: utf8(passphrases[person]) });
  const { memberId } = vault;
  const backup = await vault.backupKeys({ passphrase: utf8(backupPassphrase) });
  vault.close();
  const plain = await openKeyBackup(parseKeyBackup(backup), utf8(backupPassphrase));
  if (plain === null) throw new Error("the backup does not open");
  const keys = new KeyRing(memberKeyPairs(plain.slice(0, 32), plain.slice(32)).secrets);
  const database = openForWriting(path);
  addCompartmentKeys(keys, readOuter(database), memberId);
  closeWriter(database);
  return { backup, keys };
}
