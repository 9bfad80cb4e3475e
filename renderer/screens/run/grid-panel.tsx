import type { ReactNode } from "react";
import type { OutcomeState } from "../../../electron/contract/attempt.ts";
import { outcomeStates } from "../../../electron/contract/attempt.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { DoorLink, Kbd, SearchField, Select, classes, outcomeLook, type Option } from "../../parts/index.ts";
import type { GridQuery } from "./attempt-pages.ts";
import type { Saying } from "./logging.ts";

type OutcomeChoice = OutcomeState | "any";

const outcomeOptions: readonly Option<OutcomeChoice>[] = [
  { id: "any", label: "Any outcome" },
  ...outcomeStates.map((state): Option<OutcomeChoice> => ({ id: state, label: outcomeLook(state, null).words })),
];

interface GridBarProps {
  readonly query: GridQuery;
  readonly total: number | null;
  readonly onQuery: (query: GridQuery) => void;
  readonly saying: Saying | null;
  readonly isSaving: boolean;
  readonly onUndo: () => void;
}

/** Over the grid: what is shown of it, and what was done last with the way to undo it. */
export function GridBar({ query, total, onQuery, saying, isSaving, onUndo }: GridBarProps): ReactNode {
  const rows = total === null ? "" : `${formatCount(total)} ${total === 1 ? "task" : "tasks"}`;
  return (
    <div className="run-bar">
      <div className="run-bar-search">
        <SearchField
          label="Filter tasks"
          placeholder="Task, category or note"
          value={query.filter}
          onChange={(filter) => {
            onQuery({ ...query, filter: filter.slice(0, 200) });
          }}
        />
      </div>
      <div className="run-bar-outcome">
        <Select
          label="Outcome"
          hideLabel
          low
          options={outcomeOptions}
          value={query.outcome ?? "any"}
          onChange={(outcome) => {
            onQuery({ ...query, outcome: outcome === "any" ? null : outcome });
          }}
        />
      </div>
      <span className="ink3 run-bar-count">{rows}</span>
      <div role="status" className={classes("run-saying", saying?.isBad === true && "tone-bad")}>
        <span className="cut">{isSaving ? "Saving" : (saying?.words ?? "")}</span>
      </div>
      {saying?.canUndo === true ? (
        <span className="run-undo">
          <DoorLink onPress={onUndo}>Undo</DoorLink> <Kbd keys="Ctrl+Z" />
        </span>
      ) : null}
    </div>
  );
}
