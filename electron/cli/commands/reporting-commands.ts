import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { withheldKinds, type WithheldKind } from "../../contract/release-profile.ts";
import { reportTemplateIds, type Report, type ReportScope } from "../../contract/reporting.ts";
import { flag, oneOfOption, option, options, required, UsageError, word, type Arguments } from "../arguments.ts";
import { RequestFailed, type Client } from "../client.ts";
import type { Command, ExitCode } from "../command.ts";
import { json, line } from "../output.ts";
import { readPassphrase } from "../passphrase.ts";
import { unlock } from "../unlocking.ts";

const draftSchema = z.looseObject({ code: z.string(), schema: z.literal("evalvault-report-1") });

/** "campaign:NAME", "run:R-0017", "all". */
async function readScope(client: Client, text: string): Promise<ReportScope> {
  const [kind, name = ""] = text.split(/:(.*)/s, 2);
  if (kind === "all") return { kind: "vault" };
  if (kind === "run") {
    const run = (await client.ask("runs.list", {})).find((one) => one.id === name || one.code === name.toUpperCase());
    if (run === undefined) throw new RequestFailed({ code: "not-found", subject: `the run ${name}` });
    return { kind, id: run.id };
  }
  if (kind === "campaign") {
    const campaigns = await client.ask("campaigns.list", {});
    const campaign = campaigns.find((one) => one.id === name || one.name === name);
    if (campaign === undefined) throw new RequestFailed({ code: "not-found", subject: `the campaign ${name}` });
    return { kind, id: campaign.id };
  }
  throw new UsageError("--scope takes all, campaign:NAME or run:CODE");
}

async function report(client: Client, args: Arguments): Promise<ExitCode> {
  await unlock(client, args);
  const template = oneOfOption(args, "template", reportTemplateIds, "evaluation");
  const scope = await readScope(client, option(args, "scope") ?? "all");
  const title = option(args, "title") ?? "Evaluation report";
  const drafted = await client.ask("reports.draft", { template, scope, title });
  const saved = await client.ask("reports.save", {
    reportId: drafted.id,
    destination: client.destination(required(args, "out")),
  });
  if (flag(args, "json")) json({ report: drafted.id, code: drafted.code, bytes: saved.bytes });
  else line(`${drafted.code} drafted; its content as of now is in ${required(args, "out")}, readable by anyone.`);
  return 0;
}

/** A report by code or id, or by the draft file that `report` wrote. */
async function reportNamed(client: Client, name: string): Promise<Report> {
  const code = name.endsWith(".json") ? draftSchema.parse(JSON.parse(await readFile(name, "utf8"))).code : name;
  const reports = await client.ask("reports.list", {});
  const found = reports.find((one) => one.id === code || one.code.toUpperCase() === code.toUpperCase());
  if (found === undefined) throw new RequestFailed({ code: "not-found", subject: `the report ${name}` });
  return found;
}

function withheldKind(text: string): WithheldKind {
  const found = withheldKinds.find((kind) => kind === text);
  if (found === undefined) throw new UsageError(`--without takes ${withheldKinds.join(", ")}`);
  return found;
}

/** Age public keys as they are; anything else is the name of a recipient of this vault. */
async function readRecipients(
  client: Client,
  given: readonly string[],
): Promise<{ recipientIds: string[]; keys: string[] }> {
  const keys = given.filter((one) => /^age1/i.test(one.trim()));
  const names = given.filter((one) => !keys.includes(one));
  if (names.length === 0) return { recipientIds: [], keys };
  const known = await client.ask("recipients.list", {});
  const recipientIds = names.map((name) => {
    const found = known.find((one) => one.id === name || one.name.toLowerCase() === name.toLowerCase());
    if (found === undefined) throw new RequestFailed({ code: "not-found", subject: `the recipient ${name}` });
    return found.id;
  });
  return { recipientIds, keys };
}

