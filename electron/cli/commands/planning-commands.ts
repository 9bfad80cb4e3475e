import { endOfDay } from "../../contract/end-of-day.ts";
import {
  limitNames,
  noElicitation,
  noLimits,
  setLimits,
  statedElicitation,
  type AttemptLimits,
  type Elicitation,
  type LimitName,
} from "../../contract/protocol.ts";
import {
  flag,
  numberOption,
  option,
  options,
  required,
  UsageError,
  type Arguments,
  type TextOption,
} from "../arguments.ts";
import { RequestFailed, type Client } from "../client.ts";
import type { Command, ExitCode } from "../command.ts";
import { named } from "../naming.ts";
import { json, line } from "../output.ts";
import { unlock } from "../unlocking.ts";

const limitOptions: Readonly<Record<LimitName, TextOption>> = {
  message_limit: "message-limit",
  turn_limit: "turn-limit",
  token_limit: "token-limit",
  time_limit: "time-limit",
  working_limit: "working-limit",
  cost_limit: "cost-limit",
};

function limitsOf(args: Arguments): AttemptLimits {
  const given = limitNames.flatMap((name) => {
    const value = numberOption(args, limitOptions[name]);
    return value === null ? [] : [[name, value] as const];
  });
  return { ...noLimits, ...Object.fromEntries(given) };
}

function elicitationOf(args: Arguments): Elicitation {
  const said = (name: TextOption): string => option(args, name)?.trim() ?? "";
  return {
    ...noElicitation,
    scaffold: said("scaffold"),
    scaffoldVersion: said("scaffold-version"),
    tools: said("tools"),
    network: said("network"),
    prompt: said("prompt"),
    temperature: numberOption(args, "temperature"),
    reasoningEffort: said("reasoning-effort"),
    humanHelp: said("human-help"),
  };
}

/** The end of the day that --due names; null where it was not given. */
function dueOf(args: Arguments): number | null {
  const day = option(args, "due");
  if (day === undefined) return null;
  const at = endOfDay(day);
  if (at === null) throw new UsageError(`--due takes a day as 2026-12-04, not ${day}`);
  return at;
}

/** The ids of everything that an option that may be given several times names. */
async function all(client: Client, args: Arguments, kind: "model" | "benchmark"): Promise<string[]> {
  const ids: string[] = [];
  for (const name of options(args, kind)) ids.push(await named(client, kind, name));
  return ids;
}

async function plan(client: Client, args: Arguments): Promise<ExitCode> {
  const dueAt = dueOf(args);
  await unlock(client, args);
  const campaign = await client.ask("campaigns.plan", {
    name: required(args, "name"),
    question: option(args, "note") ?? "",
    decisionRule: option(args, "rule") ?? "",
    modelVersionIds: await all(client, args, "model"),
    benchmarkIds: await all(client, args, "benchmark"),
    epochs: numberOption(args, "epochs") ?? 1,
    limits: limitsOf(args),
    elicitation: elicitationOf(args),
    dueAt,
  });
  if (flag(args, "json")) {
    json(campaign);
    return 0;
  }
  line(`Campaign ${campaign.name} plans ${String(campaign.ledger.planned)} attempts (${campaign.id}).`);
  for (const { words, value } of setLimits(campaign.limits)) line(`  ${words}: at most ${value}`);
  for (const { words, value } of statedElicitation(campaign.elicitation)) line(`  ${words}: ${value}`);
  return 0;
}

/** The id of whom a cell of the campaign can be given to, by id or name. */
async function personNamed(client: Client, campaignId: string, name: string): Promise<string> {
  const able = await client.ask("campaigns.assignable", { campaignId });
  const found = able.filter((one) => one.id === name || one.name.toLowerCase() === name.toLowerCase());
  const [only] = found;
  if (only === undefined) throw new RequestFailed({ code: "not-found", subject: `${name}, who could run it` });
  if (found.length === 1) return only.id;
  throw new RequestFailed({ code: "conflict", subject: name, detail: "Several have this name; give the id." });
}

/** Every named model version on every named benchmark; all of the plan's where none is named. */
async function assign(client: Client, args: Arguments): Promise<ExitCode> {
  const dueAt = dueOf(args);
  await unlock(client, args);
  const campaignId = await named(client, "campaign", required(args, "campaign"));
  const versions = new Set(await all(client, args, "model"));
  const packs = new Set(await all(client, args, "benchmark"));
  const { cells } = await client.ask("campaigns.get", { campaignId });
  const chosen = cells.filter(
    (cell) =>
      (versions.size === 0 || versions.has(cell.modelVersionId)) && (packs.size === 0 || packs.has(cell.benchmarkId)),
  );
  if (chosen.length === 0) throw new RequestFailed({ code: "not-found", subject: "such a cell of the plan" });
  const to = option(args, "to");
  const campaign = await client.ask("campaigns.assign", {
    campaignId,
    cells: chosen.map(({ modelVersionId, benchmarkId }) => ({ modelVersionId, benchmarkId })),
    memberId: to === undefined ? null : await personNamed(client, campaignId, to),
    dueAt,
  });
  if (flag(args, "json")) json(campaign);
  else {
    const versionWords = new Map(campaign.modelVersions.map((one) => [one.id, one.words]));
    const titles = new Map(campaign.benchmarks.map((one) => [one.id, one.title]));
    for (const { modelVersionId, benchmarkId, assignment } of campaign.cells) {
      line(
        `${versionWords.get(modelVersionId) ?? ""} on ${titles.get(benchmarkId) ?? ""}: with ${assignment?.name ?? "nobody"}`,
      );
    }
  }
  return 0;
}

export const planningCommands: readonly Command[] = [
  {
    name: "plan",
    usage:
      "VAULT --name N --model M... --benchmark B... [--epochs N] [--due DAY] [--rule TEXT] [--token-limit N] [--message-limit N] [--turn-limit N] [--time-limit S] [--working-limit S] [--cost-limit USD] [--scaffold S] [--scaffold-version V] [--tools T] [--network T] [--prompt T] [--temperature T] [--reasoning-effort E] [--human-help T]",
    summary: "plan a campaign, with the limits of each attempt and the elicitation",
    run: plan,
  },
  {
    name: "assign",
    usage: "VAULT --campaign C [--model M]... [--benchmark B]... [--to MEMBER] [--due DAY]",
    summary: "say who runs cells of a plan; without --to they are taken back",
    run: assign,
  },
];
