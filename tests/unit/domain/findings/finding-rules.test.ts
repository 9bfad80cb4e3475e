import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  channelsOfKind,
  findingChannels,
  findingKinds,
  findingStates,
  type FindingChannel,
  type FindingKind,
} from "../../../../electron/contract/finding-states.ts";
import { recordFinding } from "../../../../electron/domain/findings/commands.ts";
import {
  findingAnswered,
  findingEdited,
  findingMarked,
  findingMoved,
  findingNotified,
  findingRecorded,
  findingRouted,
  findingUndone,
  findingValidated,
} from "../../../../electron/domain/findings/events.ts";
import { findingBoard, findingDeadlines, getFinding } from "../../../../electron/domain/findings/queries.ts";
import { givenScales, listScales, scaleSaved } from "../../../../electron/domain/findings/scales.ts";
import { memberAdded } from "../../../../electron/domain/members/events.ts";
import { addModel } from "../../../../electron/domain/models/commands.ts";
import { recipientAdded } from "../../../../electron/domain/recipients/events.ts";
import { MemoryJournal } from "../memory-journal.ts";

/** What the fold refuses of findings: by role, by state, by channel. */

const lead = "aa".repeat(16);
const evaluator = "bb".repeat(16);
const auditor = "cc".repeat(16);
const custodian = "dd".repeat(16);

function founded(): MemoryJournal {
  const journal = new MemoryJournal();
  const people = [
    { id: lead, name: "Lena", label: "Lead A", role: "lead" as const },
    { id: evaluator, name: "Evan", label: "Evaluator B", role: "evaluator" as const },
    { id: auditor, name: "Aude", label: "Auditor C", role: "auditor" as const },
    { id: custodian, name: "Cora", label: "Custodian D", role: "custodian" as const },
  ];
  for (const person of people) expect(journal.add(memberAdded.draft(person), lead)).toBeNull();
  const version = { checkpoint: "0914", safeguard: "reduced" as const, access: "", settings: "" };
  const model = addModel(journal.model, { developer: "Acme", name: "M", note: "", version }, journal.newId);
  for (const draft of model.drafts) expect(journal.add(draft, lead)).toBeNull();
  return journal;
}

function versionOf(journal: MemoryJournal): string {
  return String(journal.model.get("SELECT id FROM model_version")?.id);
}

function recorded(journal: MemoryJournal, kind: FindingKind = "software-vulnerability", by = evaluator): string {
  const source = { modelVersionId: versionOf(journal), runId: null, attempt: null };
  const { findingId, draft } = recordFinding(
    journal.model,
    { kind, source, fields: { title: "It overflows" } },
    journal.newId,
  );
  expect(journal.add(draft, by)).toBeNull();
  return findingId;
}

const see = (journal: MemoryJournal, id: string, member = lead) => {
  const found = getFinding(journal.model, id, { member, sha256: (text) => text, weaknessName: () => "" });
  if (found === null) throw new Error("no finding");
  return found;
};
const party = (channel: FindingChannel, recipientId: string | null = null) => ({ channel, name: "P", recipientId });
const moved = (findingId: string, to: (typeof findingStates)[number], reason = "") =>
  findingMoved.draft({ findingId, act: { kind: "moved", to, reason } });
const routed = (findingId: string, channel: FindingChannel, reason = "now", recipientId: string | null = null) =>
  findingRouted.draft({ findingId, act: { kind: "routed", parties: [party(channel, recipientId)], reason } });
const tried = (findingId: string, result: "reproduced" | "refuted") =>
  findingValidated.draft({ findingId, act: { kind: "validated", result, steps: "s", environment: "e", evidence: [] } });
const told = (findingId: string, channel: FindingChannel, answerDueAt: number | null = null) =>
  findingNotified.draft({ findingId, act: { kind: "notified", party: party(channel), at: 5, answerDueAt, note: "" } });