async function seal(client: Client, args: Arguments): Promise<ExitCode> {
  const signer = option(args, "signer") ?? option(args, "member");
  const out = required(args, "out");
  const wanted = word(args, 1, "REPORT");
  await unlock(client, args, signer);
  const found = await reportNamed(client, wanted);
  const recipients = await readRecipients(client, options(args, "to"));
  const without = options(args, "without").map((kind) => withheldKind(kind));
  if (found.state === "draft") await client.ask("reports.freeze", { reportId: found.id });
  const current = await client.ask("reports.get", { reportId: found.id });
  const state = await client.ask("vault.state", {});
  const mine = state.open && current.signatures.some((signature) => signature.by === state.member.id);
  if (!mine) await client.ask("reports.sign", { reportId: found.id });
  const sealed = await client.ask("reports.seal", {
    reportId: found.id,
    ...recipients,
    destination: client.destination(out),
    pdf: "leave-out",
    ...(without.length === 0 ? {} : { withheld: without }),
  });
  if (flag(args, "json")) json({ report: found.id, code: found.code, package: out, bytes: sealed.bytes, pdf: false });
  else {
    line(`${found.code} sealed: ${out}, ${String(sealed.bytes)} bytes.`);
    line("No report.pdf is in it: the command line cannot print. Seal in the app to have one.");
  }
  return 0;
}

/** A minisign public key: the text itself, or a file that holds it. */
async function readSignerKeys(given: readonly string[]): Promise<string[]> {
  return Promise.all(given.map(async (one) => (existsSync(one) ? readFile(one, "utf8") : one)));
}

async function open(client: Client, args: Arguments): Promise<ExitCode> {
  const path = word(args, 0, "NAME.sealed");
  const identity = option(args, "identity");
  const destination = option(args, "out");
  const secret =
    identity === undefined
      ? { passphrase: await readPassphrase(args, "Passphrase of the sealed report") }
      : { identity: client.file(identity) };
  const opened = await client.ask("sealed.open", {
    package: client.file(path),
    ...secret,
    signerKeys: await readSignerKeys(options(args, "signer-key")),
    ...(destination === undefined ? {} : { destination: client.destination(destination) }),
  });
  if (flag(args, "json")) {
    json(opened);
    return 0;
  }
  line(`${opened.report.code}, revision ${String(opened.report.revision)}, ${opened.report.marking}`);
  for (const { name, keyId, valid, trusted, publicKey } of opened.signatures) {
    const standing = valid ? (trusted ? "signed, trusted key" : "signed, key not trusted yet") : "NOT signed";
    line(`${standing}: ${name}, ${keyId}, ${publicKey}`);
  }
  for (const { words } of opened.warnings) line(`Note: ${words}`);
  for (const member of opened.members) line(`${member.sha256}  ${member.path}`);
  return 0;
}

async function recipient(client: Client, args: Arguments): Promise<ExitCode> {
  await unlock(client, args);
  const added = await client.ask("recipients.add", {
    name: required(args, "name"),
    organisation: option(args, "note") ?? "",
    key: required(args, "to"),
  });
  if (flag(args, "json")) json(added);
  else
    line(
      `${added.name}: ${added.fingerprintHex} (${added.fingerprintWords}). Compare it with them before you rely on it.`,
    );
  return 0;
}

export const reportingCommands: readonly Command[] = [
  {
    name: "recipient",
    usage: "VAULT --name N --to age1...",
    summary: "keep a recipient's key, with its fingerprint to compare",
    run: recipient,
  },
  {
    name: "report",
    usage:
      "VAULT [--template evaluation|capability-brief|vulnerability-notice] [--scope all|campaign:NAME|run:CODE] [--title T] --out DRAFT.json",
    summary: "draft a report and write its content as JSON",
    run: report,
  },
  {
    name: "seal",
    usage: "VAULT REPORT --to age1...|NAME [--to ...] [--without KIND]... [--signer NAME] --out NAME.sealed",
    summary: "freeze, sign and seal a report (a code, or the DRAFT.json)",
    run: seal,
  },
  {
    name: "open",
    usage: "NAME.sealed --identity KEYFILE [--signer-key PUB]... [--out FOLDER]",
    summary: "verify and open a sealed report; needs no vault",
    run: open,
  },
];
