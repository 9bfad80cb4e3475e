import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FindingFields } from "../../../../electron/contract/finding-fields.ts";
import {
  channelsOfKind,
  findingChannels,
  findingEdges,
  findingKinds,
  findingStates,
  type FindingKind,
  type FindingState,
} from "../../../../electron/contract/finding-states.ts";
import { standingOf, type Act, type ActBody } from "../../../../electron/domain/findings/standing.ts";

/** What a finding comes to of everything that was done to it, in whatever order it is read. */

const fields: FindingFields = {
  title: "Overflow",
  ...{ summary: "", sink: "", impact: "", mitigation: "", detection: "" },
  marking: { level: "unclassified", suffix: "" },
  ...{ affected: [], cwes: [], credits: [], references: [], aliases: [] },
  severity: { scheme: "unset" },
  ...{ exploitMaturity: "unknown", priority: "unset", embargoUntil: null },
  remediation: { state: "unknown", note: "" },
  distribution: { state: "unknown", note: "" },
};
const of = (kind: FindingKind = "software-vulnerability") => ({ kind, recordedBy: "ana", fields });

function acts(...bodies: (ActBody & { by?: string })[]): Act[] {
  return bodies.map(({ by = "ana", ...body }, place) => ({
    ...{ id: `act-${String(place)}`, by, at: place, stamp: place },
    body,
  }));
}

const clearinghouse = { channel: "clearinghouse" as const, name: "Clearinghouse", recipientId: null };
const move = (to: FindingState, reason = ""): ActBody => ({ kind: "moved", to, reason });
const route = (reason = ""): ActBody => ({ kind: "routed", reason, parties: [clearinghouse] });
const tried = (result: "reproduced" | "refuted" | "unvalidated", by = "ben"): ActBody & { by: string } => ({
  ...{ kind: "validated", result, steps: "", environment: "", evidence: [], by },
});

describe("the states", () => {
  it("are left as the table says, and all can be reached and closed", () => {
    const written = findingEdges.map(({ from, to, by }) => `${from} > ${to} (${by})`);
    expect(written).toEqual([
      "recorded > triaged (move)",
      "recorded > duplicate (duplicate)",
      "recorded > closed (move)",
      "triaged > validated (validate)",
      "triaged > refuted (validate)",
      "triaged > duplicate (duplicate)",
      "triaged > routed (route)",
      "triaged > closed (move)",
      "validated > refuted (validate)",
      "validated > duplicate (duplicate)",
      "validated > routed (route)",
      "validated > closed (move)",
      "refuted > validated (validate)",
      "refuted > closed (move)",
      "duplicate > closed (move)",
      "routed > acknowledged (move)",
      "routed > closed (move)",
      "acknowledged > remediated (move)",
      "acknowledged > closed (move)",
      "remediated > distributed (move)",
      "remediated > closed (move)",
      "distributed > closed (move)",
    ]);
    const reached = new Set<FindingState>(["recorded", ...findingEdges.map(({ to }) => to)]);
    expect([...reached].sort()).toEqual([...findingStates].sort());
    for (const state of findingStates.filter((one) => one !== "closed")) {
      expect(findingEdges.some(({ from, to }) => from === state && (to === "closed" || to === "duplicate"))).toBe(true);
    }
  });

  it("are for leads from the route on, and when they end it; for everybody before", () => {
    const forAll = findingEdges.filter(({ roles }) => roles.includes("evaluator")).map(({ to }) => to);
    expect([...new Set(forAll)].sort()).toEqual(["duplicate", "refuted", "triaged", "validated"]);
  });

  it("share no channel between the two kinds", () => {
    const all = findingKinds.flatMap((kind) => channelsOfKind[kind]);
    expect([...all].sort()).toEqual([...findingChannels].sort());
  });
});

