import { advisoryFormats, type AdvisoryFormat } from "../../contract/advisories.ts";
import type { FindingChange } from "../../contract/finding-fields.ts";
import {
  findingChannels,
  findingKinds,
  findingKindWords,
  findingStates,
  findingStateWords,
} from "../../contract/finding-states.ts";
import type { Finding, FindingSource } from "../../contract/findings.ts";
import { formatDecimal } from "../../contract/number-text.ts";
import { plainView, type TableRow } from "../../contract/tables.ts";
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
import { named, runNamed } from "../naming.ts";
import { json, line, table } from "../output.ts";
import { unlock } from "../unlocking.ts";

const pageRows = 500;

/** All findings that can be read, the newest first, as the table of findings holds them. */
async function allFindings(client: Client): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for (;;) {
    const page = { table: "findings" as const, scope: {}, view: plainView, offset: rows.length, limit: pageRows };
    const { rows: more, total } = await client.ask("tables.page", page);
    rows.push(...more);
    if (more.length === 0 || rows.length >= total) return rows;
  }
}

function cell({ cells }: TableRow, column: string): string {
  const value = cells[column] ?? null;
  return value === null ? "" : String(value);
}

/** The id of the finding that a code ("F-0007") or an id names. */
async function findingNamed(client: Client, name: string): Promise<string> {
  const found = (await allFindings(client)).find(
    (one) => one.id === name || cell(one, "code").toLowerCase() === name.toLowerCase(),
  );
  if (found === undefined) throw new RequestFailed({ code: "not-found", subject: `the finding ${name}` });
  return found.id;
}

async function list(client: Client, args: Arguments): Promise<ExitCode> {
  await unlock(client, args);
  const rows = await allFindings(client);
  if (flag(args, "json")) for (const { id, cells } of rows) json({ id, ...cells });
  else {
    const columns = ["code", "state", "severity", "kind", "vendor", "product", "title"];
    const heads = ["Finding", "State", "Severity", "Kind", "Vendor", "Product", "Title"];
    table([heads, ...rows.map((row) => columns.map((column) => cell(row, column)))]);
  }
  return 0;
}

function print(finding: Finding): void {
  const { code, kind, title, state, severityWords, validation, keys, next, timeline } = finding;
  line(`${code}  ${title}`);
  line(`${findingKindWords[kind]}, ${findingStateWords[state]}${severityWords === "" ? "" : `, ${severityWords}`}`);
  line(`Validation: ${validation}. Product: ${finding.product === "" ? "not said" : finding.product}.`);
  for (const key of keys) line(`Deconfliction key: ${key}`);
  for (const one of finding.possibleDuplicates) line(`Possibly the same: ${one.code} ${one.title}`);
  for (const { party, answer } of timeline)
    line(`Told: ${party.name}${answer === null ? ", no answer yet" : ", answered"}`);
  for (const { byName, words, without } of finding.history) {
    line(`  ${byName}: ${words}${without === null ? "" : ` (${without})`}`);
  }
  const open = next
    .filter(({ mayDo }) => mayDo)
    .map(({ to, needsReason }) => `${to}${needsReason ? " (with a reason)" : ""}`);
  if (open.length > 0) line(`Can go to: ${open.join(", ")}`);
}

function show(args: Arguments, finding: Finding): ExitCode {
  if (flag(args, "json")) json(finding);
  else print(finding);
  return 0;
}

function said(args: Arguments, finding: Finding): ExitCode {
  if (flag(args, "json")) json(finding);
  else line(`${finding.code} is ${findingStateWords[finding.state]}: ${finding.title}`);
  return 0;
}

async function get(client: Client, args: Arguments): Promise<ExitCode> {
  const name = word(args, 1, "FINDING");
  await unlock(client, args);
  return show(args, await client.ask("findings.get", { findingId: await findingNamed(client, name) }));
}

async function sourceOf(client: Client, args: Arguments): Promise<FindingSource> {
  const [model, run, task] = [option(args, "model"), option(args, "run"), option(args, "task")];
  if (task !== undefined && run === undefined) throw new UsageError("--task is of a --run");
  return {
    modelVersionId: model === undefined ? null : await named(client, "model", model),
    runId: run === undefined ? null : (await runNamed(client, run)).id,
    attempt: task === undefined ? null : { task, epoch: numberOption(args, "epoch") ?? 1 },
  };
}

function affectedOf(args: Arguments): FindingChange {
  const [vendor = "", product = ""] = [option(args, "vendor"), option(args, "product")];
  if (vendor === "" && product === "") return {};
  return { affected: [{ vendor, product, component: "", ecosystem: "", package: "", ranges: [], versions: [] }] };
}

function severityOf(args: Arguments): FindingChange {
  const vector = option(args, "cvss");
  if (vector === undefined) return {};
  const isFour = vector.startsWith("CVSS:4");
  return { severity: { scheme: "cvss", v4: isFour ? vector : null, v3: isFour ? null : vector } };
}

