import { z } from "zod";
import {
  handoverKindSchema,
  hex32Schema,
  memberIdSchema,
  type ContributorKey,
} from "../../contract/handover-package.ts";
import { formatCounted } from "../../contract/number-text.ts";
import { idSchema } from "../../contract/values.ts";
import { defineEvent, denied, type Denial, type FoldContext } from "../event.ts";
import { foldReceived, insertHandover, readNote } from "./fold.ts";
import { handoverReceivedType, receivedBodySchema, type ReceivedBody } from "./origins.ts";
import { contributorOfKey, contributorOfMember, originCheckpoints } from "./queries.ts";

/** A package was sealed to somebody: who got what, and how long the journal was that it proves its entries with. */
export const handoverPacked = defineEvent({
  type: "handover.packed",
  v: 1,
  body: z.strictObject({
    packageId: z.string().regex(/^[0-9a-f]{32}$/),
    kind: handoverKindSchema,
    to: z.strictObject({
      name: z.string().min(1).max(200),
      vaultId: hex32Schema,
      vaultLabel: z.string().max(200),
      memberId: memberIdSchema,
      key: hex32Schema,
    }),
    runIds: z.array(idSchema).max(10_000),
    campaignId: idSchema.nullable(),
    events: z.int().nonnegative(),
    size: z.int().nonnegative(),
    sha256: hex32Schema,
  }),
  roles: ["lead", "evaluator"],
  home: "any",
  fold: ({ model, event, seq }, body) => {
    const { packageId, kind, to, runIds, events, size } = body;
    const peer = { key: to.key, name: to.name, vaultName: to.vaultLabel };
    const facts = { packageId, kind, at: event.at, by: event.by, peer, runs: runIds.length, events, size, seq };
    insertHandover(model, "sent", facts);
  },
  words: (_, body) =>
    body.kind === "runs"
      ? `${formatCounted(body.runIds.length, "run")} packed for ${body.to.name} (${body.to.vaultLabel})`
      : `An assignment packed for ${body.to.name} (${body.to.vaultLabel})`,
  about: (body) => body.packageId,
});

/** A member id stands for one key, once and for all, unless its key was only hearsay so far. */
function keyRefusal({ model, source }: FoldContext, { key, memberId }: ContributorKey): Denial | null {
  const own = source.proofs.keyOf(memberId);
  if (own !== null) return own === key ? null : denied("it gives a member of this vault another key");
  const known = contributorOfMember(model, memberId);
  const isOther = known !== null && known.key !== key && known.signed;
  return isOther ? denied("it gives a contributor another key") : null;
}

function contributorRefusal(context: FoldContext, body: ReceivedBody): string | Denial | null {
  const { contributors, accepted, claims } = body;
  const members = new Set(contributors.map(({ memberId }) => memberId));
  const keys = new Set(contributors.map(({ key }) => key));
  if (members.size !== contributors.length || keys.size !== members.size) return "it names a contributor twice";
  const reason = contributors.map((one) => keyRefusal(context, one)).find((one) => one !== null);
  if (reason !== undefined) return reason;
  const signers = new Set(claims.map(({ signer }) => signer));
  const isTrusted = ({ key, memberId }: ContributorKey): boolean =>
    accepted.includes(key) ||
    context.source.proofs.keyOf(memberId) !== null ||
    contributorOfKey(context.model, key)?.accepted === true;
  const isStranger = contributors.some((one) => signers.has(one.key) && !isTrusted(one));
  return isStranger ? denied("it is signed with a key that nobody here has accepted") : null;
}

function claimRefusal({ contributors, claims, entries, checkpoints }: ReceivedBody): string | null {
  const vaultOf = new Map(contributors.map(({ key, vaultId }) => [key, vaultId]));
  for (const { author, signer, entry } of claims) {
    const checkpoint = checkpoints[entries[entry]?.checkpoint ?? -1];
    if (checkpoint === undefined) return "an event of it names no entry";
    const { vaultId } = checkpoint;
    if (vaultOf.get(author) !== vaultId || vaultOf.get(signer) !== vaultId) return "it does not name who signed it";
  }
  return null;
}

/** One size of a journal has one root: another one means that somebody changed what was there. */
function historyRefusal({ model }: FoldContext, body: ReceivedBody): string | null {
  for (const { vaultId, note } of body.checkpoints) {
    const { size, root } = readNote(note);
    const parted = originCheckpoints(model, vaultId).some((seen) => seen.size === size && seen.root !== root);
    if (parted) return `the history of the vault that it came from is another than it was (at ${String(size)} entries)`;
  }
  return null;
}

/** A hand-over was taken in: who answers for it, what proves it. The events that came stand behind it in the same entry. */
export const handoverReceived = defineEvent({
  type: handoverReceivedType,
  v: 1,
  body: receivedBodySchema,
  roles: ["lead"],
  home: "any",
  refusal: (context, body) => {
    if (context.index !== 0) return "it is not the first event of its entry";
    const sender = body.contributors.find((one) => one.memberId === body.sender && one.vaultId === body.vault.id);
    if (sender === undefined) return "it does not name its sender";
    const reason = claimRefusal(body) ?? contributorRefusal(context, body) ?? historyRefusal(context, body);
    if (reason !== null) return reason;
    return context.source.proofs.entriesHold(body) ? null : "what should prove its events does not";
  },
  fold: foldReceived,
  words: (_, body) => {
    const sender = body.contributors.find(({ memberId }) => memberId === body.sender);
    const what = body.kind === "runs" ? "Work" : "An assignment";
    return `${what} received from ${sender?.name ?? ""} (${body.vault.name}): ${formatCounted(body.claims.length, "event")}`;
  },
  about: (body) => body.packageId,
});

export const handoverEvents = [handoverPacked, handoverReceived];
