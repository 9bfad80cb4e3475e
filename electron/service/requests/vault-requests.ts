import type { vaultRequests, VerifyReport } from "../../contract/vault.ts";
import { listJournal, journalEvent } from "../../domain/journal.ts";
import { memberAdded, vaultMarked, vaultNamed } from "../../domain/members/events.ts";
import { listMembers, memberName, memberRole } from "../../domain/members/queries.ts";
import { Refusal } from "../../domain/refusal.ts";
import { verifyVault } from "../../vault/index.ts";
import type { Handlers, RequestContext } from "../handlers.ts";
import { createSession, unlockSession } from "../unlock.ts";
import { outlineOf } from "../outline.ts";
import { verifySession } from "../verify-session.ts";
import { checkPassphrase, readSecretFile, wiping } from "../secrets.ts";

async function verify(context: RequestContext, file: string | undefined): Promise<VerifyReport> {
  const { host, signal } = context;
  const progress = ({ done, total }: { done: number; total: number }): void => {
    context.progress({ step: "Verifying", done, total, unit: "bytes" });
  };
  if (file === undefined) return verifySession(host.session, { signal, progress });
  const report = await verifyVault(host.files.path(file), { signal, progress });
  return { ...report, problems: [...report.problems] };
}

export const vaultHandlers: Handlers<keyof typeof vaultRequests> = {
  "vault.recent": ({ host }) =>
    host.profile.recent().map(({ path, fileName, folder, label, openedAt, present }) => ({
      file: host.files.adopt(path),
      fileName,
      folder,
      label,
      lastOpenedAt: openedAt,
      present,
    })),

  "vault.inspect": ({ host }, { file }) => outlineOf(host, file),

  "vault.create": async (context, input) => createSession(context, input),

  "vault.unlock": async (context, input) => unlockSession(context, input),

  "vault.state": ({ host }) => host.openSession?.state() ?? { open: false },

  "vault.lock": ({ host }) => {
    host.lock();
    return {};
  },

  "vault.verify": (context, { file }) => verify(context, file),

  "vault.setMarking": ({ host }, { marking, reason }) => {
    host.session.commit([vaultMarked.draft({ marking, reason })]);
    host.changed();
    host.tellFrame();
    return host.session.state();
  },

  "vault.rename": ({ host }, { name }) => {
    host.session.commit([vaultNamed.draft({ name })]);
    host.changed();
    return host.session.state();
  },

  "members.list": ({ host }) => listMembers(host.session.model),

  "members.add": async ({ host }, input) => {
    const { session } = host;
    const { name, label, role, passphrase } = input;
    const allowed = memberRole(session.model, session.vault.memberId);
    if (allowed !== "lead" && !(allowed === "custodian" && role !== "lead")) {
      throw new Refusal("not-allowed", "adding a member", "Only a lead adds members; a custodian adds all but leads.");
    }
    checkPassphrase(passphrase, name);
    const keyFile = input.keyFile === undefined ? undefined : readSecretFile(host.outsidePath(input.keyFile));
    const id = await wiping([passphrase, ...(keyFile === undefined ? [] : [keyFile])], () =>
      session.addMember({ label, name, passphrase, ...(keyFile === undefined ? {} : { keyFile }) }, (memberId) => [
        memberAdded.draft({ id: memberId, name, label, role }),
      ]),
    );
    host.changed();
    const added = listMembers(session.model).find((member) => member.id === id);
    if (added === undefined) throw new Error("a new member is missing in the read model");
    return added;
  },

  "members.changePassphrase": async ({ host }, { current, next }) => {
    await wiping([current, next], async () => {
      checkPassphrase(next, "the new passphrase");
      await host.session.vault.changePassphrase({ current, next });
    });
    host.changed();
    return {};
  },

  "journal.list": ({ host }, page) => listJournal(host.session.model, page),

  "journal.event": ({ host }, { seq, index }) => {
    const event = journalEvent(host.session.model, seq, index);
    if (event === null) throw new Refusal("not-found", `entry ${String(seq)}`);
    const json = JSON.stringify(host.session.source.event(seq, index), null, 2);
    return { event, json: json.slice(0, 200_000) };
  },

  "journal.checkpoints": ({ host }, { offset, limit }) => {
    const { session } = host;
    const total = session.vault.checkpointCount();
    const last = Math.max(0, total - offset);
    const page = session.vault.checkpoints(Math.max(1, last - limit + 1), Math.min(limit, last));
    return {
      total,
      checkpoints: [...page].reverse().map(({ size, rootHex, signer, note }) => ({
        size,
        root: rootHex,
        signer,
        signerName: memberName(session.model, signer),
        note,
      })),
    };
  },
};