async function record(client: Client, args: Arguments): Promise<ExitCode> {
  const kind = oneOfOption(args, "kind", findingKinds);
  const title = required(args, "title");
  await unlock(client, args);
  const fields = {
    ...affectedOf(args),
    ...severityOf(args),
    ...{ title, summary: option(args, "note") ?? "", cwes: [...options(args, "cwe")] },
  };
  return said(args, await client.ask("findings.record", { kind, source: await sourceOf(client, args), fields }));
}

async function move(client: Client, args: Arguments): Promise<ExitCode> {
  const name = word(args, 1, "FINDING");
  const to = oneOfOption(args, "to", findingStates);
  await unlock(client, args);
  const findingId = await findingNamed(client, name);
  return said(args, await client.ask("findings.move", { findingId, to, reason: option(args, "reason") ?? "" }));
}

async function route(client: Client, args: Arguments): Promise<ExitCode> {
  const name = word(args, 1, "FINDING");
  const channel = oneOfOption(args, "to", findingChannels);
  const party = { channel, name: required(args, "name"), recipientId: null };
  await unlock(client, args);
  const findingId = await findingNamed(client, name);
  const reason = option(args, "reason") ?? "";
  return said(args, await client.ask("findings.route", { findingId, parties: [party], reason }));
}

const formats: Readonly<Record<string, AdvisoryFormat>> = { csaf: "csaf-2.0" };

function formatOf(args: Arguments): AdvisoryFormat {
  const given = required(args, "format");
  const found = formats[given] ?? advisoryFormats.find((one) => one === given);
  if (found === undefined) throw new UsageError(`--format takes one of csaf, ${advisoryFormats.join(", ")}`);
  return found;
}

async function exportFinding(client: Client, args: Arguments): Promise<ExitCode> {
  const names = args.words.slice(1);
  const format = formatOf(args);
  const out = required(args, "out");
  if (names.length === 0) throw new UsageError("FINDING is missing");
  await unlock(client, args);
  const findingIds: string[] = [];
  for (const name of names) findingIds.push(await findingNamed(client, name));
  const answer = await client.ask("findings.export", {
    ...{ format, findingIds, destination: client.destination(out) },
    ...{ trackingId: option(args, "name") ?? null, tlp: null, withSteps: false },
  });
  if (flag(args, "json")) json(answer);
  else {
    for (const { finding, lacks, leftOut } of answer.findings) {
      for (const { field, needs, test } of lacks) {
        line(`${finding.code}  ${field} ${needs}${test === null ? "" : ` (${test})`}`);
      }
      for (const one of leftOut) line(`${finding.code}  left out: ${one}`);
    }
    line(answer.fileName === null ? "Nothing was written." : `${out} is written, readable by anyone.`);
  }
  return answer.fileName === null ? 1 : 0;
}

async function score(client: Client, args: Arguments): Promise<ExitCode> {
  const scored = await client.ask("findings.score", { vector: word(args, 0, "VECTOR") });
  if (flag(args, "json")) json(scored);
  else if (scored.problem !== null) line(scored.problem);
  else {
    line(`${formatDecimal(scored.score, 1)} ${scored.severity ?? ""}  ${scored.vector ?? ""}`);
    table(scored.metrics.map(({ id, name, value, words }) => [`${id}:${value}`, name, words]));
  }
  return scored.problem === null ? 0 : 1;
}

const naming = "FINDING is its code (F-0007) or its id.";

export const findingCommands: readonly Command[] = [
  { name: "finding list", usage: "VAULT", summary: "the findings, the newest first", run: list },
  {
    name: "finding show",
    usage: "VAULT FINDING",
    summary: "one finding: its score, who was told, what was done and what can be done",
    help: [naming],
    run: get,
  },
  {
    name: "finding record",
    usage:
      "VAULT --kind KIND --title WORDS [--model M] [--run R [--task T [--epoch N]]] [--cvss VECTOR] [--cwe CWE-79 …]",
    summary: "records a finding, of an attempt where one is named",
    help: [
      `KIND is one of ${findingKinds.join(", ")}. A weakness takes --model or --run.`,
      "--vendor and --product say what is affected, --note is the summary.",
    ],
    run: record,
  },
  {
    name: "finding move",
    usage: "VAULT FINDING --to STATE [--reason WORDS]",
    summary: "takes a finding on: triaged, acknowledged, remediated, distributed, closed",
    help: [naming],
    run: move,
  },
  {
    name: "finding route",
    usage: "VAULT FINDING --to CHANNEL --name PARTY [--reason WORDS]",
    summary: "writes down to whom a finding goes: developer, or clearinghouse and vendor",
    help: [naming, "Without a second look (reproduced by another person) it takes a reason. Nothing is sent."],
    run: route,
  },
  {
    name: "finding export",
    usage: "VAULT FINDING … --format csaf|csaf-2.1-draft|osv|cve-draft|csv --out FILE [--name ID]",
    summary: "writes an advisory that passes its format's own tests, or says what is missing",
    help: [naming, "--name is what recipients will know it by. One advisory is one file; CSV takes any number."],
    run: exportFinding,
  },
  {
    name: "finding score",
    usage: "VECTOR",
    summary: "what a CVSS v4.0 or v3.1 vector comes to; needs no vault",
    run: score,
  },
];
