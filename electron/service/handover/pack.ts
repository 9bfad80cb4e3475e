import { createHash, randomBytes } from "node:crypto";
import type { ParsedInput, RequestOutput } from "../../contract/index.ts";
import type { HandoverCard } from "../../contract/handover.ts";
import { campaignName } from "../../domain/campaigns/queries.ts";
import {
  closureOfCampaign,
  closureOfRuns,
  filesOf,
  type NamedFile,
  type Packable,
} from "../../domain/handovers/closure.ts";
import { handoverPacked } from "../../domain/handovers/events.ts";
import { sizesSentTo } from "../../domain/handovers/queries.ts";
import { currentMarking, memberRole, vaultName } from "../../domain/members/queries.ts";
import { Refusal } from "../../domain/refusal.ts";
import { runFacts } from "../../domain/runs/state.ts";
import { writePackage, type Manifest } from "../../handover/index.ts";
import { SealingError, throwIfCancelled } from "../../sealing/errors.ts";
import { writeNewFile } from "../../sealing/new-file.ts";
import { VaultError } from "../../vault/index.ts";
import type { RequestContext } from "../handlers.ts";
import type { OpenSession } from "../open-session.ts";
import { hex, cardOf } from "./own-card.ts";
import { PackageParts } from "./package-parts.ts";
import { storedBlob } from "./stored-blob.ts";

type Contents = ParsedInput<"handover.pack">["contents"];

function closure(session: OpenSession, contents: Contents): Packable[] {
  const { model } = session;
  if (contents.kind === "assignment") {
    if (campaignName(model, contents.campaignId) === null) throw new Refusal("not-found", "the campaign");
    return closureOfCampaign(session, contents.campaignId);
  }
  const missing = contents.runIds.find((id) => runFacts(model, id) === null);
  if (missing !== undefined) throw new Refusal("not-found", "the run");
  return closureOfRuns(session, contents.runIds);
}

/** Each file once, by its content. */
function filesIn(events: readonly Packable[]): Map<string, NamedFile> {
  const files = new Map<string, NamedFile>();
  for (const { event } of events) {
    for (const file of filesOf(event)) if (!files.has(file.sha256)) files.set(file.sha256, file);
  }
  return files;
}

function manifestOf(
  { host }: RequestContext,
  to: HandoverCard,
  contents: Contents,
  events: readonly Packable[],
): Manifest {
  const { session } = host;
  const { vault, model } = session;
  const parts = new PackageParts(session);
  const packed = events.map((one) => parts.add(one));
  const { size } = vault;
  const consistency = sizesSentTo(model, to.key)
    .filter((earlier) => earlier > 0 && earlier < size)
    .map((earlier) => ({ size: earlier, path: vault.consistencyProof(earlier, size).map(hex) }));
  return {
    form: "evalvault-handover/1",
    id: randomBytes(16).toString("hex"),
    kind: contents.kind,
    at: Math.max(0, Math.floor(host.now() / 1000)) * 1000,
    marking: currentMarking(model),
    vault: { id: vault.id, name: vaultName(model) || vault.label },
    sender: vault.memberId,
    recipient: { vaultId: to.vaultId, memberId: to.memberId, key: to.recipient },
    ...parts.listed(),
    consistency,
    events: packed,
    blobs: [...filesIn(events).values()].map(({ sha256, bytes }) => ({ sha256, size: bytes })),
  };
}

/** The stream passes through and is measured. */
async function* measured(
  source: AsyncIterable<Uint8Array>,
  { signal, progress }: RequestContext,
  about: { readonly name: string; readonly total: number; readonly onChunk: (chunk: Uint8Array) => void },
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const chunk of source) {
    throwIfCancelled(signal);
    about.onChunk(chunk);
    done += chunk.length;
    progress({ step: `Packing ${about.name}`, done: Math.min(done, about.total), total: about.total, unit: "bytes" });
    yield chunk;
  }
}

function requirePacker({ model, vault }: OpenSession): void {
  const role = memberRole(model, vault.memberId);
  if (role === "lead" || role === "evaluator") return;
  throw new Refusal("not-allowed", "packing a hand-over", "Leads and evaluators hand work over.");
}

/** Seals runs, or a campaign's plan, to whom a card names. The package is there before the journal says so. */
export async function pack(
  context: RequestContext,
  input: ParsedInput<"handover.pack">,
): Promise<RequestOutput<"handover.pack">> {
  const { host } = context;
  const { session } = host;
  requirePacker(session);
  const to = cardOf(context, input.card);
  const { contents } = input;
  const events = closure(session, contents);
  const manifest = manifestOf(context, to, contents, events);
  const path = host.destinationPath(input.destination);
  const fileName = host.files.name(input.destination);
  const files = filesIn(events);
  const kept = [...files.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  const hash = createHash("sha256");
  let bytes = 0;
  const source = writePackage({
    manifest,
    blob: (sha256) => storedBlob(session, files.get(sha256)?.blob ?? "", sha256).stream(),
    sign: (signed) => session.vault.sign(signed),
  });
  const packed = (sha256: string) =>
    handoverPacked.draft({
      packageId: manifest.id,
      kind: contents.kind,
      to: { name: to.name, vaultId: to.vaultId, vaultLabel: to.vaultLabel, memberId: to.memberId, key: to.key },
      runIds: contents.kind === "runs" ? contents.runIds : [],
      campaignId: contents.kind === "assignment" ? contents.campaignId : null,
      events: events.length,
      size: session.vault.size,
      sha256,
    });
  session.rehearse([packed("0".repeat(64))]);
  const onChunk = (chunk: Uint8Array): void => {
    hash.update(chunk);
    bytes += chunk.length;
  };
  try {
    await writeNewFile(path, measured(source, context, { name: fileName, total: kept + 1, onChunk }));
  } catch (error) {
    // What failed was not the writing but what was to be written.
    throw error instanceof SealingError && error.cause instanceof VaultError ? error.cause : error;
  }
  session.commit([packed(hash.digest("hex"))]);
  host.produced(path);
  host.changed();
  const runs = contents.kind === "runs" ? new Set(contents.runIds).size : 0;
  const evidence = { files: files.size, bytes: kept };
  return { packageId: manifest.id, fileName, bytes, to, runs, events: events.length, evidence };
}
