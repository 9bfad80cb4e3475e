import { split } from "shamir-secret-sharing";
import { combineShares } from "./combine-shares.ts";
import { fewestShares, mostHolders, secretLength, wipe, wipeShares, type Share } from "./recovery-share.ts";
import { idBytes, secretCheck, shareFingerprint, shareSetId } from "./share-digests.ts";

export interface ShareSetRequest {
  /** 32 random bytes, nothing that a person thought of. The caller keeps and wipes its own copy. */
  readonly secret: Uint8Array;
  /** How many shares will open it: 2 to as many as there are holders. */
  readonly threshold: number;
  /** Who keeps each share, 2 to 16, in words that anyone may read ("Custodian A"). */
  readonly holders: readonly string[];
  /** 32 hex digits. */
  readonly vaultId: string;
  /** The member whose slot the secret opens, 32 hex digits. */
  readonly recoveryId: string;
  /** The vault's outer label. */
  readonly vaultLabel: string;
  /** Milliseconds since 1970; kept to the second. */
  readonly madeAt: number;
}

/** A request that no set of shares can be made of. A mistake of the calling code, which has checked what people typed. */
export class ShareRequestError extends RangeError {
  override readonly name = "ShareRequestError";
}

const isLabel = (text: string): boolean =>
  text.trim() !== "" && text.length <= 200 && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text);

function checkRequest({ secret, threshold, holders, vaultLabel, madeAt, vaultId, recoveryId }: ShareSetRequest): void {
  if (secret.length !== secretLength) throw new ShareRequestError("the secret must be 32 random bytes");
  if (holders.length < fewestShares || holders.length > mostHolders) {
    throw new ShareRequestError("2 to 16 people can hold shares");
  }
  if (!Number.isInteger(threshold) || threshold < fewestShares || threshold > holders.length) {
    throw new ShareRequestError("from 2 to all of the shares can be what is needed");
  }
  if (![vaultLabel, ...holders].every(isLabel)) {
    throw new ShareRequestError("a label must be one line of 1 to 200 characters");
  }
  if (!Number.isSafeInteger(madeAt) || madeAt < 0 || madeAt > lastTime) throw new ShareRequestError("no such time");
  idBytes(vaultId);
  idBytes(recoveryId);
}

/** The last moment of the year 9999, beyond which a time has another form. */
const lastTime = Date.UTC(10_000, 0) - 1;

/** Whether the first and the last shares, as many as are needed, give the secret back. */
async function opensAgain(shares: readonly Share[], threshold: number, secret: Uint8Array): Promise<boolean> {
  for (const some of [shares.slice(0, threshold), shares.slice(-threshold)]) {
    const combined = await combineShares(some);
    if (!combined.ok) return false;
    const same = Buffer.compare(combined.secret, secret) === 0;
    wipe(combined.secret);
    if (!same) return false;
  }
  return true;
}

/**
 * Splits a secret by Shamir's scheme (A. Shamir, "How to share a secret", CACM 22, 1979) over GF(2^8), one share a
 * holder. Randomness is the library's own: it takes it from the operating system and from no parameter. The shares are
 * combined once before they are given away.
 * @throws ShareRequestError where the request cannot be met; Error where the made shares do not open the secret again
 */
export async function makeShares(request: ShareSetRequest): Promise<Share[]> {
  checkRequest(request);
  const { threshold, holders, vaultId, recoveryId, vaultLabel } = request;
  // The library takes a Uint8Array only, not the Buffer that is one too.
  const secret = Uint8Array.from(request.secret);
  const parts = await split(secret, holders.length, threshold);
  const identities = { vaultId, recoveryId };
  const fingerprints = parts.map((bytes) => shareFingerprint(identities, bytes));
  const common = { ...identities, threshold, total: holders.length, secretCheck: secretCheck(identities, secret) };
  const setId = shareSetId({ ...common, fingerprints });
  const madeAt = request.madeAt - (request.madeAt % 1000);
  const shares = parts.map((bytes, at): Share => {
    const details = { vaultLabel, holder: holders[at] ?? "", madeAt, fingerprints };
    return { ...common, number: at + 1, setId, bytes, details };
  });
  const holds = await opensAgain(shares, threshold, secret);
  wipe(secret);
  if (holds) return shares;
  wipeShares(shares);
  throw new Error("The recovery shares that were made do not open their secret. Nothing was kept; make them again.");
}
