import { create } from "zustand";
import {
  plainView,
  type TableFilter,
  type TableId,
  type TableScope,
  type TableView,
} from "../../electron/contract/tables.ts";

/** How each table is looked at now, and which saved view that began as. View state only: gone when the page is. */
interface Looked {
  readonly view: TableView;
  /** The saved view that was chosen last; null where none was. */
  readonly saved: string | null;
}

const useLooks = create<{ readonly byTable: Readonly<Record<string, Looked>> }>()(() => ({ byTable: {} }));

/** The scope of a whole table. */
export const everything: TableScope = {};

/** What a screen has to show and change how a table is looked at. */
export interface ViewControl {
  readonly table: TableId;
  readonly scope: TableScope;
  readonly view: TableView;
  readonly saved: string | null;
  readonly set: (view: TableView, saved?: string | null) => void;
}

/**
 * The view of a table, remembered while the vault is open, so that coming back finds it as it was.
 * @param first how it is looked at before anybody changed anything.
 */
export function useTableView(table: TableId, scope: TableScope, first: Partial<TableView> = {}): ViewControl {
  const key = `${table} ${JSON.stringify([scope, first])}`;
  const looked = useLooks((state) => state.byTable[key]);
  return {
    table,
    scope,
    view: looked?.view ?? { ...plainView, ...first },
    saved: looked?.saved ?? null,
    set: (view, saved) => {
      useLooks.setState(({ byTable }) => ({
        byTable: { ...byTable, [key]: { view, saved: saved === undefined ? (byTable[key]?.saved ?? null) : saved } },
      }));
    },
  };
}

/** The view with one filter more, or with the one at that place changed. */
export function withFilter(view: TableView, filter: TableFilter, place = view.filters.length): TableView {
  return { ...view, filters: [...view.filters.slice(0, place), filter, ...view.filters.slice(place + 1)] };
}

export function withoutFilter(view: TableView, place: number): TableView {
  return { ...view, filters: view.filters.filter((_, at) => at !== place) };
}

/** Whether anything is left out: what an empty list means depends on it. */
export function isNarrowed(view: TableView): boolean {
  return view.words.trim() !== "" || view.filters.length > 0;
}

/** Whether two views show the same rows in the same order. */
export function isSameView(a: TableView, b: TableView): boolean {
  const said = ({ words, filters, sort, group }: TableView): string =>
    JSON.stringify([words.trim(), filters, sort, group]);
  return said(a) === said(b);
}
