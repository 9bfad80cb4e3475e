import { fromBase64, fromHex, toBase64, toHex } from "./canonical.ts";

/** What a checkpoint's note says (C2SP tlog-checkpoint with extension lines). All hashes are 32 bytes. */
export interface CheckpointText {
  readonly vaultId: Uint8Array;
  /** Number of entries covered. */
  readonly size: number;
  readonly root: Uint8Array;
  /** Digest over the rows of vault, member, slot, compartment and compartment_key. */
  readonly outer: Uint8Array;
  readonly blobs: number;
  readonly blobRoot: Uint8Array;
  /** SHA-256 of the whole note of the checkpoint before; zeros for the first. */
  readonly previous: Uint8Array;
  /** SQLITE_VERSION_NUMBER of the library that wrote the transaction: it also stands in the file's header. */
  readonly sqlite: number;
}

const pattern = new RegExp(
  "^evalvault/([0-9a-f]{64})\n(0|[1-9][0-9]{0,14})\n([A-Za-z0-9+/]{43}=)\nouter ([0-9a-f]{64})\n" +
    "blobs (0|[1-9][0-9]{0,14}) ([A-Za-z0-9+/]{43}=)\nprevious ([0-9a-f]{64})\nsqlite ([1-9][0-9]{0,9})\n$",
);

/** The signed text of a checkpoint, ending in a newline. */
export function formatCheckpoint(body: CheckpointText): string {
  return [
    `evalvault/${toHex(body.vaultId)}`,
    String(body.size),
    toBase64(body.root),
    `outer ${toHex(body.outer)}`,
    `blobs ${String(body.blobs)} ${toBase64(body.blobRoot)}`,
    `previous ${toHex(body.previous)}`,
    `sqlite ${String(body.sqlite)}`,
    "",
  ].join("\n");
}

/** What a checkpoint's signed text says, or null where it is not exactly of this form. */
export function parseCheckpoint(text: string): CheckpointText | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const [, vaultId = "", size = "", root = "", outer = "", blobs = "", blobRoot = "", previous = "", sqlite = ""] =
    match;
  const rootBytes = fromBase64(root);
  const blobRootBytes = fromBase64(blobRoot);
  if (rootBytes === null || blobRootBytes === null) return null;
  return {
    vaultId: fromHex(vaultId),
    size: Number(size),
    root: rootBytes,
    outer: fromHex(outer),
    blobs: Number(blobs),
    blobRoot: blobRootBytes,
    previous: fromHex(previous),
    sqlite: Number(sqlite),
  };
}
