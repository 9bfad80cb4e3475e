import { argv, stderr } from "node:process";
import { failureLine } from "../contract/words.ts";
import { silenceNetwork } from "../service/silence.ts";
import { flag, readArguments, UsageError } from "./arguments.ts";
import { Client, printable, RequestFailed } from "./client.ts";
import type { Command, ExitCode } from "./command.ts";
import { measuringCommands } from "./commands/measuring-commands.ts";
import { reportingCommands } from "./commands/reporting-commands.ts";
import { vaultCommands } from "./commands/vault-commands.ts";
import { line } from "./output.ts";
import { cliVersion } from "./version.ts";

const commands: readonly Command[] = [...vaultCommands, ...measuringCommands, ...reportingCommands];

function help(): void {
  line("evalvault COMMAND ...   the vault from a terminal; --json prints JSON, one value a line");
  line("");
  for (const { name, usage, summary } of commands) {
    line(`  evalvault ${name} ${usage}`);
    line(`      ${summary}`);
  }
  line("");
  line("The passphrase is asked for, or read from --passphrase-fd N or --passphrase-file F; never from an argument.");
  line("--member NAME says who opens the vault where it has several members.");
  line("Exit codes: 0 done, 1 refused or failed with a reason, 2 used wrongly, 3 verification found something.");
}

function complain(text: string): void {
  stderr.write(`evalvault: ${printable(text)}\n`);
}

/** Runs one command line. */
async function main(words: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = words;
  if (name === undefined || name === "help" || name === "--help") {
    help();
    return name === undefined ? 2 : 0;
  }
  if (name === "--version") {
    line(cliVersion);
    return 0;
  }
  const command = commands.find((one) => one.name === name);
  if (command === undefined) throw new UsageError(`there is no command ${name}; evalvault help lists them`);
  const args = readArguments(rest);
  if (flag(args, "help")) {
    line(`evalvault ${command.name} ${command.usage}`);
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

silenceNetwork();
process.exitCode = await main(argv.slice(2)).catch(exitCode);
