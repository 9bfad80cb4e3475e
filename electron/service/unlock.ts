import type { ParsedInput } from "../contract/index.ts";
import type { VaultState } from "../contract/vault.ts";
import { compartmentAdded } from "../domain/compartments/events.ts";
import { memberAdded, personsSet, vaultMarked, vaultNamed } from "../domain/members/events.ts";
import { Refusal } from "../domain/refusal.ts";
import { createVault, inspectVault, unlockVault, type OpenVault, type SlotChoice } from "../vault/index.ts";
import type { RequestContext } from "./handlers.ts";
import type { Host } from "./host.ts";
import { letIn } from "./membership.ts";
import { encodeBatch, OpenSession, toEvent } from "./open-session.ts";
import { objection } from "./anchors.ts";
import { checkPassphrase, readSecretFile, wiping } from "./secrets.ts";

function keyFileBytes(host: Host, handle: string | undefined): { keyFile: Uint8Array } | Record<string, never> {
  return handle === undefined ? {} : { keyFile: readSecretFile(host.outsidePath(handle)) };
}

/** Makes a vault with its first members and leaves it open for the founder. */
export async function createSession(context: RequestContext, input: ParsedInput<"vault.create">): Promise<VaultState> {
  const { host } = context;
  const people = [input.founder, ...input.others];
  return wiping(
    people.map((person) => person.passphrase),
    async () => {
      for (const person of people) checkPassphrase(person.passphrase, person.name);
      if (new Set(people.map((person) => person.name.toLowerCase())).size !== people.length) {
        throw new Refusal("conflict", "the members", "Two of them have the same name.");
      }
      host.lock();
      const path = host.files.destination(input.file);
      const steps = people.length;
      context.progress({ step: "Deriving the founder's key", done: 0, total: steps, unit: "steps" });
      const session = await foundVault(context, path, input);
      host.opened(session, path);
      for (const [place, other] of input.others.entries()) {
        context.progress({ step: `Deriving the key of ${other.label}`, done: place + 1, total: steps, unit: "steps" });
        await letIn(host, session, other);
      }
      if (input.others.some((other) => other.role === "lead")) {
        session.commit([personsSet.draft({ persons: 2, reason: "" })]);
      }
      host.remember(path);
      return session.state();
    },
  );
}

/** The compartment of what all evaluators share, made with the vault. */
const firstShared = 2;

async function foundVault(
  { host }: RequestContext,
  path: string,
  input: ParsedInput<"vault.create">,
): Promise<OpenSession> {
  const { name, label, passphrase, keyFile } = input.founder;
  const at = host.now();
  const vault = await createVault(path, {
    label: input.label,
    founder: { name, label, passphrase, ...keyFileBytes(host, keyFile) },
    compartment: { label: "Members" },
    compartments: [{ label: "Evaluations" }],
    firstEntries: ({ memberId }) => {
      const drafts = [
        memberAdded.draft({ id: memberId, name, label, role: "lead" }),
        compartmentAdded.draft({ id: firstShared, kind: "shared", name: "Evaluations" }),
        vaultNamed.draft({ name: input.name }),
        vaultMarked.draft({ marking: input.marking, reason: "" }),
      ];
      return [encodeBatch(drafts.map((draft) => toEvent(draft, at, memberId)))];
    },
  });
  return OpenSession.open(vault, { fileName: host.files.name(input.file), readOnly: null, now: host.now });
}

/** The slot that a person means: by id, by what the lock screen shows, or by name. */
function slotChoice(path: string, member: string | undefined): { member?: SlotChoice } {
  if (member === undefined) return {};
  const { slots } = inspectVault(path);
  if (slots.some((slot) => slot.memberId === member)) return { member: { id: member } };
  const label = slots.find((slot) => slot.label.toLowerCase() === member.toLowerCase())?.label;
  return { member: label === undefined ? { name: member } : { label } };
}

/** Reads the journal. Where that cannot be done the vault is closed again: its keys are wiped, others may have the file. */
function openSession(host: Host, vault: OpenVault, fileName: string): OpenSession {
  try {
    return OpenSession.open(vault, { fileName, readOnly: objection(host.profile, vault), now: host.now });
  } catch (error) {
    vault.close();
    throw error;
  }
}

/** Opens a vault for one of its members. Whatever was wrong with member, passphrase or key file, the words are the same. */
export async function unlockSession(context: RequestContext, input: ParsedInput<"vault.unlock">): Promise<VaultState> {
  const { host, signal } = context;
  const path = host.files.path(input.file);
  const keyFile = keyFileBytes(host, input.keyFile);
  return wiping([input.passphrase, ...Object.values(keyFile)], async () => {
    host.lock();
    context.progress({ step: "Deriving the key", done: 0, total: null, unit: "steps" });
    const backup = input.backup === undefined ? {} : { backup: readSecretFile(host.outsidePath(input.backup)) };
    const vault = await unlockVault(
      path,
      { ...slotChoice(path, input.member), passphrase: input.passphrase, ...keyFile, ...backup },
      { signal },
    );
    context.progress({ step: "Reading the journal", done: 0, total: vault.size, unit: "entries" });
    const fileName = host.files.name(input.file);
    host.opened(openSession(host, vault, fileName), path);
    return host.session.state();
  });
}
