import type { ContributorKey, OriginCheckpoint, OriginEntry } from "../contract/handover-package.ts";
import { checkNoteSignatures, parseCheckpointNote, type CheckpointNote } from "../sealing/checkpoint-note.ts";
import { fromHex } from "../vault/canonical.ts";
import { verifyInclusion } from "../vault/merkle.ts";
import { HandoverError, invalidPackage } from "./errors.ts";
import { claimHolds } from "./event-signature.ts";
import type { Manifest, PackedEvent } from "./manifest.ts";

/** What a package's list of contents says of itself, held against itself: all of it is signed by its sender. */

/** A checkpoint of a vault that events come from, read. */
export interface ReadCheckpoint {
  readonly vaultId: string;
  readonly size: number;
  /** 64 hex digits. */
  readonly root: string;
}

export interface CheckedManifest {
  readonly manifest: Manifest;
  readonly sender: ContributorKey;
  /** In the manifest's order. */
  readonly checkpoints: readonly ReadCheckpoint[];
}

function checkContributors(manifest: Manifest): ContributorKey {
  const { contributors, vault, sender } = manifest;
  const members = new Set(contributors.map(({ vaultId, memberId }) => `${vaultId}/${memberId}`));
  const keys = new Set(contributors.map(({ key }) => key));
  if (members.size !== contributors.length || keys.size !== contributors.length) {
    throw invalidPackage("it names a contributor twice");
  }
  const found = contributors.find(({ vaultId, memberId }) => vaultId === vault.id && memberId === sender);
  if (found === undefined) throw invalidPackage("its sender is not among its contributors");
  return found;
}

/** What proves entries of other vaults: their checkpoints, and whose keys may have signed those. */
type Proved = Pick<Manifest, "contributors" | "checkpoints" | "entries">;

function keysOf(manifest: Pick<Manifest, "contributors">, vault: string): Uint8Array[] {
  return manifest.contributors.filter(({ vaultId }) => vaultId === vault).map(({ key }) => fromHex(key));
}

function readNote(note: string): CheckpointNote {
  try {
    return parseCheckpointNote(new TextEncoder().encode(note));
  } catch {
    throw invalidPackage("a checkpoint is no checkpoint");
  }
}

function checkCheckpoints(manifest: Proved): ReadCheckpoint[] {
  return manifest.checkpoints.map(({ vaultId, note }) => {
    const read = readNote(note);
    if (read.origin !== `evalvault/${vaultId}`) throw invalidPackage("a checkpoint is of another vault");
    if (checkNoteSignatures(read.note, keysOf(manifest, vaultId)) !== true) {
      throw invalidPackage("a checkpoint is not signed by a member of its vault");
    }
    return { vaultId, size: read.size, root: Buffer.from(read.root, "base64").toString("hex") };
  });
}

function checkEntries(manifest: Proved, checkpoints: readonly ReadCheckpoint[]): void {
  for (const { checkpoint, seq, leaf, path } of manifest.entries) {
    const head = checkpoints[checkpoint];
    if (head === undefined) throw invalidPackage("an entry names no checkpoint");
    const claim = { leaf: fromHex(leaf), index: seq, size: head.size, root: fromHex(head.root) };
    if (!verifyInclusion(claim, path.map(fromHex))) throw invalidPackage("an entry is not under its checkpoint");
  }
}

type Keys = ReadonlyMap<string, ContributorKey>;

function checkEvent({ event, claim }: PackedEvent, manifest: Manifest, vaultOf: readonly string[], keys: Keys): void {
  const entry = manifest.entries[claim.entry];
  const vaultId = vaultOf[claim.entry];
  if (entry === undefined || vaultId === undefined) throw invalidPackage("an event names no entry");
  const [author, signer] = [keys.get(claim.author), keys.get(claim.signer)];
  if (author?.vaultId !== vaultId || author.memberId !== event.by) {
    throw invalidPackage("an event is not by the contributor that it names");
  }
  if (signer?.vaultId !== vaultId) throw invalidPackage("an event is vouched for by somebody of another vault");
  if (!claimHolds({ vaultId, entry, claim }, event)) throw invalidPackage("the signature of an event is wrong");
}

function checkEvents(manifest: Manifest, checkpoints: readonly ReadCheckpoint[]): void {
  const ids = new Set(manifest.events.map(({ event }) => event.id));
  if (ids.size !== manifest.events.length) throw invalidPackage("it holds an event twice");
  const keys = new Map(manifest.contributors.map((one) => [one.key, one]));
  const vaultOf = manifest.entries.map(({ checkpoint }) => checkpoints[checkpoint]?.vaultId ?? "");
  for (const packed of manifest.events) checkEvent(packed, manifest, vaultOf, keys);
}

/**
 * Holds every statement of a manifest against its proofs: checkpoints against the keys of their vaults, entries against
 * checkpoints, events against the signatures of those who made them or vouch for them.
 * @throws HandoverError `package-invalid`
 */
export function checkManifest(manifest: Manifest): CheckedManifest {
  const sender = checkContributors(manifest);
  if (manifest.checkpoints[0]?.vaultId !== manifest.vault.id) {
    throw invalidPackage("its first checkpoint is not its sender's");
  }
  const checkpoints = checkCheckpoints(manifest);
  checkEntries(manifest, checkpoints);
  checkEvents(manifest, checkpoints);
  const blobs = new Set(manifest.blobs.map(({ sha256 }) => sha256));
  if (blobs.size !== manifest.blobs.length) throw invalidPackage("it lists a file twice");
  return { manifest, sender, checkpoints };
}

/** Whether checkpoints are signed by members of their vaults, and entries are under them: once more, whenever the journal is read. */
export function entriesHold(proved: {
  readonly contributors: readonly ContributorKey[];
  readonly checkpoints: readonly OriginCheckpoint[];
  readonly entries: readonly OriginEntry[];
}): boolean {
  try {
    const { contributors, checkpoints, entries } = proved;
    const all: Proved = { contributors: [...contributors], checkpoints: [...checkpoints], entries: [...entries] };
    checkEntries(all, checkCheckpoints(all));
    return true;
  } catch (error) {
    if (error instanceof HandoverError) return false;
    throw error;
  }
}
