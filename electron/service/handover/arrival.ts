import type { OriginCheckpoint, OriginEntry } from "../../contract/handover-package.ts";
import type { Draft, JournalEvent } from "../../domain/event.ts";
import { filesOf } from "../../domain/handovers/closure.ts";
import { handoverReceived } from "../../domain/handovers/events.ts";
import { byCompartment } from "../../domain/handovers/homes.ts";
import { contributorOfKey, originCheckpoints } from "../../domain/handovers/queries.ts";
import { memberRole } from "../../domain/members/queries.ts";
import { number } from "../../domain/read-model.ts";
import { Refusal } from "../../domain/refusal.ts";
import {
  canonicalJson,
  HandoverError,
  type CheckedManifest,
  type Manifest,
  type PackedEvent,
} from "../../handover/index.ts";
import { verifyConsistency } from "../../vault/index.ts";
import type { OpenSession, ReceivedBatch } from "../open-session.ts";
import { hasStored } from "./stored-blob.ts";

/** A package held against a vault: what of it is new, and what would have to be kept. */

/** New events that belong into one compartment. */
export interface Group {
  readonly compartment: number;
  readonly events: readonly PackedEvent[];
}

export interface Arrival {
  readonly checked: CheckedManifest;
  /** Which of the manifest's events are not here. */
  readonly fresh: ReadonlySet<string>;
  readonly groups: readonly Group[];
  /** SHA-256 of files that new events name and that are not here, and the compartment that each is for. */
  readonly files: ReadonlyMap<string, number>;
}

function invalid(why: string): HandoverError {
  return new HandoverError("package-invalid", `The hand-over package cannot be used: ${why}.`);
}

/** The event of that id in this journal, null where there is none that stands. */
function ownEvent(
  session: OpenSession,
  id: string,
  batches: Map<number, readonly JournalEvent[]>,
): JournalEvent | null {
  const row = session.model.get("SELECT seq, place FROM journal WHERE id = ? AND refused IS NULL AND sealed = 0", id);
  if (row === undefined) return null;
  const seq = number(row, "seq");
  const batch = batches.get(seq) ?? session.source.batch(seq);
  if (!batches.has(seq)) {
    // The events of one entry follow each other: the last batch is enough.
    batches.clear();
    batches.set(seq, batch);
  }
  return batch[number(row, "place")] ?? null;
}

function freshOf(session: OpenSession, { events }: Manifest): Set<string> {
  const batches = new Map<number, readonly JournalEvent[]>();
  const fresh = new Set<string>();
  for (const { event } of events) {
    const known = ownEvent(session, event.id, batches);
    if (known === null) fresh.add(event.id);
    else if (canonicalJson(known) !== canonicalJson(event))
      throw invalid("an event in it is here and says another thing");
  }
  return fresh;
}

/** Every file that an event names is in the package, as long as it says; nothing else is. */
function checkFiles({ events, blobs }: Manifest): void {
  const named = new Map<string, number>();
  for (const { event } of events) {
    for (const { sha256, bytes } of filesOf(event)) named.set(sha256, bytes);
  }
  const fits = blobs.length === named.size && blobs.every(({ sha256, size }) => named.get(sha256) === size);
  if (!fits) throw invalid("its files are not those that its events name");
}

/** One vault has one history: what it proves now must continue what it proved before. */
function checkHistory(session: OpenSession, { manifest, checkpoints }: CheckedManifest): void {
  const parted = (size: number): Refusal =>
    new Refusal("handover-diverged", manifest.vault.name, `It parts from what was seen at ${String(size)} entries.`);
  for (const { vaultId, size, root } of checkpoints) {
    const seen = originCheckpoints(session.model, vaultId).find((one) => one.size === size);
    if (seen !== undefined && Buffer.from(seen.root, "base64").toString("hex") !== root) throw parted(size);
  }
  const newest = checkpoints[0];
  if (newest === undefined) return;
  const later = { size: newest.size, root: Buffer.from(newest.root, "hex") };
  for (const { size, path } of manifest.consistency) {
    const seen = originCheckpoints(session.model, manifest.vault.id).find((one) => one.size === size);
    if (seen === undefined) continue;
    const earlier = { size, root: Buffer.from(seen.root, "base64") };
    const proof = path.map((hash) => Buffer.from(hash, "hex"));
    if (!verifyConsistency(earlier, later, proof)) throw parted(size);
  }
}

