/** Sealing and opening of reports: what the service uses. Format: `docs/sealed-report.md`. */
export { SealingError, sealingErrorCodes, type SealingErrorCode, type SealingErrorParams } from "./errors.ts";
export { fingerprint, type Fingerprint } from "./fingerprint.ts";
export {
  generateIdentity,
  parseIdentities,
  parseRecipient,
  parseRecipients,
  type AgeIdentity,
  type AgeKeyKind,
  type AgeRecipient,
} from "./age-keys.ts";
export {
  decryptBytes,
  decryptFile,
  decryptToMemory,
  encryptBytes,
  encryptStream,
  type OpenWith,
  type SealTo,
} from "./age.ts";
export {
  formatKeyId,
  formatPublicKey,
  formatSignature,
  parsePublicKey,
  parseSignature,
  publicKeyLine,
  signBytes,
  toMinisignPublicKey,
  verifyBytes,
  type MinisignPublicKey,
  type MinisignSignature,
  type SignBytes,
} from "./minisign.ts";
export type { Manifest } from "./manifest.ts";
export type { MemberSource } from "./tar.ts";
export type { EntryProof } from "./tlog-proof.ts";
export { sealReport, type ReportSigner, type SealedReport, type SealRequest } from "./seal.ts";
export {
  openSealedReport,
  openWarnings,
  writeOpenedReport,
  type OpenedReport,
  type OpenRequest,
  type OpenWarning,
  type ReportSignature,
} from "./open.ts";
