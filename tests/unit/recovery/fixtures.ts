import { randomBytes } from "node:crypto";
import { makeShares } from "../../../electron/recovery/make-shares.ts";
import type { Share } from "../../../electron/recovery/recovery-share.ts";
import { secretCheck, shareFingerprint, shareSetId } from "../../../electron/recovery/share-digests.ts";
import { shareText } from "../../../electron/recovery/share-text.ts";
import { parseShare } from "../../../electron/recovery/parse-share.ts";

export const vaultId = "00112233445566778899aabbccddeeff";
export const recoveryId = "f0e1d2c3b4a5968778695a4b3c2d1e0f";

export interface MadeSet {
  readonly secret: Uint8Array;
  readonly shares: readonly Share[];
}

export async function newSet(threshold: number, total: number): Promise<MadeSet> {
  const secret = new Uint8Array(randomBytes(32));
  const shares = await makeShares({
    secret,
    threshold,
    holders: Array.from({ length: total }, (_, at) => `Custodian ${String.fromCharCode(65 + at)}`),
    vaultId,
    recoveryId,
    vaultLabel: "North desk",
    madeAt: Date.UTC(2026, 10, 21, 17, 5, 0, 250),
  });
  return { secret, shares };
}

export const textOf = (share: Share): string => new TextDecoder().decode(shareText(share));
export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The seven numbered lines alone, as a person types them from paper. */
export function codeOf(share: Share): string {
  const text = textOf(share);
  return text.slice(text.indexOf("Code:") + 5, text.indexOf("Checksum:")).trim();
}

/** What a custodian types. @throws where it is no whole share */
export function typedIn(share: Share): Share {
  const reading = parseShare(bytesOf(codeOf(share)));
  if (!reading.ok) throw new Error(reading.problem.code);
  return reading.share;
}

/** A set made up anew around given share bytes, with every check as it should be: what a forger can do without the rest. */
export function forgedSet(
  from: readonly Share[],
  change: { readonly threshold?: number; readonly secretCheck?: string; readonly bytes?: readonly Uint8Array[] },
): Share[] {
  const [first] = from;
  if (first === undefined || first.details === null) throw new Error("a whole share is needed");
  const bytes = change.bytes ?? from.map((share) => share.bytes);
  const fingerprints = first.details.fingerprints.map((fingerprint, at) => {
    const place = from.findIndex(({ number }) => number === at + 1);
    const own = bytes[place];
    return own === undefined ? fingerprint : shareFingerprint(first, own);
  });
  const common = {
    threshold: change.threshold ?? first.threshold,
    secretCheck: change.secretCheck ?? first.secretCheck,
  };
  const setId = shareSetId({ ...first, ...common, fingerprints });
  return from.map((share, at) => ({
    ...share,
    ...common,
    setId,
    bytes: bytes[at] ?? share.bytes,
    details: share.details === null ? null : { ...share.details, fingerprints },
  }));
}

export const checkOf = (secret: Uint8Array): string => secretCheck({ vaultId, recoveryId }, secret);

/** The share with one of its 33 bytes changed and nothing else: no checksum but its code's own. */
export function changed(share: Share, at = 0): Share {
  const bytes = share.bytes.slice();
  bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  return { ...share, bytes };
}

export function* subsets<T>(items: readonly T[], size: number): Generator<T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [at, item] of items.entries()) {
    for (const rest of subsets(items.slice(at + 1), size - 1)) yield [item, ...rest];
  }
}
