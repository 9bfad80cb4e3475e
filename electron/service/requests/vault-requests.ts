import type { vaultRequests, VerifyReport } from "../../contract/vault.ts";
import { personsSet, vaultMarked, vaultNamed } from "../../domain/members/events.ts";
import { verifyVault } from "../../vault/index.ts";
import type { Handlers, RequestContext } from "../handlers.ts";
import { createSession, unlockSession } from "../unlock.ts";
import { outlineOf } from "../outline.ts";
import { verifySession } from "../verify-session.ts";
import { act } from "../two-persons.ts";

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

  "vault.setMarking": async (context, { marking, reason, second }) => {
    const { host } = context;
    await act(context, vaultMarked.draft({ marking, reason }), second);
    host.changed();
    host.tellFrame();
    return host.session.state();
  },

  "vault.setPersons": async (context, { persons, reason, second }) => {
    const { host } = context;
    await act(context, personsSet.draft({ persons, reason }), second);
    host.changed();
    return host.session.state();
  },

  "vault.rename": ({ host }, { name }) => {
    host.session.commit([vaultNamed.draft({ name })]);
    host.changed();
    return host.session.state();
  },
};
