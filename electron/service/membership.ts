import { randomBytes } from "node:crypto";
import type { ParsedInput } from "../contract/index.ts";
import type { Compartment, Member } from "../contract/members.ts";
import { rosterCompartment, type Role } from "../contract/values.ts";
import {
  compartmentAdded,
  compartmentGranted,
  compartmentRevoked,
  compartmentRotated,
} from "../domain/compartments/events.ts";
import { sharedCompartment } from "../domain/compartments/queries.ts";
import { memberAdded, memberRemoved } from "../domain/members/events.ts";
import { listMembers } from "../domain/members/queries.ts";
import { currentKits } from "../domain/members/recovery-kits.ts";
import { Refusal } from "../domain/refusal.ts";
import { writeFileDurably } from "../vault/index.ts";
import type { RequestContext } from "./handlers.ts";
import type { Host } from "./host.ts";
import { compartmentsOf, membersOf } from "./member-list.ts";
import type { OpenSession } from "./open-session.ts";
import { checkPassphrase, readSecretFile, wiping } from "./secrets.ts";
import { act } from "./two-persons.ts";

/** Who reads and writes the vault: adding and removing people, their keys, the compartments that they hold. */

/** What a role reads when nobody says otherwise: custodians the roster alone; the others what all evaluators share. */
export function compartmentsOfRole(session: OpenSession, role: Role): number[] {
  const shared = sharedCompartment(session.model);
  if (role === "custodian") return [rosterCompartment];
  if (role !== "lead") return [rosterCompartment, shared];
  const held = session.vault.compartments().filter((one) => one.readable);
  return held.map((one) => one.id);
}

type NewPerson = ParsedInput<"members.add">;

/** A separate compartment's events name things of the shared one: who reads the one needs the other. */
function chosenCompartments(session: OpenSession, person: NewPerson): number[] {
  const chosen = person.compartments ?? compartmentsOfRole(session, person.role);
  const held = new Set(
    session.vault
      .compartments()
      .filter((one) => one.readable)
      .map((one) => one.id),
  );
  const beyond = chosen.filter((id) => !held.has(id));
  if (beyond.length > 0) {
    throw new Refusal("not-allowed", `compartment ${beyond.join(", ")}`, "You can share only what you read yourself.");
  }
  const all = new Set([rosterCompartment, ...chosen]);
  if (all.size > 1) all.add(sharedCompartment(session.model));
  return [...all].sort((a, b) => a - b);
}

/** Makes a slot for a new member and records who they are. The caller wipes the passphrase. */
export async function letIn(host: Host, session: OpenSession, person: NewPerson, why = ""): Promise<string> {
  const { name, label, role, passphrase } = person;
  const reason = why.trim();
  checkPassphrase(passphrase, name);
  const keyFile = person.keyFile === undefined ? undefined : readSecretFile(host.outsidePath(person.keyFile));
  return wiping(keyFile === undefined ? [] : [keyFile], () =>
    session.addMember(
      {
        label,
        name,
        passphrase,
        compartments: chosenCompartments(session, person),
        ...(keyFile === undefined ? {} : { keyFile }),
      },
      (id) => [memberAdded.draft({ id, name, label, role, ...(reason === "" ? {} : { reason }) })],
    ),
  );
}

export async function addMember({ host }: RequestContext, input: NewPerson): Promise<Member> {
  const id = await wiping([input.passphrase], () => letIn(host, host.session, input));
  host.changed();
  const added = membersOf(host.session).find((member) => member.id === id);
  if (added === undefined) throw new Error("a new member is missing in the read model");
  return added;
}

export async function removeMember(
  context: RequestContext,
  { memberId, reason, second }: ParsedInput<"members.remove">,
): Promise<Member[]> {
  const { host } = context;
  if (!listMembers(host.session.model).some((one) => one.id === memberId)) throw new Refusal("not-found", "the member");
  await act(context, memberRemoved.draft({ id: memberId, reason }), second);
  host.changed();
  host.tellFrame();
  return membersOf(host.session);
}

export async function changePassphrase(
  { host, progress }: RequestContext,
  input: ParsedInput<"members.changePassphrase">,
): Promise<void> {
  const file = (handle: string | undefined): Uint8Array | undefined =>
    handle === undefined ? undefined : readSecretFile(host.outsidePath(handle));
  const { current, next, kdf } = input;
  const currentKeyFile = file(input.currentKeyFile);
  const nextKeyFile = file(input.nextKeyFile);
  const secrets = [current, next, currentKeyFile, nextKeyFile].filter((one) => one !== undefined);
  await wiping(secrets, async () => {
    checkPassphrase(next, "the new passphrase");
    progress({ step: "Deriving the key", done: 0, total: null, unit: "steps" });
    await host.session.vault.changePassphrase({
      current,
      currentKeyFile,
      next,
      nextKeyFile,
      kdf: kdf === undefined ? undefined : { ops: kdf.passes, memory: kdf.memoryBytes },
    });
  });
  host.changed();
}

