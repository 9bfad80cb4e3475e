import { receivedBlob } from "../../domain/handovers/queries.ts";
import { VaultError, type BlobReader } from "../../vault/index.ts";
import type { OpenSession } from "../open-session.ts";

/**
 * A kept file by the blob that its event names and its SHA-256. An event that came with a hand-over names the blob of
 * its own vault; the same content is kept here under another name.
 * @throws VaultError "no-such-blob"
 */
export function storedBlob(session: OpenSession, blobId: string, sha256: string): BlobReader {
  try {
    return session.vault.blob(blobId);
  } catch (error) {
    const here = receivedBlob(session.model, sha256);
    if (!(error instanceof VaultError) || error.code !== "no-such-blob" || here === null) throw error;
    return session.vault.blob(here);
  }
}

/** Whether the content is in this vault. */
export function hasStored(session: OpenSession, blobId: string, sha256: string): boolean {
  try {
    return storedBlob(session, blobId, sha256).sha256 === sha256;
  } catch (error) {
    if (error instanceof VaultError && error.code === "no-such-blob") return false;
    throw error;
  }
}
