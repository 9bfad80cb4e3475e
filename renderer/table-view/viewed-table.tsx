import { useMemo, type ReactNode } from "react";
import { formatCount } from "../../electron/contract/number-text.ts";
import type { TableFilter, TablePage, TableRow } from "../../electron/contract/tables.ts";
import { Button, DataTable, EmptyState, ErrorNote, Progress, type TableColumn } from "../parts/index.ts";
import { progressWords } from "../state/progress-words.ts";
import type { TableRows } from "./use-table-rows.ts";
import { isNarrowed, withFilter, type ViewControl } from "./view-state.ts";

type Group = TablePage["groups"][number];

/** A row of the table, or the heading over a group of them. */
type Line<T> =
  | { readonly kind: "heading"; readonly key: string; readonly group: Group }
  | { readonly kind: "row"; readonly key: string; readonly row: T };

/** Rows with a heading wherever the next group begins; `null` from `pick` is a row that is not at hand (yet). */
export function linesOf<T>(
  rows: readonly TableRow[],
  groups: readonly Group[],
  pick: (row: TableRow) => T | null,
): readonly Line<T>[] {
  const byValue = new Map(groups.map((group) => [group.value, group]));
  const lines: Line<T>[] = [];
  let last: string | null | undefined;
  for (const row of rows) {
    const group = byValue.get(row.group);
    if (group !== undefined && row.group !== last) {
      lines.push({ kind: "heading", key: `group ${row.group ?? ""}`, group });
      last = row.group;
    }
    const picked = pick(row);
    if (picked !== null) lines.push({ kind: "row", key: `row ${row.id}`, row: picked });
  }
  return lines;
}

/** What leaves one group alone. */
function onlyGroup(column: string, { value }: Group): TableFilter {
  return { test: "any-of", column, values: [value] };
}

export interface ViewedTableProps<T> {
  readonly control: ViewControl;
  readonly read: TableRows;
  /** Spoken name of the table. */
  readonly label: string;
  /** Ids of columns that can be sorted are those of the service's table. */
  readonly columns: readonly TableColumn<T>[];
  /** What a row of the service stands for; null where that is not at hand. */
  readonly pick: (row: TableRow) => T | null;
  readonly rowText?: ((row: T) => string) | undefined;
  readonly rowHeight?: number | undefined;
  /** Gets the row's id. */
  readonly onOpen?: ((id: string) => void) | undefined;
  readonly selected?: string | undefined;
  readonly onSelect?: ((id: string) => void) | undefined;
  /** What can be done with a group as a whole, at the end of its heading. */
  readonly groupActions?: ((group: Group) => ReactNode) | undefined;
  /** Stands in place of rows where there is nothing at all. */
  readonly empty: ReactNode;
}

/** A table as its view says: sorted, filtered and grouped by the service, read in windows, with headings over groups. */
export function ViewedTable<T extends object>(props: ViewedTableProps<T>): ReactNode {
  const { control, read, pick, onOpen, onSelect } = props;
  const { view, set } = control;
  const lines = useMemo(() => linesOf(read.rows, read.groups, pick), [read.rows, read.groups, pick]);
  const columns = useMemo(() => props.columns.map(lineColumn), [props.columns]);
  if (read.failure !== null) return <ErrorNote failure={read.failure} />;
  const [sort] = view.sort;
  const openGroup = (key: string): boolean => {
    const line = lines.find((one) => one.key === key);
    if (line?.kind !== "heading" || view.group === null) return false;
    set({ ...withFilter(view, onlyGroup(view.group, line.group)), group: null });
    return true;
  };
  const idOf = (key: string): string => key.replace(/^row /, "");
  return (
    <>
      {read.progress === null ? null : (
        <Progress
          look="line"
          step={read.progress.step}
          done={read.progress.done}
          total={read.progress.total}
          words={progressWords(read.progress)}
          onCancel={read.stop}
        />
      )}
      <DataTable<Line<T>>
        label={props.label}
        columns={columns}
        rows={lines}
        rowKey={({ key }) => key}
        rowText={(line) => (line.kind === "heading" ? line.group.words : (props.rowText?.(line.row) ?? ""))}
        rowHeight={props.rowHeight}
        heading={(line) =>
          line.kind === "heading" ? <Heading group={line.group} actions={props.groupActions?.(line.group)} /> : null
        }
        height="fill"
        sort={sort}
        onSort={(next) => {
          set({ ...view, sort: [next] });
        }}
        selection={onSelect === undefined ? "none" : "single"}
        selected={onSelect === undefined ? undefined : props.selected === undefined ? [] : [`row ${props.selected}`]}
        onSelect={
          onSelect &&
          (([key]) => {
            if (key?.startsWith("row ") === true) onSelect(idOf(key));
          })
        }
        onOpen={
          onOpen &&
          ((key) => {
            if (!openGroup(key)) onOpen(idOf(key));
          })
        }
        more={
          read.total === null || read.rows.length >= read.total
            ? undefined
            : { isLoading: read.isLoading, load: read.more }
        }
        empty={<Nothing {...props} />}
      />
    </>
  );
}

function lineColumn<T>(column: TableColumn<T>): TableColumn<Line<T>> {
  return { ...column, cell: (line) => (line.kind === "row" ? column.cell(line.row) : null) };
}

function Heading({ group, actions }: { readonly group: Group; readonly actions: ReactNode }): ReactNode {
  return (
    <span className="table-heading-line">
      <span className="cut">
        {group.words} <span className="ink3">{formatCount(group.count)}</span>
      </span>
      {actions}
    </span>
  );
}

/** Nothing yet, nothing that fits, or nothing at all: each with what to do next. */
function Nothing<T>({ control, read, empty }: ViewedTableProps<T>): ReactNode {
  if (read.isLoading) return "Reading…";
  if (!isNarrowed(control.view)) return empty;
  return (
    <EmptyState
      title="Nothing is like that"
      action={
        <Button
          onPress={() => {
            control.set({ ...control.view, words: "", filters: [] });
          }}
        >
          Show everything
        </Button>
      }
    >
      No row fits the words and the filters.
    </EmptyState>
  );
}
