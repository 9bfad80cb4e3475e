import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NewDeadline } from "../../../electron/contract/deadlines.ts";
import { deadlinePresets } from "../../../electron/contract/process-presets.ts";
import {
  deadlineAdded,
  deadlineChanged,
  deadlineDropped,
  deadlineMet,
} from "../../../electron/domain/deadlines/events.ts";
import { daysBetween, dueDay, getDeadline, listDeadlines } from "../../../electron/domain/deadlines/queries.ts";
import { memberAdded } from "../../../electron/domain/members/events.ts";
import { MemoryJournal } from "./memory-journal.ts";

const lead = "a".repeat(32);

function journal(): MemoryJournal {
  const made = new MemoryJournal();
  made.add(memberAdded.draft({ id: lead, name: "Ana", label: "Lead A", role: "lead" }), lead);
  return made;
}

const deadline = (more: Partial<NewDeadline> = {}): NewDeadline => ({
  ...{
    title: "Clearinghouse",
    basis: "§2(d)",
    trigger: "Signed",
    triggerOn: "2026-06-02",
    days: 30,
    owner: "Treasury",
  },
  ...more,
});

describe("the day a deadline is due", () => {
  test("counts days of the calendar, over the ends of months and leap days", () => {
    expect(dueDay(deadline())).toBe("2026-07-02");
    expect(dueDay(deadline({ days: 60 }))).toBe("2026-08-01");
    expect(dueDay(deadline({ triggerOn: "2028-01-30" }))).toBe("2028-02-29");
    expect(dueDay(deadline({ days: 0 }))).toBe("2026-06-02");
  });

  test("is unknown where nothing says from when, or how long", () => {
    expect(dueDay(deadline({ triggerOn: null }))).toBeNull();
    expect(dueDay(deadline({ days: null }))).toBeNull();
  });

  test("lies as many days after its trigger as it says, whatever they are", () => {
    const day = fc
      .integer({ min: 0, max: 40_000 })
      .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 5_000 }), (triggerOn, days) => {
        const due = dueDay({ triggerOn, days });
        expect(due === null ? null : daysBetween(triggerOn, due)).toBe(days);
      }),
    );
  });
});

describe("the state of a deadline", () => {
  test("is open, due soon, overdue, met, met late, unknown or dropped", () => {
    const made = journal();
    const add = (id: string, more?: Partial<NewDeadline>): void => {
      expect(made.add(deadlineAdded.draft({ id, deadline: deadline(more) }), lead)).toBeNull();
    };
    const state = (id: string, today: string) => getDeadline(made.model, id, today)?.state;
    add("one");
    expect(state("one", "2026-06-20")).toBe("open");
    expect(state("one", "2026-06-25")).toBe("due-soon");
    expect(state("one", "2026-07-02")).toBe("due-soon");
    expect(state("one", "2026-07-03")).toBe("overdue");
    expect(getDeadline(made.model, "one", "2026-07-05")?.daysLeft).toBe(-3);
    made.add(deadlineMet.draft({ deadlineId: "one", on: "2026-07-10", evidence: "Notice 4" }), lead);
    expect(state("one", "2026-07-11")).toBe("met-late");
    made.add(deadlineMet.draft({ deadlineId: "one", on: "2026-07-02", evidence: "Notice 3" }), lead);
    expect(getDeadline(made.model, "one", "2026-07-11")).toMatchObject({
      state: "met",
      evidence: "Notice 3",
      daysLeft: null,
    });
    made.add(deadlineMet.draft({ deadlineId: "one", on: null, evidence: "" }), lead);
    expect(state("one", "2026-07-11")).toBe("overdue");
    add("two", { triggerOn: null });
    expect(state("two", "2036-01-01")).toBe("unknown");
    const now = { triggerOn: "2026-07-01" };
    made.add(deadlineChanged.draft({ deadlineId: "two", deadline: deadline(now), reason: "It happened" }), lead);
    expect(getDeadline(made.model, "two", "2026-07-02")).toMatchObject({ state: "open", dueOn: "2026-07-31" });
    made.add(deadlineDropped.draft({ deadlineId: "two", reason: "Overtaken" }), lead);
    expect(state("two", "2026-09-01")).toBe("dropped");
    const after = deadlineMet.draft({ deadlineId: "two", on: "2026-07-02", evidence: "" });
    expect(made.add(after, lead)).toBe("it was dropped");
    expect(listDeadlines(made.model, "2026-07-11").map(({ id }) => id)).toEqual(["one", "two"]);
    expect(made.replayed().model.all("SELECT * FROM deadline")).toEqual(made.model.all("SELECT * FROM deadline"));
  });
});

test("presets are whole: each has a day, and the dates that the order names", () => {
  const due = deadlinePresets.flatMap(({ deadlines }) => deadlines.map(dueDay));
  expect(new Set(due)).toEqual(new Set(["2026-07-02", "2026-08-01"]));
});
