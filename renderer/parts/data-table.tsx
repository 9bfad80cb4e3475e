import { useSyncExternalStore, type ReactNode } from "react";
import {
  Cell,
  Collection,
  Column,
  Row,
  Table,
  TableBody,
  TableHeader,
  TableLayout,
  TableLoadMoreItem,
  Virtualizer,
  type Key,
  type Selection,
} from "react-aria-components";
import { classes, defined } from "./defined.ts";
import { IconSign } from "./icon-sign.tsx";
import "./data-table.css";

export interface TableColumn<T> {
  readonly id: string;
  readonly header: string;
  /** What stands in the cell. */
  readonly cell: (row: T) => ReactNode;
  /** px, or a share such as "2fr"; columns without one share what is left. */
  readonly width?: number | `${number}fr` | undefined;
  readonly minWidth?: number | undefined;
  /** Numbers stand at the end, so that digits line up. */
  readonly align?: "start" | "end";
  readonly isSortable?: boolean;
  /** Names the row to assistive technology; the first column where none is marked. */
  readonly isRowHeader?: boolean;
}

export interface TableSort {
  readonly column: string;
  readonly descending: boolean;
}

export interface DataTableProps<T> {
  /** Spoken name of the table. */
  readonly label: string;
  readonly columns: readonly TableColumn<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  /** The row in words, for type-ahead and for announcements. */
  readonly rowText?: ((row: T) => string) | undefined;
  readonly sort?: TableSort | undefined;
  /** Sorting is the service's work: this only says what was asked for. */
  readonly onSort?: ((sort: TableSort) => void) | undefined;
  readonly selection?: "none" | "single" | "multiple";
  readonly selected?: readonly string[] | undefined;
  readonly onSelect?: ((keys: readonly string[]) => void) | undefined;
  /** Enter, or a double click where rows are selectable, a click where they are not. */
  readonly onOpen?: ((key: string) => void) | undefined;
  readonly empty?: ReactNode;
  /** content: as tall as its rows, up to `maxRows`. fill: takes the height that is left. */
  readonly height?: "content" | "fill";
  readonly maxRows?: number;
  /** Called near the end of the rows, while there are more in the service. */
  readonly more?: { readonly isLoading: boolean; readonly load: () => void } | undefined;
  /** What stands over a group, for a row that is its heading; null for any other. */
  readonly heading?: ((row: T) => ReactNode) | undefined;
  /** Rows of another height than the density says, e.g. two lines. */
  readonly rowHeight?: number | undefined;
}

function watchDensity(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-density"] });
  return () => {
    observer.disconnect();
  };
}

/** Height of a row in px under the density that the document is set to: 32, compact 26. */
export function useRowHeight(): number {
  return useSyncExternalStore(watchDensity, () => (document.documentElement.dataset.density === "compact" ? 26 : 32));
}

function selectedKeys<T>(selection: Selection, rows: readonly T[], rowKey: (row: T) => string): readonly string[] {
  return selection === "all" ? rows.map(rowKey) : [...selection].map(String);
}

function HeaderCell<T>({ column, isRowHeader }: { readonly column: TableColumn<T>; readonly isRowHeader: boolean }) {
  return (
    <Column
      id={column.id}
      className={classes("column", column.align)}
      isRowHeader={isRowHeader}
      allowsSorting={column.isSortable ?? false}
      textValue={column.header}
      {...defined({ width: column.width, minWidth: column.minWidth })}
    >
      {({ allowsSorting, sortDirection }) => (
        <span className="column-words">
          <span className="cut">{column.header}</span>
          {allowsSorting && sortDirection ? (
            <IconSign name={sortDirection === "ascending" ? "up" : "down"} size={10} />
          ) : null}
        </span>
      )}
    </Column>
  );
}

function tableHeight<T>(props: DataTableProps<T>, rowHeight: number): number | undefined {
  if (props.height === "fill") return undefined;
  const shown = Math.min(props.rows.length, props.maxRows ?? 15);
  return headHeight + (shown === 0 ? 88 : shown * rowHeight);
}

/** What a table was asked to do, as react-aria's props; what was left out stays out. */
function tableProps<T>({ rows, rowKey, sort, onSort, selected, onSelect, onOpen }: DataTableProps<T>) {
  return defined({
    sortDescriptor: sort && {
      column: sort.column,
      direction: sort.descending ? ("descending" as const) : ("ascending" as const),
    },
    onSortChange:
      onSort &&
      ((next: { column: Key; direction: "ascending" | "descending" }) => {
        onSort({ column: String(next.column), descending: next.direction === "descending" });
      }),
    // Given even where nothing can be chosen: a table that loses its choice would otherwise keep one of its own.
    selectedKeys: selected ?? [],
    onSelectionChange:
      onSelect &&
      ((keys: Selection) => {
        onSelect(selectedKeys(keys, rows, rowKey));
      }),
    onRowAction:
      onOpen &&
      ((key: Key) => {
        onOpen(String(key));
      }),
  });
}

const headHeight = 30;

/**
 * A grid of rows: virtualised, so any number of them costs what is in sight; arrow keys, Page Up and Down, Home, End
 * and type-ahead move; the header sorts through `onSort`; numbers align at the end; row counts are announced.
 */
export function DataTable<T extends object>(props: DataTableProps<T>): ReactNode {
  const { columns, rows, rowKey, selection = "none", onOpen, more } = props;
  const densityHeight = useRowHeight();
  const rowHeight = props.rowHeight ?? densityHeight;
  const rowHeaderId = (columns.find((column) => column.isRowHeader === true) ?? columns[0])?.id;
  const height = tableHeight(props, rowHeight);
  return (
    <Virtualizer layout={TableLayout} layoutOptions={{ rowHeight, headingHeight: headHeight, loaderHeight: rowHeight }}>
      <Table
        aria-label={props.label}
        className={classes("data-table", props.height === "fill" && "fills", onOpen !== undefined && "opens")}
        selectionMode={selection}
        selectionBehavior="replace"
        disallowEmptySelection={selection === "single"}
        {...tableProps(props)}
        {...defined({ style: height === undefined ? undefined : { height } })}
      >
        <TableHeader className="table-head">
          {columns.map((column) => (
            <HeaderCell key={column.id} column={column} isRowHeader={column.id === rowHeaderId} />
          ))}
        </TableHeader>
        <TableBody
          className="table-body"
          renderEmptyState={() => <div className="table-empty">{props.empty ?? "Nothing here yet"}</div>}
        >
          <Collection items={rows} dependencies={[columns]}>
            {(row: T) => {
              const heading = props.heading?.(row) ?? null;
              return (
                <Row
                  id={rowKey(row)}
                  className={classes("table-row", heading !== null && "table-heading")}
                  {...defined({ textValue: props.rowText?.(row) })}
                >
                  {heading === null ? (
                    columns.map((column) => (
                      <Cell key={column.id} className={classes("table-cell", column.align)}>
                        {column.cell(row)}
                      </Cell>
                    ))
                  ) : (
                    <Cell className="table-cell" colSpan={columns.length}>
                      {heading}
                    </Cell>
                  )}
                </Row>
              );
            }}
          </Collection>
          {more ? (
            <TableLoadMoreItem className="table-more" isLoading={more.isLoading} onLoadMore={more.load}>
              Loading more rows
            </TableLoadMoreItem>
          ) : null}
        </TableBody>
      </Table>
    </Virtualizer>
  );
}
