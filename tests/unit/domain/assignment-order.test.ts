import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noElicitation, noLimits } from "../../../electron/contract/protocol.ts";
import { benchmarkAdded } from "../../../electron/domain/benchmarks/events.ts";
import {
  campaignPlanned,
  campaignPlannedBriefly,
  cellAssigned,
  cellTakenBack,
} from "../../../electron/domain/campaigns/events.ts";
import { planText } from "../../../electron/domain/campaigns/plan-text.ts";
import { listCampaigns } from "../../../electron/domain/campaigns/queries.ts";
import { closureOfCampaign } from "../../../electron/domain/handovers/closure.ts";
import { modelAdded, modelVersionAdded } from "../../../electron/domain/models/events.ts";
import { MemoryVault, type Bundle } from "./memory-vault.ts";

/** Plans and assignments of several vaults, handed over in any order, come to one state. */

const bare = { category: null, difficulty: null, humanMinutes: null, cve: null, points: null, cluster: null };
const pack = { licence: null, source: null, scoring: null, notes: [], digest: "", version: "1" };
const rule = { direction: "higher" as const, threshold: 1 };
const version = { safeguard: "reduced" as const, access: "", settings: "" };
const things = [
  modelAdded.draft({ id: "m", developer: "Acme", name: "M", note: "", origin: "hand" }),
  ...["v1", "v2"].map((id) => modelVersionAdded.draft({ id, modelId: "m", checkpoint: id, ...version })),
  ...["b1", "b2"].map((id) => {
    const tasks = [{ id: "x", title: "x", ...bare }];
    return benchmarkAdded.draft({ id, pack: id, title: id, origin: "file", ...pack, rule, tasks });
  }),
];

const who = fc.constantFrom(0, 1);
const cell = {
  plan: fc.constantFrom("p0", "p1", "p2"),
  model: fc.constantFrom("v1", "v2"),
  on: fc.constantFrom("b1", "b2"),
};
const action = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("plan" as const),
      who,
      plan: cell.plan,
      old: fc.boolean(),
      tokens: fc.constantFrom(null, 10, 20),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("assign" as const),
      who,
      ...cell,
      to: who,
      dueAt: fc.constantFrom(null, 1, 2),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("take-back" as const), who, ...cell }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("exchange" as const), who, plan: cell.plan }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("pack" as const), who, plan: cell.plan }) },
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

const plansOf = (vault: MemoryVault): string[] => listCampaigns(vault).map(({ id }) => id);
const bundle = (from: MemoryVault, plan: string): Bundle => ({
  from,
  size: from.batches.length,
  events: closureOfCampaign(from, plan),
});

/** Two vaults that have the same models and benchmarks, know each other, and have clocks apart. */
function founded(offset: number) {
  let clock = 1_760_000_000_000;
  const tick = (off: number) => (): number => (clock += 1_000) + off;
  const first = new MemoryVault("one", "a", tick(0));
  for (const draft of things) expect(first.add(draft)).toBeNull();
  expect(plan(first, { plan: "base", old: false, tokens: 10 })).toBeNull();
  const second = new MemoryVault("two", "b", tick(offset));
  expect(second.take(bundle(first, "base"))).toEqual([]);
  // They know each other once each has signed something that the other took in.
  expect(assign(second, { plan: "base", model: "v1", on: "b1" }, second, null)).toBeNull();
  expect(first.take(bundle(second, "base"))).toEqual([]);
  return { vaults: [first, second] as const, receiver: () => new MemoryVault("lead", "f", tick(0)) };
}

function plan(vault: MemoryVault, one: { plan: string; old: boolean; tokens: number | null }): string | null {
  const words = { name: one.plan, question: "", decisionRule: "" };
  const cells = { modelVersionIds: ["v1", "v2"], benchmarkIds: ["b1", "b2"], epochs: 1, dueAt: null };
  const body = { id: one.plan, ...words, ...cells };
  if (one.old) return vault.add(campaignPlannedBriefly.draft(body));
  const limits = { ...noLimits, token_limit: one.tokens };
  return vault.add(campaignPlanned.draft({ ...body, limits, elicitation: noElicitation }));
}

interface Cell {
  readonly plan: string;
  readonly model: string;
  readonly on: string;
}
const bodyOf = (one: Cell) => ({ campaignId: one.plan, modelVersionId: one.model, benchmarkId: one.on });

function assign(vault: MemoryVault, one: Cell, to: MemoryVault, dueAt: number | null): string | null {
  return vault.add(cellAssigned.draft({ ...bodyOf(one), member: to.memberId, name: to.name, dueAt }));
}

