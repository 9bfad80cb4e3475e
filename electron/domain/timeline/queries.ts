import type { Deadline, TimelineItem } from "../../contract/deadlines.ts";
import { consultationAnswerWords, type Determination } from "../../contract/determinations.ts";
import { formatCounted } from "../../contract/number-text.ts";
import type { Submission } from "../../contract/submissions.ts";
import { listDeadlines } from "../deadlines/queries.ts";
import { listDeterminations } from "../determinations/queries.ts";
import { numberOrNull, text, type ReadModel } from "../read-model.ts";
import { dayAt, startOfDay } from "../submissions/access-window.ts";
import { listSubmissions } from "../submissions/queries.ts";

/** Windows, sessions, deadlines and planned days on one line. */

type Placed = Pick<TimelineItem, "startsAt" | "endsAt" | "isDay">;

function onDay(day: string): Placed {
  return { startsAt: startOfDay(day, "UTC"), endsAt: null, isDay: true };
}

function stretch(startsAt: number, endsAt: number | null, now: number): Pick<TimelineItem, "state"> {
  if (startsAt > now) return { state: "ahead" };
  return { state: endsAt !== null && endsAt <= now ? "over" : "running" };
}

const endWords = {
  cap: "its cap of days",
  "partner-release": "the planned release to other partners",
  "early-close": "an early close",
  withdrawal: "the withdrawal",
} as const;

function windowItems({ id, codename, window }: Submission, now: number): TimelineItem[] {
  if (window === null) return [];
  const { rule, grantedAt, endsAt, endsBy } = window;
  if (grantedAt === null || endsAt === null || endsBy === null) return [];
  return [
    {
      key: `window ${id}`,
      kind: "window",
      title: `Access window of ${codename}`,
      of: codename,
      startsAt: grantedAt,
      endsAt: Math.max(grantedAt, endsAt),
      isDay: false,
      ...stretch(grantedAt, endsAt, now),
      words: `At most ${formatCounted(rule.days, "day")}; ends by ${endWords[endsBy]}.`,
      opens: { screen: "submission", id },
    },
  ];
}

function sessionItems({ id, codename, sessions }: Submission, now: number): TimelineItem[] {
  return sessions.map((session) => ({
    key: `session ${session.id}`,
    kind: "session",
    title: session.title,
    of: codename,
    startsAt: session.startedAt,
    endsAt: session.endedAt,
    isDay: false,
    ...stretch(session.startedAt, session.endedAt, now),
    words: `${session.benchmarks.join(", ")}; ${session.operators.join(", ")}.`,
    opens: { screen: "submission", id },
  }));
}

function releaseItems(submission: Submission, today: string): TimelineItem[] {
  const { id, codename, window, publicRelease, withdrawn } = submission;
  if (withdrawn !== null) return [];
  const planned = [
    { kind: "partner-release" as const, on: window?.plannedRelease ?? null, words: "to other trusted partners" },
    { kind: "public-release" as const, on: publicRelease, words: "to everybody" },
  ];
  return planned.flatMap(({ kind, on, words }) =>
    on === null
      ? []
      : [
          {
            key: `${kind} ${id}`,
            kind,
            title: `${codename}: planned release ${words}`,
            of: codename,
            ...onDay(on),
            state: on > today ? ("ahead" as const) : ("over" as const),
            words: `Planned for ${on}.`,
            opens: { screen: "submission" as const, id },
          },
        ],
  );
}

const deadlineStateWords = {
  overdue: "overdue",
  "due-soon": "ahead",
  open: "ahead",
  "met-late": "done",
  met: "done",
} as const;

/** Deadlines with a day; one that nobody can give a day stays in the list of deadlines only. */
function deadlineItems(deadline: Deadline): TimelineItem[] {
  const { id, title, owner, basis, dueOn, state, metOn } = deadline;
  if (dueOn === null || state === "dropped" || state === "unknown") return [];
  const met = metOn === null ? "" : `, met on ${metOn}`;
  return [
    {
      key: `deadline ${id}`,
      kind: "deadline",
      title,
      of: owner,
      ...onDay(dueOn),
      state: deadlineStateWords[state],
      words: `${basis === "" ? "Due" : `${basis}, due`} on ${dueOn}${met}.`,
      opens: { screen: "deadlines", id },
    },
  ];
}

function consultationItems({ id, code, consultations }: Determination): TimelineItem[] {
  return consultations.flatMap(({ id: one, body, dueOn, state, answer }) =>
    dueOn === null
      ? []
      : [
          {
            key: `consultation ${one}`,
            kind: "consultation" as const,
            title: `${body} is to answer`,
            of: code,
            ...onDay(dueOn),
            state:
              answer !== null ? ("done" as const) : state === "overdue" ? ("overdue" as const) : ("ahead" as const),
            words:
              answer === null ? `Asked; due on ${dueOn}.` : `${consultationAnswerWords[answer.kind]}, on ${answer.on}.`,
            opens: { screen: "determination" as const, id },
          },
        ],
  );
}

function campaignItems(model: ReadModel, now: number): TimelineItem[] {
  // A day beyond year 9999 is drawn nowhere.
  const rows = model.all("SELECT id, name, due_at FROM campaign WHERE due_at BETWEEN 0 AND 253402300799999");
  return rows.map((row) => {
    const dueAt = numberOrNull(row, "due_at") ?? 0;
    return {
      key: `campaign ${text(row, "id")}`,
      kind: "campaign",
      title: `${text(row, "name")} is due`,
      of: text(row, "name"),
      startsAt: dueAt,
      endsAt: null,
      isDay: false,
      state: dueAt < now ? "over" : "ahead",
      words: `Due on ${dayAt(dueAt, "UTC")}.`,
      opens: { screen: "campaign", id: text(row, "id") },
    };
  });
}

/** Everything that has a time, by when it begins. `now`: ms since 1970 by the workstation. */
export function timeline(model: ReadModel, now: number): TimelineItem[] {
  const today = dayAt(now, "UTC");
  const submissions = listSubmissions(model, now);
  return [
    ...submissions.flatMap((one) => [...windowItems(one, now), ...sessionItems(one, now), ...releaseItems(one, today)]),
    ...listDeadlines(model, today).flatMap(deadlineItems),
    ...listDeterminations(model, today).flatMap(consultationItems),
    ...campaignItems(model, now),
  ].sort((a, b) => a.startsAt - b.startsAt || a.key.localeCompare(b.key));
}
