import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { combineShares } from "../../../electron/recovery/combine-shares.ts";
import type { Share } from "../../../electron/recovery/recovery-share.ts";
import { changed, checkOf, forgedSet, newSet, typedIn } from "./fixtures.ts";

const pick = (shares: readonly Share[], ...numbers: readonly number[]): Share[] =>
  shares.filter(({ number }) => numbers.includes(number));
const one = (shares: readonly Share[], number: number): Share => {
  const [found] = pick(shares, number);
  if (found === undefined) throw new Error(`no share ${String(number)}`);
  return found;
};
const untold = (share: Share): Share => ({ ...share, details: null });

describe("a wrong share among enough", () => {
  it("is named by its list of fingerprints, and the rest opens", async () => {
    const { secret, shares } = await newSet(3, 5);
    const brought = [changed(one(shares, 2)), ...pick(shares, 1, 4, 5)];
    expect(await combineShares(brought)).toMatchObject({
      ok: true,
      secret,
      wrong: [{ number: 2, holder: "Custodian B", reason: "altered" }],
    });
  });

  it("is found without any list, when all were typed in from paper", async () => {
    const { secret, shares } = await newSet(3, 6);
    for (const wrong of [1, 3, 6]) {
      const brought = shares.map((share) => (share.number === wrong ? untold(changed(share, 31)) : typedIn(share)));
      expect(await combineShares(brought)).toMatchObject({
        ok: true,
        secret,
        wrong: [{ number: wrong, holder: null, reason: "altered" }],
      });
    }
  });

  it("is found when it was taken at the place of another share", async () => {
    const { secret, shares } = await newSet(2, 4);
    const twin = untold({ ...one(shares, 2), bytes: changed(one(shares, 1), 5).bytes });
    for (const brought of [
      [twin, typedIn(one(shares, 1)), typedIn(one(shares, 3))],
      [typedIn(one(shares, 1)), typedIn(one(shares, 3)), twin],
    ]) {
      expect(await combineShares(brought)).toMatchObject({
        ok: true,
        secret,
        wrong: [{ number: 2, reason: "altered" }],
      });
    }
  });

  it("is named when it is of an older set, or says to be of a set of its own", async () => {
    const { secret, shares } = await newSet(3, 5);
    const older = await newSet(3, 5);
    const forged = forgedSet([one(shares, 5)], { threshold: 2, bytes: [new Uint8Array(randomBytes(33))] });
    const brought = [...pick(shares, 1, 2, 3), one(older.shares, 4), ...forged];
    expect(await combineShares(brought)).toMatchObject({
      ok: true,
      secret,
      wrong: [
        { number: 4, holder: "Custodian D", reason: "other-set", setId: older.shares[0]?.setId },
        { number: 5, holder: "Custodian E", reason: "other-set" },
      ],
    });
  });

  it("is found among 16 of which 8 are needed, in bearable time", async () => {
    const { secret, shares } = await newSet(8, 16);
    const brought = shares.map((share) => (share.number <= 4 ? untold(changed(share)) : untold(share)));
    const result = await combineShares(brought);
    expect(result).toMatchObject({ ok: true, secret });
    expect(result.ok && result.wrong.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });
});

describe("shares that do not open", () => {
  it("names the share that was brought twice", async () => {
    const { shares } = await newSet(3, 5);
    expect(await combineShares([...pick(shares, 1, 2), typedIn(one(shares, 2))])).toEqual({
      ok: false,
      problem: { code: "repeated", share: { number: 2, holder: null, setId: one(shares, 2).setId } },
    });
  });

  it("names the altered one and says how many are missing then", async () => {
    const { shares } = await newSet(3, 5);
    const brought = [one(shares, 1), changed(one(shares, 2)), typedIn(one(shares, 3))];
    expect(await combineShares(brought)).toMatchObject({
      ok: false,
      problem: { code: "altered", shares: [{ number: 2, holder: "Custodian B" }], missing: 1 },
    });
  });

  it("lists the sets, the largest first", async () => {
    const { shares } = await newSet(3, 5);
    const older = await newSet(3, 5);
    const result = await combineShares([one(older.shares, 1), ...pick(shares, 2, 3)]);
    expect(result).toMatchObject({
      ok: false,
      problem: { code: "different-sets", sets: [[{ number: 2 }, { number: 3 }], [{ number: 1 }]] },
    });
  });

  it("never chooses between two sets that both open", async () => {
    const { shares } = await newSet(2, 3);
    const older = await newSet(2, 3);
    const result = await combineShares([...pick(shares, 1, 2), ...pick(older.shares, 1, 3)]);
    expect(result).toMatchObject({ ok: false, problem: { code: "different-sets" } });
  });

  it("says mismatch where nobody can say which one is wrong", async () => {
    const { shares } = await newSet(2, 3);
    const brought = [typedIn(one(shares, 1)), untold(changed(one(shares, 2)))];
    expect(await combineShares(brought)).toMatchObject({
      ok: false,
      problem: { code: "mismatch", shares: [{ number: 1 }, { number: 2 }] },
    });
  });

  it("does not believe a list of fingerprints that is not the set's", async () => {
    const { secret, shares } = await newSet(2, 3);
    const slanderer = one(shares, 1);
    if (slanderer.details === null) throw new Error("whole shares");
    const listed = slanderer.details.fingerprints.map((hex, at) => (at === 1 ? "0".repeat(16) : hex));
    const brought = [
      { ...slanderer, details: { ...slanderer.details, fingerprints: listed } },
      typedIn(one(shares, 2)),
    ];
    expect(await combineShares(brought)).toMatchObject({ ok: true, secret, wrong: [] });
  });

  it("keeps the check of the secret apart for each vault and recovery identity", async () => {
    const { secret, shares } = await newSet(2, 3);
    expect(checkOf(secret)).toBe(shares[0]?.secretCheck);
    const elsewhere = shares.map((share) => untold({ ...share, vaultId: "ff".repeat(16) }));
    expect(await combineShares(elsewhere)).toMatchObject({ ok: false, problem: { code: "mismatch" } });
  });
});
