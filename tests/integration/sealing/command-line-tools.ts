import { spawnSync } from "node:child_process";

/** Stock tools that recipients have, run as a recipient would. */

const underCi = process.env.CI === "true";

/** Whether tests with these tools are skipped: where one is missing, but never under CI, where they then fail. */
export function skipWithout(...tools: readonly string[]): boolean {
  if (underCi) return false;
  return tools.some((tool) => spawnSync("which", [tool]).status !== 0);
}

export interface Ran {
  readonly status: number | null;
  readonly output: string;
}

export function run(command: string, args: readonly string[], cwd: string, input?: string): Ran {
  const done = spawnSync(command, args, { cwd, encoding: "utf8", ...(input === undefined ? {} : { input }) });
  if (done.error !== undefined) throw new Error(`${command} could not be run; install it`, { cause: done.error });
  return { status: done.status, output: done.stdout + done.stderr };
}

/** Answers each passphrase question of a program that asks on its terminal with the first line of standard input. */
const terminal = `
import os, pty, sys
answer = sys.stdin.buffer.readline()
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
while True:
    try:
        said = os.read(fd, 1024)
    except OSError:
        break
    if not said:
        break
    if b"passphrase" in said.lower() and said.rstrip().endswith(b":"):
        os.write(fd, answer)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

/** Runs a program at a terminal of its own (needs python3) and types the passphrase when asked. */
export function runAtTerminal(command: string, args: readonly string[], cwd: string, passphrase: string): Ran {
  return run("python3", ["-c", terminal, command, ...args], cwd, `${passphrase}\n`);
}
