import { option, word, type Arguments } from "./arguments.ts";
import type { Client } from "./client.ts";
import { readPassphrase } from "./passphrase.ts";

/** Opens the vault that the first word names, for `--member` (or `member`), with the passphrase of this call. */
export async function unlock(client: Client, args: Arguments, member = option(args, "member")): Promise<void> {
  const file = client.file(word(args, 0, "VAULT"));
  const passphrase = await readPassphrase(args, `Passphrase${member === undefined ? "" : ` of ${member}`}`);
  const keyFile = option(args, "key-file");
  try {
    await client.ask("vault.unlock", {
      file,
      passphrase,
      ...(member === undefined ? {} : { member }),
      ...(keyFile === undefined ? {} : { keyFile: client.file(keyFile) }),
    });
  } finally {
    passphrase.fill(0);
  }
}
