import { combine } from "shamir-secret-sharing";
import { fewestShares, shareLength, wipe, type Share } from "./recovery-share.ts";
import { secretCheck, shareFingerprint, shareSetId } from "./share-digests.ts";

/** Which share, in words that anyone may read. */
export interface ShareName {
  readonly number: number;
  /** Null where only its code was typed in. */
  readonly holder: string | null;
  readonly setId: string;
}

/**
 * Why shares do not open their secret.
 * `too-few`: `missing` more are needed. `different-sets`: they were not made together; the shares by set, the largest
 * set first. `repeated`: one share was brought twice. `altered`: these are not as they were made, and without them
 * `missing` more are needed. `mismatch`: all fit each other, but not the secret they were made from.
 */
export type CombineProblem =
  | { readonly code: "too-few"; readonly present: number; readonly threshold: number; readonly missing: number }
  | { readonly code: "different-sets"; readonly sets: readonly (readonly ShareName[])[] }
  | { readonly code: "repeated"; readonly share: ShareName }
  | { readonly code: "altered"; readonly shares: readonly ShareName[]; readonly missing: number }
  | { readonly code: "mismatch"; readonly shares: readonly ShareName[] };

/** A share that was not needed to open the secret and does not belong to it. */
export interface WrongShare extends ShareName {
  readonly reason: "altered" | "other-set";
}

export interface Combined {
  readonly ok: true;
  /** 32 bytes. The caller wipes them. */
  readonly secret: Uint8Array;
  readonly vaultId: string;
  /** The member whose slot it opens. */
  readonly recoveryId: string;
  /** Shares to be named to the people who brought them: the secret is right without them. */
  readonly wrong: readonly WrongShare[];
}

export type CombineResult = Combined | { readonly ok: false; readonly problem: CombineProblem };

type SetResult = Combined | { readonly ok: false; readonly problem: CombineProblem };

const nameOf = ({ number, details, setId }: Share): ShareName => ({ number, holder: details?.holder ?? null, setId });

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

const placeOf = (share: Share): number => share.bytes[shareLength - 1] ?? 0;

function firstRepeated(shares: readonly Share[]): Share | undefined {
  return shares.find((share, at) => shares.slice(0, at).some((other) => sameBytes(share.bytes, other.bytes)));
}

/** Shares by all that they must have in common, the largest group first. */
function bySet(shares: readonly Share[]): Share[][] {
  const sets = new Map<string, Share[]>();
  for (const share of shares) {
    const { vaultId, recoveryId, setId, threshold, total, secretCheck: check } = share;
    const key = [vaultId, recoveryId, setId, threshold, total, check].join(" ");
    sets.set(key, [...(sets.get(key) ?? []), share]);
  }
  return [...sets.values()].sort((a, b) => b.length - a.length);
}

/** The list of all fingerprints, from any share that brings the one that its set was named by. */
function fingerprintsOf(shares: readonly Share[]): readonly string[] | null {
  const found = shares.find(
    (share) =>
      share.details !== null && shareSetId({ ...share, fingerprints: share.details.fingerprints }) === share.setId,
  );
  return found?.details?.fingerprints ?? null;
}

/** Every choice of `size` of the shares, each in their order; those with two shares taken at one place left out. */
function* choices(shares: readonly Share[], size: number): Generator<Share[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [at, first] of shares.entries()) {
    const rest = shares.slice(at + 1).filter((share) => placeOf(share) !== placeOf(first));
    if (rest.length < size - 1) continue;
    for (const others of choices(rest, size - 1)) yield [first, ...others];
  }
}

/** The secret of exactly these shares where it is the one that was split, else null. */
async function secretOf(shares: readonly Share[]): Promise<Uint8Array | null> {
  const [first] = shares;
  if (first === undefined) return null;
  const secret = await combine(shares.map(({ bytes }) => bytes));
  if (secretCheck(first, secret) === first.secretCheck) return secret;
  wipe(secret);
  return null;
}

interface Opened {
  readonly secret: Uint8Array;
  readonly wrong: readonly Share[];
}

