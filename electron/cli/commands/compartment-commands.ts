import type { Compartment } from "../../contract/members.ts";
import { flag, option, options, required, UsageError, word, type Arguments } from "../arguments.ts";
import type { Client } from "../client.ts";
import type { Command, ExitCode } from "../command.ts";
import { compartmentNamed, memberNamed } from "../naming.ts";
import { json, line, table } from "../output.ts";
import { unlock } from "../unlocking.ts";

const holderNames = ({ holders }: Compartment): string => holders.map((holder) => holder.name).join(", ");

function told(args: Arguments, compartment: Compartment, words: string): ExitCode {
  if (flag(args, "json")) json(compartment);
  else line(`${words} It is read by ${holderNames(compartment)}.`);
  return 0;
}

const titled = ({ id, name }: Compartment): string => `Compartment ${String(id)} (${name})`;

async function list(client: Client, args: Arguments): Promise<ExitCode> {
  await unlock(client, args);
  const all = await client.ask("compartments.list", {});
  if (flag(args, "json")) for (const compartment of all) json(compartment);
  else {
    const rows = all.map((one) => [
      String(one.id),
      one.name,
      one.label,
      one.kind,
      String(one.entries),
      String(one.epoch),
      one.readable ? "" : "sealed to you",
      holderNames(one),
    ]);
    table([["", "Name", "Label", "Kind", "Entries", "Key", "", "Read by"], ...rows]);
  }
  return 0;
}

async function add(client: Client, args: Arguments): Promise<ExitCode> {
  const name = word(args, 1, "NAME");
  const label = option(args, "label") ?? "";
  if (label === "") throw new UsageError("--label is missing: what anyone who holds the file may read");
  const named = options(args, "holder");
  if (named.length === 0) throw new UsageError("--holder is missing: who reads it");
  await unlock(client, args);
  const memberIds: string[] = [];
  for (const holder of named) memberIds.push((await memberNamed(client, holder)).id);
  const made = await client.ask("compartments.add", { name, label, memberIds });
  return told(args, made, `${titled(made)} was made, with a key of its own.`);
}

async function grant(client: Client, args: Arguments): Promise<ExitCode> {
  const [what, who] = [word(args, 1, "COMPARTMENT"), word(args, 2, "NAME")];
  await unlock(client, args);
  const compartment = (await compartmentNamed(client, what)).id;
  const member = await memberNamed(client, who);
  const after = await client.ask("compartments.grant", { compartment, memberId: member.id });
  return told(args, after, `${member.name} reads ${titled(after)} now, from its beginning.`);
}

async function revoke(client: Client, args: Arguments): Promise<ExitCode> {
  const [what, who] = [word(args, 1, "COMPARTMENT"), word(args, 2, "NAME")];
  const reason = required(args, "reason");
  await unlock(client, args);
  const compartment = (await compartmentNamed(client, what)).id;
  const member = await memberNamed(client, who);
  const after = await client.ask("compartments.revoke", { compartment, memberId: member.id, reason });
  return told(args, after, `${titled(after)} goes on under a new key without ${member.name}; what they saw, they saw.`);
}

async function rotate(client: Client, args: Arguments): Promise<ExitCode> {
  const what = word(args, 1, "COMPARTMENT");
  const reason = required(args, "reason");
  await unlock(client, args);
  const compartment = (await compartmentNamed(client, what)).id;
  const after = await client.ask("compartments.rotate", { compartment, reason });
  return told(args, after, `${titled(after)} goes on under key ${String(after.epoch)}.`);
}

const naming = "COMPARTMENT is its number, its name or its label; NAME a member's name, label or id.";

export const compartmentCommands: readonly Command[] = [
  {
    name: "compartment list",
    usage: "VAULT",
    summary: "the compartments, who reads each, and how many entries it has",
    run: list,
  },
  {
    name: "compartment add",
    usage: "VAULT NAME --label TEXT --holder NAME...",
    summary: "make a compartment with a key of its own, for campaigns that only some may read",
    help: [
      "--label TEXT   readable by anyone who holds the file; NAME is not",
      "--holder NAME  who reads it, several times; you do in any case",
    ],
    run: add,
  },
  {
    name: "compartment grant",
    usage: "VAULT COMPARTMENT NAME",
    summary: "let a member read a compartment that you read, from its beginning",
    help: [naming],
    run: grant,
  },
  {
    name: "compartment revoke",
    usage: "VAULT COMPARTMENT NAME --reason TEXT",
    summary: "let it go on under a new key that the member does not get",
    help: [naming],
    run: revoke,
  },
  {
    name: "compartment rotate",
    usage: "VAULT COMPARTMENT --reason TEXT",
    summary: "let it go on under a new key, because an old one may have leaked",
    help: [naming],
    run: rotate,
  },
];
