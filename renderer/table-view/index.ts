export { ListPanel, type ListPanelProps } from "./list-panel.tsx";
export { usePick } from "./use-pick.ts";
export { useTableRows, type TableRows } from "./use-table-rows.ts";
export { everything, isNarrowed, useTableView, withFilter, type ViewControl } from "./view-state.ts";
export { ViewBar, type ViewBarProps } from "./view-bar.tsx";
export { ViewedTable, type ViewedTableProps } from "./viewed-table.tsx";
