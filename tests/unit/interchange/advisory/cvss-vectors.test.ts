import calculator from "ae-cvss-calculator";
import { describe, expect, it } from "vitest";
import { baseScore31, isBaseOnly31, isVector31 } from "../../../../electron/interchange/cvss-vectors.ts";

/** Every combination of the base metrics of CVSS v3.1: 2,592. */
function everyVector(): string[] {
  const metrics = { AV: "N A L P", AC: "L H", PR: "N L H", UI: "N R", S: "U C", C: "H L N", I: "H L N", A: "H L N" };
  return Object.entries(metrics).reduce(
    (vectors, [name, values]) =>
      vectors.flatMap((vector) => values.split(" ").map((value) => `${vector}/${name}:${value}`)),
    ["CVSS:3.1"],
  );
}

describe("the base score of a v3.1 vector", () => {
  it("is what another implementation computes, for every vector that there is", () => {
    const vectors = everyVector();
    expect(vectors).toHaveLength(2592);
    for (const vector of vectors) {
      expect(isBaseOnly31(vector)).toBe(true);
      expect(baseScore31(vector), vector).toBe(new calculator.Cvss3P1(vector).calculateScores().base);
    }
  });

  it("is the same with other metrics, in any order", () => {
    const vector = "CVSS:3.1/E:P/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N";
    expect(isVector31(vector) && !isBaseOnly31(vector)).toBe(true);
    expect(baseScore31(vector)).toBe(9.8);
  });

  it("is none where it is no vector", () => {
    expect(baseScore31("CVSS:3.1/AV:N")).toBeNull();
    expect(baseScore31("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")).toBeNull();
  });
});
