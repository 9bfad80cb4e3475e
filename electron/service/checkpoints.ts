import { readFileSync, statSync } from "node:fs";
import type { ParsedInput, RequestOutput } from "../contract/index.ts";
import type { Anchor } from "../contract/journal.ts";
import { checkpointCosigned, cosignedCheckpoints, cosigners } from "../domain/checkpoints/events.ts";
import { Refusal } from "../domain/refusal.ts";
import { formatEntryProof } from "../sealing/tlog-proof.ts";
import {
  cosignCheckpoint,
  formatNote,
  parseNote,
  verifyConsistency,
  writeFileDurably,
  type Checkpoint,
} from "../vault/index.ts";
import { judgeCheckpoint, seenCheckpoint } from "./anchors.ts";
import type { RequestContext } from "./handlers.ts";
import type { Host } from "./host.ts";
import type { Author, OpenSession } from "./open-session.ts";
import { withSecond } from "./two-persons.ts";

/** Checkpoints as proofs: vouched for by a second member, kept outside of the vault, compared with it later. */

const noteLimit = 64 * 1024;

interface Cosigner extends Author {
  readonly publicKey: Uint8Array;
  sign(bytes: Uint8Array): Uint8Array;
}

/** The newest checkpoint that somebody else than the cosigner signed: nobody vouches for themselves. */
function toCosign({ vault }: OpenSession, cosigner: string): Checkpoint {
  const total = vault.checkpointCount();
  for (let number = total; number >= 1; number -= 1) {
    const [checkpoint] = vault.checkpoints(number, 1);
    if (checkpoint !== undefined && checkpoint.signer !== cosigner) return checkpoint;
  }
  throw new Refusal("conflict", "the checkpoint", "You signed every checkpoint yourself: another member cosigns them.");
}

function cosignAs(host: Host, cosigner: Cosigner): RequestOutput<"journal.cosign"> {
  const { session } = host;
  const checkpoint = toCosign(session, cosigner.memberId);
  const { size, rootHex: root, signer, note } = checkpoint;
  const parsed = parseNote(note);
  if (parsed === null) throw new Error("the vault's own checkpoint is no note");
  const key = { name: cosigner.memberId, publicKey: cosigner.publicKey };
  const signature = cosignCheckpoint(parsed.text, key, (bytes) => cosigner.sign(bytes), Math.floor(host.now() / 1000));
  const line = formatNote({ text: parsed.text, signatures: [signature] }).slice(parsed.text.length + 1);
  session.commit([checkpointCosigned.draft({ size, root, signer, note, line })], { author: cosigner });
  host.changed();
  return { size, root, cosigners: cosigners(session.model, { size, root, note }) };
}

export async function cosign(
  context: RequestContext,
  { second }: ParsedInput<"journal.cosign">,
): Promise<RequestOutput<"journal.cosign">> {
  if (second === undefined) return cosignAs(context.host, context.host.session.vault);
  return withSecond(context, second, (signer) => cosignAs(context.host, signer));
}

/** The newest cosigned checkpoint with its cosignatures, or the newest of all where none was cosigned. */
export function saveCheckpoint(host: Host, destination: string): RequestOutput<"journal.saveCheckpoint"> {
  const { model, vault } = host.session;
  const [cosigned] = cosignedCheckpoints(model);
  const { size, rootHex, note } = vault.checkpoint;
  const kept = cosigned ?? { size, root: rootHex, note, lines: [] };
  const path = host.destinationPath(destination);
  writeFileDurably(path, new TextEncoder().encode([kept.note, ...kept.lines].join("")));
  host.produced(path);
  return {
    fileName: host.files.name(destination),
    size: kept.size,
    root: kept.root,
    signatures: 1 + kept.lines.length,
  };
}

/** Compares a checkpoint that was kept elsewhere with the open vault, and remembers it as an anchor. */
export function checkCheckpoint(host: Host, file: string): Anchor {
  const path = host.outsidePath(file);
  const source = host.files.name(file);
  if (statSync(path).size > noteLimit) throw new Refusal("checkpoint-invalid", source, "It is too large.");
  const met = { kind: "checkpoint-file" as const, at: host.now(), source };
  const seen = seenCheckpoint(readFileSync(path, "utf8"), met);
  const { vault } = host.session;
  if (seen === null) throw new Refusal("checkpoint-invalid", source, "It is no signed checkpoint.");
  if (seen.vault !== vault.id) throw new Refusal("checkpoint-invalid", source, "It is of another vault.");
  const anchor = judgeCheckpoint(vault, seen);
  if (anchor.verdict !== "unsigned") host.profile.rememberCheckpoint(seen);
  return anchor;
}

export function saveProof(host: Host, seq: number, destination: string): RequestOutput<"journal.saveProof"> {
  const { vault } = host.session;
  const { size, rootHex, note } = vault.checkpoint;
  if (seq >= size) throw new Refusal("not-found", `entry ${String(seq)}`);
  const path = host.destinationPath(destination);
  const name = `entry-${String(seq)}`;
  const proof = { name, index: seq, leaf: vault.leafHash(seq), path: vault.inclusionProof(seq) };
  writeFileDurably(path, formatEntryProof(proof, new TextEncoder().encode(note)));
  host.produced(path);
  return { fileName: host.files.name(destination), seq, size, root: rootHex };
}

export function consistency(host: Host, from: number, to: number): RequestOutput<"journal.consistency"> {
  const { vault } = host.session;
  if (from > to || to > vault.size) throw new Refusal("not-found", `entries ${String(from)} to ${String(to)}`);
  const older = { size: from, root: vault.rootAt(from) };
  const newer = { size: to, root: vault.rootAt(to) };
  const path = vault.consistencyProof(from, to);
  if (!verifyConsistency(older, newer, path))
    throw new Refusal("vault-damaged", "the journal", "Its trees do not agree.");
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
  return {
    from: { size: from, root: hex(older.root) },
    to: { size: to, root: hex(newer.root) },
    path: path.map(hex),
  };
}
