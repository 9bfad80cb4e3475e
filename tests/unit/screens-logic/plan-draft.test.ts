import { describe, expect, it } from "vitest";
import { endOfDay } from "../../../electron/contract/end-of-day.ts";
import { planningRequests } from "../../../electron/contract/planning.ts";
import { noElicitation, noLimits } from "../../../electron/contract/protocol.ts";
import { emptyPlan, planErrors, planInput, plannedAttempts } from "../../../renderer/screens/campaigns/plan-draft.ts";
import { dayFault } from "../../../renderer/state/time-words.ts";

const whole = { ...emptyPlan, name: "Autumn", modelVersionIds: ["m1", "m2"], benchmarkIds: ["b1"] };

describe("the day that a plan is due", () => {
  it("is the end of it where the person is", () => {
    const due = new Date(endOfDay(" 2028-02-29 ") ?? Number.NaN);
    expect([due.getFullYear(), due.getMonth(), due.getDate(), due.getHours(), due.getMinutes()]).toEqual([
      2028, 1, 29, 23, 59,
    ]);
  });

  it.each(["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-4-3", "soon", ""])("is none: %j", (text) => {
    expect(endOfDay(text)).toBeNull();
    expect(dayFault(text) === undefined).toBe(text === "");
  });
});

describe("what a plan lacks", () => {
  it("is told field by field", () => {
    expect(Object.keys(planErrors({ ...emptyPlan, name: "  ", epochs: null, due: "soon" })).sort()).toEqual([
      "benchmarkIds",
      "due",
      "epochs",
      "modelVersionIds",
      "name",
    ]);
  });

  it("is nothing in a whole plan, which then is a request of the contract", () => {
    expect(planErrors(whole)).toEqual({});
    const input = planningRequests["campaigns.plan"].input.parse(planInput({ ...whole, due: "2026-12-04" }));
    expect(input).toMatchObject({ modelVersionIds: ["m1", "m2"], benchmarkIds: ["b1"], epochs: 1 });
    expect(planInput(whole).dueAt).toBeNull();
  });

  it("carries limits and elicitation, without spaces around them", () => {
    expect(planInput(whole)).toMatchObject({ limits: noLimits, elicitation: noElicitation });
    const limits = { ...noLimits, token_limit: 5 };
    const elicitation = { ...noElicitation, scaffold: " react ", tools: "bash\n", temperature: 0 };
    const input = planningRequests["campaigns.plan"].input.parse(planInput({ ...whole, limits, elicitation }));
    expect(input.limits).toEqual(limits);
    expect(input.elicitation).toEqual({ ...noElicitation, scaffold: "react", tools: "bash", temperature: 0 });
  });
});

it("counts model versions × tasks × epochs, and none without epochs", () => {
  const tasksOf = (id: string): number => (id === "b1" ? 6 : 100);
  expect(plannedAttempts({ ...whole, epochs: 3 }, tasksOf)).toBe(36);
  expect(plannedAttempts({ ...whole, epochs: null }, tasksOf)).toBe(0);
});
