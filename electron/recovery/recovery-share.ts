/** What a recovery share says of itself besides its bytes. None of it is secret. */
export interface ShareDetails {
  /** The vault's outer label: readable by anyone. */
  readonly vaultLabel: string;
  /** Who keeps this share, in words that anyone may read. */
  readonly holder: string;
  /** Milliseconds since 1970, whole seconds. */
  readonly madeAt: number;
  /** Of every share of the set in the order of their numbers: {@link shareFingerprint}, 16 hex digits each. */
  readonly fingerprints: readonly string[];
}

/** One custodian's part of a recovery secret. `bytes` is secret: whoever holds a share wipes it ({@link wipeShares}). */
export interface Share {
  /** From 1 to `total`. */
  readonly number: number;
  readonly total: number;
  /** How many shares open the secret. */
  readonly threshold: number;
  /** 32 hex digits. */
  readonly vaultId: string;
  /** The member whose slot the secret opens, 32 hex digits. */
  readonly recoveryId: string;
  /** 16 hex digits, the same for all shares that were made together: {@link shareSetId}. */
  readonly setId: string;
  /** 16 hex digits by which a combined secret is known to be the one that was split: {@link secretCheck}. */
  readonly secretCheck: string;
  /** 33 bytes: 32 values of the polynomials, then the place (1 to 255) at which they were taken. */
  readonly bytes: Uint8Array;
  /** Null where only the code lines were typed in from paper. */
  readonly details: ShareDetails | null;
}

/** Bytes of the secret that is split. */
export const secretLength = 32;
/** Bytes of what Shamir's scheme gives each holder of such a secret. */
export const shareLength = secretLength + 1;
/** Bytes of a vault's and of a member's id. */
export const idLength = 16;
/** As many as a share's code has room for. */
export const mostHolders = 16;
export const fewestShares = 2;

/** Overwrites secret bytes with zeros. */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0);
}

/** Overwrites the secret bytes of shares that are needed no more. */
export function wipeShares(shares: readonly Share[]): void {
  for (const { bytes } of shares) wipe(bytes);
}
