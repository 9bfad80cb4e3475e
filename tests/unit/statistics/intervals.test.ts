import { describe, expect, it } from "vitest";
import { clopperPearsonBounds } from "../../../electron/statistics/clopper-pearson.ts";
import { clusteredMean, clusterTBounds } from "../../../electron/statistics/clustered-mean.ts";
import { StatisticsError } from "../../../electron/statistics/statistics-error.ts";
import { wilsonBounds } from "../../../electron/statistics/wilson.ts";

describe("Wilson", () => {
  it.each([
    [5, 40, 0.05459500250945401, 0.261121198388511],
    [9, 11, 0.523019438039156, 0.9486323102539149],
    [1, 10, 0.017876213095072868, 0.4041500267952385],
    [0, 40, 0, 0.08762160119728665],
    [40, 40, 0.9123783988027135, 1],
  ])("of %i/%i", (x, n, low, high) => {
    const bounds = wilsonBounds(x, n);
    expect(bounds.low).toBeCloseTo(low, 12);
    expect(bounds.high).toBeCloseTo(high, 12);
  });

  it("refuses more successes than trials, no trials, and a level of 95", () => {
    expect(() => wilsonBounds(3, 2)).toThrow(StatisticsError);
    expect(() => wilsonBounds(0, 0)).toThrow(StatisticsError);
    expect(() => wilsonBounds(1, 2, 95)).toThrow(/0.95 for 95 %/);
  });
});

describe("Clopper–Pearson", () => {
  it.each([
    [5, 40, 0.04185962613861671, 0.2680329173617204],
    [9, 11, 0.4822441476398273, 0.9771688017000404],
    [1, 10, 0.0025285785444617848, 0.4450161170281954],
    [0, 40, 0, 0.08809730287880237],
    [40, 40, 0.9119026971211976, 1],
  ])("of %i/%i", (x, n, low, high) => {
    const bounds = clopperPearsonBounds(x, n);
    expect(bounds.low).toBeCloseTo(low, 10);
    expect(bounds.high).toBeCloseTo(high, 10);
  });
});

describe("cluster-robust mean", () => {
  it("is sd/√n with ddof 1 where every value stands alone", () => {
    const values = [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0].map((value, i) => ({ value, cluster: String(i) }));
    expect(clusteredMean(values).standardError).toBeCloseTo(0.12196734422726124, 14);
  });

  it("equals the formula written out for two clusters", () => {
    const values = [
      { value: 1, cluster: "a" },
      { value: 1, cluster: "a" },
      { value: 0, cluster: "b" },
      { value: 1, cluster: "b" },
    ];
    // m = 3/4; cluster residual sums 1/2 and −1/2; SE² = 2/1 · 1/16 · (1/4 + 1/4) = 1/16
    const estimate = clusteredMean(values);
    expect(estimate).toMatchObject({ mean: 0.75, n: 4, clusters: 2 });
    expect(estimate.standardError).toBeCloseTo(0.25, 14);
    // t(0.975, 1) = 12.7062047
    expect(clusterTBounds(estimate)?.high).toBeCloseTo(0.75 + 0.25 * 12.706204736432095, 8);
  });

  it("knows no standard error from one cluster, and refuses nothing and NaN", () => {
    const one = clusteredMean([{ value: 1, cluster: "a" }]);
    expect(one.standardError).toBeNull();
    expect(clusterTBounds(one)).toBeNull();
    expect(() => clusteredMean([])).toThrow(StatisticsError);
    expect(() => clusteredMean([{ value: Number.NaN, cluster: "a" }])).toThrow(StatisticsError);
  });
});