describe("roles", () => {
  it("auditors and custodians do nothing to findings", () => {
    const journal = founded();
    const findingId = recorded(journal);
    for (const one of [auditor, custodian]) {
      expect(journal.add(moved(findingId, "triaged"), one)).toContain("may not make finding.moved");
      const edited = findingEdited.draft({ findingId, act: { kind: "edited", fields: { sink: "x" } } });
      expect(journal.add(edited, one)).toContain("may not make finding.edited");
    }
    expect(see(journal, findingId)).toMatchObject({ code: "F-0001", state: "recorded", mayEdit: true });
    expect(see(journal, findingId, auditor)).toMatchObject({ mayEdit: false, undo: null });
  });

  it("evaluators triage and validate; leads route, tell and close", () => {
    const journal = founded();
    const findingId = recorded(journal);
    expect(journal.add(moved(findingId, "triaged"), evaluator)).toBeNull();
    expect(journal.add(moved(findingId, "closed", "no"), evaluator)).toBe("only a lead takes a finding to closed");
    expect(journal.add(routed(findingId, "clearinghouse"), evaluator)).toBe("only a lead routes findings");
    expect(journal.add(tried(findingId, "reproduced"), evaluator)).toBeNull();
    expect(journal.add(told(findingId, "clearinghouse"), evaluator)).toContain("only a lead writes down");
    expect(see(journal, findingId)).toMatchObject({ state: "validated", validation: "reproduced" });
    const noReason = routed(findingId, "clearinghouse", "");
    expect(journal.add(noReason, lead)).toContain("nobody but who recorded it has reproduced it");
    expect(see(journal, findingId).next.find(({ to }) => to === "routed")).toMatchObject({ needsReason: true });
    expect(journal.add(tried(findingId, "reproduced"), lead)).toBeNull();
    expect(see(journal, findingId).next.find(({ to }) => to === "routed")).toMatchObject({ needsReason: false });
    expect(journal.add(noReason, lead)).toBeNull();
    expect(see(journal, findingId)).toMatchObject({ state: "routed", mayTell: true, undo: null });
  });

  it("who made a move takes it back, or a lead, until it is routed", () => {
    const journal = founded();
    const findingId = recorded(journal);
    const undo = (): ReturnType<typeof findingUndone.draft> => {
      const act = see(journal, findingId).undo?.id ?? "none";
      return findingUndone.draft({ findingId, act: { kind: "undone", act, reason: "" } });
    };
    expect(journal.add(moved(findingId, "triaged"), lead)).toBeNull();
    expect(see(journal, findingId, evaluator).undo).toBeNull();
    expect(journal.add(undo(), evaluator)).toBe("who made a move takes it back, or a lead");
    expect(journal.add(undo(), lead)).toBeNull();
    expect(see(journal, findingId)).toMatchObject({ state: "recorded" });
    expect(journal.add(moved(findingId, "triaged"), lead)).toBeNull();
    expect(journal.add(routed(findingId, "vendor"), lead)).toBeNull();
    expect(journal.add(undo(), lead)).toContain("it was routed");
  });
});

