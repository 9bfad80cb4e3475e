import { comparisonTableKinds, taskGroupings, usualDraws, type ComparisonTable } from "../../contract/comparing.ts";
import { headlinePolicy } from "../../contract/values.ts";
import { flag, numberOption, oneOfOption, option, options, required, type Arguments } from "../arguments.ts";
import type { Client } from "../client.ts";
import type { Command, ExitCode } from "../command.ts";
import { named, optionallyNamed } from "../naming.ts";
import { json, line, table } from "../output.ts";
import { unlock } from "../unlocking.ts";

/** The versions that were named, or all that have a result on the benchmark. */
async function chosen(
  client: Client,
  args: Arguments,
  benchmarkId: string,
  campaignId: string | null,
): Promise<string[]> {
  const names = options(args, "model");
  if (names.length === 0) {
    const scope = { benchmarkId, campaignId, policy: headlinePolicy };
    const { versions } = await client.ask("comparisons.versions", scope);
    return versions.map(({ id }) => id);
  }
  const ids: string[] = [];
  for (const name of names) ids.push(await named(client, "model", name));
  return ids;
}

async function compare(client: Client, args: Arguments): Promise<ExitCode> {
  const kind = oneOfOption(args, "kind", comparisonTableKinds, "pairs");
  const by = oneOfOption(args, "by", taskGroupings, "category");
  const draws = numberOption(args, "draws") ?? usualDraws;
  const benchmarkName = required(args, "benchmark");
  await unlock(client, args);
  const benchmarkId = await named(client, "benchmark", benchmarkName);
  const campaignId = (await optionallyNamed(client, args, "campaign")) ?? null;
  const modelVersionIds = await chosen(client, args, benchmarkId, campaignId);
  if (modelVersionIds.length === 0) {
    line("No run on this benchmark yet: import a log, or start one.");
    return 0;
  }
  const baseline = option(args, "baseline");
  const baselineId = baseline === undefined ? null : await named(client, "model", baseline);
  const scope = { benchmarkId, campaignId, policy: headlinePolicy, modelVersionIds };
  const found = await client.ask("comparisons.table", { ...scope, kind, baselineId, by, measure: "cost", draws });
  if (flag(args, "json")) for (const row of found.rows) json(valuesOf(row));
  else printTable(found);
  return 0;
}

function valuesOf(row: ComparisonTable["rows"][number]): Record<string, string | number | null> {
  return Object.fromEntries(Object.entries(row).map(([key, { value }]) => [key, value]));
}

function printTable({ title, caption, columns, rows }: ComparisonTable): void {
  line(title);
  line(caption);
  line("");
  table([columns.map(({ label }) => label), ...rows.map((row) => columns.map(({ key }) => row[key]?.text ?? ""))]);
}

export const comparingCommands: readonly Command[] = [
  {
    name: "compare",
    usage: "VAULT --benchmark B [--model M]... [--kind KIND] [--campaign C]",
    summary: "model versions compared on one benchmark, every number with its interval",
    help: [
      `--kind ${comparisonTableKinds.join("|")}: what is compared; pairs unless said.`,
      "--baseline M: pairs of each other version with this one, not all pairs.",
      `--by ${taskGroupings.join("|")}: what tasks are grouped by. --draws N: resamples of time horizons, 0 for none.`,
      "--json prints the numbers of each row as they are; otherwise rounded, with their intervals' method and unit.",
      "Without --model all versions that have a result. Errors count as failures; invalidated attempts are left out.",
    ],
    run: compare,
  },
];
