import { describe, expect, it } from "vitest";
import { assignable, assignmentOf } from "../../../electron/domain/campaigns/assignments.ts";
import { assignCells } from "../../../electron/domain/campaigns/commands.ts";
import { cellAssigned, cellTakenBack } from "../../../electron/domain/campaigns/events.ts";
import { getCampaign } from "../../../electron/domain/campaigns/queries.ts";
import { memberAdded, memberRemoved } from "../../../electron/domain/members/events.ts";
import { overview } from "../../../electron/domain/overview.ts";
import { CampaignJournal, lead } from "./campaign-journal.ts";

const evaluator = "bb".repeat(16);
const auditor = "cc".repeat(16);

/** A campaign of two model versions on two benchmarks, and people. */
function planned() {
  const journal = new CampaignJournal();
  journal.stands(memberAdded.draft({ id: evaluator, name: "Evan", label: "Evaluator B", role: "evaluator" }));
  journal.stands(memberAdded.draft({ id: auditor, name: "Aude", label: "Auditor C", role: "auditor" }));
  const benchmarks = [journal.benchmark("small", ["a", "b"]), journal.benchmark("other", ["c"])];
  journal.plan(benchmarks, { modelVersionIds: [...journal.versions], dueAt: 50 });
  const { campaignId } = journal;
  const cells = journal.versions.flatMap((modelVersionId) =>
    benchmarks.map((benchmarkId) => ({ modelVersionId, benchmarkId })),
  );
  const assign = (memberId: string | null, which = cells, dueAt: number | null = null) => {
    for (const draft of assignCells(journal.model, { campaignId, cells: which, memberId, dueAt }))
      journal.stands(draft);
  };
  const withWhom = () => getCampaign(journal, campaignId)?.cells.map(({ assignment }) => assignment?.name ?? null);
  return { journal, campaignId, cells, assign, withWhom };
}

