import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  attemptLimitsSchema,
  elicitationSchema,
  noElicitation,
  noLimits,
  setLimits,
  statedElicitation,
} from "../../../electron/contract/protocol.ts";
import { planCampaign } from "../../../electron/domain/campaigns/commands.ts";
import { campaignPlannedBriefly } from "../../../electron/domain/campaigns/events.ts";
import { planText } from "../../../electron/domain/campaigns/plan-text.ts";
import { getCampaign } from "../../../electron/domain/campaigns/queries.ts";
import { CampaignJournal, sha256 } from "./campaign-journal.ts";

const words = { name: "Autumn", question: "What?", decisionRule: "Zero" };
const limits = { ...noLimits, token_limit: 500_000, cost_limit: 2.5 };
const elicitation = { ...noElicitation, scaffold: "react", temperature: 0.7 };

/** A plan as every vault had it before plans had limits and elicitation. */
function brief(): CampaignJournal {
  const journal = new CampaignJournal();
  const benchmark = journal.benchmark("small", ["a"]);
  const cells = { modelVersionIds: [...journal.versions], benchmarkIds: [benchmark], epochs: 3, dueAt: 5 };
  journal.campaignId = "plan1";
  journal.stands(campaignPlannedBriefly.draft({ id: "plan1", ...words, ...cells }));
  return journal;
}

describe("a plan of before there were limits and elicitation", () => {
  it("folds as one that says nothing of them", () => {
    const journal = brief();
    expect(getCampaign(journal, "plan1")).toMatchObject({ limits: noLimits, elicitation: noElicitation, epochs: 3 });
    expect(getCampaign(journal.replayed(), "plan1")).toEqual(getCampaign(journal, "plan1"));
  });

  it("keeps the text, and so the hash, under which it was registered", () => {
    const journal = brief();
    const [first = "", second = ""] = journal.versions;
    const benchmark = getCampaign(journal, "plan1")?.benchmarks[0]?.id ?? "";
    const text = `{"benchmarkIds":["${benchmark}"],"decisionRule":"Zero","dueAt":5,"epochs":3,"id":"plan1","modelVersionIds":["${first}","${second}"],"name":"Autumn","question":"What?"}`;
    expect(planText(journal.model, "plan1")).toBe(text);
    journal.stands({ type: "campaign.registered", v: 1, body: { campaignId: "plan1", hash: sha256(text) } });
    expect(journal.deviations(0)).toEqual([]);
    expect(getCampaign(journal, "plan1")?.registered?.hash).toBe(sha256(text));
  });

  it("is refused with fields that its version does not have", () => {
    const journal = new CampaignJournal();
    const body = { id: "p", ...words, modelVersionIds: ["x"], benchmarkIds: ["y"], epochs: 1, dueAt: null, limits };
    expect(journal.add({ type: "campaign.planned", v: 1, body }, "aa".repeat(16))).toMatch(/not as its schema says/);
    expect(journal.add({ type: "campaign.planned", v: 3, body }, "aa".repeat(16))).toMatch(/unknown/);
  });
});

describe("a plan with limits and elicitation", () => {
  const planned = (given: object = { limits, elicitation }) => {
    const journal = new CampaignJournal();
    const benchmark = journal.benchmark("small", ["a"]);
    const cells = { modelVersionIds: [journal.versions[0] ?? ""], benchmarkIds: [benchmark], epochs: 1, dueAt: null };
    const { campaignId, drafts } = planCampaign({ ...words, ...cells, ...given }, journal.newId);
    for (const draft of drafts) journal.stands(draft);
    journal.campaignId = campaignId;
    return journal;
  };

  it("gives them back, live and from the journal again", () => {
    const journal = planned();
    expect(getCampaign(journal, journal.campaignId)).toMatchObject({ limits, elicitation });
    expect(getCampaign(journal.replayed(), journal.campaignId)).toEqual(getCampaign(journal, journal.campaignId));
    const none = planned({});
    expect(getCampaign(none, none.campaignId)).toMatchObject({ limits: noLimits, elicitation: noElicitation });
  });

  it("has them in the text that is hashed, its keys in alphabetical order", () => {
    const journal = planned();
    const text = planText(journal.model, journal.campaignId) ?? "";
    const keys = Object.keys(JSON.parse(text) as object);
    expect(keys).toEqual([...keys].sort());
    expect(text).toContain(
      '"elicitation":{"humanHelp":"","network":"","prompt":"","reasoningEffort":"","scaffold":"react","scaffoldVersion":"","temperature":0.7,"tools":""}',
    );
    expect(text).toContain(
      '"format":2,"id":"' +
        journal.campaignId +
        '","limits":{"cost_limit":2.5,"message_limit":null,"time_limit":null,"token_limit":500000,"turn_limit":null,"working_limit":null}',
    );
  });

  it("has another hash for any other limit or elicitation, and the same whatever order they were written in", () => {
    const text = (given: object) => {
      const journal = planned(given);
      return planText(journal.model, journal.campaignId) ?? "";
    };
    const whole = fc.integer({ min: 1, max: 1_000 });
    const limit = fc.record({
      message_limit: fc.option(whole),
      turn_limit: fc.option(whole),
      token_limit: fc.option(whole),
      time_limit: fc.option(whole),
      working_limit: fc.option(whole),
      cost_limit: fc.option(fc.double({ min: 0.01, max: 10, noNaN: true })),
    });
    fc.assert(
      fc.property(limit, limit, (one, other) => {
        const backwards = Object.fromEntries(Object.entries(one).reverse());
        expect(text({ limits: backwards, elicitation })).toBe(text({ limits: one, elicitation }));
        const same = Object.entries(one).every(([name, value]) =>
          Object.entries(other).some(([n, v]) => n === name && v === value),
        );
        expect(text({ limits: one, elicitation }) === text({ limits: other, elicitation })).toBe(same);
      }),
      { numRuns: 20 },
    );
    expect(text({ limits, elicitation: { ...elicitation, tools: "bash" } })).not.toBe(text({ limits, elicitation }));
  });
});

describe("limits and elicitation in words", () => {
  it("say what is set, with units, and leave out what is not", () => {
    expect(setLimits(noLimits)).toEqual([]);
    expect(setLimits({ ...limits, time_limit: 7_200 }).map(({ words: what, value }) => [what, value])).toEqual([
      ["Tokens", "500,000 tokens"],
      ["Time", "7,200 seconds"],
      ["Cost", "2.5 US dollars"],
    ]);
    expect(statedElicitation({ ...elicitation, tools: "  " }).map(({ value }) => value)).toEqual(["react", "0.7"]);
    expect(statedElicitation({ ...noElicitation, temperature: 0 })).toHaveLength(1);
  });

  it("takes no limit of nothing, and no temperature below zero", () => {
    expect(attemptLimitsSchema.safeParse({ ...noLimits, token_limit: 0 }).success).toBe(false);
    expect(attemptLimitsSchema.safeParse({ ...noLimits, cost_limit: 0 }).success).toBe(false);
    expect(attemptLimitsSchema.safeParse({ ...noLimits, time_limit: 1.5 }).success).toBe(false);
    expect(elicitationSchema.safeParse({ ...noElicitation, temperature: -0.1 }).success).toBe(false);
  });
});
