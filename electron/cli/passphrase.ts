import { closeSync, openSync, readSync, statSync } from "node:fs";
import { stdin } from "node:process";
import { option, UsageError, type Arguments } from "./arguments.ts";
import { askHidden, withoutEcho } from "./terminal.ts";

const longest = 1_024;

/** Reads a descriptor or file up to its end and takes one line end off, without ever making a string of it. */
function readSecret(descriptor: number): Uint8Array {
  const buffer = new Uint8Array(longest + 3);
  let filled = 0;
  for (;;) {
    const read = readSync(descriptor, buffer, filled, buffer.length - filled, null);
    if (read === 0) break;
    filled += read;
    if (filled > longest + 2) throw new UsageError(`a passphrase has at most ${String(longest)} bytes`);
  }
  let end = filled;
  if (buffer[end - 1] === 0x0a) end -= 1;
  if (buffer[end - 1] === 0x0d) end -= 1;
  const secret = buffer.slice(0, end);
  buffer.fill(0);
  return secret;
}

function fromFile(path: string): Uint8Array {
  if (statSync(path).size > longest + 2) throw new UsageError(`a passphrase has at most ${String(longest)} bytes`);
  const descriptor = openSync(path, "r");
  try {
    return readSecret(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Whose secret: of the member who unlocks, one that is set by this call, of the second person. */
export type SecretKind = "" | "new-" | "second-";

function givenPassphrase(args: Arguments, kind: SecretKind): Uint8Array | null {
  const descriptor = option(args, `${kind}passphrase-fd`);
  if (descriptor !== undefined) {
    if (!/^\d{1,4}$/.test(descriptor)) {
      throw new UsageError(`--${kind}passphrase-fd takes the number of an open descriptor`);
    }
    return readSecret(Number(descriptor));
  }
  const file = option(args, `${kind}passphrase-file`);
  return file === undefined ? null : fromFile(file);
}

function requireTerminal(kind: SecretKind): void {
  if (stdin.isTTY) return;
  throw new UsageError(`no terminal to ask at: give --${kind}passphrase-fd N or --${kind}passphrase-file F`);
}

/**
 * A passphrase of this call: from `--passphrase-fd N`, `--passphrase-file F` (or `--second-…`), or asked for at the
 * terminal; never from an argument or the environment. The caller wipes it.
 */
export async function readPassphrase(args: Arguments, words: string, kind: SecretKind = ""): Promise<Uint8Array> {
  const given = givenPassphrase(args, kind);
  if (given !== null) return given;
  requireTerminal(kind);
  return askHidden(words);
}

/** A passphrase that is set by this call, from `--new-passphrase-fd N`, `--new-passphrase-file F`, or typed twice. */
export async function readNewPassphrase(
  args: Arguments,
  words: string,
  kind: SecretKind = "new-",
): Promise<Uint8Array> {
  const given = givenPassphrase(args, kind);
  if (given !== null) return given;
  requireTerminal(kind);
  return withoutEcho(async () => {
    const first = await askHidden(words);
    const second = await askHidden(`${words}, once more`);
    const same = Buffer.compare(first, second) === 0;
    second.fill(0);
    if (same) return first;
    first.fill(0);
    throw new UsageError("the two passphrases that were typed differ");
  });
}
