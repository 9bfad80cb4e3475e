import { describe, expect, it } from "vitest";
import type { JudgementInput } from "../../../../electron/contract/reviewing.ts";
import { agreementRow, type JudgedItem } from "../../../../electron/domain/reviews/agreement.ts";
import { wilsonBounds } from "../../../../electron/statistics/wilson.ts";

/** Agreement of reviewers by published tables: the same figures that the statistics are tested with. */

const judgement = (flag: boolean): JudgementInput => ({
  flags: flag ? ["cheating"] : [],
  verdict: { kind: "stands" },
  reason: "",
  confidence: 3,
});
const question = {
  key: "cheating",
  words: "Cheating",
  label: (one: JudgementInput) => (one.flags.includes("cheating") ? "yes" : "no"),
};
const items = (n: number, a: boolean, b: boolean): JudgedItem[] =>
  Array.from(
    { length: n },
    () =>
      new Map([
        ["ana", judgement(a)],
        ["ben", judgement(b)],
      ]),
  );

describe("agreement on a flag", () => {
  it("20 yes, 5 and 10 apart, 15 no: kappa 0.4 of 50", () => {
    const all = [
      ...items(20, true, true),
      ...items(5, true, false),
      ...items(10, false, true),
      ...items(15, false, false),
    ];
    const row = agreementRow(all, question);
    expect(row.table).toEqual({ both: 20, one: 15, none: 15 });
    expect(row.raw).toMatchObject({ value: 0.7, n: 50, reason: null });
    expect(row.raw.interval).toEqual({ ...wilsonBounds(35, 50), level: 0.95, method: "wilson", unit: "item" });
    expect(row.kappa.value).toBeCloseTo(0.4, 12);
    expect(row.kappa.interval).toMatchObject({ method: "bootstrap", unit: "item", level: 0.95 });
    // Two observers, nominal: 1 − (2n − 1) · d_o / (n_yes · n_no), with n = 50, 30 unlike of 100, 55 yes and 45 no.
    expect(row.alpha.value).toBeCloseTo(1 - (99 * 30) / (2 * 55 * 45), 12);
    expect(agreementRow(all, question)).toEqual(row);
  });

  it("ten units of two observers: alpha 0.095 (Krippendorff 2011, section A)", () => {
    const [first, second] = ["0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"].map((row) => row.split(" "));
    const all = (first ?? []).flatMap((one, place) => items(1, one === "1", second?.[place] === "1"));
    expect(agreementRow(all, question).alpha.value).toBeCloseTo(0.095, 3);
  });

  it("is undefined, with the reason, for one category, for nothing, and kappa for more than two reviewers", () => {
    const alike = agreementRow(items(9, false, false), question);
    expect(alike.raw).toMatchObject({ value: 1, n: 9 });
    expect(alike.kappa).toMatchObject({ value: null, interval: null, reason: "one-category" });
    expect(alike.alpha).toMatchObject({ value: null, interval: null, reason: "one-category" });
    const nothing = agreementRow([], question);
    for (const figure of [nothing.raw, nothing.kappa, nothing.alpha]) {
      expect(figure).toEqual({ value: null, n: 0, interval: null, reason: "no-items" });
    }
    const others = new Map([
      ["ben", judgement(true)],
      ["cleo", judgement(false)],
    ]);
    const three = agreementRow([...items(3, true, true), others], question);
    expect(three.kappa).toMatchObject({ value: null, reason: "more-than-two-reviewers", n: 4 });
    expect(three.alpha.value).not.toBeNull();
  });

  it("leaves out what could not be told", () => {
    const score = {
      key: "score",
      words: "Score stands",
      label: ({ verdict }: JudgementInput) => (verdict === null || verdict.kind === "undecided" ? null : verdict.kind),
    };
    const dark = { ...judgement(false), verdict: { kind: "undecided" as const } };
    const row = agreementRow(
      [
        ...items(2, true, true),
        new Map([
          ["ana", dark],
          ["ben", judgement(true)],
        ]),
      ],
      score,
    );
    expect(row).toMatchObject({ table: null, raw: { value: 1, n: 2 } });
  });
});
