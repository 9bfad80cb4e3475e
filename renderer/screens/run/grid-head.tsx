import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { IconSign, classes } from "../../parts/index.ts";
import type { AttemptSort } from "./attempt-pages.ts";
import { factHeaders, type GridLayout } from "./grid-layout.ts";

export interface GridSort {
  readonly sort: AttemptSort;
  readonly descending: boolean;
}

interface Sorting {
  readonly sort: GridSort;
  readonly onSort: (sort: GridSort) => void;
}

interface HeaderCellProps {
  readonly words: string;
  /** What its button sorts by, null where it does not sort. */
  readonly by: AttemptSort | null;
  readonly isNumber: boolean;
  readonly place: number;
  readonly sorting: Sorting;
}

function HeaderCell({ words, by, isNumber, place, sorting }: HeaderCellProps): ReactNode {
  const { sort, onSort } = sorting;
  const isSorted = by !== null && sort.sort === by;
  return (
    <div
      role="columnheader"
      aria-colindex={place}
      aria-sort={isSorted ? (sort.descending ? "descending" : "ascending") : "none"}
      className={classes("run-head-cell", isNumber && "end", place === 1 && "first")}
      style={{ gridColumn: place }}
    >
      {by === null ? (
        <span className="cut">{words}</span>
      ) : (
        <AriaButton
          className="run-sort"
          onPress={() => {
            onSort({ sort: by, descending: isSorted && !sort.descending });
          }}
        >
          <span className="cut">{words}</span>
          {isSorted ? <IconSign name={sort.descending ? "down" : "up"} size={10} /> : null}
        </AriaButton>
      )}
    </div>
  );
}

interface GridHeadProps extends Sorting {
  readonly epochs: number;
  readonly layout: GridLayout;
  /** The epochs that are drawn. */
  readonly first: number;
  readonly last: number;
}

/** The grid's head: what a column holds, and by what the rows are sorted. */
export function GridHead({ sort, onSort, epochs, layout, first, last }: GridHeadProps): ReactNode {
  const sorting = { sort, onSort };
  const start = 2 + layout.before.length;
  const drawn = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const fact = (column: GridLayout["before"][number], place: number): ReactNode => {
    const { words, sort: by, isNumber } = factHeaders[column];
    return <HeaderCell key={column} words={words} by={by} isNumber={isNumber} place={place} sorting={sorting} />;
  };
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="run-head"
      style={{ gridTemplateColumns: layout.template, minWidth: layout.width }}
    >
      <HeaderCell words="Task" by="task" isNumber={false} place={1} sorting={sorting} />
      {layout.before.map((column, index) => fact(column, index + 2))}
      {drawn.map((epoch) => (
        <HeaderCell
          key={epoch}
          words={`Epoch ${formatCount(epoch)}`}
          by={null}
          isNumber={false}
          place={start + epoch - 1}
          sorting={sorting}
        />
      ))}
      {layout.after.map((column, index) => fact(column, start + epochs + index))}
    </div>
  );
}
