import type { ParsedInput } from "../contract/index.ts";
import type { VaultState } from "../contract/vault.ts";
import { memberAdded, vaultMarked, vaultNamed } from "../domain/members/events.ts";
import { Refusal } from "../domain/refusal.ts";
import { createVault, inspectVault, unlockVault, type OpenVault, type SlotChoice } from "../vault/index.ts";
import type { RequestContext } from "./handlers.ts";
import type { Host } from "./host.ts";
import { encodeBatch, OpenSession, toEvent } from "./open-session.ts";
import { checkPassphrase, readSecretFile, wiping } from "./secrets.ts";

function keyFileBytes(host: Host, handle: string | undefined): { keyFile: Uint8Array } | Record<string, never> {
  return handle === undefined ? {} : { keyFile: readSecretFile(host.outsidePath(handle)) };
}

/**
 * Why the vault may only be read: this profile has seen more of it, or something else at the same size. `root` of a size
 * that is no checkpoint of this file means that the histories parted.
 */
function rollback(host: Host, vault: OpenVault): { reason: string } | null {
  const seen = host.profile.lastSeen(vault.id);
  if (seen === null) return null;
  const when = new Date(seen.openedAt).toISOString().slice(0, 16).replace("T", " ");
  if (vault.size < seen.size) {
    return {
      reason: `This workstation saw ${String(seen.size)} entries at ${when} UTC; this file has ${String(vault.size)}.`,
    };
  }
  const same = vault.checkpoints().some((one) => one.size === seen.size && one.rootHex === seen.root);
  return same ? null : { reason: `This workstation saw another history of this vault at ${when} UTC.` };
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
        const { name, label, role, passphrase } = other;
        await session.addMember({ name, label, passphrase, ...keyFileBytes(host, other.keyFile) }, (id) => [
          memberAdded.draft({ id, name, label, role }),
        ]);
      }
      host.remember(path);
      return session.state();
    },
  );
}

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
    firstEntries: ({ memberId }) => {
      const drafts = [
        memberAdded.draft({ id: memberId, name, label, role: "lead" }),
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

/** Opens a vault for one of its members. Whatever was wrong with member, passphrase or key file, the words are the same. */
export async function unlockSession(context: RequestContext, input: ParsedInput<"vault.unlock">): Promise<VaultState> {
  const { host, signal } = context;
  const path = host.files.path(input.file);
  const keyFile = keyFileBytes(host, input.keyFile);
  return wiping([input.passphrase, ...Object.values(keyFile)], async () => {
    host.lock();
    context.progress({ step: "Deriving the key", done: 0, total: null, unit: "steps" });
    const vault = await unlockVault(
      path,
      { ...slotChoice(path, input.member), passphrase: input.passphrase, ...keyFile },
      { signal },
    );
    context.progress({ step: "Reading the journal", done: 0, total: vault.size, unit: "entries" });
    const fileName = host.files.name(input.file);
    host.opened(OpenSession.open(vault, { fileName, readOnly: rollback(host, vault), now: host.now }), path);
    return host.session.state();
  });
}