const keyFileBytes = 64;

/** Writes random bytes to a file that a person chose: the second factor of a slot. */
export function newKeyFile(host: Host, destination: string): { fileName: string; file: string } {
  const path = host.destinationPath(destination);
  const bytes = new Uint8Array(randomBytes(keyFileBytes));
  try {
    writeFileDurably(path, bytes);
  } finally {
    bytes.fill(0);
  }
  return { fileName: host.files.name(destination), file: host.produced(path) };
}

export async function backupKeys(
  { host, progress }: RequestContext,
  { passphrase, destination }: ParsedInput<"members.backupKeys">,
): Promise<{ fileName: string }> {
  return wiping([passphrase], async () => {
    checkPassphrase(passphrase, "the backup's passphrase");
    const path = host.destinationPath(destination);
    progress({ step: "Deriving the backup's key", done: 0, total: null, unit: "steps" });
    writeFileDurably(path, await host.session.vault.backupKeys({ passphrase }));
    host.produced(path);
    return { fileName: host.files.name(destination) };
  });
}

function outlined(host: Host, id: number): Compartment {
  host.changed();
  const found = compartmentsOf(host.session).find((one) => one.id === id);
  if (found === undefined) throw new Refusal("not-found", `compartment ${String(id)}`);
  return found;
}

/** Who is to hold a compartment: whoever is named, the one who makes it, and no one twice. */
export function addCompartment(
  { host }: RequestContext,
  { name, label, memberIds }: ParsedInput<"compartments.add">,
): Compartment {
  const { session } = host;
  const id = Math.max(...session.vault.compartments().map((one) => one.id)) + 1;
  // Whoever comes in by recovery must be able to read all of the vault.
  const recovery = currentKits(session.model).map((kit) => kit.memberId);
  const holders = [...new Set([session.vault.memberId, ...memberIds, ...recovery])];
  requireShared(session, holders);
  session.commit([compartmentAdded.draft({ id, kind: "separate", name })], {
    write: (entries) => session.vault.addCompartment({ label, holders, entries: () => entries }),
  });
  return outlined(host, id);
}

function requireShared(session: OpenSession, members: readonly string[]): void {
  const shared = sharedCompartment(session.model);
  const holders = session.vault.compartments().find((one) => one.id === shared)?.holders ?? [];
  const without = members.filter((member) => !holders.includes(member));
  if (without.length === 0) return;
  const names = membersOf(session).filter((member) => without.includes(member.id));
  throw new Refusal(
    "conflict",
    names.map((member) => member.name).join(", ") || "the members",
    "Who reads a separate compartment reads the shared one, too: give them that first.",
  );
}

export function grantCompartment(
  { host }: RequestContext,
  { compartment, memberId }: ParsedInput<"compartments.grant">,
): Compartment {
  const { session } = host;
  if (compartment !== sharedCompartment(session.model)) requireShared(session, [memberId]);
  session.commit([compartmentGranted.draft({ id: compartment, memberId })], {
    write: (entries) => {
      session.vault.grantCompartment({ compartment, member: memberId, entries });
    },
  });
  return outlined(host, compartment);
}

export function revokeCompartment(
  { host }: RequestContext,
  { compartment, memberId, reason }: ParsedInput<"compartments.revoke">,
): Compartment {
  const { session } = host;
  const others = session.vault
    .compartments()
    .filter((one) => one.id > sharedCompartment(session.model) && one.holders.includes(memberId));
  if (compartment === sharedCompartment(session.model) && others.length > 0) {
    throw new Refusal("conflict", `compartment ${String(compartment)}`, "They read separate ones: take those first.");
  }
  session.commit([compartmentRevoked.draft({ id: compartment, memberId, reason })], {
    write: (entries) => {
      session.vault.revokeCompartment({ compartment, member: memberId, entries });
    },
  });
  return outlined(host, compartment);
}

export function rotateCompartment(
  { host }: RequestContext,
  { compartment, reason }: ParsedInput<"compartments.rotate">,
): Compartment {
  const { session } = host;
  session.commit([compartmentRotated.draft({ id: compartment, reason })], {
    write: (entries) => {
      session.vault.rotateCompartment({ compartment, entries });
    },
  });
  return outlined(host, compartment);
}
