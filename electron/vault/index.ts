export { createVault, newMemberId } from "./create-vault.ts";
export {
  cosignCheckpoint,
  cosignerKeyHash,
  formatCosignerKey,
  parseCosignerKey,
  verifyCosignature,
} from "./cosignature.ts";
export { syncFolder, writeFileDurably } from "./durable-file.ts";
export { VaultError, vaultErrorCodes, type VaultErrorCode } from "./errors.ts";
export { inspectBackup } from "./key-backup.ts";
export { defaultKdf, leastKdf } from "./key-derivation.ts";
export { inspectVault } from "./outline.ts";
export { parseCheckpoint, type CheckpointText } from "./checkpoint.ts";
export {
  CompactRange,
  consistencyProof,
  inclusionProof,
  leafHash,
  merkleRoot,
  nodeHash,
  verifyConsistency,
  verifyInclusion,
  type InclusionClaim,
  type TreeHead,
} from "./merkle.ts";
export {
  openSealedChunks,
  sealedTransfers,
  type BlobOpening,
  type SealedBlob,
  type SealedChunks,
} from "./sealed-blob.ts";
export {
  formatNote,
  formatVerifierKey,
  noteKeyHash,
  parseNote,
  parseVerifierKey,
  signNote,
  verifyNote,
  type NoteKey,
  type NoteSignature,
  type SignedNote,
} from "./signed-note.ts";
export { configureSqlite, openMemoryDatabase } from "./sqlite.ts";
export { unlockVault } from "./unlock-vault.ts";
export { verifyVault } from "./verify.ts";
export type * from "./vault-types.ts";
