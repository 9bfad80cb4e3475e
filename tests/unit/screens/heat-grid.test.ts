import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../electron/contract/evaluation.ts";
import { denominatorPolicies, headlinePolicy } from "../../../electron/contract/values.ts";
import { nextPolicy, policyById, policyId } from "../../../renderer/screens/compare/denominators.ts";
import { moveInGrid } from "../../../renderer/screens/compare/heat-window.ts";
import { matrixCsv } from "../../../renderer/screens/compare/matrix-export.tsx";

describe("the denominators that D goes through", () => {
  it("are four, begin with the headline's, and come round", () => {
    let policy = headlinePolicy;
    const seen = denominatorPolicies.map(() => {
      const id = policyId(policy);
      policy = nextPolicy(policy);
      return id;
    });
    expect(new Set(seen).size).toBe(4);
    expect(seen[0]).toBe(policyId(headlinePolicy));
    expect(policy).toEqual(headlinePolicy);
    expect(policyById("no such")).toEqual(headlinePolicy);
  });
});

describe("the cursor in the heat map", () => {
  const last = { row: 2, column: 4 };
  it("never leaves it", () => {
    expect(moveInGrid("ArrowUp", { row: 0, column: 0 }, last, false)).toEqual({ row: 0, column: 0 });
    expect(moveInGrid("ArrowRight", { row: 1, column: 4 }, last, false)).toEqual({ row: 1, column: 4 });
    expect(moveInGrid("End", { row: 0, column: 1 }, last, true)).toEqual({ row: 2, column: 4 });
    expect(moveInGrid("x", { row: 0, column: 1 }, last, false)).toBeNull();
  });
});

describe("the matrix as CSV", () => {
  const matrix: Matrix = {
    policy: headlinePolicy,
    modelVersions: [{ id: "m", words: '=HYPERLINK("x"), a' }],
    benchmarks: [
      { id: "b", title: "Bench", tasks: 2 },
      { id: "c", title: "Not run", tasks: 1 },
    ],
    cells: [
      {
        modelVersionId: "m",
        benchmarkId: "b",
        rate: {
          n: 3,
          solved: 1,
          tasks: 2,
          solvedTasks: 1,
          rate: 1 / 3,
          interval: { low: 0.06, high: 0.79, level: 0.95, method: "wilson", unit: "attempt" },
        },
        ledger: {
          planned: 4,
          solved: 1,
          notSolved: 2,
          unscored: 0,
          refused: 0,
          limitReached: 0,
          modelError: 0,
          infrastructureFault: 0,
          invalidated: 0,
          withheld: 0,
          notRun: 1,
        },
        runs: [{ id: "r", code: "R-0001" }],
      },
    ],
  };
  it("writes a row a result, quotes what must be, and lets no spreadsheet run a name", () => {
    const [head, row, end] = matrixCsv(matrix).split("\r\n");
    expect(head?.startsWith("model_version,benchmark,solved,n,rate")).toBe(true);
    expect(row).toBe(
      `"'=HYPERLINK(""x""), a",Bench,1,3,0.333333,0.060000,0.790000,0.95,wilson,attempt,4,"errors as failures, invalidated left out",R-0001`,
    );
    expect(end).toBe("");
  });
});
