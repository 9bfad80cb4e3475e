import type { ReactNode } from "react";
import type { Deadline } from "../../../electron/contract/deadlines.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { Button, DataTable, EmptyState, Panel, type TableColumn } from "../../parts/index.ts";
import { DeadlineStateTag, whenWords } from "./deadline-words.tsx";

export type DeadlineAct = "change" | "meet" | "drop";

const columns: readonly TableColumn<Deadline>[] = [
  {
    id: "title",
    header: "Deadline",
    cell: ({ title, basis, owner }) => (
      <span className="timeline-title">
        <span className="cut">{title}</span>
        <span className="cut small ink3">{[basis, owner].filter((part) => part !== "").join(" · ") || " "}</span>
      </span>
    ),
    width: "1.6fr",
    minWidth: 220,
    isRowHeader: true,
  },
  {
    id: "from",
    header: "Counts from",
    cell: ({ trigger, triggerOn, days }) => (
      <span className="timeline-title">
        <span className="cut">{trigger === "" ? "not stated" : trigger}</span>
        <span className="cut small ink3">
          {[triggerOn ?? "no day", days === null ? "no number of days" : `+ ${formatCounted(days, "day")}`].join(" ")}
        </span>
      </span>
    ),
    width: "1fr",
    minWidth: 150,
  },
  {
    id: "due",
    header: "Due",
    cell: (deadline) => (
      <span className="timeline-title">
        <span>{deadline.dueOn ?? "unknown"}</span>
        <span className="cut small ink3">{whenWords(deadline)}</span>
      </span>
    ),
    width: 150,
  },
  { id: "state", header: "State", cell: (deadline) => <DeadlineStateTag deadline={deadline} />, width: 128 },
];

interface DeadlinePanelProps {
  readonly deadlines: readonly Deadline[];
  readonly selected: Deadline | undefined;
  readonly mayDecide: boolean;
  readonly mayLog: boolean;
  readonly onSelect: (id: string) => void;
  readonly onAct: (act: DeadlineAct) => void;
  readonly onAdd: () => void;
  readonly onPresets: () => void;
}

function NoDeadlines({ mayDecide, onAdd, onPresets }: DeadlinePanelProps): ReactNode {
  return (
    <Panel title="Deadlines">
      <EmptyState
        title="No deadline yet"
        action={
          <>
            <Button variant="primary" isDisabled={!mayDecide} onPress={onPresets}>
              Add those of a text
            </Button>
            <Button isDisabled={!mayDecide} onPress={onAdd}>
              Add one
            </Button>
          </>
        }
      >
        A deadline counts days from something that happens. Where nobody knows the day it is listed all the same.
      </EmptyState>
    </Panel>
  );
}

/** Deadlines, what is overdue first; one is chosen and met, changed or dropped. */
export function DeadlinePanel(props: DeadlinePanelProps): ReactNode {
  const { deadlines, selected, mayDecide, mayLog, onSelect, onAct } = props;
  if (deadlines.length === 0) return <NoDeadlines {...props} />;
  const isOpen = selected?.dropped === null;
  const act = (words: string, what: DeadlineAct, may: boolean): ReactNode => (
    <Button
      size="small"
      isDisabled={!may || !isOpen}
      onPress={() => {
        onAct(what);
      }}
    >
      {words}
    </Button>
  );
  return (
    <Panel
      title="Deadlines"
      hint={String(deadlines.length)}
      flush
      actions={
        <>
          {act("Met…", "meet", mayLog)}
          {act("Change…", "change", mayDecide)}
          {act("Drop…", "drop", mayDecide)}
        </>
      }
    >
      <DataTable<Deadline>
        label={formatCounted(deadlines.length, "deadline")}
        columns={columns}
        rows={deadlines}
        rowKey={({ id }) => id}
        rowText={({ title }) => title}
        rowHeight={46}
        maxRows={12}
        selection="single"
        selected={selected === undefined ? [] : [selected.id]}
        onSelect={([id]) => {
          if (id !== undefined) onSelect(id);
        }}
        onOpen={(id) => {
          onSelect(id);
          onAct("meet");
        }}
        empty={null}
      />
    </Panel>
  );
}
