import { option, word, type Arguments } from "./arguments.ts";
import type { Client } from "./client.ts";
import { readPassphrase } from "./passphrase.ts";

/**
 * Opens the vault that the first word names, for `--member` (or `member`), with the passphrase of this call; with
 * `--backup FILE` from a key backup, whose passphrase it is then.
 */
export async function unlock(client: Client, args: Arguments, member = option(args, "member")): Promise<void> {
  const passphrase = await askForUnlocking(args, member);
  try {
    await unlockWith(client, args, passphrase, member);
  } finally {
    passphrase.fill(0);
  }
}

/** The passphrase that {@link unlockWith} needs. The caller wipes it. */
export async function askForUnlocking(args: Arguments, member = option(args, "member")): Promise<Uint8Array> {
  word(args, 0, "VAULT");
  const what = option(args, "backup") === undefined ? "Passphrase" : "Passphrase of the key backup";
  return readPassphrase(args, `${what}${member === undefined ? "" : ` of ${member}`}`);
}

/** Opens the vault with a passphrase that is needed again afterwards: it stays as it is. */
export async function unlockWith(
  client: Client,
  args: Arguments,
  passphrase: Uint8Array,
  member = option(args, "member"),
): Promise<void> {
  const keyFile = option(args, "key-file");
  const backup = option(args, "backup");
  await client.ask("vault.unlock", {
    file: client.file(word(args, 0, "VAULT")),
    passphrase: passphrase.slice(),
    ...(member === undefined ? {} : { member }),
    ...(keyFile === undefined ? {} : { keyFile: client.file(keyFile) }),
    ...(backup === undefined ? {} : { backup: client.file(backup) }),
  });
}
