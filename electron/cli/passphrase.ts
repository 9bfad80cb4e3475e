import { closeSync, openSync, readSync, statSync } from "node:fs";
import { stdin, stderr } from "node:process";
import { option, UsageError, type Arguments } from "./arguments.ts";

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

const keys = { enter: 0x0d, newline: 0x0a, backspace: 0x7f, erase: 0x08, interrupt: 0x03, end: 0x04 } as const;

/**
 * Asks at the terminal without showing what is typed. Listens instead of iterating: an iterator that is left early ends
 * standard input for good, and some calls ask twice.
 */
export async function askHidden(words: string): Promise<Uint8Array> {
  if (!stdin.isTTY) throw new UsageError("no terminal to ask at: give --passphrase-fd N or --passphrase-file F");
  stderr.write(`${words}: `);
  const typed: number[] = [];
  stdin.setRawMode(true);
  try {
    await new Promise<void>((done, fail) => {
      const stop = (settle: () => void): void => {
        stdin.off("data", take);
        stdin.off("end", ended);
        settle();
      };
      const ended = (): void => {
        stop(done);
      };
      const take = (chunk: Buffer): void => {
        for (const [at, byte] of chunk.entries()) {
          if (byte === keys.interrupt) {
            stop(() => {
              fail(new UsageError("cancelled"));
            });
            return;
          }
          if (byte === keys.enter || byte === keys.newline || byte === keys.end) {
            // What was pasted behind the line end is the answer to the next question.
            stdin.pause();
            const rest = chunk.subarray(at + 1);
            if (rest.length > 0) stdin.unshift(Buffer.from(rest));
            chunk.fill(0);
            ended();
            return;
          }
          if (byte === keys.backspace || byte === keys.erase) typed.pop();
          else if (typed.length < longest) typed.push(byte);
        }
        chunk.fill(0);
      };
      stdin.on("data", take);
      stdin.once("end", ended);
      stdin.resume();
    });
    return Uint8Array.from(typed);
  } finally {
    typed.fill(0);
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write("\n");
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
  const first = await askHidden(words);
  const second = await askHidden(`${words}, once more`);
  const same = Buffer.compare(first, second) === 0;
  second.fill(0);
  if (same) return first;
  first.fill(0);
  throw new UsageError("the two passphrases that were typed differ");
}
