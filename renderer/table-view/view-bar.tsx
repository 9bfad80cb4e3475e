import { useState, type ReactNode } from "react";
import { Button as AriaButton, DialogTrigger, Popover } from "react-aria-components";
import { formatCounted } from "../../electron/contract/number-text.ts";
import type { TableColumnFacts, TableFilter } from "../../electron/contract/tables.ts";
import { Button, IconButton, IconSign, SearchField, Select, type Option } from "../parts/index.ts";
import { useQuery } from "../state/service.ts";
import { FilterEditor } from "./filter-editor.tsx";
import { filterWords } from "./filter-words.ts";
import { SavedViews } from "./saved-views.tsx";
import { withFilter, withoutFilter, type ViewControl } from "./view-state.ts";
import "./view-bar.css";

const ungrouped = "-";

interface ChipProps {
  readonly columns: readonly TableColumnFacts[];
  readonly filter: TableFilter;
  readonly onChange: (filter: TableFilter) => void;
  readonly onRemove: () => void;
}

/** One filter in words: pressing it changes it, the cross takes it away. */
function FilterChip({ columns, filter, onChange, onRemove }: ChipProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const words = filterWords(filter, columns);
  return (
    <span className="filter-chip">
      <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
        <AriaButton className="filter-chip-words" aria-label={`Change filter: ${words}`}>
          {words}
        </AriaButton>
        <FilterPopover
          columns={columns}
          filter={filter}
          onDone={onChange}
          onClose={() => {
            setOpen(false);
          }}
        />
      </DialogTrigger>
      <IconButton sign="close" label={`Remove filter: ${words}`} onPress={onRemove} />
    </span>
  );
}

interface FilterPopoverProps {
  readonly columns: readonly TableColumnFacts[];
  readonly filter: TableFilter | null;
  readonly onDone: (filter: TableFilter) => void;
  readonly onClose: () => void;
}

function FilterPopover({ columns, filter, onDone, onClose }: FilterPopoverProps): ReactNode {
  return (
    <Popover className="popover filter-popover" placement="bottom start" offset={4}>
      <FilterEditor
        columns={columns}
        filter={filter}
        onClose={onClose}
        onDone={(made) => {
          onDone(made);
          onClose();
        }}
      />
    </Popover>
  );
}

function AddFilter({
  columns,
  onAdd,
}: {
  columns: readonly TableColumnFacts[];
  onAdd: (filter: TableFilter) => void;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button>
        Filter
        <IconSign name="down" />
      </Button>
      <FilterPopover
        columns={columns}
        filter={null}
        onDone={onAdd}
        onClose={() => {
          setOpen(false);
        }}
      />
    </DialogTrigger>
  );
}

export interface ViewBarProps {
  readonly control: ViewControl;
  /** How many rows the view leaves; null while that is being counted. */
  readonly total: number | null;
  /** "run": what is counted. */
  readonly noun: string;
  /** Where it is not the noun with an s. */
  readonly nouns?: string | undefined;
  /** What the search looks into: "Run, model, benchmark". */
  readonly placeholder: string;
  /** Stands at the end of the bar. */
  readonly children?: ReactNode;
}

/** Over a table: words to find, filters as chips, what it is grouped by, and the views that people kept. */
export function ViewBar(props: ViewBarProps): ReactNode {
  const { control, total, noun, nouns = `${noun}s`, placeholder, children } = props;
  const { table, scope, view, set } = control;
  const described = useQuery("tables.describe", { table, scope });
  const columns = described.status === "ready" ? described.data : [];
  const groups = [
    { id: ungrouped, label: "Not grouped" },
    ...columns
      .filter(({ canGroup }) => canGroup)
      .map((column): Option => ({ id: column.id, label: `By ${column.title.toLowerCase()}` })),
  ];
  return (
    <div className="view-bar" role="toolbar" aria-label={`How ${nouns} are looked at`}>
      <SearchField
        label={`Find ${nouns}`}
        placeholder={placeholder}
        value={view.words}
        onChange={(words) => {
          set({ ...view, words: words.slice(0, 200) });
        }}
      />
      <AddFilter
        columns={columns}
        onAdd={(filter) => {
          set(withFilter(view, filter));
        }}
      />
      {groups.length < 2 ? null : (
        <div className="view-bar-group">
          <Select
            label="Grouped"
            hideLabel
            low
            options={groups}
            value={view.group ?? ungrouped}
            onChange={(group) => {
              set({ ...view, group: group === ungrouped ? null : group });
            }}
          />
        </div>
      )}
      <SavedViews control={control} />
      <span className="view-bar-count ink3">{total === null ? "" : formatCounted(total, noun, nouns)}</span>
      {children}
      {view.filters.length === 0 ? null : (
        <div className="view-bar-filters" role="group" aria-label="Filters">
          {view.filters.map((filter, place) => (
            <FilterChip
              key={JSON.stringify([place, filter])}
              columns={columns}
              filter={filter}
              onChange={(changed) => {
                set(withFilter(view, changed, place));
              }}
              onRemove={() => {
                set(withoutFilter(view, place));
              }}
            />
          ))}
          <Button
            size="small"
            variant="quiet"
            onPress={() => {
              set({ ...view, filters: [] });
            }}
          >
            Remove all
          </Button>
        </div>
      )}
    </div>
  );
}
