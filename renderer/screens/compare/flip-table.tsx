import type { ReactNode } from "react";
import type { Flip, flipSortKeys } from "../../../electron/contract/comparing.ts";
import { formatDifference, formatFraction, formatMinutes } from "../../../electron/contract/number-text.ts";
import { DataTable, DoorLink, type TableColumn, type TableSort } from "../../parts/index.ts";
import type { Pages } from "../../state/pages.ts";

export type FlipSort = (typeof flipSortKeys)[number];

export const flipWords: Readonly<Record<Flip["group"], string>> = {
  "only-a": "only 1",
  "only-b": "only 2",
  both: "both",
  neither: "neither",
};

type Side = "a" | "b";

interface FlipTableProps {
  readonly pages: Pages<Flip>;
  readonly names: Readonly<Record<Side, string>>;
  readonly sort: TableSort;
  readonly onSort: (sort: TableSort) => void;
  readonly selected: string | null;
  readonly onSelect: (task: string) => void;
  /** Enter: both transcripts side by side. */
  readonly onOpen: (task: string) => void;
  readonly onAttempt: (flip: Flip, side: Side) => void;
  readonly empty: ReactNode;
}

function columnsOf({ names, onAttempt }: FlipTableProps): readonly TableColumn<Flip>[] {
  const side = (id: Side, number: 1 | 2): TableColumn<Flip> => ({
    id,
    header: `${String(number)} solved`,
    width: 88,
    align: "end",
    isSortable: true,
    cell: (flip) => {
      const { attempt, solved, n } = flip[id];
      const words = formatFraction(solved, n);
      if (attempt === null) return words;
      return (
        <DoorLink
          look="quiet"
          label={`${flip.title}: ${words} solved by ${names[id]}, opens an attempt`}
          onPress={() => {
            onAttempt(flip, id);
          }}
        >
          {words}
        </DoorLink>
      );
    },
  });
  return [
    {
      id: "task",
      header: "Task",
      width: "2fr",
      minWidth: 140,
      isRowHeader: true,
      isSortable: true,
      cell: (flip) => (
        <span className="cut" title={flip.title}>
          {flip.title}
        </span>
      ),
    },
    {
      id: "category",
      header: "Category",
      width: "1fr",
      minWidth: 88,
      isSortable: true,
      cell: (flip) => <span className="cut ink2">{flip.category ?? ""}</span>,
    },
    {
      id: "humanMinutes",
      header: "Human min",
      width: 96,
      align: "end",
      isSortable: true,
      cell: (flip) => formatMinutes(flip.humanMinutes),
    },
    side("a", 1),
    side("b", 2),
    {
      id: "difference",
      header: "2 − 1",
      width: 76,
      align: "end",
      isSortable: true,
      cell: (flip) => formatDifference(flip.difference),
    },
    { id: "group", header: "Solved by", width: 92, cell: (flip) => flipWords[flip.group] },
  ];
}

/** Tasks by who solved them, each the way to an attempt of either side. */
export function FlipTable(props: FlipTableProps): ReactNode {
  const { pages, sort, onSort, selected, onSelect, onOpen, empty } = props;
  return (
    <DataTable
      label="Tasks and who solved them"
      columns={columnsOf(props)}
      rows={pages.rows}
      rowKey={({ task }) => task}
      rowText={({ title }) => title}
      sort={sort}
      onSort={onSort}
      selection="single"
      selected={selected === null ? [] : [selected]}
      onSelect={([task]) => {
        if (task !== undefined) onSelect(task);
      }}
      onOpen={onOpen}
      height="fill"
      empty={empty}
      more={
        pages.total === null || pages.rows.length >= pages.total
          ? undefined
          : { isLoading: pages.isLoading, load: pages.more }
      }
    />
  );
}
