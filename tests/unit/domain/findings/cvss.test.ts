import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cvssChoices, scoreVector, severityOfScore } from "../../../../electron/domain/findings/cvss.ts";

/** Vectors and scores from FIRST's own examples: https://www.first.org/cvss/v4.0/examples and …/v3-1/examples. */

const v4 = [
  ["CVE-2022-41741", "AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.3],
  ["CVE-2020-3549", "AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.7],
  ["CVE-2020-3549, threat", "AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U", 5.2],
  ["CVE-2023-3089", "AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N", 8.3],
  [
    "CVE-2023-3089, environment",
    "AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N/CR:H/IR:L/AR:L/MAV:N/MAC:H/MVC:H/MVI:L/MVA:L",
    8.1,
  ],
  ["CVE-2021-44714", "AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N", 4.6],
  ["CVE-2022-21830", "AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N", 5.1],
  ["CVE-2022-22186", "AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N", 6.9],
  ["CVE-2023-21989", "AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N", 5.9],
  ["CVE-2020-3947", "AV:L/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 9.4],
  ["CVE-2023-48228", "AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:H/VA:N/SC:H/SI:H/SA:H", 9.3],
  ["CVE-2023-30560", "AV:P/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:H/SA:N/S:P/V:D", 8.3],
  ["CVE-2014-0160", "AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N/E:A", 8.7],
  ["CVE-2021-44228", "AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A", 9.3],
  ["CVE-2013-6014", "AV:A/AC:L/AT:N/PR:N/UI:N/VC:N/VI:L/VA:N/SC:H/SI:N/SA:H", 6.4],
  ["CVE-2016-5729", "AV:L/AC:L/AT:N/PR:H/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/R:I", 8.4],
] as const;

const v3 = [
  ["CVE-2013-0375", "AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 6.4],
  ["CVE-2014-3566", "AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", 3.1],
  ["CVE-2012-1516", "AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", 9.9],
  ["CVE-2009-0783", "AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L", 4.2],
  ["CVE-2012-0384", "AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H", 7.2],
  ["CVE-2015-1098", "AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", 7.8],
  ["CVE-2014-0160", "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5],
  ["CVE-2014-6271", "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8],
  ["CVE-2008-1447", "AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N", 6.8],
  ["CVE-2014-2005", "AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 6.8],
  ["CVE-2010-0467", "AV:N/AC:L/PR:N/UI:N/S:C/C:L/I:N/A:N", 5.8],
  ["CVE-2013-6014", "AV:A/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:H", 9.3],
  ["CVE-2019-7551", "AV:N/AC:L/PR:L/UI:R/S:C/C:H/I:H/A:H", 9.0],
  ["CVE-2014-2019", "AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N", 4.6],
] as const;

describe("scores", () => {
  it.each(v4)("%s in v4.0", (_, metrics, score) => {
    const vector = `CVSS:4.0/${metrics}`;
    expect(scoreVector(vector)).toMatchObject({ problem: null, version: "4.0", vector, score });
  });

  it.each(v3)("%s in v3.1", (_, metrics, score) => {
    const vector = `CVSS:3.1/${metrics}`;
    expect(scoreVector(vector)).toMatchObject({ problem: null, version: "3.1", vector, score, nomenclature: null });
  });

  it("says which groups of metrics are in it", () => {
    const base = `CVSS:4.0/${v4[0][1]}`;
    expect(scoreVector(base).nomenclature).toBe("CVSS-B");
    expect(scoreVector(`${base}/E:P`).nomenclature).toBe("CVSS-BT");
    expect(scoreVector(`${base}/E:P/CR:H`).nomenclature).toBe("CVSS-BTE");
    expect(scoreVector(`${base}/S:P`).nomenclature).toBe("CVSS-B");
  });

  it("explains each metric that is said", () => {
    const { metrics } = scoreVector(`CVSS:3.1/${v3[0][1]}`);
    expect(metrics.map(({ id, value }) => `${id}:${value}`).join("/")).toBe(v3[0][1]);
    expect(metrics[0]).toMatchObject({ name: "Attack Vector", group: "Base", words: "Network" });
    expect(metrics.every(({ explanation }) => explanation.length > 10)).toBe(true);
  });

  it.each([
    [0, "none"],
    [0.1, "low"],
    [3.9, "low"],
    [4, "medium"],
    [6.9, "medium"],
    [7, "high"],
    [8.9, "high"],
    [9, "critical"],
    [10, "critical"],
  ] as const)("%s is rated %s", (score, severity) => {
    expect(severityOfScore(score)).toBe(severity);
  });
});

describe("what is no vector", () => {
  const whole = `CVSS:3.1/${v3[0][1]}`;
  it.each([
    ["", "begins with neither"],
    ["AV:N/AC:L", "begins with neither"],
    ["CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", "begins with neither"],
    ["CVSS:3.1", "lacks AV, AC, PR, UI, S, C, I, A"],
    [whole.replace("/A:N", ""), "lacks A."],
    [whole.replace("/A:N", "/A:X"), "lacks A."],
    [whole.replace("AV:N", "AV:Q"), "(AV) has no value Q"],
    [`${whole}/AV:N`, "says AV twice"],
    [`${whole}/VC:H`, "no metric VC"],
    [`${whole}/`, "no metric"],
    [whole.replace("AV:N", "av:n"), "no metric av"],
    [whole.replace("AV:N", "AV:N:N"), "no metric"],
    [`${whole}${"/E:X".repeat(100)}`, "too long"],
  ])("%s", (vector, problem) => {
    const scored = scoreVector(vector);
    expect(scored.problem).toContain(problem);
    expect(scored).toMatchObject({ score: null, vector: null, metrics: [] });
  });

  it("never throws, and says either a score from 0 to 10 or a problem", () => {
    const pieces = fc.constantFrom("CVSS:4.0", "CVSS:3.1", "AV:N", "AC:H", "S:U", "E:X", "é", ":", "MAV:P", "C:H");
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 60 }),
          fc.array(pieces).map((all) => all.join("/")),
        ),
        (text) => {
          const { problem, score } = scoreVector(text);
          expect((problem === null) === (score !== null)).toBe(true);
          if (score !== null) expect(score >= 0 && score <= 10).toBe(true);
        },
      ),
    );
  });
});

describe("choosing metrics", () => {
  it.each(["4.0", "3.1"] as const)("of v%s: no two are called alike, and any value of any is taken", (version) => {
    const all = cvssChoices(version);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    const base = all.filter(({ isBase }) => isBase).map(({ id, values }) => `${id}:${values[0]?.value ?? ""}`);
    for (const { id, values } of all.filter(({ isBase }) => !isBase)) {
      for (const { value } of values) {
        const vector = [`CVSS:${version}`, ...base, `${id}:${value}`].join("/");
        expect([vector, scoreVector(vector).problem]).toEqual([vector, null]);
      }
    }
  });

  const chosen = (version: "4.0" | "3.1") =>
    fc
      .tuple(
        ...cvssChoices(version)
          .filter(({ isBase }) => isBase)
          .map(({ id, values }) => fc.constantFrom(...values.map(({ value }) => `${id}:${value}`))),
      )
      .map((metrics) => `CVSS:${version}/${metrics.join("/")}`);

  it.each(["4.0", "3.1"] as const)("of v%s: whatever is chosen of the base metrics is a vector", (version) => {
    fc.assert(
      fc.property(chosen(version), (vector) => {
        expect(scoreVector(vector)).toMatchObject({ problem: null, version, vector });
      }),
    );
  });
});
