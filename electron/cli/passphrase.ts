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

/** Asks at the terminal without showing what is typed. */
async function fromTerminal(words: string): Promise<Uint8Array> {
  stderr.write(`${words}: `);
  stdin.setRawMode(true);
  const typed: number[] = [];
  try {
    for await (const chunk of stdin) {
      for (const byte of Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))) {
        if (byte === keys.enter || byte === keys.newline || byte === keys.end) return Uint8Array.from(typed);
        if (byte === keys.interrupt) throw new UsageError("cancelled");
        if (byte === keys.backspace || byte === keys.erase) typed.pop();
        else if (typed.length < longest) typed.push(byte);
      }
    }
    return Uint8Array.from(typed);
  } finally {
    typed.fill(0);
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write("\n");
  }
}

/**
 * The passphrase of this call: from `--passphrase-fd N`, `--passphrase-file F`, or asked for at the terminal; never from
 * an argument or the environment. The caller wipes it.
 */
export async function readPassphrase(args: Arguments, words: string): Promise<Uint8Array> {
  const descriptor = option(args, "passphrase-fd");
  if (descriptor !== undefined) {
    if (!/^\d{1,4}$/.test(descriptor)) throw new UsageError("--passphrase-fd takes the number of an open descriptor");
    return readSecret(Number(descriptor));
  }
  const file = option(args, "passphrase-file");
  if (file !== undefined) return fromFile(file);
  if (!stdin.isTTY) throw new UsageError("no terminal to ask at: give --passphrase-fd N or --passphrase-file F");
  return fromTerminal(words);
}