describe("assignments", () => {
  it("are given, given to somebody else and taken back, cell by cell", () => {
    const { journal, cells, assign, withWhom } = planned();
    expect(withWhom()).toEqual([null, null, null, null]);
    assign(evaluator, cells.slice(0, 2), 40);
    expect(withWhom()).toEqual(["Evan", "Evan", null, null]);
    assign(lead, cells.slice(1, 3));
    expect(withWhom()).toEqual(["Evan", "Lena", "Lena", null]);
    assign(null, cells.slice(0, 2));
    expect(withWhom()).toEqual([null, null, "Lena", null]);
    const again = journal.replayed();
    expect(getCampaign(again, journal.campaignId)).toEqual(getCampaign(journal, journal.campaignId));
  });

  it("say by whom, since when, until when; and the journal says it in words", () => {
    const { journal, campaignId, cells, assign } = planned();
    const [cell] = cells;
    const at = journal.now;
    assign(evaluator, cells.slice(0, 1), 40);
    expect(assignmentOf(journal.model, { campaignId, ...(cell ?? { modelVersionId: "", benchmarkId: "" }) })).toEqual({
      memberId: evaluator,
      name: "Evan",
      dueAt: 40,
      assignedAt: at,
      assignedBy: "Lena",
    });
    assign(null, cells.slice(0, 1));
    const words = journal.model.all("SELECT words FROM journal WHERE type LIKE 'campaign.%' ORDER BY seq");
    expect(words.slice(1).map((row) => row.words)).toEqual([
      "Meridian-2 (0914, safeguards reduced) on Pack small, of Autumn, given to Evan",
      "Meridian-2 (0914, safeguards reduced) on Pack small, of Autumn, is with nobody any more",
    ]);
  });

  it("may change after registration, and are no deviation then", () => {
    const { journal, assign } = planned();
    journal.register();
    assign(evaluator);
    assign(lead);
    assign(null);
    expect(journal.deviations(0)).toEqual([]);
  });

  it("that change nothing are a conflict, and leave alone what is so already", () => {
    const { journal, campaignId, cells, assign } = planned();
    expect(() => {
      assign(null);
    }).toThrow("It is with nobody.");
    assign(evaluator, cells.slice(0, 1));
    const input = { campaignId, cells: [...cells, ...cells], memberId: evaluator, dueAt: null };
    expect(assignCells(journal.model, input)).toHaveLength(3);
    expect(() => {
      assign(evaluator, cells.slice(0, 1));
    }).toThrow("It is so already.");
    expect(assignCells(journal.model, { ...input, cells: cells.slice(0, 1), dueAt: 9 })).toHaveLength(1);
  });

  it("are a lead's to make, of planned cells, to people who run them", () => {
    const { journal, campaignId, cells } = planned();
    const [cell = { modelVersionId: "", benchmarkId: "" }] = cells;
    const given = cellAssigned.draft({ campaignId, ...cell, member: evaluator, name: "Evan", dueAt: null });
    expect(journal.add(given, evaluator)).toMatch(/role evaluator may not make campaign.assigned/);
    const back = cellTakenBack.draft({ campaignId, ...cell });
    expect(journal.add(back, evaluator)).toMatch(/role evaluator may not/);
    expect(journal.add(back, lead)).toBe("it is with nobody");
    const to = (body: object) =>
      journal.add({ ...given, body: { ...(given.body as Record<string, unknown>), ...body } }, lead);
    expect(to({ member: auditor })).toBe("it is given to nobody who can run it");
    expect(to({ member: "dd".repeat(16) })).toBe("it is given to nobody who can run it");
    expect(to({ campaignId: "none" })).toBe("there is no such campaign");
    expect(to({ benchmarkId: "none" })).toBe("the plan has no such cell");
    expect(to({})).toBeNull();
  });

  it("stay with somebody who was removed, until a lead gives them on", () => {
    const { journal, cells, assign, withWhom } = planned();
    assign(evaluator, cells.slice(0, 1));
    journal.stands(memberRemoved.draft({ id: evaluator, reason: "left" }));
    expect(withWhom()?.[0]).toBe("Evan");
    expect(assignable(journal.model, new Set([lead, evaluator, auditor])).map(({ id }) => id)).toEqual([lead]);
    assign(lead, cells.slice(0, 1));
    expect(withWhom()?.[0]).toBe("Lena");
  });

  it("can be made to leads and evaluators who read the compartment", () => {
    const { journal } = planned();
    expect(assignable(journal.model, new Set([lead, evaluator, auditor]))).toEqual([
      { id: lead, name: "Lena", detail: "lead" },
      { id: evaluator, name: "Evan", detail: "evaluator" },
    ]);
    expect(assignable(journal.model, new Set([evaluator]))).toEqual([
      { id: evaluator, name: "Evan", detail: "evaluator" },
    ]);
  });
});

describe("the overview", () => {
  it("shows a member the cells that are theirs and not all run, what is due first before the rest", () => {
    const { journal, cells, assign } = planned();
    assign(evaluator, cells.slice(0, 1));
    assign(evaluator, cells.slice(1, 2), 40);
    assign(lead, cells.slice(2));
    expect(overview(journal, evaluator).assignments).toMatchObject([
      { campaign: { name: "Autumn" }, benchmark: "Pack other", dueAt: 40, planned: 1, notRun: 1 },
      { campaign: { name: "Autumn" }, benchmark: "Pack small", dueAt: 50, planned: 2, notRun: 2 },
    ]);
    const [version = ""] = journal.versions;
    const [first] = cells;
    journal.log({ version, benchmark: first?.benchmarkId ?? "", attempts: [{ task: "a" }, { task: "b" }] });
    expect(overview(journal, evaluator).assignments.map(({ benchmark }) => benchmark)).toEqual(["Pack other"]);
    expect(overview(journal, auditor).assignments).toEqual([]);
  });
});
