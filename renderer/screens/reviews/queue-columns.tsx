import type { ReactNode } from "react";
import { formatFraction } from "../../../electron/contract/number-text.ts";
import type { QueueRow } from "../../../electron/contract/reviewing.ts";
import { OutcomeTag, type TableColumn } from "../../parts/index.ts";
import type { Pages } from "../../state/pages.ts";
import { Due } from "../campaigns/due.tsx";
import { FlagTags, ItemStateTag, scoreWords } from "./review-words.tsx";

/** One item of one round: its address in lists. */
export function queueKey(row: Pick<QueueRow, "roundId" | "item">): string {
  return `${row.roundId}:${String(row.item)}`;
}

/** The address in a key of `queueKey`; null where it is none. */
export function queuePlace(key: string): { readonly round: string; readonly item: string } | null {
  const [round, item] = key.split(":");
  return round === undefined || item === undefined ? null : { round, item };
}

/** How a table goes on reading; undefined when all rows are there. */
export function moreOf({ rows, total, isLoading, more }: Pages<QueueRow>) {
  return total !== null && rows.length < total ? { isLoading, load: more } : undefined;
}

function Model({ row }: { readonly row: QueueRow }): ReactNode {
  return <>{row.model ?? "model hidden"}</>;
}

const task: TableColumn<QueueRow> = {
  id: "task",
  header: "Task",
  cell: (row) => (
    <span className="reviews-two-lines">
      <span className="cut">{row.title}</span>
      <span className="cut small ink3">
        {row.benchmark} · <Model row={row} />
      </span>
    </span>
  ),
  width: "2fr",
  minWidth: 200,
  isRowHeader: true,
};

const number: TableColumn<QueueRow> = {
  id: "item",
  header: "Item",
  cell: (row) => <span className="ink2">{row.item}</span>,
  width: 64,
  align: "end",
};

const epoch: TableColumn<QueueRow> = {
  id: "epoch",
  header: "Epoch",
  cell: (row) => row.epoch,
  width: 70,
  align: "end",
};

const category: TableColumn<QueueRow> = {
  id: "category",
  header: "Category",
  cell: (row) => <span className="cut ink2">{row.category ?? ""}</span>,
  width: 100,
};

const outcome: TableColumn<QueueRow> = {
  id: "outcome",
  header: "The scorer said",
  cell: (row) => (
    <>
      <OutcomeTag state={row.outcome} solved={row.solved} />
      {row.score === null ? null : <span className="ink3">{scoreWords(row.score)}</span>}
    </>
  ),
  width: 164,
};

const judgements: TableColumn<QueueRow> = {
  id: "judgements",
  header: "Judged by",
  cell: (row) => <span className="ink2">{formatFraction(row.judgements, row.perAttempt)}</span>,
  width: 92,
  align: "end",
};

const round: TableColumn<QueueRow> = {
  id: "round",
  header: "Round",
  cell: (row) => (
    <span className="reviews-two-lines">
      <span className="cut">{row.round}</span>
      <span className="cut small ink3">
        {row.blind ? "blind, " : ""}
        {row.perAttempt === 2 ? "two judge it" : "one judges it"}
      </span>
    </span>
  ),
  width: "1fr",
  minWidth: 160,
};

const due: TableColumn<QueueRow> = {
  id: "due",
  header: "Due",
  cell: (row) => <Due dueAt={row.dueAt} />,
  width: 176,
};

const state: TableColumn<QueueRow> = {
  id: "state",
  header: "State",
  cell: (row) => <ItemStateTag state={row.state} />,
  width: 160,
};

const flags: TableColumn<QueueRow> = {
  id: "flags",
  header: "Flags",
  cell: (row) => (
    <span className="reviews-tags">
      <FlagTags flags={row.flags} />
    </span>
  ),
  width: "1fr",
  minWidth: 148,
};

export type QueueView = "todo" | "done" | "adjudication";

/** What is shown of the items of a queue; of one round without the round. */
export const queueColumns: Readonly<Record<QueueView | "round", readonly TableColumn<QueueRow>[]>> = {
  todo: [number, task, category, epoch, outcome, round, due],
  done: [number, task, epoch, outcome, state, flags, round],
  adjudication: [number, task, category, epoch, outcome, round, due],
  round: [number, task, category, epoch, outcome, judgements, state, flags],
};