/** How the sender's checkpoint stands to what was seen of that vault before. */
export function standingOf(
  session: OpenSession,
  { manifest, checkpoints }: CheckedManifest,
): "first" | "same" | "continued" | "unproved" {
  const seen = originCheckpoints(session.model, manifest.vault.id);
  if (seen.length === 0) return "first";
  if (seen.some(({ size }) => size === checkpoints[0]?.size)) return "same";
  const proved = new Set(manifest.consistency.map(({ size }) => size));
  return seen.some(({ size }) => proved.has(size)) ? "continued" : "unproved";
}

/** Only a lead takes work in: the events stand under their responsibility. */
export function requireReceiver({ model, vault }: OpenSession): void {
  if (memberRole(model, vault.memberId) === "lead") return;
  throw new Refusal("not-allowed", "receiving a hand-over", "Only a lead takes work of other vaults in.");
}

/** Whether a signer's key is one that this vault relies on already. */
export function standingOfKey(session: OpenSession, memberId: string, key: string): "member" | "accepted" | "new" {
  if (session.source.proofs.keyOf(memberId) === key) return "member";
  return contributorOfKey(session.model, key)?.accepted === true ? "accepted" : "new";
}

/** Signers whom somebody has to accept before anything of theirs is taken. */
export function strangers(session: OpenSession, { contributors, events, vault, sender }: Manifest): string[] {
  const signers = new Set(events.map(({ claim }) => claim.signer));
  return contributors
    .filter((one) => signers.has(one.key) || (one.memberId === sender && one.vaultId === vault.id))
    .filter((one) => standingOfKey(session, one.memberId, one.key) === "new")
    .map(({ key }) => key);
}

/** @throws HandoverError `package-invalid`; Refusal `handover-diverged` */
export function arrive(session: OpenSession, checked: CheckedManifest, wanted: number | undefined): Arrival {
  const { manifest } = checked;
  checkFiles(manifest);
  checkHistory(session, checked);
  const fresh = freshOf(session, manifest);
  const events = manifest.events.filter(({ event }) => fresh.has(event.id));
  const groups = byCompartment(session.model, events, wanted);
  return { checked, fresh, groups, files: filesFor(session, groups) };
}

/** Files that these events need and that are not in the vault. */
export function filesFor(session: OpenSession, groups: readonly Group[]): Map<string, number> {
  const files = new Map<string, number>();
  for (const { compartment, events } of groups) {
    for (const { event } of events) {
      for (const { blob, sha256 } of filesOf(event)) {
        if (!files.has(sha256) && !hasStored(session, blob, sha256)) files.set(sha256, compartment);
      }
    }
  }
  return files;
}

/** Of a list, what is still named, and how the places moved. */
function kept<T>(all: readonly T[], places: Iterable<number>): { list: T[]; moved: Map<number, number> } {
  const list: T[] = [];
  const moved = new Map<number, number>();
  for (const place of places) {
    const one = all[place];
    if (one === undefined || moved.has(place)) continue;
    moved.set(place, list.length);
    list.push(one);
  }
  return { list, moved };
}

export interface KeptFile {
  readonly sha256: string;
  readonly size: number;
  readonly blob: string;
}

function headOf(manifest: Manifest, group: Group, accepted: readonly string[], blobs: readonly KeptFile[]): Draft {
  const entries = kept<OriginEntry>(
    manifest.entries,
    group.events.map(({ claim }) => claim.entry),
  );
  // The sender's newest checkpoint stays the first, also where none of the events needs it.
  const named = [0, ...entries.list.map(({ checkpoint }) => checkpoint)];
  const checkpoints = kept<OriginCheckpoint>(manifest.checkpoints, named);
  const { id, kind, at, vault, sender, contributors } = manifest;
  return handoverReceived.draft({
    packageId: id,
    kind,
    packedAt: at,
    vault,
    sender,
    accepted: [...accepted],
    contributors,
    checkpoints: checkpoints.list,
    entries: entries.list.map((one) => ({ ...one, checkpoint: checkpoints.moved.get(one.checkpoint) ?? 0 })),
    claims: group.events.map(({ claim }) => ({ ...claim, entry: entries.moved.get(claim.entry) ?? 0 })),
    blobs: [...blobs],
  });
}

/** What goes into the journal for a group. */
export function batchOf(
  manifest: Manifest,
  group: Group,
  accepted: readonly string[],
  blobs: readonly { readonly file: KeptFile; readonly staged: ReceivedBatch["blobs"][number] }[] = [],
): ReceivedBatch {
  const files = blobs.map(({ file }) => file);
  return {
    compartment: group.compartment,
    head: headOf(manifest, group, accepted, files),
    events: group.events.map(({ event }) => event),
    blobs: blobs.map(({ staged }) => staged),
  };
}
