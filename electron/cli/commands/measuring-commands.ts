import { outcomeStates } from "../../contract/attempt.ts";
import { type RunResult } from "../../contract/evaluation.ts";
import { safeguardVariants } from "../../contract/planning.ts";
import { formatInterval, formatIntervalMethod, formatRate } from "../../contract/number-text.ts";
import {
  flag,
  numberOption,
  oneOfOption,
  option,
  options,
  required,
  UsageError,
  type Arguments,
} from "../arguments.ts";
import type { Client } from "../client.ts";
import type { Command, ExitCode } from "../command.ts";
import { json, line, table } from "../output.ts";
import { named, optionallyNamed, runNamed } from "../naming.ts";
import { unlock } from "../unlocking.ts";

async function pack(client: Client, args: Arguments): Promise<ExitCode> {
  const packs = args.words.slice(1);
  if (packs.length === 0) throw new UsageError("PACK is missing: a file, or the name of a pack of the catalog");
  await unlock(client, args);
  const catalog = new Set((await client.ask("benchmarks.catalog", {})).map((one) => one.pack));
  for (const name of packs) {
    const added = catalog.has(name)
      ? await client.ask("benchmarks.addFromCatalog", { packs: [name] })
      : [await client.ask("benchmarks.importPack", { file: client.file(name) })];
    for (const benchmark of added) {
      if (flag(args, "json")) json(benchmark);
      else line(`${benchmark.title} ${benchmark.version}: ${String(benchmark.tasks)} tasks (${benchmark.id})`);
    }
  }
  return 0;
}

async function model(client: Client, args: Arguments): Promise<ExitCode> {
  await unlock(client, args);
  const version = {
    checkpoint: required(args, "checkpoint"),
    safeguard: oneOfOption(args, "safeguard", safeguardVariants, "not-stated"),
    access: "",
    settings: "",
  };
  const added = await client.ask("models.add", {
    developer: required(args, "developer"),
    name: required(args, "name"),
    note: option(args, "note") ?? "",
    version,
  });
  if (flag(args, "json")) json(added);
  else for (const one of added.versions) line(`${one.words} (${one.id})`);
  return 0;
}

async function start(client: Client, args: Arguments): Promise<ExitCode> {
  await unlock(client, args);
  const run = await client.ask("runs.start", {
    modelVersionId: await named(client, "model", required(args, "model")),
    benchmarkId: await named(client, "benchmark", required(args, "benchmark")),
    campaignId: (await optionallyNamed(client, args, "campaign")) ?? null,
    epochs: numberOption(args, "epochs") ?? 1,
  });
  if (flag(args, "json")) json(run);
  else
    line(
      `${run.code}: ${run.modelVersion.words} on ${run.benchmark.title}, ${String(run.ledger.planned)} attempts planned.`,
    );
  return 0;
}

async function log(client: Client, args: Arguments): Promise<ExitCode> {
  await unlock(client, args);
  const run = await runNamed(client, required(args, "run"));
  const task = required(args, "task");
  const epoch = numberOption(args, "epoch") ?? 1;
  const logged = await client.ask("attempts.log", {
    runId: run.id,
    attempts: [
      {
        task,
        epoch,
        outcome: oneOfOption(args, "outcome", outcomeStates),
        score: numberOption(args, "score"),
        minutes: numberOption(args, "minutes"),
        tokens: numberOption(args, "tokens"),
        note: option(args, "note") ?? "",
      },
    ],
  });
  const evidence = options(args, "evidence");
  if (evidence.length > 0) {
    await client.ask("attempts.attach", {
      runId: run.id,
      task,
      epoch,
      files: evidence.map((path) => client.file(path)),
    });
  }
  const { planned, notRun } = logged.run.ledger;
  if (flag(args, "json")) json(logged.run);
  else
    line(
      `${run.code}: ${task}, epoch ${String(epoch)} logged; ${String(notRun)} of ${String(planned)} attempts not run yet.`,
    );
  return 0;
}

function resultRow(result: RunResult): string[] {
  const { code, model: version, benchmark, solved, rate, interval, planned } = result;
  const method = formatIntervalMethod(interval);
  return [
    code,
    version,
    benchmark,
    String(solved),
    String(planned),
    formatRate(rate),
    formatInterval(interval),
    method,
  ];
}

async function results(client: Client, args: Arguments): Promise<ExitCode> {
  await unlock(client, args);
  const modelVersionId = await optionallyNamed(client, args, "model");
  const benchmarkId = await optionallyNamed(client, args, "benchmark");
  const campaignId = await optionallyNamed(client, args, "campaign");
  const found = await client.ask("results.runs", {
    ...(modelVersionId === undefined ? {} : { modelVersionId }),
    ...(benchmarkId === undefined ? {} : { benchmarkId }),
    ...(campaignId === undefined ? {} : { campaignId }),
  });
  if (flag(args, "json")) for (const result of found) json(result);
  else if (found.length === 0) line("No run yet: import a log, or start one.");
  else
    table([
      ["Run", "Model version", "Benchmark", "Solved", "Planned", "Rate", "Interval", "Method"],
      ...found.map(resultRow),
    ]);
  return 0;
}

export const measuringCommands: readonly Command[] = [
  { name: "pack", usage: "VAULT PACK...", summary: "add benchmarks: a pack file, or a name of the catalog", run: pack },
  {
    name: "model",
    usage: "VAULT --developer D --name N --checkpoint C [--safeguard VARIANT]",
    summary: "add a model with its first version",
    run: model,
  },
  {
    name: "start",
    usage: "VAULT --model M --benchmark B [--campaign C] [--epochs N]",
    summary: "start a run that is logged by hand",
    run: start,
  },
  {
    name: "log",
    usage:
      "VAULT --run R --task T --epoch N --outcome STATE [--score S] [--minutes M] [--tokens N] [--note TEXT] [--evidence F]...",
    summary: "log one attempt",
    run: log,
  },
  {
    name: "results",
    usage: "VAULT [--model M] [--benchmark B] [--campaign C]",
    summary: "rates with their intervals, by run",
    run: results,
  },
];
