import { formatCount, formatDecimal, noNumber } from "../../electron/contract/number-text.ts";
import type { TableColumnFacts, TableFilter } from "../../electron/contract/tables.ts";
import { dayWords } from "../state/time-words.ts";

/** Filters as people say them: "State is solved or refused", "Tokens from 1,000 to 5,000". */

function numberWords(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : formatDecimal(value, 3);
}

function endWords(value: number, column: TableColumnFacts | undefined): string {
  if (column?.kind === "time") return dayWords(value);
  const unit = column?.unit ?? null;
  return unit === null ? numberWords(value) : `${numberWords(value)} ${unit}`;
}

function valueWords(value: string | null, column: TableColumnFacts | undefined): string {
  if (value === null) return "nothing";
  return column?.choices?.find((choice) => choice.value === value)?.words ?? value;
}

/** What a choice is called when it has to fit into a chip: the first two, and how many more. */
function listWords(values: readonly (string | null)[], column: TableColumnFacts | undefined): string {
  const words = values.map((value) => valueWords(value, column));
  if (words.length <= 2) return words.join(" or ");
  return `${words.slice(0, 2).join(", ")} or ${formatCount(words.length - 2)} more`;
}

function rangeWords(low: number | null, high: number | null, column: TableColumnFacts | undefined): string {
  if (low !== null && high !== null) return `from ${endWords(low, column)} to ${endWords(high, column)}`;
  if (low !== null) return `at least ${endWords(low, column)}`;
  return high === null ? `is a number` : `at most ${endWords(high, column)}`;
}

/** One filter in words; a column that the table does not describe stands by its id. */
export function filterWords(filter: TableFilter, columns: readonly TableColumnFacts[]): string {
  const column = columns.find(({ id }) => id === filter.column);
  const title = column?.title ?? filter.column;
  switch (filter.test) {
    case "any-of":
      return `${title} is ${listWords(filter.values, column)}`;
    case "none-of":
      return `${title} is not ${listWords(filter.values, column)}`;
    case "contains":
      return `${title} contains “${filter.words}”`;
    case "between":
      return `${title} ${rangeWords(filter.low, filter.high, column)}`;
    case "empty":
      return `${title} is empty`;
    case "filled":
      return `${title} is there`;
  }
}

/** "1,204", or "12 of 1,204" of what is loaded is never said: rows come by themselves. */
export function countWords(total: number | null): string {
  return total === null ? noNumber : formatCount(total);
}
