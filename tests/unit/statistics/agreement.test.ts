import { describe, expect, it } from "vitest";
import { alphaAgreement, kappaAgreement } from "../../../electron/statistics/agreement.ts";
import {
  type AgreementMetric,
  krippendorffAlpha,
  numberLabels,
} from "../../../electron/statistics/krippendorff-alpha.ts";
import { seededRandom } from "../../../electron/statistics/seeded-random.ts";
import { StatisticsError } from "../../../electron/statistics/statistics-error.ts";

/** Rows are reviewers, columns are items, "." is no judgement. */
function itemsOf(...reviewers: string[]): number[][] {
  const rows = reviewers.map((row) => row.split(" "));
  return (rows[0] ?? []).map((_, item) =>
    rows.flatMap((row) => (row[item] === undefined || row[item] === "." ? [] : [Number(row[item])])),
  );
}

/** Krippendorff (2011), section E: four observers, twelve units, some judgements missing. */
const fourObservers = itemsOf(
  "1 2 3 3 2 1 4 1 2 . . .",
  "1 2 3 3 2 2 4 1 2 5 . 3",
  ". 3 3 3 2 3 4 2 2 5 1 .",
  "1 2 3 3 2 4 4 1 2 5 1 .",
);
/** The worked example of Wikipedia's article, from Hayes and Krippendorff's tutorials: three coders, fifteen units. */
const threeCoders = itemsOf(
  ". . . . . 3 4 1 2 1 1 3 3 . 3",
  "1 . 2 1 3 3 4 3 . . . . . . .",
  ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
);

describe("Krippendorff's alpha", () => {
  it.each<[AgreementMetric, number]>([
    ["nominal", 0.743],
    ["ordinal", 0.815],
    ["interval", 0.849],
  ])("four observers with missing data, %s: %d", (metric, alpha) => {
    expect(krippendorffAlpha(fourObservers, metric)).toBeCloseTo(alpha, 3);
  });

  it.each<[AgreementMetric, number]>([
    ["nominal", 0.691],
    ["ordinal", 0.807],
    ["interval", 0.811],
  ])("three coders, %s: %d", (metric, alpha) => {
    expect(krippendorffAlpha(threeCoders, metric)).toBeCloseTo(alpha, 3);
  });

  it("binary data of two observers, 10 units: 0.095; nominal data, 12 units: 0.692", () => {
    const binary = itemsOf("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0");
    expect(krippendorffAlpha(binary, "nominal")).toBeCloseTo(0.095, 3);
    const meg = "a a b b d c c c e d d a".split(" ");
    const owen = "b a b b b c c c e d d d".split(" ");
    const labels = numberLabels(meg.map((label, item) => [label, owen[item] ?? ""]));
    expect(krippendorffAlpha(labels, "nominal")).toBeCloseTo(0.692, 3);
  });

  it("by hand: 1 1, 1 2 is chance; two values alike by every metric; swapped labels are worse than chance", () => {
    // Coincidences: 2 of unlike values observed; 2 · 3 · 1 / 3 = 2 expected.
    expect(
      krippendorffAlpha(
        [
          [1, 1],
          [1, 2],
        ],
        "nominal",
      ),
    ).toBeCloseTo(0, 14);
    const two = itemsOf("1 2 1 2 2 1", "1 2 2 2 2 1");
    const nominal = krippendorffAlpha(two, "nominal");
    expect(krippendorffAlpha(two, "interval")).toBeCloseTo(nominal ?? Number.NaN, 12);
    expect(krippendorffAlpha(two, "ordinal")).toBeCloseTo(nominal ?? Number.NaN, 12);
    // n = 4: 4 unlike observed; 2 · 2 · 2 / 3 expected: 1 − 3/2.
    expect(
      krippendorffAlpha(
        [
          [0, 1],
          [1, 0],
        ],
        "nominal",
      ),
    ).toBeCloseTo(-0.5, 14);
    expect(
      krippendorffAlpha(
        [
          [3, 3],
          [9, 9],
        ],
        "interval",
      ),
    ).toBe(1);
  });

  it("interval scales move and stretch without effect, ordinal ones by any order that is kept", () => {
    const moved = fourObservers.map((values) => values.map((value) => 7 * value - 3));
    expect(krippendorffAlpha(moved, "interval")).toBeCloseTo(krippendorffAlpha(fourObservers, "interval") ?? 0, 12);
    const bent = fourObservers.map((values) => values.map((value) => value ** 3));
    expect(krippendorffAlpha(bent, "ordinal")).toBe(krippendorffAlpha(fourObservers, "ordinal"));
  });

  it("is undefined for one value throughout and for nothing to pair, and refuses what is not a number", () => {
    expect(
      krippendorffAlpha(
        [
          [1, 1],
          [1, 1, 1],
        ],
        "nominal",
      ),
    ).toBeNull();
    expect(krippendorffAlpha([[1], [2], []], "nominal")).toBeNull();
    expect(() => krippendorffAlpha([[1, Number.NaN]], "interval")).toThrow(StatisticsError);
  });
});

describe("agreement with an interval", () => {
  const pairs = [
    ...Array.from({ length: 20 }, () => ["yes", "yes"] as const),
    ...Array.from({ length: 5 }, () => ["yes", "no"] as const),
    ...Array.from({ length: 10 }, () => ["no", "yes"] as const),
    ...Array.from({ length: 15 }, () => ["no", "no"] as const),
  ];

  it("kappa 0.4 of 50 items: close to the large-sample interval, the same for the same seed", () => {
    const agreement = kappaAgreement(pairs, seededRandom(1));
    expect(agreement).toMatchObject({ items: 50, interval: { method: "bootstrap", unit: "item", level: 0.95 } });
    expect(agreement.value).toBeCloseTo(0.4, 14);
    // Fleiss, Cohen and Everitt (1969): SE = 0.1270, so 0.151 to 0.649.
    expect(Math.abs((agreement.interval?.low ?? 0) - 0.151)).toBeLessThan(0.05);
    expect(Math.abs((agreement.interval?.high ?? 0) - 0.649)).toBeLessThan(0.05);
    expect(kappaAgreement(pairs, seededRandom(1))).toEqual(agreement);
    expect(kappaAgreement(pairs, seededRandom(2))).not.toEqual(agreement);
  });

  it("alpha counts only items that can be paired, and holds its value", () => {
    const agreement = alphaAgreement(fourObservers, "ordinal", seededRandom(1));
    expect(agreement.items).toBe(11);
    expect(agreement.interval?.low).toBeLessThan(0.815);
    expect(agreement.interval?.high).toBeGreaterThan(0.815);
  });

  it("gives no interval rather than ± 0 where all agree, or where too many resamples have no value", () => {
    expect(kappaAgreement([...pairs.slice(0, 20), ...pairs.slice(35)], seededRandom(1))).toMatchObject({
      value: 1,
      interval: null,
    });
    expect(kappaAgreement(pairs.slice(20, 22), seededRandom(1)).interval).toBeNull();
    const rare = [...pairs.slice(0, 20), pairs[40] ?? (["no", "no"] as const)];
    expect(kappaAgreement(rare, seededRandom(1)).interval).toBeNull();
    expect(kappaAgreement([], seededRandom(1))).toEqual({ value: null, items: 0, interval: null });
  });
});
