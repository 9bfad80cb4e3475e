import type { RequestInput } from "../../contract/index.ts";
import type { Member } from "../../contract/members.ts";
import type { Second } from "../../contract/two-persons.ts";
import { roles } from "../../contract/values.ts";
import {
  flag,
  numberOption,
  oneOfOption,
  option,
  options,
  required,
  UsageError,
  word,
  type Arguments,
} from "../arguments.ts";
import { RequestFailed, type Client } from "../client.ts";
import type { Command, ExitCode } from "../command.ts";
import { compartmentNamed, freeLabel, memberNamed } from "../naming.ts";
import { json, line, table } from "../output.ts";
import { readNewPassphrase, readPassphrase } from "../passphrase.ts";
import { askForUnlocking, unlock, unlockWith } from "../unlocking.ts";

const mebibyte = 1024 * 1024;

function memberRow({ name, label, role, slot, compartments, current }: Member): string[] {
  const secondFactor = slot?.keyFile === true ? "key file" : "";
  const cost = slot === null ? "" : `${String(slot.memoryBytes / mebibyte)} MiB, ${String(slot.passes)} passes`;
  return [name, role, label, current ? "" : "removed", compartments.map(String).join(" "), secondFactor, cost];
}

async function list(client: Client, args: Arguments): Promise<ExitCode> {
  await unlock(client, args);
  const members = await client.ask("members.list", {});
  if (flag(args, "json")) for (const member of members) json(member);
  else table([["Name", "Role", "Label", "", "Compartments", "", "Key derivation"], ...members.map(memberRow)]);
  return 0;
}

async function add(client: Client, args: Arguments): Promise<ExitCode> {
  const name = word(args, 1, "NAME");
  const role = oneOfOption(args, "role", roles);
  await unlock(client, args);
  const compartments: number[] = [];
  for (const one of options(args, "compartment")) compartments.push((await compartmentNamed(client, one)).id);
  const members = await client.ask("members.list", {});
  const label =
    option(args, "label") ??
    freeLabel(
      role,
      members.map((one) => one.label),
    );
  const keyFile = option(args, "new-key-file");
  const passphrase = await readNewPassphrase(args, `New passphrase of ${name}`);
  const added = await client.ask("members.add", {
    name,
    label,
    role,
    passphrase,
    ...(keyFile === undefined ? {} : { keyFile: client.file(keyFile) }),
    ...(compartments.length === 0 ? {} : { compartments }),
  });
  passphrase.fill(0);
  if (flag(args, "json")) json(added);
  else line(`${added.name} joined as ${added.role}; the lock screen shows ${added.label}.`);
  return 0;
}

/** The second person of this act: present, with their own passphrase, or later. Undefined where none was named. */
async function readSecond(client: Client, args: Arguments): Promise<Second | undefined> {
  const name = option(args, "second");
  if (flag(args, "later")) {
    if (name !== undefined) throw new UsageError("--second and --later exclude each other");
    return { kind: "later" };
  }
  if (name === undefined) return undefined;
  const member = await memberNamed(client, name);
  const keyFile = option(args, "second-key-file");
  return {
    kind: "present",
    member: member.id,
    passphrase: await readPassphrase(args, `Passphrase of ${member.name}, the second person`, "second-"),
    ...(keyFile === undefined ? {} : { keyFile: client.file(keyFile) }),
  };
}

async function remove(client: Client, args: Arguments): Promise<ExitCode> {
  const name = word(args, 1, "NAME");
  const reason = required(args, "reason");
  await unlock(client, args);
  const member = await memberNamed(client, name);
  const second = await readSecond(client, args);
  const members = await client.ask("members.remove", {
    memberId: member.id,
    reason,
    ...(second === undefined ? {} : { second }),
  });
  if (second?.kind === "present") second.passphrase.fill(0);
  const after = members.find((one) => one.id === member.id);
  if (flag(args, "json")) json({ removed: after?.current !== true, member: after ?? member });
  else if (after?.current === true) line(`To remove ${member.name} is proposed; another member has to confirm it.`);
  else line(`${member.name} was removed: no slot, and new keys for all that they read. What they saw, they saw.`);
  return 0;
}

async function ownSlot(client: Client): Promise<{ memoryBytes: number; passes: number }> {
  const state = await client.ask("vault.state", {});
  const members = await client.ask("members.list", {});
  const slot = state.open ? members.find((one) => one.id === state.member.id)?.slot : null;
  if (slot === null || slot === undefined) throw new RequestFailed({ code: "not-found", subject: "your slot" });
  return slot;
}

type Change = RequestInput<"members.changePassphrase">;

async function costOption(client: Client, args: Arguments): Promise<Pick<Change, "kdf">> {
  const memory = numberOption(args, "memory");
  const passes = numberOption(args, "passes");
  if (memory === null && passes === null) return {};
  const now = await ownSlot(client);
  return {
    kdf: { memoryBytes: memory === null ? now.memoryBytes : memory * mebibyte, passes: passes ?? now.passes },
  };
}

