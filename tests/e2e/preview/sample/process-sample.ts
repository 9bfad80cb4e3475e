import type { Deadline, TimelineItem } from "../../../../electron/contract/deadlines.ts";
import { deadlinePresets } from "../../../../electron/contract/process-presets.ts";
import { at } from "./clock.ts";

const none = { metOn: null, evidence: "", dropped: null, history: [] };
const [order] = deadlinePresets;

/** Deadlines in every state. */
export const deadlines: readonly Deadline[] = [
  ...(order?.deadlines ?? []).slice(0, 4).map((one, place): Deadline => ({
    ...one,
    ...none,
    id: `order-${String(place)}`,
    dueOn: place < 3 ? "2026-07-02" : "2026-12-01",
    state: place < 3 ? "overdue" : "due-soon",
    daysLeft: place < 3 ? -142 : 10,
  })),
  {
    ...none,
    ...{
      id: "answer",
      title: "Answer to the developer's question",
      basis: "Terms of Heron",
      trigger: "Question asked",
    },
    ...{ triggerOn: "2026-11-02", days: 60, owner: "Nora Falk", dueOn: "2027-01-01", state: "open", daysLeft: 41 },
  },
  {
    ...none,
    ...{ id: "destroy", title: "Weights destroyed after the window of the second submission of the same model family" },
    ...{ basis: "Terms of Heron", trigger: "Window ends", triggerOn: null, days: 14, owner: "Custodians" },
    ...{ dueOn: null, state: "unknown", daysLeft: null },
  },
  {
    ...none,
    ...{
      id: "hiring",
      title: "Hiring pathways",
      basis: "EO 14409 §2",
      trigger: "Order signed",
      triggerOn: "2026-06-02",
    },
    ...{ days: 60, owner: "OPM", dueOn: "2026-08-01", state: "met-late", daysLeft: null, metOn: "2026-08-20" },
  },
];

const item = (more: Partial<TimelineItem> & Pick<TimelineItem, "key" | "title" | "startsAt">): TimelineItem => ({
  ...{ kind: "deadline", of: "", endsAt: null, isDay: true, state: "ahead", words: "" },
  opens: { screen: "deadlines", id: "answer" },
  ...more,
});

export const timeline: readonly TimelineItem[] = [
  item({
    key: "d1",
    title: "Cybersecurity clearinghouse formed",
    of: "Treasury",
    startsAt: Date.UTC(2026, 6, 2),
    state: "overdue",
    words: "EO 14409 §2(d), due on 2026-07-02.",
  }),
  item({
    key: "d2",
    title: "Hiring pathways",
    of: "OPM",
    startsAt: Date.UTC(2026, 7, 1),
    state: "done",
    words: "EO 14409 §2, due on 2026-08-01, met on 2026-08-20.",
  }),
  item({
    ...{ key: "w1", kind: "window", title: "Access window of Heron", of: "Heron", isDay: false, state: "running" },
    ...{
      startsAt: Date.UTC(2026, 10, 2, 14),
      endsAt: Date.UTC(2026, 11, 2, 14),
      words: "At most 30 days; ends by its cap of days.",
    },
  }),
  item({
    ...{ key: "s1", kind: "session", title: "First pass", of: "Heron", isDay: false, state: "over" },
    ...{ startsAt: Date.UTC(2026, 10, 4, 8), endsAt: Date.UTC(2026, 10, 8, 17), words: "Cybench; Dora Vale." },
  }),
  item({
    key: "p1",
    kind: "partner-release",
    title: "Heron: planned release to other trusted partners",
    of: "Heron",
    startsAt: Date.UTC(2026, 11, 15),
    words: "Planned for 2026-12-15.",
  }),
  item({
    key: "c1",
    kind: "campaign",
    title: "Autumn round is due",
    of: "Autumn round",
    isDay: false,
    startsAt: at(30, 12, 0),
    words: "Due on 2026-12-21.",
  }),
];
