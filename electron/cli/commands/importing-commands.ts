import { readFileSync } from "node:fs";
import { z } from "zod";
import {
  exportFormats,
  tableFieldSchema,
  tableMappingSchema,
  timeUnitSchema,
  type ImportedFile,
  type ImportReport,
  type MappedColumn,
  type TableMapping,
  type TablePreview,
} from "../../contract/importing.ts";
import { flag, oneOfOption, option, required, UsageError, type Arguments } from "../arguments.ts";
import { RequestFailed, type Client } from "../client.ts";
import type { Command, ExitCode } from "../command.ts";
import { optionallyNamed, runNamed } from "../naming.ts";
import { json, line } from "../output.ts";
import { unlock } from "../unlocking.ts";

/**
 * A mapping as people write it: what differs from the proposal. Columns by their heads: a field, "metadata.NAME",
 * "duration:min" with a unit, or null to leave it out.
 */
const writtenMappingSchema = z.strictObject({
  ...tableMappingSchema.omit({ columns: true }).partial().shape,
  columns: z.record(z.string().max(1_000), z.string().max(200).nullable()).optional(),
});
type WrittenMapping = z.infer<typeof writtenMappingSchema>;

function readMapping(path: string): WrittenMapping {
  try {
    return writtenMappingSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    const where = issue === undefined ? "it is no JSON file" : `${issue.path.join(".")}: ${issue.message}`;
    throw new UsageError(`--mapping ${path} cannot be used: ${where}`);
  }
}

/** "score", "duration:min", "metadata.machine" as what a column is. */
function columnAs(column: MappedColumn, said: string | null): MappedColumn {
  const { index, name } = column;
  if (said === null) return { index, name, field: null, unit: null };
  if (said.startsWith("metadata.")) {
    return { index, name, field: "metadata", unit: null, key: said.slice("metadata.".length) };
  }
  const [word = "", unit] = said.split(":");
  const field = tableFieldSchema.safeParse(word);
  const known = unit === undefined ? null : timeUnitSchema.safeParse(unit);
  if (!field.success || known?.success === false) {
    throw new UsageError(
      `the column “${name}” cannot be “${said}”: take one of ${tableFieldSchema.options.join(", ")}`,
    );
  }
  return { index, name, field: field.data, unit: known === null ? column.unit : known.data };
}

function applied(proposed: TableMapping, { columns = {}, ...rest }: WrittenMapping): TableMapping {
  const unknown = Object.keys(columns).find((name) => !proposed.columns.some((column) => column.name === name));
  if (unknown !== undefined) throw new UsageError(`the table has no column “${unknown}”`);
  const mapped = proposed.columns.map((column) => {
    const said = Object.hasOwn(columns, column.name) ? columns[column.name] : undefined;
    return said === undefined ? column : columnAs(column, said);
  });
  const own = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return tableMappingSchema.parse({ ...proposed, ...own, columns: mapped });
}

function printFile(file: ImportedFile): void {
  const name = [file.folder, file.file].filter((part) => part !== "").join("/");
  const what = file.part === "" ? name : `${name}, ${file.part}`;
  line(`${file.status.padEnd(9)} ${what}${file.reason === null ? "" : `: ${file.reason}`}`);
  if (file.task !== null) line(`          ${file.task} · ${file.model ?? ""} · ${String(file.attempts)} attempts`);
  for (const { scorer, reducer, metric, verdict, logged, recomputed, reason } of file.metrics) {
    const metricName = [scorer, ...(reducer === null ? [] : [reducer]), metric].join("/");
    const why = reason === null ? "" : `; ${reason}`;
    line(`          ${metricName}: ${verdict} (logged ${String(logged)}, recomputed ${String(recomputed)})${why}`);
  }
  for (const { what: lost, count, reason } of file.lost) line(`          lost: ${String(count)} ${lost}: ${reason}`);
}

function printTable({ mapping, counts, refused, unfit }: TablePreview): void {
  for (const { name, field, unit } of mapping.columns) {
    line(`          ${name}: ${field === null ? "left out" : `${field}${unit === null ? "" : `:${unit}`}`}`);
  }
  line(`          ${String(counts.taken)} of ${String(counts.rows)} rows would be taken in`);
  for (const row of refused.slice(0, 20)) {
    const where = row.column === null ? "" : `, column ${row.column}`;
    line(`          line ${String(row.line)}${where}: ${row.reason}${row.text === "" ? "" : ` (${row.text})`}`);
  }
  if (refused.length > 20) line(`          and ${String(counts.refused - 20)} more rows`);
  if (unfit !== null) line(`          ${unfit}`);
}

