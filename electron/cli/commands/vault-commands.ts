import { stat } from "node:fs/promises";
import { markingLevels, type Marking } from "../../contract/marking.ts";
import { roles } from "../../contract/values.ts";
import type { VerifyReport } from "../../contract/vault.ts";
import { failureLine } from "../../contract/words.ts";
import { flag, numberOption, oneOfOption, option, required, UsageError, word, type Arguments } from "../arguments.ts";
import { RequestFailed, type Client } from "../client.ts";
import type { Command, ExitCode } from "../command.ts";
import { json, line } from "../output.ts";
import { readNewPassphrase } from "../passphrase.ts";
import { unlock } from "../unlocking.ts";

/** "SECRET//NOFORN" or "secret" as a marking. */
export function readMarking(text: string | undefined): Marking {
  const [level = "", suffix = ""] = (text ?? "unclassified").split("//", 2);
  const wanted = level.trim().toLowerCase();
  const found = markingLevels.find((one) => one.id === wanted || one.words.toLowerCase() === wanted);
  if (found === undefined) {
    throw new UsageError(`--marking takes one of ${markingLevels.map((one) => one.words).join(", ")}, then //WORDS`);
  }
  return { level: found.id, suffix: suffix.trim().toUpperCase() };
}

async function create(client: Client, args: Arguments): Promise<ExitCode> {
  const path = word(args, 0, "VAULT");
  const name = required(args, "member");
  if (oneOfOption(args, "role", roles, "lead") !== "lead") throw new UsageError("the first member is a lead");
  const passphrase = await readNewPassphrase(args, `New passphrase of ${name}`, "");
  const keyFile = option(args, "key-file");
  const state = await client.ask("vault.create", {
    file: client.destination(path),
    name: option(args, "name") ?? "Vault",
    label: option(args, "label") ?? "Vault",
    marking: readMarking(option(args, "marking")),
    founder: {
      name,
      label: "Lead A",
      passphrase,
      ...(keyFile === undefined ? {} : { keyFile: client.file(keyFile) }),
    },
    others: [],
  });
  passphrase.fill(0);
  if (!state.open) return 1;
  if (flag(args, "json")) json({ vault: state.id, member: state.member.id, entries: state.entries });
  else line(`Vault made: ${path}. Its first member is ${name}, a lead.`);
  return 0;
}

function printVerification(args: Arguments, report: VerifyReport): ExitCode {
  const { ok, entries, checkpoints, blobs, problems } = report;
  if (flag(args, "json")) {
    json({ ok, entries, checkpoints, blobs, problems });
    return ok ? 0 : 3;
  }
  const depth = report.depth === "everything" ? "everything was opened" : "as far as ciphertext can prove";
  const counts = `${String(entries)} entries, ${String(checkpoints)} checkpoints, ${String(blobs)} blobs`;
  line(ok ? `The vault is whole: ${counts}; ${depth}.` : `The vault is NOT whole: ${counts}.`);
  for (const problem of problems) line(`${problem.where}: ${problem.what}`);
  return ok ? 0 : 3;
}

const foundDamaged = new Set(["vault-damaged", "vault-invalid"]);

/** A file that cannot even be opened as a vault is a finding, not a failure to verify. */
function asFinding(error: unknown): VerifyReport {
  if (!(error instanceof RequestFailed) || !foundDamaged.has(error.failure.code)) throw error;
  const problem = { where: "file", what: error.failure.detail ?? failureLine(error.failure) };
  return {
    ok: false,
    depth: "ciphertext",
    entries: 0,
    sealed: 0,
    checkpoints: 0,
    blobs: 0,
    bytes: 0,
    problems: [problem],
  };
}

async function verify(client: Client, args: Arguments): Promise<ExitCode> {
  const path = word(args, 0, "VAULT");
  await stat(path).catch(() => {
    throw new RequestFailed({ code: "vault-missing", subject: path });
  });
  const file = client.file(path);
  const report = await client.ask("vault.verify", { file }).catch(asFinding);
  const withPassphrase = option(args, "passphrase-fd") !== undefined || option(args, "passphrase-file") !== undefined;
  if (!report.ok || !withPassphrase) return printVerification(args, report);
  try {
    await unlock(client, args);
    return printVerification(args, await client.ask("vault.verify", {}));
  } catch (error) {
    return printVerification(args, asFinding(error));
  }
}

async function journal(client: Client, args: Arguments): Promise<ExitCode> {
  await unlock(client, args);
  const limit = Math.min(500, numberOption(args, "limit") ?? 50);
  const { events } = await client.ask("journal.list", { offset: 0, limit });
  for (const event of events) {
    if (flag(args, "json")) json(event);
    else {
      const at = new Date(event.at).toISOString().slice(0, 19).replace("T", " ");
      line(
        `${String(event.seq)}  ${at}  ${event.byName}  ${event.words}${event.refused === null ? "" : ` (${event.refused})`}`,
      );
    }
  }
  return 0;
}

export const vaultCommands: readonly Command[] = [
  {
    name: "create",
    usage: "VAULT --member NAME [--role lead] [--label TEXT] [--name TEXT] [--marking LEVEL//WORDS] [--key-file F]",
    summary: "make a vault; --label is readable by anyone, NAME is not",
    run: create,
  },
  { name: "journal", usage: "VAULT [--limit N]", summary: "what happened, newest first", run: journal },
  {
    name: "verify",
    usage: "VAULT [--passphrase-fd N | --passphrase-file F]",
    summary: "check that nothing was changed; without a passphrase: what ciphertext can prove",
    run: verify,
  },
];
