import { Temporal } from "temporal-polyfill";
import { deadlineStates, type Deadline, type DeadlineState, type NewDeadline } from "../../contract/deadlines.ts";
import { memberName } from "../members/queries.ts";
import type { ReadModel } from "../read-model.ts";
import { deadlineRecords, type DeadlineRecord } from "./events.ts";

/** A deadline that is due within so many days is due soon. */
const soon = 7;

/** The day it is due, null where nothing says from when it counts or how long. */
export function dueDay({ triggerOn, days }: Pick<NewDeadline, "triggerOn" | "days">): string | null {
  if (triggerOn === null || days === null) return null;
  return Temporal.PlainDate.from(triggerOn).add({ days }).toString();
}

/** Whole days from one day to another, negative when it lies before. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: "day" }).days;
}

function stateOf({ deadline, metOn, dropped }: DeadlineRecord, today: string): DeadlineState {
  if (dropped !== null) return "dropped";
  const due = dueDay(deadline);
  if (metOn !== null) return due !== null && metOn > due ? "met-late" : "met";
  if (due === null) return "unknown";
  const left = daysBetween(today, due);
  return left < 0 ? "overdue" : left <= soon ? "due-soon" : "open";
}

/** A deadline as it stands on a day, "2026-07-02". */
function describe(model: ReadModel, record: DeadlineRecord, today: string): Deadline {
  const { id, deadline, metOn, evidence, dropped, history } = record;
  const dueOn = dueDay(deadline);
  const isOpen = metOn === null && dropped === null;
  return {
    ...deadline,
    id,
    dueOn,
    state: stateOf(record, today),
    daysLeft: isOpen && dueOn !== null ? daysBetween(today, dueOn) : null,
    metOn,
    evidence,
    dropped: dropped === null ? null : { ...dropped, by: memberName(model, dropped.by) },
    history: history.map((one) => ({ ...one, by: memberName(model, one.by) })),
  };
}

/** All deadlines: what is overdue first, then what is due next, what is unknown, and what is done. */
export function listDeadlines(model: ReadModel, today: string): Deadline[] {
  const rank = (one: Deadline): number => deadlineStates.indexOf(one.state);
  const isOver = ({ metOn, dropped }: Deadline): number => Number(metOn !== null || dropped !== null);
  return deadlineRecords(model)
    .map((record) => describe(model, record, today))
    .sort((a, b) => isOver(a) - isOver(b) || (a.dueOn ?? "9999").localeCompare(b.dueOn ?? "9999") || rank(a) - rank(b));
}

export function getDeadline(model: ReadModel, id: string, today: string): Deadline | null {
  return listDeadlines(model, today).find((one) => one.id === id) ?? null;
}
