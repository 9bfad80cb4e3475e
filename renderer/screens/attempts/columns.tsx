import type { ReactNode } from "react";
import type { OutcomeState } from "../../../electron/contract/attempt.ts";
import { formatCount, formatDecimal, noNumber } from "../../../electron/contract/number-text.ts";
import type { TableColumnFacts, TableRow, TableView } from "../../../electron/contract/tables.ts";
import { OutcomeTag, type TableColumn } from "../../parts/index.ts";
import { minuteWords } from "../../state/time-words.ts";

/** Columns of the list of attempts: those that are always there, and those that the view is about. */

const outcomes: Readonly<Record<string, OutcomeState>> = {
  unscored: "unscored",
  refused: "refused",
  limitReached: "limit-reached",
  modelError: "model-error",
  infrastructureFault: "infrastructure-fault",
  invalidated: "invalidated",
  withheld: "withheld",
  notRun: "not-run",
};

type Cell = TableRow["cells"][string];

function State({ value }: { readonly value: Cell | undefined }): ReactNode {
  const state = String(value);
  return (
    <OutcomeTag
      state={outcomes[state] ?? "scored"}
      solved={outcomes[state] === undefined ? state === "solved" : null}
    />
  );
}

function textOf(value: Cell | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}

function numberOf(value: Cell | undefined, decimals: number): string {
  if (typeof value !== "number") return noNumber;
  return Number.isInteger(value) ? formatCount(value) : formatDecimal(value, decimals);
}

/** Milliseconds as minutes and seconds: 4:05; hours where there are some: 1:04:05. */
export function clockWords(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (part: number): string => String(part).padStart(2, "0");
  return hours === 0 ? `${String(minutes)}:${two(rest)}` : `${String(hours)}:${two(minutes)}:${two(rest)}`;
}

function words(
  id: string,
  header: string,
  width: TableColumn<TableRow>["width"],
  minWidth = 90,
): TableColumn<TableRow> {
  return {
    id,
    header,
    cell: ({ cells }) => <span className="cut">{textOf(cells[id])}</span>,
    width,
    minWidth,
    isSortable: true,
  };
}

function figure(id: string, header: string, width: number, decimals = 2): TableColumn<TableRow> {
  return { id, header, cell: ({ cells }) => numberOf(cells[id], decimals), width, align: "end", isSortable: true };
}

const always: readonly TableColumn<TableRow>[] = [
  { ...words("task", "Task", "2fr", 160), isRowHeader: true },
  figure("epoch", "Epoch", 68),
  { id: "state", header: "State", cell: ({ cells }) => <State value={cells["state"]} />, width: 142, isSortable: true },
  figure("score", "Score", 68, 3),
  words("run", "Run", 80, 80),
  words("model", "Model version", "2fr", 124),
  words("benchmark", "Benchmark", "1fr", 98),
  words("category", "Category", "1fr", 86),
  figure("tokens", "Tokens", 88),
  {
    id: "time",
    header: "Time",
    cell: ({ cells }) => (typeof cells["time"] === "number" ? clockWords(cells["time"]) : noNumber),
    width: 78,
    align: "end",
    isSortable: true,
  },
];

function shown(facts: TableColumnFacts): TableColumn<TableRow> {
  const { id, title, unit } = facts;
  const header = unit === null ? title : `${title}, ${unit}`;
  if (facts.kind === "number") return figure(id, header, 110, 3);
  if (facts.kind !== "time") return { ...words(id, header, "1fr"), isSortable: facts.canSort };
  const at = ({ cells }: TableRow): string => {
    const value = cells[id];
    return typeof value === "number" ? minuteWords(value) : noNumber;
  };
  return { id, header, cell: at, width: 140, isSortable: true };
}

/** The columns of a view: what it filters, sorts or groups by is seen. */
export function attemptColumns(
  view: TableView,
  described: readonly TableColumnFacts[],
): readonly TableColumn<TableRow>[] {
  const about = new Set([
    ...view.filters.map(({ column }) => column),
    ...view.sort.map(({ column }) => column),
    ...(view.group === null ? [] : [view.group]),
  ]);
  const more = described.filter(({ id }) => about.has(id) && !always.some((column) => column.id === id));
  return [...always, ...more.map(shown)];
}