/** The key file that is needed afterwards: a new one, the one of now, or with `--no-key-file` none. */
async function nextKeyFile(client: Client, args: Arguments): Promise<Pick<Change, "nextKeyFile">> {
  const made = option(args, "make-key-file");
  const given = option(args, "new-key-file");
  if ([made !== undefined, given !== undefined, flag(args, "no-key-file")].filter(Boolean).length > 1) {
    throw new UsageError("--make-key-file, --new-key-file and --no-key-file exclude each other");
  }
  if (flag(args, "no-key-file")) return {};
  if (made !== undefined) {
    const { file } = await client.ask("members.newKeyFile", { destination: client.destination(made) });
    return { nextKeyFile: file };
  }
  const kept = given ?? option(args, "key-file");
  return kept === undefined ? {} : { nextKeyFile: client.file(kept) };
}

async function passphrase(client: Client, args: Arguments): Promise<ExitCode> {
  const fromBackup = option(args, "backup") !== undefined;
  const keyFile = option(args, "key-file");
  const current = await askForUnlocking(args);
  try {
    await unlockWith(client, args, current);
    const next = await readNewPassphrase(args, "New passphrase");
    const change: Change = {
      next,
      ...(fromBackup ? {} : { current: current.slice() }),
      ...(fromBackup || keyFile === undefined ? {} : { currentKeyFile: client.file(keyFile) }),
      ...(await nextKeyFile(client, args)),
      ...(await costOption(client, args)),
    };
    await client.ask("members.changePassphrase", change);
    next.fill(0);
    const slot = await ownSlot(client);
    const keyFileWords = change.nextKeyFile === undefined ? "no key file" : "with the key file";
    if (flag(args, "json")) json({ changed: true, slot });
    else line(`The passphrase was changed: ${keyFileWords}, ${String(slot.memoryBytes / mebibyte)} MiB.`);
    return 0;
  } finally {
    current.fill(0);
  }
}

async function backup(client: Client, args: Arguments): Promise<ExitCode> {
  const out = required(args, "out");
  await unlock(client, args);
  const secret = await readNewPassphrase(args, "New passphrase of the key backup");
  const made = await client.ask("members.backupKeys", { passphrase: secret, destination: client.destination(out) });
  secret.fill(0);
  if (flag(args, "json")) json(made);
  else line(`Your keys are in ${out}, under its own passphrase. Keep it away from the vault; it holds no results.`);
  return 0;
}

const newPassphraseHelp = "--new-passphrase-file F, --new-passphrase-fd N   instead of typing the new passphrase twice";

export const memberCommands: readonly Command[] = [
  { name: "member list", usage: "VAULT", summary: "who is and was a member, and what each reads", run: list },
  {
    name: "member add",
    usage: "VAULT NAME --role ROLE [--label TEXT] [--compartment C]... [--new-passphrase-file F] [--new-key-file F]",
    summary: "add a member with a passphrase of their own",
    help: [
      "--role ROLE         lead, evaluator, custodian or auditor",
      "--label TEXT        what the lock screen shows, readable by anyone; default: the role and a letter",
      "--compartment C     what they will read, by number or name, several times; default: what the role reads",
      "--new-key-file F    a file that they need beside the passphrase",
      newPassphraseHelp,
    ],
    run: add,
  },
  {
    name: "member remove",
    usage: "VAULT NAME --reason TEXT [--second NAME [--second-passphrase-file F] | --later]",
    summary: "take a member's slot and keys out of the vault; all that they read goes on under new keys",
    help: [
      "--second NAME       the second person, here, where the vault asks for two: with their own passphrase",
      "--second-passphrase-file F, --second-passphrase-fd N, --second-key-file F   theirs",
      "--later             propose it; another member confirms it when they have unlocked the vault",
    ],
    run: remove,
  },
  {
    name: "passphrase",
    usage: "VAULT [--memory MIB] [--passes N] [--make-key-file F | --new-key-file F | --no-key-file] [--backup F]",
    summary: "change your own passphrase, key file, or the cost of guessing",
    help: [
      "--memory, --passes  of Argon2id, never below what the slot has now",
      "--make-key-file F   make a new key file, needed from then on; --new-key-file F takes one that is there",
      "--no-key-file       none is needed from then on; without any of these the one of now stays",
      "--backup F          with a key backup and its passphrase, when that of the slot is forgotten",
      newPassphraseHelp,
    ],
    run: passphrase,
  },
  {
    name: "backup",
    usage: "VAULT --out FILE [--new-passphrase-file F]",
    summary: "save your own keys under a passphrase of their own, for when that of the slot is forgotten",
    help: [newPassphraseHelp, "It opens the vault with --backup FILE, as you; it holds no results."],
    run: backup,
  },
];
