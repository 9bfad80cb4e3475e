import { flag, numberOption, option, options, required, UsageError, word, type Arguments } from "../arguments.ts";
import type { Client } from "../client.ts";
import type { Command, ExitCode } from "../command.ts";
import { freeLabel } from "../naming.ts";
import { json, line } from "../output.ts";
import { readNewPassphrase } from "../passphrase.ts";
import { askForShares } from "../typed-shares.ts";
import { unlock } from "../unlocking.ts";

async function make(client: Client, args: Arguments): Promise<ExitCode> {
  const threshold = numberOption(args, "threshold");
  if (threshold === null) throw new UsageError("--threshold is missing");
  const holders = [...options(args, "holder")];
  const out = required(args, "out");
  await unlock(client, args);
  const before = (await client.ask("recovery.list", {})).some((kit) => kit.current);
  const made = await client.ask("recovery.make", { threshold, holders, destination: client.destination(out) });
  if (flag(args, "json")) {
    json(made);
    return 0;
  }
  line(`${String(holders.length)} shares are in ${out}; any ${String(threshold)} bring access back.`);
  if (before) line("Those that were made before open nothing any more, except in older copies of the vault file.");
  for (const name of made.files) line(`  ${name}`);
  line("Hand each to its holder, have them check it (evalvault recovery check), and destroy the folder.");
  return 0;
}

async function list(client: Client, args: Arguments): Promise<ExitCode> {
  await unlock(client, args);
  const kits = await client.ask("recovery.list", {});
  if (flag(args, "json")) for (const kit of kits) json(kit);
  else if (kits.length === 0) line("No recovery shares were made yet.");
  else {
    for (const { threshold, holders, madeAt, current } of kits) {
      const day = new Date(madeAt).toISOString().slice(0, 10);
      const standing = current ? "" : " (replaced)";
      line(`${day}  any ${String(threshold)} of ${String(holders.length)}${standing}: ${holders.join(", ")}`);
    }
  }
  return 0;
}

/** The shares of this call: files, and so many that are typed in. */
async function readShares(
  client: Client,
  args: Arguments,
  paths: readonly string[],
): Promise<{ files: string[]; typed: Uint8Array[] }> {
  const count = numberOption(args, "type-shares") ?? 0;
  if (!Number.isInteger(count) || count < 0 || count > 16) throw new UsageError("--type-shares takes 1 to 16");
  if (paths.length + count === 0) throw new UsageError("no share was given: name files, or --type-shares N");
  return { files: paths.map((path) => client.file(path)), typed: await askForShares(count) };
}

async function check(client: Client, args: Arguments): Promise<ExitCode> {
  const shares = await readShares(client, args, [...args.words, ...options(args, "share")]);
  const checked = await client.ask("recovery.check", shares);
  const whole = checked.shares.every(({ problem }) => problem === null);
  if (flag(args, "json")) json(checked);
  else {
    for (const { source, number, holder, problem } of checked.shares) {
      const name = number === null ? "" : `share ${String(number)}${holder === null ? "" : `, ${holder}`}: `;
      line(`${source}: ${name}${problem ?? "whole"}`);
    }
    if (checked.missing === 0) line("They are enough.");
    else if (checked.missing !== null)
      line(`${String(checked.missing)} more of ${String(checked.threshold)} are needed.`);
  }
  return whole ? 0 : 3;
}

async function use(client: Client, args: Arguments): Promise<ExitCode> {
  const path = word(args, 0, "VAULT");
  const name = required(args, "member");
  const reason = required(args, "reason");
  const file = client.file(path);
  const outline = await client.ask("vault.inspect", { file });
  const shares = await readShares(client, args, options(args, "share"));
  const keyFile = option(args, "new-key-file");
  const passphrase = await readNewPassphrase(args, `New passphrase of ${name}`);
  const label =
    option(args, "label") ??
    freeLabel(
      "lead",
      outline.slots.map((slot) => slot.label),
    );
  const { memberId } = await client.ask("recovery.use", {
    file,
    ...shares,
    lead: { name, label, passphrase, ...(keyFile === undefined ? {} : { keyFile: client.file(keyFile) }) },
    reason,
  });
  for (const secret of [passphrase, ...shares.typed]) secret.fill(0);
  if (flag(args, "json")) json({ member: memberId, label });
  else line(`${name} is a lead of this vault now; the lock screen shows ${label}. Make new recovery shares next.`);
  return 0;
}

const sharesHelp = "--type-shares N     so many are typed in from paper, line by line; each line is checked at once";

export const recoveryCommands: readonly Command[] = [
  {
    name: "recovery make",
    usage: "VAULT --threshold K --holder NAME... --out FOLDER",
    summary: "split a recovery key among 2 to 16 holders, of whom any K bring access back",
    help: [
      "--holder NAME       who keeps a share, several times; readable by anyone who sees a share: Custodian A",
      "--out FOLDER        a new folder: for each holder a text file and a page to print. Destroy it afterwards",
      "Shares that were made before open nothing any more, except in older copies of the vault file.",
    ],
    run: make,
  },
  { name: "recovery list", usage: "VAULT", summary: "who holds shares, how many are needed, since when", run: list },
  {
    name: "recovery check",
    usage: "SHARE... [--type-shares N]",
    summary: "whether shares are whole and enough; opens nothing and needs no vault",
    help: [sharesHelp, "Exit code 3 where a share is not whole; the damaged line is named."],
    run: check,
  },
  {
    name: "recovery use",
    usage: "VAULT --share FILE... --member NAME --reason TEXT [--label TEXT] [--new-passphrase-file F]",
    summary: "let in a new lead with the holders' shares",
    help: [
      "--share FILE        a share's text file, several times",
      sharesHelp,
      "--member NAME       the new lead; --label TEXT is what the lock screen shows; --new-key-file F a second factor",
      "--new-passphrase-file F, --new-passphrase-fd N   instead of typing the new passphrase twice",
    ],
    run: use,
  },
];
