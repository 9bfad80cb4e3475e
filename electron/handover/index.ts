/** Hand-over packages and cards. Format: `docs/hand-over.md`. */
export { canonicalJson } from "./canonical-json.ts";
export { keyFingerprint, makeCard, readCard, type CardFacts } from "./card.ts";
export { entriesHold, type CheckedManifest, type ReadCheckpoint } from "./check-manifest.ts";
export { HandoverError, type HandoverErrorCode } from "./errors.ts";
export { claimHolds, eventBytes, eventDigest, type SignedPlace } from "./event-signature.ts";
export { handoverForm, type Manifest, type PackedEvent } from "./manifest.ts";
export { readPackage, type PackedBlob, type ReadOptions } from "./read-package.ts";
export { writePackage, type PackageContents } from "./write-package.ts";
