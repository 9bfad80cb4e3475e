import fc from "fast-check";
import { expect, it } from "vitest";
import { cvssChoices, scoreVector } from "../../../electron/domain/findings/cvss.ts";
import { metricsOf, vectorWith, type CvssVersion } from "../../../renderer/screens/finding/vector-draft.ts";

function chosenOneByOne(version: CvssVersion, said: readonly (readonly [string, string])[]): string {
  const choices = cvssChoices(version);
  return said.reduce((vector, one) => vectorWith(vector, { version, choices }, one), "");
}

it.each(["4.0", "3.1"] as const)("v%s: metrics chosen in any order come to one vector that scores", (version) => {
  const base = cvssChoices(version).filter(({ isBase }) => isBase);
  const all = fc.tuple(
    ...base.map(({ id, values }) => fc.constantFrom(...values.map(({ value }) => [id, value] as const))),
  );
  const shuffled = all.chain((said) =>
    fc.shuffledSubarray([...said], { minLength: said.length }).map((other) => ({ said, other })),
  );
  fc.assert(
    fc.property(shuffled, ({ said, other }) => {
      const vector = chosenOneByOne(version, other);
      expect(vector).toBe(chosenOneByOne(version, said));
      expect([...metricsOf(vector)]).toHaveLength(base.length);
      expect(scoreVector(vector)).toMatchObject({ problem: null, version, vector });
    }),
    { numRuns: 50 },
  );
});

it("takes a metric out, keeps those of other groups, and is empty without any", () => {
  const choices = cvssChoices("3.1");
  const first = vectorWith("CVSS:3.1/AV:N/E:P", { version: "3.1", choices }, ["AC", "L"]);
  expect(first).toBe("CVSS:3.1/AV:N/AC:L/E:P");
  expect(vectorWith(first, { version: "3.1", choices }, ["AV", ""])).toBe("CVSS:3.1/AC:L/E:P");
  expect(vectorWith("CVSS:3.1/AV:N", { version: "3.1", choices }, ["AV", ""])).toBe("");
  expect(vectorWith("no vector at all", { version: "3.1", choices }, ["AV", "N"])).toBe("CVSS:3.1/AV:N");
});
