import { argv, stderr, stdout } from "node:process";
import { failureLine } from "../contract/words.ts";
import { leaveMemoryOutOfDumps } from "../service/no-dumps.ts";
import { silenceNetwork } from "../service/silence.ts";
import { flag, readArguments, UsageError } from "./arguments.ts";
import { Client, printable, RequestFailed } from "./client.ts";
import type { Command, ExitCode } from "./command.ts";
import { comparingCommands } from "./commands/comparing-commands.ts";
import { compartmentCommands } from "./commands/compartment-commands.ts";
import { findingCommands } from "./commands/findings-commands.ts";
import { handoverCommands } from "./commands/handover-commands.ts";
import { importingCommands } from "./commands/importing-commands.ts";
import { measuringCommands } from "./commands/measuring-commands.ts";
import { planningCommands } from "./commands/planning-commands.ts";
import { memberCommands } from "./commands/member-commands.ts";
import { recoveryCommands } from "./commands/recovery-commands.ts";
import { reviewingCommands } from "./commands/reviewing-commands.ts";
import { reportingCommands } from "./commands/reporting-commands.ts";
import { searchingCommands } from "./commands/searching-commands.ts";
import { vaultCommands } from "./commands/vault-commands.ts";
import { line } from "./output.ts";
import { cliVersion } from "./version.ts";

const commands: readonly Command[] = [
  ...vaultCommands,
  ...memberCommands,
  ...compartmentCommands,
  ...recoveryCommands,
  ...planningCommands,
  ...measuringCommands,
  ...comparingCommands,
  ...searchingCommands,
  ...importingCommands,
  ...reviewingCommands,
  ...findingCommands,
  ...reportingCommands,
  ...handoverCommands,
];

function help(): void {
  line("evalvault COMMAND ...   the vault from a terminal; --json prints JSON, one value a line");
  line("");
  for (const { name, usage, summary } of commands) {
    line(`  evalvault ${name} ${usage}`);
    line(`      ${summary}`);
  }
  line("");
  line("The passphrase is asked for, or read from --passphrase-fd N or --passphrase-file F; never from an argument.");
  line("--member NAME says who opens the vault where it has several members; --key-file F is their second factor.");
  line("--backup F opens it from a key backup, whose passphrase it is then. evalvault COMMAND --help says more.");
  line("Exit codes: 0 done, 1 refused or failed with a reason, 2 used wrongly, 3 verification found something.");
}

function complain(text: string): void {
  stderr.write(`evalvault: ${printable(text)}\n`);
}

/** The command that a call begins with, and what comes after its name. Throws a UsageError where there is none. */
function commandOf(words: readonly string[]): { command: Command; rest: readonly string[] } {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(" ");
    const command = commands.find((one) => one.name === name);
    if (command !== undefined) return { command, rest: words.slice(length) };
  }
  const [noun = ""] = words;
  const acts = commands.flatMap(({ name }) => (name.startsWith(`${noun} `) ? [name.slice(noun.length + 1)] : []));
  if (acts.length > 0) throw new UsageError(`${noun} takes one of ${acts.join(", ")}`);
  throw new UsageError(`there is no command ${noun}; evalvault help lists them`);
}

function helpFor({ name, usage, summary, help: more = [] }: Command): void {
  line(`evalvault ${name} ${usage}`);
  line(`  ${summary}`);
  for (const text of more) line(`  ${text}`);
}

/** Runs one command line. */
async function main(words: readonly string[]): Promise<ExitCode> {
  const [name] = words;
  if (name === undefined || name === "help" || name === "--help") {
    help();
    return name === undefined ? 2 : 0;
  }
  if (name === "--version") {
    line(cliVersion);
    return 0;
  }
  const { command, rest } = commandOf(words);
  const args = readArguments(rest);
  if (flag(args, "help")) {
    helpFor(command);
    return 0;
  }
  const client = new Client(args, cliVersion);
  const stop = (): void => {
    void client.close().then(() => process.exit(1));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    return await command.run(client, args);
  } finally {
    await client.close();
  }
}

function exitCode(error: unknown): ExitCode {
  if (error instanceof UsageError) {
    complain(`${error.message}. See evalvault help.`);
    return 2;
  }
  if (error instanceof RequestFailed) {
    complain(failureLine(error.failure));
    return 1;
  }
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  complain(
    failureLine({ code: code === "ENOENT" || code === "EACCES" ? "file-unreadable" : "internal", subject: "the call" }),
  );
  return 1;
}

// A reader that has seen enough (`| head`) closes the pipe; what is being done is still done to its end.
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
silenceNetwork();
leaveMemoryOutOfDumps();
process.exitCode = await main(argv.slice(2)).catch(exitCode);