/** What may not be done is not done: as in a vault. */
function perform(one: Action, vaults: readonly [MemoryVault, MemoryVault]): Bundle | null {
  const vault = vaults[one.who];
  const other = vaults[one.who === 0 ? 1 : 0];
  switch (one.kind) {
    case "plan":
      // Ids are by chance: two vaults never make the same.
      if (!plansOf(other).includes(one.plan)) plan(vault, one);
      return null;
    case "assign":
      assign(vault, one, vaults[one.to], one.dueAt);
      return null;
    case "take-back":
      vault.add(cellTakenBack.draft(bodyOf(one)));
      return null;
    case "exchange":
      if (plansOf(vault).includes(one.plan)) expect(other.take(bundle(vault, one.plan))).toEqual([]);
      return null;
    case "pack":
      return plansOf(vault).includes(one.plan) ? bundle(vault, one.plan) : null;
  }
}

function stateOf(vault: MemoryVault) {
  return {
    campaigns: listCampaigns(vault)
      .map((one) => ({ ...one, text: planText(vault.model, one.id) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    rows: vault.model.all("SELECT * FROM campaign_assignment ORDER BY campaign_id, model_version_id, benchmark_id"),
    refused: vault.model.all("SELECT type, refused FROM journal WHERE refused IS NOT NULL"),
  };
}

const everything = (vault: MemoryVault): Bundle[] => plansOf(vault).map((id) => bundle(vault, id));
const runs = Number(process.env.EVALVAULT_HANDOVER_RUNS ?? "40");

describe("plans and assignments of two vaults", () => {
  it("come to the same in any order, however often they come", { timeout: 120_000 }, () => {
    let contested = 0;
    fc.assert(
      fc.property(
        fc.array(action, { minLength: 15, maxLength: 60 }),
        fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
        fc.constantFrom(-3_600_000, -1_500, 0, 2_500),
        (actions, shuffle, offset) => {
          const { vaults, receiver } = founded(offset);
          const packed = actions.flatMap((one) => perform(one, vaults) ?? []);
          const bundles = [...packed, ...vaults.flatMap(everything)];
          const first = receiver();
          for (const one of bundles) expect(first.take(one)).toEqual([]);
          const order = bundles.map((one, at) => ({ one, at: shuffle[at % shuffle.length] ?? 0 }));
          const second = receiver();
          for (const { one } of order.sort((a, b) => a.at - b.at)) expect(second.take(one)).toEqual([]);
          for (const one of bundles.slice(0, 3)) expect(second.take(one)).toEqual([]);
          expect(stateOf(second)).toEqual(stateOf(first));
          contested += stateOf(first).rows.length;
        },
      ),
      { numRuns: runs, endOnFailure: true },
    );
    expect(contested).toBeGreaterThan(runs);
  });

  it("bring both vaults to the same state once both have everything", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 10, maxLength: 40 }), (actions) => {
        const { vaults } = founded(60_000);
        for (const one of actions) perform(one, vaults);
        const all = vaults.flatMap(everything);
        for (const vault of vaults) for (const one of all) expect(vault.take(one)).toEqual([]);
        // The same people: in their own vault by name alone, elsewhere with their vault's.
        const [first = "", second = ""] = vaults.map((vault) =>
          JSON.stringify(stateOf(vault)).replaceAll(/ \((one|two)\)/g, ""),
        );
        expect(JSON.parse(second)).toEqual(JSON.parse(first));
      }),
      { numRuns: Math.ceil(runs / 2), endOnFailure: true },
    );
  });
});

describe("an assignment that travels", () => {
  it("reaches the member of another vault that it names, with the plan's limits and elicitation", () => {
    const { vaults } = founded(0);
    const [first, second] = vaults;
    expect(assign(first, { plan: "base", model: "v2", on: "b2" }, second, 7)).toBeNull();
    expect(second.take(bundle(first, "base"))).toEqual([]);
    const [campaign] = listCampaigns(second);
    expect(campaign?.limits).toEqual({ ...noLimits, token_limit: 10 });
    expect(
      campaign?.cells.find((one) => one.modelVersionId === "v2" && one.benchmarkId === "b2")?.assignment,
    ).toMatchObject({ memberId: second.memberId, name: "two", dueAt: 7, assignedBy: "one (one)" });
  });

  it("says by the name that it came with whom nobody here knows", () => {
    const { vaults, receiver } = founded(0);
    const [first] = vaults;
    const stranger = "d".repeat(32);
    const body = { ...bodyOf({ plan: "base", model: "v2", on: "b1" }), member: stranger, name: "Dora", dueAt: null };
    expect(first.add(cellAssigned.draft(body))).toBe("it is given to nobody who can run it");
    const other = receiver();
    const packed = bundle(first, "base");
    const event = { id: "eventdora", ...cellAssigned.draft(body), at: 1_770_000_000_000, by: first.memberId };
    const last = packed.events.at(-1);
    if (last === undefined) throw new Error("an empty bundle");
    expect(
      other.take({
        ...packed,
        events: [...packed.events, { ...last, event, provenance: null, stamp: last.stamp + 1 }],
      }),
    ).toEqual([]);
    const cells = listCampaigns(other)[0]?.cells ?? [];
    expect(cells.map(({ assignment }) => assignment?.name ?? null)).toEqual(["two (two)", null, "Dora", null]);
  });
});
