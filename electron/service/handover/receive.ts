import { compareMarkings, markingWords } from "../../contract/marking.ts";
import type { HandoverPreview } from "../../contract/handover.ts";
import type { ParsedInput, RequestOutput } from "../../contract/index.ts";
import { currentMarking } from "../../domain/members/queries.ts";
import { Refusal } from "../../domain/refusal.ts";
import { filesOf } from "../../domain/handovers/closure.ts";
import {
  canonicalJson,
  HandoverError,
  keyFingerprint,
  readPackage,
  type CheckedManifest,
  type PackedBlob,
} from "../../handover/index.ts";
import type { StagedBlob } from "../../vault/index.ts";
import { rememberWitness } from "../anchors.ts";
import type { RequestContext } from "../handlers.ts";
import type { Host } from "../host.ts";
import { arrive, batchOf, filesFor, requireReceiver, strangers, type Group } from "./arrival.ts";
import { ownAgreement } from "./own-card.ts";
import { tryArrival } from "./preview.ts";

async function open(
  { host, signal, progress }: RequestContext,
  handle: string,
  step: string,
  onBlob?: (blob: PackedBlob) => Promise<void>,
): Promise<CheckedManifest> {
  const path = host.outsidePath(handle);
  return readPackage({
    path,
    agreement: ownAgreement(host.session),
    signal,
    progress: (done) => {
      progress({ step, done, total: null, unit: "bytes" });
    },
    ...(onBlob === undefined ? {} : { onBlob }),
  });
}

/** What a package would do here. Nothing is written. */
export async function preview(context: RequestContext, file: string): Promise<HandoverPreview> {
  const { session } = context.host;
  requireReceiver(session);
  const checked = await open(context, file, "Checking the package");
  return tryArrival(session, arrive(session, checked, undefined)).preview;
}

/** Nothing marked higher than the vault goes into it. */
function requireMarking({ host }: RequestContext, { manifest }: CheckedManifest): void {
  const own = currentMarking(host.session.model);
  if (compareMarkings(manifest.marking, own) <= 0) return;
  const detail = `It is marked ${markingWords(manifest.marking)}, this vault ${markingWords(own)}: raise the vault's marking first.`;
  throw new Refusal("conflict", manifest.vault.name, detail);
}

function requireAccepted({ host }: RequestContext, { manifest }: CheckedManifest, accepted: readonly string[]): void {
  const unknown = strangers(host.session, manifest).find((key) => !accepted.includes(key));
  if (unknown === undefined) return;
  const who = manifest.contributors.find(({ key }) => key === unknown);
  const { hex } = keyFingerprint(unknown);
  throw new Refusal("handover-unknown-sender", who?.name ?? "", `Its fingerprint is ${hex}.`);
}

/** Encrypts the files that are needed into the vault while the package is read, and checked, once more. */
async function stageFiles(
  context: RequestContext,
  file: string,
  checked: CheckedManifest,
  needed: ReadonlyMap<string, number>,
): Promise<Map<string, StagedBlob>> {
  const { vault } = context.host.session;
  const staged = new Map<string, StagedBlob>();
  try {
    const again = await open(context, file, "Keeping what came", async ({ sha256, chunks }) => {
      const compartment = needed.get(sha256);
      if (compartment !== undefined) {
        const { signal } = context;
        staged.set(sha256, await vault.stageBlob(chunks, { signal, compartment }));
        return;
      }
      const iterator = chunks[Symbol.asyncIterator]();
      while ((await iterator.next()).done !== true);
    });
    if (canonicalJson(again.manifest) !== canonicalJson(checked.manifest) || staged.size !== needed.size) {
      throw new HandoverError("package-invalid", "The package changed while it was read. Try again.");
    }
    return staged;
  } catch (error) {
    for (const blob of staged.values()) vault.discardBlob(blob);
    throw error;
  }
}

function blobsOf(group: Group, staged: Map<string, StagedBlob>) {
  return group.events.flatMap(({ event }) => {
    return filesOf(event).flatMap(({ sha256 }) => {
      const blob = staged.get(sha256);
      if (blob === undefined) return [];
      // The first event that names a file brings it.
      staged.delete(sha256);
      return [{ file: { sha256, size: blob.size, blob: blob.id }, staged: blob }];
    });
  });
}

/** A package is a witness of the vaults that it came from: an older copy of them is recognised on this workstation. */
function rememberOrigins(host: Host, source: string, { manifest }: CheckedManifest): void {
  for (const { note } of manifest.checkpoints) {
    rememberWitness(host, note, { kind: "hand-over", source });
  }
}

/**
 * Takes what a package brings that is not here: verified whole before anything is written, and again while its files are
 * kept. What does not stand as things are here is held back, and taken by receiving the package again later.
 */
export async function receive(
  context: RequestContext,
  input: ParsedInput<"handover.receive">,
): Promise<RequestOutput<"handover.receive">> {
  const { host } = context;
  const { session } = host;
  requireReceiver(session);
  const checked = await open(context, input.file, "Checking the package");
  requireMarking(context, checked);
  requireAccepted(context, checked, input.acceptContributors);
  rememberOrigins(host, host.files.name(input.file), checked);
  const arrival = arrive(session, checked, input.compartment);
  const { preview: taken, standing } = tryArrival(session, arrival);
  if (standing.length === 0) return { entries: [], taken };
  const needed = filesFor(session, standing);
  const staged =
    needed.size === 0 ? new Map<string, StagedBlob>() : await stageFiles(context, input.file, checked, needed);
  const accepted = strangers(session, checked.manifest);
  const first = session.vault.size;
  try {
    session.receive(standing.map((group) => batchOf(checked.manifest, group, accepted, blobsOf(group, staged))));
  } finally {
    for (const blob of staged.values()) session.vault.discardBlob(blob);
    if (session.vault.size > first) host.changed();
  }
  return { entries: standing.map((_, place) => first + place), taken };
}
