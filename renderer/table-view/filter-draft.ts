import type { TableColumnFacts, TableFilter } from "../../electron/contract/tables.ts";

/** A filter while it is being put together: everything that was typed, whether or not the test needs it. */
export interface FilterDraft {
  readonly column: string | null;
  readonly test: TableFilter["test"];
  readonly values: readonly (string | null)[];
  readonly words: string;
  readonly low: number | null;
  readonly high: number | null;
}

export const emptyDraft: FilterDraft = { column: null, test: "any-of", values: [], words: "", low: null, high: null };

/** The tests that make sense for a column, the likeliest first. */
export function testsOf(column: TableColumnFacts): readonly TableFilter["test"][] {
  switch (column.kind) {
    case "number":
    case "time":
      return ["between", "filled", "empty"];
    case "text":
      return ["contains", "filled", "empty"];
    case "choice":
      return ["any-of", "none-of", "contains", "between", "filled", "empty"];
    case "set":
      return ["any-of", "none-of", "contains", "filled", "empty"];
  }
}

export const testWords: Readonly<Record<TableFilter["test"], string>> = {
  "any-of": "is one of",
  "none-of": "is none of",
  contains: "contains",
  between: "lies between",
  filled: "is there",
  empty: "is empty",
};

/** The draft for another column: what it was about is forgotten. */
export function draftFor(column: TableColumnFacts): FilterDraft {
  return { ...emptyDraft, column: column.id, test: testsOf(column)[0] ?? "filled" };
}

/** The draft that a filter came from. */
export function draftOf(filter: TableFilter): FilterDraft {
  const { column, test } = filter;
  const own = { ...emptyDraft, column, test };
  switch (filter.test) {
    case "any-of":
    case "none-of":
      return { ...own, values: filter.values };
    case "contains":
      return { ...own, words: filter.words };
    case "between":
      return { ...own, low: filter.low, high: filter.high };
    case "empty":
    case "filled":
      return own;
  }
}

/** The filter that a draft says; null while something is missing. */
export function filterOf(draft: FilterDraft): TableFilter | null {
  const { column, test, values, words } = draft;
  if (column === null) return null;
  switch (test) {
    case "any-of":
    case "none-of":
      return values.length === 0 ? null : { test, column, values: [...values] };
    case "contains":
      return words.trim() === "" ? null : { test, column, words: words.trim() };
    case "between":
      return rangeOf(column, draft);
    case "empty":
    case "filled":
      return { test, column };
  }
}

function rangeOf(column: string, { low, high }: FilterDraft): TableFilter | null {
  if (low === null && high === null) return null;
  return low !== null && high !== null && low > high ? null : { test: "between", column, low, high };
}

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const dayMs = 86_400_000;

/**
 * A day as it is typed, in the workstation's time zone, as milliseconds since 1970; null where it is none.
 * @param end the last millisecond of that day instead of the first.
 */
export function dayOf(text: string, end: boolean): number | null {
  const [, year, month, day] = dayPattern.exec(text.trim()) ?? [];
  if (year === undefined) return null;
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  if (date.getMonth() !== Number(month) - 1 || date.getDate() !== Number(day)) return null;
  if (!end) return date.getTime();
  // The day after begins 23 to 25 hours later where clocks are put forward or back.
  const next = new Date(date.getTime() + dayMs + dayMs / 8);
  return new Date(next.getFullYear(), next.getMonth(), next.getDate()).getTime() - 1;
}