/**
 * Looks for shares that open the secret, and names the others that do not lie on the same polynomials. Changed shares
 * can cancel each other out and open it too, by accident or on purpose; so the choice that most others fit is taken. Two
 * polynomials have fewer than `threshold` places in common, which tells when no better choice can come.
 */
async function openWith(shares: readonly Share[], threshold: number): Promise<Opened | null> {
  let best: Opened | null = null;
  for (const chosen of choices(shares, threshold)) {
    const secret = await secretOf(chosen);
    if (secret === null) continue;
    const wrong: Share[] = [];
    for (const share of shares.filter((one) => !chosen.includes(one))) {
      if (!(await liesWith(share, chosen))) wrong.push(share);
    }
    if (best !== null) wipe(best.wrong.length > wrong.length ? best.secret : secret);
    if (best === null || wrong.length < best.wrong.length) best = { secret, wrong };
    const fitting = shares.length - best.wrong.length;
    if (fitting >= best.wrong.length + threshold - 1) return best;
  }
  return best;
}

async function liesWith(share: Share, chosen: readonly Share[]): Promise<boolean> {
  const others = chosen.slice(1);
  if (others.some((one) => placeOf(one) === placeOf(share)) || placeOf(share) === placeOf(chosen[0] ?? share)) {
    return false;
  }
  const again = await secretOf([share, ...others]);
  if (again === null) return false;
  wipe(again);
  return true;
}

async function combineSet(shares: readonly Share[]): Promise<SetResult> {
  const [first] = shares;
  if (first === undefined) throw new RangeError("a set of shares is never empty");
  const { vaultId, recoveryId } = first;
  const threshold = Math.max(first.threshold, fewestShares);
  const listed = fingerprintsOf(shares);
  const whole = shares.filter(
    (share) => listed === null || shareFingerprint(share, share.bytes) === listed[share.number - 1],
  );
  const altered = shares.filter((share) => !whole.includes(share));
  if (whole.length < threshold) {
    const missing = threshold - whole.length;
    const problem: CombineProblem =
      altered.length > 0
        ? { code: "altered", shares: altered.map(nameOf), missing }
        : { code: "too-few", present: whole.length, threshold, missing };
    return { ok: false, problem };
  }
  const opened = await openWith(whole, threshold);
  if (opened === null) return { ok: false, problem: { code: "mismatch", shares: whole.map(nameOf) } };
  const wrong = [...altered, ...opened.wrong].map((share): WrongShare => ({ ...nameOf(share), reason: "altered" }));
  return { ok: true, secret: opened.secret, vaultId, recoveryId, wrong };
}

const isCombined = (result: SetResult): result is Combined => result.ok;

/**
 * Puts shares together again. Fewer than the threshold open nothing, whatever they say of themselves; with more than
 * enough, those that do not belong are named and the rest opens. Two sets that both open are never chosen between.
 * The shares are left as they are: the caller wipes them, and the secret.
 */
export async function combineShares(shares: readonly Share[]): Promise<CombineResult> {
  const repeated = firstRepeated(shares);
  if (repeated !== undefined) return { ok: false, problem: { code: "repeated", share: nameOf(repeated) } };
  const sets = bySet(shares);
  const results: SetResult[] = [];
  for (const set of sets) results.push(await combineSet(set));
  const [only, second] = results.filter(isCombined);
  if (only !== undefined && second === undefined) {
    const others = sets.filter((_, at) => results[at] !== only).flat();
    const wrong = others.map((share): WrongShare => ({ ...nameOf(share), reason: "other-set" }));
    return { ...only, wrong: [...only.wrong, ...wrong] };
  }
  for (const result of results.filter(isCombined)) wipe(result.secret);
  if (sets.length > 1)
    return { ok: false, problem: { code: "different-sets", sets: sets.map((set) => set.map(nameOf)) } };
  return results[0] ?? { ok: false, problem: { code: "too-few", present: 0, threshold: 2, missing: 2 } };
}
