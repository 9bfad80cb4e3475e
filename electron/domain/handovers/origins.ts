import { z } from "zod";
import {
  claimSchema,
  contributorKeySchema,
  handoverKindSchema,
  hex32Schema,
  memberIdSchema,
  originCheckpointSchema,
  originEntrySchema,
  type HandoverKind,
} from "../../contract/handover-package.ts";
import { denied, type Denial, type EventOrigin, type FoldContext, type JournalEvent } from "../event.ts";
import { contributorOfKey } from "./queries.ts";

/** What came from other vaults: where each event stands there, and why one may not stand here. */

export const handoverReceivedType = "handover.received";

export const receivedBodySchema = z.strictObject({
  packageId: z.string().regex(/^[0-9a-f]{32}$/),
  kind: handoverKindSchema,
  packedAt: z.int().nonnegative(),
  vault: z.strictObject({ id: hex32Schema, name: z.string().min(1).max(200) }),
  sender: memberIdSchema,
  /** Keys that the receiver compared with their owners, or was sure of, and accepted with this package. */
  accepted: z.array(hex32Schema).max(10_000),
  contributors: z.array(contributorKeySchema).min(1).max(10_000),
  checkpoints: z.array(originCheckpointSchema).min(1).max(10_000),
  entries: z.array(originEntrySchema).max(1_000_000),
  /** One for each event behind this one in the entry, in their order. */
  claims: z.array(claimSchema).max(1_000_000),
  /** Where the content of each file is kept in this vault. */
  blobs: z
    .array(z.strictObject({ sha256: hex32Schema, size: z.int().nonnegative(), blob: z.string().max(100) }))
    .max(1_000_000),
});
export type ReceivedBody = z.infer<typeof receivedBodySchema>;

/** Where an event that is no own one came from; `origin` null: what should say so does not stand. */
export interface ReceivedPlace {
  readonly kind: HandoverKind;
  readonly origin: EventOrigin | null;
}

function vaultOfNote(note: string): string {
  return /^evalvault\/([0-9a-f]{64})\n/.exec(note)?.[1] ?? "";
}

/** Where each event behind a hand-over's own came from; null for any other event. */
export function originsOf(first: JournalEvent): { kind: HandoverKind; origins: readonly EventOrigin[] } | null {
  if (first.type !== handoverReceivedType) return null;
  const parsed = receivedBodySchema.safeParse(first.body);
  if (!parsed.success) return { kind: "runs", origins: [] };
  const { kind, claims, entries, checkpoints } = parsed.data;
  const origins = claims.flatMap((claim) => {
    const entry = entries[claim.entry];
    const vaultId = vaultOfNote(checkpoints[entry?.checkpoint ?? -1]?.note ?? "");
    return entry === undefined ? [] : [{ vaultId, entry, claim }];
  });
  return { kind, origins: origins.length === claims.length ? origins : [] };
}

const planning: ReadonlySet<string> = new Set([
  "model.added",
  "model.version-added",
  "benchmark.added",
  "benchmark.tasks-found",
  "campaign.planned",
  "campaign.registered",
  "campaign.assigned",
  "campaign.taken-back",
]);
const measuring: ReadonlySet<string> = new Set([
  "run.started",
  "run.imported",
  "run.state-changed",
  "run.import-undone",
  "attempts.logged",
  "attempt.noted",
  "attempt.invalidated",
  "attempt.reinstated",
  "evidence.attached",
  "review.opened",
  "review.judged",
  "review.adjudicated",
  "review.assigned",
  "review.undone",
  "finding.recorded",
  "finding.edited",
  "finding.validated",
  "finding.marked-duplicate",
  "finding.undone",
  "finding.moved",
]);
const decisions: ReadonlySet<string> = new Set(["accepted", "rejected"]);
const stateSchema = z.looseObject({ state: z.string() });
const findingMoveSchema = z.looseObject({ act: z.looseObject({ to: z.literal("triaged") }) });

/**
 * Whether an event may go from one vault to another. Decisions (acceptance, members, reports, to whom a finding goes …)
 * stay where they were made.
 */
export function mayTravel(kind: HandoverKind, type: string, body: unknown): boolean {
  if (planning.has(type)) return true;
  if (kind === "assignment" || !measuring.has(type)) return false;
  if (type === "finding.moved") return findingMoveSchema.safeParse(body).success;
  const state = type === "run.state-changed" ? stateSchema.safeParse(body).data?.state : undefined;
  return state === undefined || !decisions.has(state);
}

/** Why an event from another vault may not stand, whatever it says; null where nothing is against it. */
export function receiptRefusal(
  { model, source, event }: Pick<FoldContext, "model" | "source" | "event">,
  { kind, origin }: ReceivedPlace,
): string | Denial | null {
  if (origin === null) return denied("the hand-over that it came with does not stand");
  if (!mayTravel(kind, event.type, event.body)) return denied(`${event.type} is not taken from other vaults`);
  const { author } = origin.claim;
  const own = source.proofs.keyOf(event.by);
  const known = contributorOfKey(model, author);
  const isAuthor = own === null ? known?.memberId === event.by : own === author;
  if (!isAuthor) return denied("it is not by the member of another vault that it names");
  return source.proofs.claimHolds(origin, event) ? null : denied("the signature that came with it is wrong");
}
