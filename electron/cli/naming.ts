import type { Compartment, Member } from "../contract/members.ts";
import type { Role } from "../contract/values.ts";
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
