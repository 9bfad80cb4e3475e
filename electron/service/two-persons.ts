import type { PresentSecond, Second } from "../contract/two-persons.ts";
import { proposedAct } from "../domain/acts/state.ts";
import type { Draft } from "../domain/event.ts";
import { actConfirmed, actProposed } from "../domain/event-types.ts";
import { memberRemoved } from "../domain/members/events.ts";
import { Refusal } from "../domain/refusal.ts";
import type { MemberRemoval, SecondSigner } from "../vault/index.ts";
import type { RequestContext } from "./handlers.ts";
import type { Author, CommitOptions, OpenSession } from "./open-session.ts";
import { newId } from "./new-id.ts";
import { readSecretFile, wiping } from "./secrets.ts";

/** Acts that weigh much: made by one member alone where the vault allows it, else proposed and confirmed by another. */

/** Opens the second person's slot for one act and wipes their keys after it. */
export async function withSecond<T>(
  { host, progress }: RequestContext,
  second: PresentSecond,
  work: (signer: SecondSigner) => T | Promise<T>,
): Promise<T> {
  const keyFile = second.keyFile === undefined ? undefined : readSecretFile(host.outsidePath(second.keyFile));
  return wiping([second.passphrase, ...(keyFile === undefined ? [] : [keyFile])], async () => {
    progress({ step: "Deriving the second person's key", done: 0, total: null, unit: "steps" });
    const { passphrase, member } = second;
    const signer = await host.session.vault.secondSigner({
      member: { id: member },
      passphrase,
      ...(keyFile === undefined ? {} : { keyFile }),
    });
    try {
      return await work(signer);
    } finally {
      signer.close();
    }
  });
}

type Remover = Author & { removeMember(removal: MemberRemoval): void };

/** Removing somebody takes their slot and keys out of the file with the same entry; other acts are entries alone. */
function effects(draft: Pick<Draft, "type" | "body">, author: Remover): CommitOptions {
  if (draft.type !== memberRemoved.type) return { author };
  const member = memberRemoved.about(draft.body) ?? "";
  return {
    author,
    write: (entries) => {
      author.removeMember({ member, entries });
    },
  };
}

function takesTwo(session: OpenSession, draft: Draft): boolean {
  try {
    session.rehearse([draft]);
    return false;
  } catch (error) {
    if (error instanceof Refusal && error.code === "second-person-needed") return true;
    throw error;
  }
}

/**
 * Makes an act happen: at once where one person is enough; with a second person who is present; or proposed, to be
 * confirmed later. Throws a Refusal "second-person-needed" where a second person is needed and none was named.
 */
export async function act(context: RequestContext, draft: Draft, second: Second | undefined): Promise<void> {
  // The passphrase is wiped also where one person turns out to be enough, or the act is refused before it is used.
  await wiping(second?.kind === "present" ? [second.passphrase] : [], () => make(context, draft, second));
}

async function make(context: RequestContext, draft: Draft, second: Second | undefined): Promise<void> {
  const { session } = context.host;
  if (!takesTwo(session, draft)) {
    session.commit([draft], effects(draft, session.vault));
    return;
  }
  const id = newId();
  const proposal = actProposed.draft({ id, act: { type: draft.type, v: draft.v, body: draft.body } });
  if (second === undefined) session.commit([draft]);
  else if (second.kind === "later") session.commit([proposal]);
  else {
    await withSecond(context, second, (signer) => {
      session.rehearse([draft], { second: signer.memberId });
      session.commit([proposal]);
      confirmAs(session, id, signer);
    });
  }
}

function confirmAs(session: OpenSession, actId: string, author: Remover): void {
  const proposed = proposedAct(session.model, actId);
  if (proposed === null) throw new Refusal("not-found", "the act");
  session.rehearse([actConfirmed.draft({ id: actId })], { author: author.memberId });
  session.commit([actConfirmed.draft({ id: actId })], effects(proposed, author));
}

/** Confirms an act that was proposed: as the member who unlocked, or as one who is present. */
export async function confirm(
  context: RequestContext,
  actId: string,
  second: PresentSecond | undefined,
): Promise<void> {
  const { session } = context.host;
  if (second === undefined) confirmAs(session, actId, session.vault);
  else {
    await withSecond(context, second, (signer) => {
      confirmAs(session, actId, signer);
    });
  }
}
