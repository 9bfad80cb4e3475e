import { spawn } from "node:child_process";

/** A command that this build needs went wrong. The message holds the end of what it printed. */
export class CommandError extends Error {
  readonly status: number | null;
  constructor(command: string, status: number | null, output: string) {
    super(`${command} ended with ${status === null ? "a signal" : `status ${String(status)}`}\n${output}`);
    this.name = "CommandError";
    this.status = status;
  }
}

const KEPT_OUTPUT_CHARS = 8_000;

/**
 * Runs a command without a shell and gives back what it printed on stdout.
 * @throws CommandError when it does not end with status 0.
 */
export async function capture(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let tail = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    tail = (tail + text).slice(-KEPT_OUTPUT_CHARS);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    tail = (tail + text).slice(-KEPT_OUTPUT_CHARS);
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (status !== 0) throw new CommandError(command, status, tail);
  return stdout;
}

/** Runs a command on this terminal and gives back its exit status (128 + signal is not told apart from 1). */
export async function runAttached(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<number> {
  const child = spawn(command, args, { ...options, stdio: "inherit" });
  return new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => {
      resolve(status ?? 1);
    });
  });
}
