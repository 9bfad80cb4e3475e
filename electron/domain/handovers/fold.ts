import type { FoldContext } from "../event.ts";
import type { ReadModel } from "../read-model.ts";
import type { ReceivedBody } from "./origins.ts";
import type { HandoverRow } from "./queries.ts";

/** Size and root (base64) of a checkpoint's note. */
export function readNote(note: string): { size: number; root: string } {
  const [, size = "", root = ""] = note.split("\n", 3);
  return { size: Number(size), root };
}

export function insertHandover(
  model: ReadModel,
  direction: HandoverRow["direction"],
  handover: Omit<HandoverRow, "direction"> & { readonly size: number },
): void {
  const { packageId, kind, at, by, peer, runs, events, size, seq } = handover;
  model.run(
    "INSERT INTO handover VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    direction,
    packageId,
    kind,
    at,
    by,
    peer.key,
    peer.name,
    peer.vaultName,
    runs,
    events,
    size,
    seq,
  );
}

/** The newest package says what people are called; between two of the same moment the alphabet decides, not the order of receipt. */
function putContributor(
  model: ReadModel,
  one: ReceivedBody["contributors"][number],
  facts: { packedAt: number; accepted: boolean; signed: boolean },
): void {
  // Whoever was only vouched for under another key has now shown their own.
  model.run("DELETE FROM contributor WHERE member_id = ? AND key <> ?", one.memberId, one.key);
  model.run(
    `INSERT INTO contributor VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET
       accepted = max(accepted, excluded.accepted), signed = max(signed, excluded.signed)`,
    one.key,
    one.memberId,
    one.vaultId,
    one.vaultName,
    one.name,
    facts.packedAt,
    facts.accepted ? 1 : 0,
    facts.signed ? 1 : 0,
  );
  model.run(
    `UPDATE contributor SET name = ?, vault_name = ?, named_at = ?
     WHERE key = ? AND (named_at, name, vault_name) < (?, ?, ?)`,
    one.name,
    one.vaultName,
    facts.packedAt,
    one.key,
    facts.packedAt,
    one.name,
    one.vaultName,
  );
}

export function foldReceived({ model, event, seq, source }: FoldContext, body: ReceivedBody): void {
  const { packedAt, accepted, claims, checkpoints, packageId, kind, vault } = body;
  const signers = new Set(claims.map(({ signer }) => signer));
  for (const one of body.contributors) {
    if (source.proofs.keyOf(one.memberId) !== null) continue;
    const signed = signers.has(one.key) || one.memberId === body.sender;
    putContributor(model, one, { packedAt, accepted: accepted.includes(one.key), signed });
  }
  for (const { vaultId, note } of checkpoints) {
    const { size, root } = readNote(note);
    model.run("INSERT OR IGNORE INTO origin_checkpoint VALUES (?, ?, ?)", vaultId, size, root);
  }
  for (const { sha256, blob } of body.blobs) {
    model.run("INSERT OR IGNORE INTO received_blob VALUES (?, ?)", sha256, blob);
  }
  const sender = body.contributors.find(({ memberId }) => memberId === body.sender);
  insertHandover(model, "received", {
    packageId,
    kind,
    at: event.at,
    by: event.by,
    peer: { key: sender?.key ?? "", name: sender?.name ?? "", vaultName: vault.name },
    runs: 0,
    events: claims.length,
    size: readNote(checkpoints[0]?.note ?? "").size,
    seq,
  });
}
