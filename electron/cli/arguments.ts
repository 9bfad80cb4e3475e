import { parseArgs } from "node:util";

/** Words and options of one call, as every command reads them. */
export interface Arguments {
  readonly words: readonly string[];
  readonly text: ReadonlyMap<string, readonly string[]>;
  readonly flags: ReadonlySet<string>;
}

/** The call itself is wrong: exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const textOptions = [
  "member",
  "role",
  "label",
  "name",
  "marking",
  "passphrase-fd",
  "passphrase-file",
  "new-passphrase-fd",
  "new-passphrase-file",
  "new-key-file",
  "make-key-file",
  "second",
  "second-passphrase-fd",
  "second-passphrase-file",
  "second-key-file",
  "backup",
  "memory",
  "passes",
  "reason",
  "compartment",
  "holder",
  "threshold",
  "share",
  "type-shares",
  "limit",
  "key-file",
  "campaign",
  "model",
  "benchmark",
  "run",
  "task",
  "epoch",
  "epochs",
  "outcome",
  "score",
  "minutes",
  "tokens",
  "note",
  "evidence",
  "template",
  "scope",
  "title",
  "out",
  "to",
  "without",
  "accept",
  "signer",
  "identity",
  "signer-key",
  "format",
  "mapping",
  "profile",
  "developer",
  "checkpoint",
  "safeguard",
  "section",
  "kind",
  "by",
  "draws",
  "baseline",
  "cvss",
  "cwe",
  "vendor",
  "product",
  "due",
  "rule",
  "message-limit",
  "turn-limit",
  "token-limit",
  "time-limit",
  "working-limit",
  "cost-limit",
  "scaffold",
  "scaffold-version",
  "tools",
  "network",
  "prompt",
  "temperature",
  "reasoning-effort",
  "human-help",
] as const;
export type TextOption = (typeof textOptions)[number];
const flagOptions = ["json", "help", "version", "later", "no-key-file", "case"] as const;
export type FlagOption = (typeof flagOptions)[number];

function sorted(values: Readonly<Record<string, unknown>>): Pick<Arguments, "text" | "flags"> {
  const text = new Map<string, string[]>();
  const flags = new Set<string>();
  for (const [name, value] of Object.entries(values)) {
    const given: readonly unknown[] = Array.isArray(value) ? (value as readonly unknown[]) : [];
    if (value === true) flags.add(name);
    else
      text.set(
        name,
        given.filter((one) => typeof one === "string"),
      );
  }
  return { text, flags };
}

/** Reads a command line. Throws a UsageError for an option that there is not, or one without its value. */
export function readArguments(argv: readonly string[]): Arguments {
  const options: Record<string, { type: "string"; multiple: true } | { type: "boolean" }> = {};
  for (const name of textOptions) options[name] = { type: "string", multiple: true };
  for (const name of flagOptions) options[name] = { type: "boolean" };
  try {
    const read: { values: Record<string, unknown>; positionals: string[] } = parseArgs({
      args: [...argv],
      options,
      allowPositionals: true,
    });
    return { words: read.positionals, ...sorted(read.values) };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "the options were not understood");
  }
}

/** The last value of an option, undefined where it was not given. */
export function option(args: Arguments, name: TextOption): string | undefined {
  return args.text.get(name)?.at(-1);
}

/** All values of an option that may be given several times. */
export function options(args: Arguments, name: TextOption): readonly string[] {
  return args.text.get(name) ?? [];
}

export function flag(args: Arguments, name: FlagOption): boolean {
  return args.flags.has(name);
}

export function required(args: Arguments, name: TextOption): string {
  const value = option(args, name);
  if (value === undefined) throw new UsageError(`--${name} is missing`);
  return value;
}

/** The positional word at a place. */
export function word(args: Arguments, place: number, what: string): string {
  const value = args.words[place];
  if (value === undefined) throw new UsageError(`${what} is missing`);
  return value;
}

export function numberOption(args: Arguments, name: TextOption): number | null {
  const value = option(args, name);
  if (value === undefined) return null;
  const parsed = Number(value);
  if (value.trim() === "" || !Number.isFinite(parsed)) throw new UsageError(`--${name} takes a number, not ${value}`);
  return parsed;
}

export function oneOfOption<T extends string>(args: Arguments, name: TextOption, words: readonly T[], fallback?: T): T {
  const value = option(args, name) ?? fallback;
  const found = words.find((one) => one === value);
  if (found === undefined) throw new UsageError(`--${name} takes one of ${words.join(", ")}`);
  return found;
}
