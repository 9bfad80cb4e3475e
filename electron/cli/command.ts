import type { Arguments } from "./arguments.ts";
import type { Client } from "./client.ts";

/** Exit codes: 0 done, 1 refused or failed with a reason, 2 used wrongly, 3 verification found something. */
export type ExitCode = 0 | 1 | 2 | 3;

export interface Command {
  /** One word, or two where a noun has several: "verify", "member add". */
  readonly name: string;
  /** What comes after the name, as the help prints it. */
  readonly usage: string;
  readonly summary: string;
  /** What `--help` says below the usage: each option, and what is not obvious. */
  readonly help?: readonly string[];
  readonly run: (client: Client, args: Arguments) => Promise<ExitCode>;
}