interface TableWay {
  readonly written: WrittenMapping | null;
  readonly campaignId: string | null;
  readonly asJson: boolean;
}

/** Takes a table in where there is a mapping for it; shows what it looks like where there is none. */
async function table(client: Client, found: ImportedFile, way: TableWay): Promise<readonly ImportedFile[]> {
  const file = found.handle;
  if (file === null) return [found];
  try {
    const proposed = await client.ask("imports.previewTable", { file, mapping: null });
    if (way.written === null) {
      if (!way.asJson) printTable(proposed);
      return [];
    }
    const mapping = applied(proposed.mapping, way.written);
    const { files } = await client.ask("imports.table", { file, mapping, campaignId: way.campaignId });
    if (!way.asJson) printTable(await client.ask("imports.previewTable", { file, mapping }));
    return files;
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    return [{ ...found, status: "refused", reason: error.failure.detail ?? error.failure.code }];
  }
}

function printSums({ files, sums, cancelled }: ImportReport): void {
  const said = Object.entries(sums.byStatus)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${String(count)} ${status}`);
  if (files.length === 0) line("No file was found.");
  else
    line(
      `${String(sums.files)} files: ${said.join(", ")}; ${String(sums.runs)} runs, ${String(sums.attempts)} attempts.`,
    );
  if (cancelled) line("It was cancelled.");
}

/** Refused, a table that nobody mapped, or nothing at all: not everything that was named is in the vault. */
function exitCodeOf(files: readonly ImportedFile[]): ExitCode {
  const isOpen = files.some(({ status }) => status === "refused" || status === "table");
  const isIn = files.some(({ status }) => status !== "not-a-log");
  return isOpen || !isIn ? 1 : 0;
}

async function importFiles(client: Client, args: Arguments): Promise<ExitCode> {
  const paths = args.words.slice(1);
  if (paths.length === 0) throw new UsageError("LOG is missing");
  const mappingFile = option(args, "mapping");
  const written = mappingFile === undefined ? null : readMapping(mappingFile);
  await unlock(client, args);
  const campaignId = (await optionallyNamed(client, args, "campaign")) ?? null;
  const report = await client.ask("imports.logs", { files: paths.map((path) => client.file(path)), campaignId });
  const asJson = flag(args, "json");
  const files: ImportedFile[] = [];
  const print = (file: ImportedFile): void => {
    files.push(file);
    if (asJson) json(file);
    else printFile(file);
  };
  for (const file of report.files) {
    print(file);
    if (file.status !== "table") continue;
    const taken = await table(client, file, { written, campaignId, asJson });
    if (taken.length > 0) files.pop();
    taken.forEach(print);
  }
  if (!asJson) printSums(report);
  return exitCodeOf(files);
}

async function exportAttempts(client: Client, args: Arguments): Promise<ExitCode> {
  await unlock(client, args);
  const format = oneOfOption(args, "format", exportFormats);
  const run = option(args, "run");
  const runId = run === undefined ? null : (await runNamed(client, run)).id;
  const campaignId = (await optionallyNamed(client, args, "campaign")) ?? null;
  const destination = client.destination(required(args, "out"));
  const made = await client.ask("exports.attempts", { format, runId, campaignId, destination });
  if (flag(args, "json")) {
    json(made);
    return 0;
  }
  line(`${String(made.attempts)} attempts written, ${String(made.bytes)} bytes. The file is readable by anyone.`);
  for (const { outcome, count } of made.leftOut) line(`${String(count)} left out: ${outcome}`);
  return 0;
}

export const importingCommands: readonly Command[] = [
  {
    name: "import",
    usage: "VAULT FILE... [--campaign C] [--mapping FILE]",
    summary: "take in logs, tables or folders of them; each metric is recomputed",
    help: [
      "Inspect, lm-evaluation-harness and promptfoo are recognised. Logs of one evaluation become one run.",
      "A CSV or JSON Lines table is shown with what its columns were taken for; --mapping takes it in. The mapping is",
      'JSON, and says what differs: {"model": "vendor/m", "benchmark": "Own suite",',
      '"columns": {"result": "outcome", "took": "duration:min", "host": "metadata.machine", "internal": null}}',
    ],
    run: importFiles,
  },
  {
    name: "export",
    usage: "VAULT --format csv|jsonl|parquet|precomputed-scores --out FILE [--run R] [--campaign C]",
    summary: "every planned attempt as a readable file; precomputed-scores (for Inspect) of one run",
    run: exportAttempts,
  },
];
