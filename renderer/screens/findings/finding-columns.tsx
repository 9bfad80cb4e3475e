import type { ReactNode } from "react";
import { severities } from "../../../electron/contract/finding-fields.ts";
import { findingKinds, findingKindWords, findingStates } from "../../../electron/contract/finding-states.ts";
import { noNumber } from "../../../electron/contract/number-text.ts";
import type { TableRow } from "../../../electron/contract/tables.ts";
import type { TableColumn } from "../../parts/index.ts";
import { dayWords } from "../../state/time-words.ts";
import { channelWords, FindingStateTag, SeverityTag } from "./finding-words.tsx";

/** Columns of the list of findings. */

type Cell = TableRow["cells"][string];

function textOf(value: Cell | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}

function dayOf(value: Cell | undefined): string {
  return typeof value === "number" ? dayWords(value) : noNumber;
}

function State({ value }: { readonly value: Cell | undefined }): ReactNode {
  const state = findingStates.find((one) => one === value);
  return state === undefined ? textOf(value) : <FindingStateTag state={state} />;
}

function Severity({ value, score }: { readonly value: Cell | undefined; readonly score: Cell | undefined }): ReactNode {
  const severity = severities.find((one) => one === value) ?? null;
  return <SeverityTag severity={severity} score={typeof score === "number" ? score : null} />;
}

/** The kind, and under it where findings of that kind go. */
function Kind({ value }: { readonly value: Cell | undefined }): ReactNode {
  const kind = findingKinds.find((one) => one === value);
  if (kind === undefined) return textOf(value);
  return (
    <span className="findings-two-lines">
      <span className="cut">{findingKindWords[kind]}</span>
      <span className="cut small ink3">to {channelWords(kind).toLowerCase()}</span>
    </span>
  );
}

function product({ cells }: TableRow): string {
  return [textOf(cells["vendor"]), textOf(cells["product"])].filter((part) => part !== "").join(" ");
}

export const findingColumns: readonly TableColumn<TableRow>[] = [
  { id: "code", header: "Finding", cell: ({ cells }) => textOf(cells["code"]), width: 84, isSortable: true },
  {
    id: "title",
    header: "Title",
    cell: (row) => (
      <span className="findings-two-lines">
        <span className="cut">{textOf(row.cells["title"])}</span>
        <span className="cut small ink3">{product(row) === "" ? "no product named" : product(row)}</span>
      </span>
    ),
    width: "2fr",
    minWidth: 200,
    isSortable: true,
    isRowHeader: true,
  },
  {
    id: "kind",
    header: "Kind and channel",
    cell: ({ cells }) => <Kind value={cells["kind"]} />,
    width: 196,
    isSortable: true,
  },
  { id: "state", header: "State", cell: ({ cells }) => <State value={cells["state"]} />, width: 136, isSortable: true },
  {
    id: "severity",
    header: "Severity",
    cell: ({ cells }) => <Severity value={cells["severity"]} score={cells["score"]} />,
    width: 120,
    isSortable: true,
  },
  {
    id: "embargo",
    header: "Embargo",
    cell: ({ cells }) => dayOf(cells["embargo"]),
    width: 104,
    isSortable: true,
  },
  { id: "changed", header: "Changed", cell: ({ cells }) => dayOf(cells["changed"]), width: 104, isSortable: true },
];
