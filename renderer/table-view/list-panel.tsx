import type { ReactNode } from "react";
import type { TableId, TableScope, TableView } from "../../electron/contract/tables.ts";
import { Panel } from "../parts/index.ts";
import { useTableRows, type TableRows } from "./use-table-rows.ts";
import { ViewBar, type ViewBarProps } from "./view-bar.tsx";
import { everything, useTableView } from "./view-state.ts";
import { ViewedTable, type ViewedTableProps } from "./viewed-table.tsx";

export interface ListPanelProps<T>
  extends
    Pick<ViewBarProps, "noun" | "nouns" | "placeholder">,
    Omit<ViewedTableProps<T>, "control" | "read" | "label"> {
  /** Spoken name of the panel. */
  readonly title: string;
  readonly table: TableId;
  /** Left out: all of the table. */
  readonly scope?: TableScope | undefined;
  /** How it is looked at before anybody changed anything. */
  readonly first?: Partial<TableView> | undefined;
  /** Spoken name of the table, with how many rows the view leaves where that is said. */
  readonly label: string | ((total: number) => string);
  /** Stands under the table. */
  readonly foot?: ((read: TableRows) => ReactNode) | undefined;
}

/** A list of the app: how it is looked at over it, its rows as the service gives them. */
export function ListPanel<T extends object>(props: ListPanelProps<T>): ReactNode {
  const { title, table, scope, first, noun, nouns, placeholder, label, foot, ...list } = props;
  const control = useTableView(table, scope ?? everything, first);
  const read = useTableRows(control);
  return (
    <Panel label={title} flush fill>
      <ViewBar control={control} total={read.total} noun={noun} nouns={nouns} placeholder={placeholder} />
      <ViewedTable<T>
        {...list}
        control={control}
        read={read}
        label={typeof label === "string" ? label : label(read.total ?? 0)}
      />
      {foot?.(read)}
    </Panel>
  );
}
