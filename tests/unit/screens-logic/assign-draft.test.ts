import { describe, expect, it } from "vitest";
import { planningRequests, type Assignment, type Campaign } from "../../../electron/contract/planning.ts";
import {
  assignFaults,
  assignInput,
  chosenCells,
  nobody,
  nowWords,
  type AssignDraft,
} from "../../../renderer/screens/campaign/assign-draft.ts";
import { campaigns } from "../../e2e/preview/sample/evaluation-sample.ts";

const empty: AssignDraft = { to: null, modelVersionIds: [], benchmarkIds: [], due: "" };

function sample(): Campaign {
  const [campaign] = campaigns;
  if (campaign === undefined) throw new Error("the sample has no campaign");
  return campaign;
}

describe("cells that are given to somebody", () => {
  const campaign = sample();
  const [version, other] = campaign.modelVersions.map(({ id }) => id);
  const packs = campaign.benchmarks.map(({ id }) => id);
  const whole: AssignDraft = {
    ...empty,
    to: "member-b",
    modelVersionIds: [version ?? "", other ?? ""],
    benchmarkIds: packs,
  };

  it("are every chosen model version on every chosen benchmark", () => {
    expect(chosenCells(campaign, empty)).toEqual([]);
    expect(chosenCells(campaign, whole)).toHaveLength(6);
    expect(chosenCells(campaign, { ...whole, benchmarkIds: [] })).toEqual([]);
  });

  it("lack what is told field by field; a day does not matter where they are taken back", () => {
    expect(Object.keys(assignFaults({ ...empty, due: "soon" })).sort()).toEqual([
      "benchmarkIds",
      "due",
      "modelVersionIds",
      "to",
    ]);
    expect(assignFaults(whole)).toEqual({});
    expect(assignFaults({ ...whole, to: nobody, due: "soon" })).toEqual({});
  });

  it("are a request of the contract", () => {
    const { input } = planningRequests["campaigns.assign"];
    const given = input.parse(assignInput(campaign, { ...whole, due: "2026-12-04" }));
    expect(given).toMatchObject({ campaignId: campaign.id, memberId: "member-b" });
    expect(given.cells).toHaveLength(6);
    expect(new Date(given.dueAt ?? 0).getDate()).toBe(4);
    const back = input.parse(assignInput(campaign, { ...whole, to: nobody, due: "2026-12-04" }));
    expect(back).toMatchObject({ memberId: null, dueAt: null });
  });

  it("are said with whom they are now", () => {
    const at = { dueAt: null, assignedAt: 0, assignedBy: "" };
    const one = (name: string): { assignment: Assignment } => ({ assignment: { memberId: name, name, ...at } });
    expect(nowWords([one("Ada")])).toBe("1 cell: 1 is with Ada now.");
    expect(nowWords([one("Ada"), { assignment: null }, one("Ada")])).toBe(
      "3 cells: 2 are with Ada now, 1 with nobody.",
    );
  });
});
