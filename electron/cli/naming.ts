import type { Run } from "../contract/evaluation.ts";
import type { Compartment, Member } from "../contract/members.ts";
import type { Role } from "../contract/values.ts";
import { option, type Arguments } from "./arguments.ts";
import { RequestFailed, type Client } from "./client.ts";

/** Things of the open vault by what a person calls them. */

function only<T>(found: readonly T[], what: string): T {
  const [first] = found;
  if (first === undefined) throw new RequestFailed({ code: "not-found", subject: what });
  if (found.length === 1) return first;
  throw new RequestFailed({ code: "conflict", subject: what, detail: "Several have this name; give the id." });
}

const matches = (name: string, words: readonly string[]): boolean =>
  words.some((text) => text.toLowerCase() === name.toLowerCase());

/** The present member whom an id, a name or a label names. */
export async function memberNamed(client: Client, name: string): Promise<Member> {
  const members = (await client.ask("members.list", {})).filter((member) => member.current);
  const exact = members.find((member) => member.id === name);
  return (
    exact ??
    only(
      members.filter((one) => matches(name, [one.name, one.label])),
      `the member ${name}`,
    )
  );
}

/** The compartment that a number, a name or a label names. */
export async function compartmentNamed(client: Client, name: string): Promise<Compartment> {
  const all = await client.ask("compartments.list", {});
  const exact = all.find((one) => String(one.id) === name);
  return (
    exact ??
    only(
      all.filter((one) => matches(name, [one.name, one.label])),
      `the compartment ${name}`,
    )
  );
}

const roleLabels: Record<Role, string> = {
  lead: "Lead",
  evaluator: "Evaluator",
  custodian: "Custodian",
  auditor: "Auditor",
};

/** What the lock screen will show of a new member: the role and a letter that nobody has yet. */
export function freeLabel(role: Role, taken: readonly string[]): string {
  const used = new Set(taken.map((label) => label.toLowerCase()));
  for (let place = 0; ; place += 1) {
    const label = `${roleLabels[role]} ${place < 26 ? String.fromCharCode(65 + place) : String(place + 1)}`;
    if (!used.has(label.toLowerCase())) return label;
  }
}

function missing(what: string): RequestFailed {
  return new RequestFailed({ code: "not-found", subject: what });
}

/** The run that a code ("R-0017") or an id names. */
export async function runNamed(client: Client, name: string): Promise<Run> {
  const runs = await client.ask("runs.list", {});
  const found = runs.find((run) => run.id === name || run.code.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw missing(`the run ${name}`);
  return found;
}

/** The id of the model version, benchmark or campaign that a person names by id, name or title. */
export async function named(client: Client, kind: "model" | "benchmark" | "campaign", name: string): Promise<string> {
  const wanted = name.toLowerCase();
  const all = await everything(client, kind);
  const found = all.filter((one) => one.words.some((text) => text.toLowerCase() === wanted));
  const [only] = found;
  if (only === undefined) throw missing(`the ${kind} ${name}`);
  if (found.length > 1)
    throw new RequestFailed({ code: "conflict", subject: name, detail: "Several have this name; give the id." });
  return only.id;
}

async function everything(
  client: Client,
  kind: "model" | "benchmark" | "campaign",
): Promise<{ id: string; words: string[] }[]> {
  if (kind === "benchmark") {
    const benchmarks = await client.ask("benchmarks.list", {});
    return benchmarks.map((one) => ({ id: one.id, words: [one.id, one.pack, one.title] }));
  }
  if (kind === "campaign") {
    const campaigns = await client.ask("campaigns.list", {});
    return campaigns.map((one) => ({ id: one.id, words: [one.id, one.name] }));
  }
  const models = await client.ask("models.list", {});
  return models.flatMap(({ developer, name, versions }) =>
    versions.map(({ id, checkpoint, words }) => ({
      id,
      words: [id, words, checkpoint, ...(versions.length === 1 ? [name, `${developer} ${name}`] : [])],
    })),
  );
}

/** The id behind an option that names a model version, benchmark or campaign; undefined where it was not given. */
export async function optionallyNamed(
  client: Client,
  args: Arguments,
  kind: "model" | "benchmark" | "campaign",
): Promise<string | undefined> {
  const name = option(args, kind);
  return name === undefined ? undefined : named(client, kind, name);
}