describe("a finding", () => {
  it("goes from the record to the last answer", () => {
    const told: ActBody = { kind: "notified", party: clearinghouse, at: 1, answerDueAt: 9, note: "" };
    const rest = [move("acknowledged"), move("remediated"), move("distributed"), move("closed")];
    const standing = standingOf(
      of(),
      acts(
        move("triaged"),
        tried("reproduced"),
        route(),
        told,
        { kind: "answered", notice: "act-3", at: 2, words: "" },
        ...rest,
      ),
    );
    expect(standing.state).toBe("closed");
    expect(standing.history.every(({ without }) => without === null)).toBe(true);
    expect(standing.notices[0]?.answer?.body.at).toBe(2);
    expect(standing.routes.map(({ party }) => party.name)).toEqual(["Clearinghouse"]);
  });

  it("is not routed without a second look, unless somebody says why", () => {
    const first = [move("triaged"), tried("reproduced", "ana")];
    expect(standingOf(of(), acts(...first, route())).state).toBe("validated");
    expect(standingOf(of(), acts(...first, tried("reproduced", "ben"), route())).state).toBe("routed");
    expect(standingOf(of(), acts(...first, route("it is exploited now"))).state).toBe("routed");
    expect(standingOf(of(), acts(move("triaged"), route())).state).toBe("triaged");
    expect(standingOf(of(), acts(move("triaged"), route("at once"))).state).toBe("routed");
  });

  it("has no second look any more when somebody refuted it since", () => {
    const both = [move("triaged"), tried("reproduced"), tried("refuted", "cleo")];
    expect(standingOf(of(), acts(...both))).toMatchObject({ state: "refuted", hasSecondLook: false });
    const again = standingOf(of(), acts(...both, tried("reproduced", "dora")));
    expect(again).toMatchObject({ state: "validated", hasSecondLook: true });
  });

  it("is taken back move by move, until it is routed", () => {
    const undo = (act: string): ActBody => ({ kind: "undone", act, reason: "" });
    const marked: ActBody = { kind: "marked", of: "other", reason: "" };
    expect(standingOf(of(), acts(move("triaged"), marked)).duplicateOf).toBe("other");
    const back = standingOf(of(), acts(move("triaged"), marked, undo("act-1")));
    expect(back).toMatchObject({ state: "triaged", duplicateOf: null });
    expect(back.history[1]?.without).toBe("it was undone");
    expect(standingOf(of(), acts(move("triaged"), marked, undo("act-0"))).state).toBe("duplicate");
    expect(standingOf(of(), acts(move("triaged"), route("now"), undo("act-1"))).state).toBe("routed");
    const untried = standingOf(of(), acts(move("triaged"), tried("reproduced"), undo("act-1")));
    expect(untried).toMatchObject({ state: "triaged", validations: [], hasSecondLook: false });
  });

  it("takes of a change what it names, the last one counting", () => {
    const edited = (change: Partial<FindingFields>): ActBody => ({ kind: "edited", fields: change });
    const { fields: now } = standingOf(of(), acts(edited({ sink: "a", priority: "high" }), edited({ sink: "b" })));
    expect(now).toEqual({ ...fields, sink: "b", priority: "high" });
  });
});

const party = fc.record({
  channel: fc.constantFrom(...findingChannels),
  name: fc.constantFrom("A", "B"),
  recipientId: fc.constant(null),
});
const reason = fc.constantFrom("", "because");
const body: fc.Arbitrary<ActBody> = fc.oneof(
  fc.record({ kind: fc.constant("moved"), to: fc.constantFrom(...findingStates), reason }),
  fc.record({ kind: fc.constant("routed"), parties: fc.array(party, { minLength: 1, maxLength: 2 }), reason }),
  fc.record({
    kind: fc.constant("validated"),
    result: fc.constantFrom("reproduced", "refuted", "unvalidated"),
    ...{ steps: fc.constant(""), environment: fc.constant(""), evidence: fc.constant<never[]>([]) },
  }),
  fc.record({ kind: fc.constant("marked"), of: fc.constant("other"), reason }),
  fc.record({ kind: fc.constant("undone"), act: fc.nat({ max: 30 }).map((one) => `act-${String(one)}`), reason }),
  fc.record({ kind: fc.constant("edited"), fields: fc.record({ sink: fc.string({ maxLength: 3 }) }) }),
  fc.record({
    kind: fc.constant("notified"),
    party,
    at: fc.nat(),
    answerDueAt: fc.constant(null),
    note: fc.constant(""),
  }),
);
const history = fc
  .array(fc.record({ body, by: fc.constantFrom("ana", "ben"), stamp: fc.nat({ max: 20 }) }), { maxLength: 30 })
  .map((all): Act[] => all.map((one, place) => ({ id: `act-${String(place)}`, at: place, ...one })));

describe("whatever was done, by whomever", () => {
  it("comes to the same in any order in which it arrives", () => {
    fc.assert(
      fc.property(
        history.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        fc.constantFrom(...findingKinds),
        ([all, shuffled], kind) => {
          expect(standingOf(of(kind), shuffled)).toEqual(standingOf(of(kind), all));
        },
      ),
    );
  });

  it("never goes out through a channel of the other kind", () => {
    fc.assert(
      fc.property(history, fc.constantFrom(...findingKinds), (all, kind) => {
        const { routes, notices } = standingOf(of(kind), all);
        const used = [...routes.map((one) => one.party), ...notices.map(({ act }) => act.body.party)];
        for (const { channel } of used) expect(channelsOfKind[kind]).toContain(channel);
      }),
    );
  });

  it("goes only where the table leads, and out only when looked at twice or with a reason", () => {
    fc.assert(
      fc.property(history, (all) => {
        const { moves, state, routes } = standingOf(of(), all);
        let at: FindingState = "recorded";
        for (const { from, to } of moves) {
          expect(from).toBe(at);
          expect(findingEdges.some((one) => one.from === from && one.to === to)).toBe(true);
          at = to;
        }
        expect(state).toBe(at);
        if (routes.length > 0) expect(moves.some(({ to }) => to === "routed")).toBe(true);
        for (const { act } of moves.filter(({ to }) => to === "routed")) {
          if (act.body.kind !== "routed" || act.body.reason !== "") continue;
          const looks = all.filter((one) => one.by === "ben" && one.body.kind === "validated");
          expect(looks.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});