describe("channels", () => {
  it("a vulnerability goes to no developer, a weakness to nobody else", () => {
    const journal = founded();
    for (const kind of findingKinds) {
      for (const channel of findingChannels) {
        const findingId = recorded(journal, kind);
        expect(journal.add(moved(findingId, "triaged"), lead)).toBeNull();
        const refusal = journal.add(routed(findingId, channel), lead);
        expect(refusal === null).toBe(channelsOfKind[kind].includes(channel));
        expect(see(journal, findingId).state).toBe(refusal === null ? "routed" : "triaged");
      }
    }
  });

  it("a recipient is of one channel for all findings", () => {
    const journal = founded();
    const key = { key: "age1x", keyKind: "classic" as const, fingerprintHex: "", fingerprintWords: "" };
    expect(
      journal.add(recipientAdded.draft({ id: "agency", name: "Agency", organisation: "", ...key }), lead),
    ).toBeNull();
    const [weakness, flaw] = [recorded(journal, "model-weakness"), recorded(journal)];
    for (const one of [weakness, flaw]) expect(journal.add(moved(one, "triaged"), lead)).toBeNull();
    expect(journal.add(routed(weakness, "developer", "now", "nobody"), lead)).toBe("there is no such recipient");
    expect(journal.add(routed(weakness, "developer", "now", "agency"), lead)).toBeNull();
    const refusal = journal.add(routed(flaw, "clearinghouse", "now", "agency"), lead);
    expect(refusal).toBe("this recipient was used as developer before");
  });

  it("nobody is told before it is routed, and then only through its channels", () => {
    const journal = founded();
    const findingId = recorded(journal);
    expect(journal.add(told(findingId, "vendor"), lead)).toContain("it is not routed");
    expect(journal.add(moved(findingId, "triaged"), lead)).toBeNull();
    expect(journal.add(routed(findingId, "clearinghouse"), lead)).toBeNull();
    expect(journal.add(routed(findingId, "vendor"), lead)).toBeNull();
    expect(journal.add(told(findingId, "developer"), lead)).toContain("never to the developer");
    expect(journal.add(told(findingId, "vendor", 1_000), lead)).toBeNull();
    expect(findingDeadlines(journal.model, 999)).toMatchObject([{ what: "answer", at: 1_000, overdue: false }]);
    expect(findingDeadlines(journal.model, 1_001)).toMatchObject([{ overdue: true, party: "P" }]);
    const notice = see(journal, findingId).timeline[0]?.id ?? "";
    const answered = (one: string) =>
      findingAnswered.draft({ findingId, act: { kind: "answered", notice: one, at: 7, words: "seen" } });
    expect(journal.add(answered("none"), lead)).toContain("nobody was told");
    expect(journal.add(answered(notice), lead)).toBeNull();
    expect(findingDeadlines(journal.model, 0)).toEqual([]);
    expect(see(journal, findingId).timeline[0]?.answer).toMatchObject({ at: 7, words: "seen", byName: "Lena" });
  });

  it("no path of acts leads into a channel of the other kind", () => {
    const step = fc.record({
      by: fc.constantFrom(lead, evaluator),
      what: fc.constantFrom("move", "try", "route", "tell"),
      to: fc.constantFrom(...findingStates),
      channel: fc.constantFrom(...findingChannels),
    });
    fc.assert(
      fc.property(fc.constantFrom(...findingKinds), fc.array(step, { maxLength: 15 }), (kind, steps) => {
        const journal = founded();
        const findingId = recorded(journal, kind);
        for (const { by, what, to, channel } of steps) {
          if (what === "move") journal.add(moved(findingId, to, "r"), by);
          if (what === "try") journal.add(tried(findingId, "reproduced"), by);
          if (what === "route") journal.add(routed(findingId, channel), by);
          if (what === "tell") journal.add(told(findingId, channel), by);
        }
        const { routes, timeline } = see(journal, findingId);
        for (const one of [...routes, ...timeline.map((notice) => notice.party)]) {
          expect(channelsOfKind[kind]).toContain(one.channel);
        }
        const again = journal.replayed();
        expect(see(again, findingId)).toEqual(see(journal, findingId));
      }),
      { numRuns: 40 },
    );
  });
});

