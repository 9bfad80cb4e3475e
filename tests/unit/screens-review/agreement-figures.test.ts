import { describe, expect, it } from "vitest";
import type { AgreementFigure, ReviewAgreement } from "../../../electron/contract/reviewing.ts";
import {
  agreementChart,
  agreementCsv,
  agreementSummary,
  figureWords,
} from "../../../renderer/screens/reviews/agreement-figures.ts";

const kappa: AgreementFigure = {
  value: 0.7123,
  n: 24,
  interval: { low: -0.05, high: 0.9, level: 0.95, method: "bootstrap", unit: "item" },
  reason: null,
};
const constant: AgreementFigure = { value: null, n: 24, interval: null, reason: "one-category" };
const notAsked: AgreementFigure = { value: null, n: 0, interval: null, reason: "not-asked" };

const agreement: ReviewAgreement = {
  rounds: 1,
  reviewers: 3,
  items: 24,
  revisedAfterSight: 0,
  adjudicated: 4,
  seed: 7,
  rows: [
    { key: "score", words: "Score", table: null, raw: notAsked, kappa: notAsked, alpha: notAsked },
    { key: "cheating", words: "Cheating", table: { both: 3, one: 2, none: 19 }, raw: kappa, kappa, alpha: kappa },
    { key: "sandbagging", words: '=Sand, "bag"', table: null, raw: kappa, kappa: constant, alpha: constant },
  ],
};

describe("agreement of reviewers", () => {
  it("stands with interval, method, unit and n, or says why it does not", () => {
    expect(figureWords(kappa)).toBe("0.712, [−0.050, 0.900] bootstrap over items, percentiles, 95 %, n 24");
    expect(figureWords(constant)).toBe("one answer throughout");
  });

  it("draws what was asked for, faint where chance is within the interval", () => {
    const { body, twin, method } = agreementChart(agreement, "kappa");
    if (body.kind !== "rows") throw new Error("not rows");
    expect(body.plan.rows.map(({ id, isFaint }) => [id, isFaint])).toEqual([
      ["cheating", true],
      ["sandbagging", false],
    ]);
    expect(body.plan.origin).toBe(0);
    expect(twin.rows).toHaveLength(2);
    expect(method).toContain("seed 7");
    expect(agreementChart(agreement, "raw").body).toMatchObject({ plan: { origin: null } });
  });

  it("says in a sentence what was judged and how far it agrees", () => {
    const words = agreementSummary(agreement, "kappa");
    expect(words).toContain("24 items judged by two of 3 reviewers");
    expect(words).toContain("Sand");
    expect(agreementSummary({ ...agreement, items: 0 }, "kappa")).toBe("No item was judged by two yet.");
  });

  it("goes into a file with six digits, one line a question, and no formula", () => {
    const [head, ...lines] = agreementCsv(agreement).trimEnd().split("\r\n");
    expect(head?.split(",")).toHaveLength(4 + 15);
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain(",3,2,19,0.712300,-0.050000,0.900000,");
    expect(lines[2]?.startsWith(`"'=Sand, ""bag"""`)).toBe(true);
  });
});
