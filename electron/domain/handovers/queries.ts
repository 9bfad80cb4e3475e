import { count, number, text, type ReadModel, type Row } from "../read-model.ts";

/** Somebody of another vault, as packages told of them. */
export interface KnownContributor {
  readonly key: string;
  readonly memberId: string;
  readonly vaultId: string;
  readonly vaultName: string;
  readonly name: string;
  /** Somebody here compared the key, or was sure of it. */
  readonly accepted: boolean;
  /** Signed something themselves; false: others of their vault vouched for them. */
  readonly signed: boolean;
}

function contributor(row: Row): KnownContributor {
  return {
    key: text(row, "key"),
    memberId: text(row, "member_id"),
    vaultId: text(row, "vault_id"),
    vaultName: text(row, "vault_name"),
    name: text(row, "name"),
    accepted: number(row, "accepted") === 1,
    signed: number(row, "signed") === 1,
  };
}

export function contributorOfKey(model: ReadModel, key: string): KnownContributor | null {
  const row = model.get("SELECT * FROM contributor WHERE key = ?", key);
  return row === undefined ? null : contributor(row);
}

export function contributorOfMember(model: ReadModel, memberId: string): KnownContributor | null {
  const row = model.get("SELECT * FROM contributor WHERE member_id = ?", memberId);
  return row === undefined ? null : contributor(row);
}

export function listContributors(model: ReadModel): KnownContributor[] {
  return model.all("SELECT * FROM contributor ORDER BY name COLLATE NOCASE, key").map(contributor);
}

/** How many events of theirs this vault took in. */
export function eventsOfContributor(model: ReadModel, memberId: string): number {
  return count(model, "SELECT count(*) AS n FROM journal WHERE by = ? AND refused IS NULL", memberId);
}

/** Checkpoints seen of another vault: size and root (base64), smallest first. */
export function originCheckpoints(model: ReadModel, vaultId: string): { size: number; root: string }[] {
  return model
    .all("SELECT size, root FROM origin_checkpoint WHERE vault_id = ? ORDER BY size", vaultId)
    .map((row) => ({ size: number(row, "size"), root: text(row, "root") }));
}

/** The blob of this vault that holds a received file's content; null where none does. */
export function receivedBlob(model: ReadModel, sha256: string): string | null {
  const row = model.get("SELECT blob FROM received_blob WHERE sha256 = ?", sha256);
  return row === undefined ? null : text(row, "blob");
}

/** Sizes of this vault's journal that packages to this key told of, newest first. */
export function sizesSentTo(model: ReadModel, key: string): number[] {
  return model
    .all(
      "SELECT DISTINCT size FROM handover WHERE direction = 'sent' AND peer_key = ? ORDER BY size DESC LIMIT 50",
      key,
    )
    .map((row) => number(row, "size"));
}

export interface HandoverRow {
  readonly direction: "sent" | "received";
  readonly packageId: string;
  readonly kind: "runs" | "assignment";
  readonly at: number;
  readonly by: string;
  readonly peer: { readonly key: string; readonly name: string; readonly vaultName: string };
  readonly runs: number;
  readonly events: number;
  readonly seq: number;
}

/** Packages sent and received, newest first. */
export function listHandovers(model: ReadModel): HandoverRow[] {
  return model.all("SELECT * FROM handover ORDER BY rowid DESC").map((row) => ({
    direction: text(row, "direction") === "sent" ? "sent" : "received",
    packageId: text(row, "package_id"),
    kind: text(row, "kind") === "assignment" ? "assignment" : "runs",
    at: number(row, "at"),
    by: text(row, "by"),
    peer: { key: text(row, "peer_key"), name: text(row, "peer_name"), vaultName: text(row, "peer_vault") },
    runs: text(row, "direction") === "sent" ? number(row, "runs") : runsOfEntry(model, number(row, "seq")),
    events: number(row, "events"),
    seq: number(row, "seq"),
  }));
}

/** How many runs the events of an entry are about. */
function runsOfEntry(model: ReadModel, seq: number): number {
  return count(
    model,
    "SELECT count(DISTINCT about) AS n FROM journal WHERE seq = ? AND about IN (SELECT id FROM run)",
    seq,
  );
}