describe("what is written", () => {
  it("a weakness is of a model version, and its product is that model", () => {
    const journal = founded();
    const findingId = recorded(journal, "model-weakness");
    expect(see(journal, findingId)).toMatchObject({
      product: "Acme M",
      source: { modelVersion: { developer: "Acme" } },
    });
    const { fields } = see(journal, findingId);
    const source = { modelVersionId: null, runId: null, attempt: null };
    const draft = findingRecorded.draft({ id: "f-none", kind: "model-weakness", source, fields });
    expect(journal.add(draft, lead)).toBe("a weakness is of a model version");
    const strange = { modelVersionId: "none", runId: null, attempt: null };
    const other = findingRecorded.draft({ id: "f-none", kind: "model-weakness", source: strange, fields });
    expect(journal.add(other, lead)).toBe("there is no such model version");
  });

  it("vectors are vectors of their version, and give the severity", () => {
    const journal = founded();
    const findingId = recorded(journal);
    const rated = (v4: string | null, v3: string | null) =>
      findingEdited.draft({ findingId, act: { kind: "edited", fields: { severity: { scheme: "cvss", v4, v3 } } } });
    const [four, three] = [
      "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
      "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N",
    ];
    expect(journal.add(rated(null, null), lead)).toBe("there is no vector");
    expect(journal.add(rated(three, null), lead)).toContain("is no vector of CVSS v4.0");
    expect(journal.add(rated("CVSS:4.0/AV:N", null), lead)).toContain("It lacks");
    expect(journal.add(rated(null, three), lead)).toBeNull();
    expect(see(journal, findingId)).toMatchObject({ severity: "high", score: 7.5, scores: { v4: null, v3: 7.5 } });
    expect(journal.add(rated(four, three), lead)).toBeNull();
    expect(see(journal, findingId)).toMatchObject({
      ...{ severity: "critical", score: 9.3 },
      severityWords: "9.3 critical (CVSS v4.0), 7.5 high (CVSS v3.1)",
    });
  });

  it("scales are data: a lead changes them, and levels are said in their words", () => {
    const journal = founded();
    const findingId = recorded(journal, "model-weakness");
    const [given] = givenScales;
    if (given === undefined) throw new Error("no scale");
    const severity = { scheme: "scale" as const, scale: given.id, level: "grave", dimensions: { reach: "high" } };
    const rated = findingEdited.draft({ findingId, act: { kind: "edited", fields: { severity } } });
    expect(journal.add(rated, evaluator)).toBeNull();
    expect(see(journal, findingId)).toMatchObject({ severity: "critical", score: null });
    const own = { ...given, levels: [{ id: "grave", words: "Grave", severity: "high" as const }] };
    expect(journal.add(scaleSaved.draft(own), evaluator)).toContain("may not make finding.scale-saved");
    expect(journal.add(scaleSaved.draft({ ...own, levels: [...own.levels, ...own.levels] }), lead)).toContain("twice");
    expect(journal.add(scaleSaved.draft(own), lead)).toBeNull();
    expect(listScales(journal.model)).toEqual([own]);
    expect(see(journal, findingId).severityWords).toBe("Grave (Safeguard weakness)");
  });

  it("findings of one flaw are named to each other, until one is a duplicate", () => {
    const journal = founded();
    const [first, second, third] = [recorded(journal), recorded(journal), recorded(journal)];
    const affected = [
      { vendor: "V, Inc.", product: "P", component: "c", ecosystem: "", package: "", ranges: [], versions: [] },
    ];
    for (const findingId of [first, second]) {
      const fields = { affected, sink: findingId === first ? "f()" : "F" };
      expect(journal.add(findingEdited.draft({ findingId, act: { kind: "edited", fields } }), evaluator)).toBeNull();
    }
    expect(see(journal, first).possibleDuplicates.map(({ id }) => id)).toEqual([second]);
    expect(see(journal, third).possibleDuplicates).toEqual([]);
    const mark = (findingId: string, of: string) =>
      findingMarked.draft({ findingId, act: { kind: "marked", of, reason: "" } });
    expect(journal.add(mark(first, first), evaluator)).toContain("of itself");
    expect(journal.add(mark(second, first), evaluator)).toBeNull();
    expect(journal.add(mark(third, second), evaluator)).toContain("is a duplicate itself");
    expect(see(journal, first)).toMatchObject({ possibleDuplicates: [], duplicates: [{ id: second }] });
    expect(see(journal, second)).toMatchObject({ state: "duplicate", duplicateOf: { id: first } });
    const weakness = recorded(journal, "model-weakness");
    expect(journal.add(mark(weakness, first), evaluator)).toBe("they are of two kinds");
  });

  it("a board has every state, the urgent and then the severe first", () => {
    const journal = founded();
    const ids = [recorded(journal), recorded(journal), recorded(journal)];
    const priority = (findingId: string, one: "urgent" | "low") =>
      findingEdited.draft({ findingId, act: { kind: "edited", fields: { priority: one } } });
    expect(journal.add(priority(ids[2] ?? "", "urgent"), lead)).toBeNull();
    expect(journal.add(priority(ids[0] ?? "", "low"), lead)).toBeNull();
    const board = findingBoard(journal.model, undefined, 2);
    expect(board.map(({ state }) => state)).toEqual([...findingStates]);
    expect(board[0]).toMatchObject({ count: 3, cards: [{ id: ids[2] }, { id: ids[1] }] });
    expect(findingBoard(journal.model, "model-weakness", 2)[0]).toMatchObject({ count: 0, cards: [] });
  });
});
