import { describe, expect, it } from "vitest";
import {
  formatCost,
  formatCount,
  formatDecimal,
  formatDifference,
  formatDuration,
  formatFraction,
  formatInterval,
  formatIntervalMethod,
  formatLevel,
  formatMinutes,
  formatP,
  formatPolicy,
  formatRate,
  machineNumber,
} from "../../../electron/contract/number-text.ts";

describe("numbers to text", () => {
  it("rates, differences and p-values", () => {
    expect([0, 0.3583333, 1, null, Number.NaN].map(formatRate)).toEqual(["0.000", "0.358", "1.000", "–", "–"]);
    expect([0.0921, -0.0921, 0.0001, -0.0001, null].map(formatDifference)).toEqual([
      "+0.092",
      "−0.092",
      "0.000",
      "0.000",
      "–",
    ]);
    expect([0.625, 0.00099, 1].map(formatP)).toEqual(["0.625", "<0.001", "1.000"]);
    expect(formatDecimal(-1.25, 1)).toBe("−1.3");
  });

  it("counts, shares and money", () => {
    expect([0, 999, 1000, 12_408, 1_234_567, -1500].map(formatCount)).toEqual([
      "0",
      "999",
      "1,000",
      "12,408",
      "1,234,567",
      "−1,500",
    ]);
    expect(formatFraction(17, 1507)).toBe("17 / 1,507");
    expect([1204.5, 0, -0.5].map(formatCost)).toEqual(["$1,204.50", "$0.00", "−$0.50"]);
  });

  it("times", () => {
    expect([250_000, 51_000, 3_849_000, 36_000_000, -1, null].map(formatDuration)).toEqual([
      "4:10",
      "0:51",
      "1:04:09",
      "10:00:00",
      "–",
      "–",
    ]);
    expect([2, 7.5, 452.4, 1494].map(formatMinutes)).toEqual(["2", "7.5", "452", "1,494"]);
  });

  it("intervals with their method and unit, policies", () => {
    const interval = { low: 0.2406, high: 0.476, level: 0.95, method: "cluster-t", unit: "task" } as const;
    expect(formatInterval(interval)).toBe("[0.241, 0.476]");
    expect(formatIntervalMethod(interval)).toBe("clustered by task, t, 95 %");
    expect(formatIntervalMethod({ ...interval, method: "wilson" })).toBe("Wilson over tasks, 95 %");
    expect(formatIntervalMethod({ ...interval, method: "clopper-pearson", unit: "cluster" })).toBe(
      "Clopper–Pearson over clusters, 95 %",
    );
    expect(formatIntervalMethod({ ...interval, method: "bootstrap" })).toBe("bootstrap over tasks, percentiles, 95 %");
    const nested = { ...interval, method: "hierarchical-bootstrap" };
    expect(formatIntervalMethod({ ...nested, unit: "cluster" })).toBe(
      "hierarchical bootstrap, clusters, tasks, attempts, percentiles, 95 %",
    );
    expect(formatIntervalMethod(nested)).toBe("hierarchical bootstrap, tasks, attempts, percentiles, 95 %");
    expect([0.95, 0.999].map(formatLevel)).toEqual(["95 %", "99.9 %"]);
    expect(formatPolicy({ errors: "as-failures", invalidated: "left-out" })).toBe(
      "errors as failures, invalidated left out",
    );
  });

  it("the same digits for a program", () => {
    expect(["12,408", "−0.092", "–", "$1,204.50"].map(machineNumber)).toEqual(["12408", "-0.092", "", "1204.50"]);
  });
});
