import { combine } from "shamir-secret-sharing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combineShares, type CombineResult } from "../../../electron/recovery/combine-shares.ts";
import { makeShares, ShareRequestError, type ShareSetRequest } from "../../../electron/recovery/make-shares.ts";
import { parseShare } from "../../../electron/recovery/parse-share.ts";
import { wipeShares, type Share } from "../../../electron/recovery/recovery-share.ts";
import { shareText } from "../../../electron/recovery/share-text.ts";
import { checkOf, forgedSet, newSet, recoveryId, subsets, typedIn, vaultId } from "./fixtures.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

function secretIn(result: CombineResult): string {
  return result.ok ? hex(result.secret) : `no secret: ${result.problem.code}`;
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

describe("shares of a secret", () => {
  const sizes = Array.from({ length: 15 }, (_, at) => at + 2);

  it.each(sizes)("any k of %i open it, for every k, from their files and from their typed code", async (total) => {
    for (let threshold = 2; threshold <= total; threshold += 1) {
      const { secret, shares } = await newSet(threshold, total);
      const some = shuffled(shares).slice(0, threshold);
      const read = some.map((share) => {
        const reading = parseShare(shareText(share));
        if (!reading.ok) throw new Error(reading.problem.code);
        expect(reading.share).toEqual(share);
        return reading.share;
      });
      const combined = await combineShares(read);
      expect(combined).toEqual({ ok: true, secret, vaultId, recoveryId, wrong: [] });
      expect(secretIn(await combineShares(shuffled(shares).slice(0, threshold).map(typedIn)))).toBe(hex(secret));
    }
  });

  it("opens with every choice of 3 of 5, and with more than is needed", async () => {
    const { secret, shares } = await newSet(3, 5);
    for (const size of [3, 4, 5]) {
      for (const some of subsets(shares, size)) expect(secretIn(await combineShares(some))).toBe(hex(secret));
    }
  });

  it("makes another polynomial each time: the same secret twice has no share in common", async () => {
    const { secret, shares } = await newSet(2, 16);
    const again = await makeShares({
      ...request,
      secret,
      threshold: 2,
      holders: shares.map(({ number }) => `H${String(number)}`),
    });
    const seen = new Set(shares.map(({ bytes }) => hex(bytes)));
    expect(again.some(({ bytes }) => seen.has(hex(bytes)))).toBe(false);
    expect(again[0]?.setId).not.toBe(shares[0]?.setId);
  });

  it("leaves the caller's secret alone and wipes shares on request", async () => {
    const { secret, shares } = await newSet(2, 3);
    expect(secret.some((byte) => byte !== 0)).toBe(true);
    wipeShares(shares);
    expect(shares.every(({ bytes }) => bytes.every((byte) => byte === 0))).toBe(true);
  });
});

describe("fewer shares than needed", () => {
  it("open nothing: every choice of k − 1, for all 2 ≤ k ≤ n ≤ 7, says how many are missing", async () => {
    for (let total = 2; total <= 7; total += 1) {
      for (let threshold = 2; threshold <= total; threshold += 1) {
        const { shares } = await newSet(threshold, total);
        for (const few of subsets(shares, threshold - 1)) {
          expect(await combineShares(few)).toEqual({
            ok: false,
            problem: { code: "too-few", present: threshold - 1, threshold, missing: 1 },
          });
        }
      }
    }
  });

  it("open nothing when their headers and code are forged to need fewer", async () => {
    for (let total = 3; total <= 7; total += 1) {
      for (let threshold = 3; threshold <= total; threshold += 1) {
        const { secret, shares } = await newSet(threshold, total);
        for (const few of subsets(shares, threshold - 1)) {
          const forged = forgedSet(few, { threshold: threshold - 1 }).map(readAgain);
          expect(await combineShares(forged)).toMatchObject({ ok: false, problem: { code: "mismatch" } });
          // The forger can also make up the check of the secret: then something opens, and it is not the secret.
          const guess = await combine(few.map(({ bytes }) => bytes));
          const believed = forgedSet(few, { threshold: threshold - 1, secretCheck: checkOf(guess) }).map(readAgain);
          expect(secretIn(await combineShares(believed))).toBe(hex(guess));
          expect(hex(guess)).not.toBe(hex(secret));
        }
      }
    }
  });

  it("open nothing, at any size: chosen at random, headers forged", async () => {
    const sizes = fc
      .integer({ min: 3, max: 16 })
      .chain((total) =>
        fc.tuple(fc.constant(total), fc.integer({ min: 3, max: total }), fc.integer({ min: 2, max: 16 })),
      );
    await fc.assert(
      fc.asyncProperty(sizes, async ([total, threshold, said]) => {
        const { secret, shares } = await newSet(threshold, total);
        const few = shuffled(shares).slice(0, threshold - 1);
        const claimed = Math.min(said, few.length);
        const result = await combineShares(forgedSet(few, { threshold: claimed }).map(readAgain));
        expect(result.ok).toBe(false);
        expect(JSON.stringify(result)).not.toContain(hex(secret));
      }),
      { numRuns: 40 },
    );
  });

  it("open nothing alone: a share that says that one is enough is no share, and one is never enough", async () => {
    const { shares } = await newSet(2, 3);
    const [alone] = forgedSet(shares.slice(0, 1), { threshold: 1 });
    if (alone === undefined) throw new Error("no share");
    expect(parseShare(shareText(alone))).toMatchObject({ ok: false, problem: { code: "code-mixed" } });
    expect(await combineShares([alone])).toMatchObject({ ok: false, problem: { code: "too-few", missing: 1 } });
    expect(await combineShares([])).toMatchObject({ ok: false, problem: { code: "too-few" } });
  });

  it("tell nothing of the secret: with k − 1 shares, each value of a secret byte is as likely as any other", async () => {
    // Two shares of a 3-of-3 set fix a parabola's value at 0 only together with the third: all 256 values come up.
    const { shares } = await newSet(3, 3);
    const [a, b, c] = shares;
    if (a === undefined || b === undefined || c === undefined) throw new Error("three shares");
    const values = new Set<number>();
    for (let value = 0; value < 256; value += 1) {
      const third = c.bytes.slice();
      third[0] = value;
      values.add((await combine([a.bytes, b.bytes, third]))[0] ?? -1);
    }
    expect(values.size).toBe(256);
  });
});

function readAgain(share: Share): Share {
  const reading = parseShare(shareText(share));
  if (!reading.ok) throw new Error(reading.problem.code);
  return reading.share;
}

const request: ShareSetRequest = {
  secret: new Uint8Array(32).fill(7),
  threshold: 2,
  holders: ["Custodian A", "Custodian B", "Custodian C"],
  vaultId,
  recoveryId,
  vaultLabel: "North desk",
  madeAt: 1_795_000_000_000,
};

describe("making shares", () => {
  it.each<[string, Partial<ShareSetRequest>]>([
    ["a secret that is not 32 bytes", { secret: new Uint8Array(31) }],
    ["a threshold of 1", { threshold: 1 }],
    ["a threshold above the number of holders", { threshold: 4 }],
    ["a threshold that is no whole number", { threshold: 2.5 }],
    ["one holder", { holders: ["Custodian A"] }],
    ["17 holders", { holders: Array.from({ length: 17 }, (_, at) => `H${String(at)}`) }],
    ["an empty holder", { holders: ["Custodian A", " ", "C"] }],
    ["a label of two lines", { vaultLabel: "North\ndesk" }],
    ["half a character", { vaultLabel: "\ud800" }],
    ["a time that is none", { madeAt: Number.NaN }],
    ["a time with a five-digit year", { madeAt: Date.UTC(10_000, 0) }],
    ["an id that is none", { vaultId: "abc" }],
  ])("refuses %s", async (_, change) => {
    await expect(makeShares({ ...request, ...change })).rejects.toBeInstanceOf(RangeError);
  });

  it("names its refusals", async () => {
    await expect(makeShares({ ...request, threshold: 1 })).rejects.toBeInstanceOf(ShareRequestError);
  });
});
