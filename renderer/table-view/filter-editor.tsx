import { useState, type ReactNode } from "react";
import { Dialog, Form, Heading, ListBox, ListBoxItem, ListLayout, Text, Virtualizer } from "react-aria-components";
import { formatCount } from "../../electron/contract/number-text.ts";
import type { TableColumnFacts, TableFilter } from "../../electron/contract/tables.ts";
import { Button, NumberField, Select, TextField, type Option } from "../parts/index.ts";
import { dayWords } from "../state/time-words.ts";
import {
  dayOf,
  draftFor,
  draftOf,
  emptyDraft,
  filterOf,
  testsOf,
  testWords,
  type FilterDraft,
} from "./filter-draft.ts";
import "../parts/list.css";

interface FilterEditorProps {
  readonly columns: readonly TableColumnFacts[];
  /** The filter that is changed; null for a new one. */
  readonly filter: TableFilter | null;
  readonly onDone: (filter: TableFilter) => void;
  readonly onClose: () => void;
}

interface PartProps {
  readonly column: TableColumnFacts;
  readonly draft: FilterDraft;
  readonly onChange: (draft: FilterDraft) => void;
}

const nothingKey = "nothing";
/** Keys of choices: a value may be any text, also the one that stands for nothing. */
const keyOf = (value: string | null): string => (value === null ? nothingKey : `value ${value}`);

/** The values that stand in a column, with how often; space chooses, typing finds. */
function Choices({ column, draft, onChange }: PartProps): ReactNode {
  const choices = [
    ...(column.choices ?? []).map(({ value, words, count }) => ({
      id: keyOf(value),
      value,
      words,
      count: formatCount(count),
    })),
    { id: nothingKey, value: null, words: "Nothing there", count: "" },
  ];
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: 28 }}>
      <ListBox
        className="list-box filter-choices"
        aria-label={`Values of ${column.title}`}
        selectionMode="multiple"
        selectionBehavior="toggle"
        items={choices}
        selectedKeys={draft.values.map(keyOf)}
        onSelectionChange={(keys) => {
          const values = choices.filter(({ id }) => keys === "all" || keys.has(id)).map(({ value }) => value);
          onChange({ ...draft, values });
        }}
      >
        {(choice) => (
          <ListBoxItem className="option" id={choice.id} textValue={choice.words}>
            <Text slot="label" className="option-label">
              {choice.words}
            </Text>
            <Text slot="description" className="option-detail">
              {choice.count}
            </Text>
          </ListBoxItem>
        )}
      </ListBox>
    </Virtualizer>
  );
}

function DayField({ label, value, end, onChange }: DayFieldProps): ReactNode {
  const [text, setText] = useState(value === null ? "" : dayWords(value));
  const isWrong = text.trim() !== "" && dayOf(text, end) === null;
  return (
    <TextField
      label={label}
      low
      value={text}
      placeholder="2026-01-31"
      error={isWrong ? "A day is year-month-day" : null}
      onChange={(next) => {
        setText(next);
        onChange(dayOf(next, end));
      }}
    />
  );
}

interface DayFieldProps {
  readonly label: string;
  readonly value: number | null;
  readonly end: boolean;
  readonly onChange: (value: number | null) => void;
}

function Ends({ column, draft, onChange }: PartProps): ReactNode {
  const setLow = (low: number | null): void => {
    onChange({ ...draft, low });
  };
  const setHigh = (high: number | null): void => {
    onChange({ ...draft, high });
  };
  const unit = column.unit ?? undefined;
  return (
    <div className="filter-ends">
      {column.kind === "time" ? (
        <>
          <DayField label="From" value={draft.low} end={false} onChange={setLow} />
          <DayField label="To" value={draft.high} end onChange={setHigh} />
        </>
      ) : (
        <>
          <NumberField label="From" low value={draft.low} onChange={setLow} unit={unit} />
          <NumberField label="To" low value={draft.high} onChange={setHigh} unit={unit} />
        </>
      )}
    </div>
  );
}

function Values(props: PartProps): ReactNode {
  const { draft, onChange } = props;
  switch (draft.test) {
    case "any-of":
    case "none-of":
      return <Choices {...props} />;
    case "between":
      return <Ends {...props} />;
    case "contains":
      return (
        <TextField
          label="Words"
          hideLabel
          low
          value={draft.words}
          onChange={(words) => {
            onChange({ ...draft, words });
          }}
        />
      );
    case "empty":
    case "filled":
      return null;
  }
}

/** Puts one filter together: which column, what it is held against. Enter takes it, Escape leaves it. */
export function FilterEditor({ columns, filter, onDone, onClose }: FilterEditorProps): ReactNode {
  const [draft, setDraft] = useState<FilterDraft>(filter === null ? emptyDraft : draftOf(filter));
  const column = columns.find(({ id }) => id === draft.column) ?? null;
  const made = filterOf(draft);
  const columnOptions = columns.map((one): Option => ({ id: one.id, label: one.title }));
  const tests =
    column === null ? [] : testsOf(column).map((id): Option<TableFilter["test"]> => ({ id, label: testWords[id] }));
  return (
    <Dialog className="filter-editor">
      <Heading slot="title" className="visually-hidden">
        Filter
      </Heading>
      <Form
        className="filter-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (made !== null) onDone(made);
        }}
      >
        <div className="filter-column">
          <Select
            label="Column"
            hideLabel
            low
            placeholder="Column"
            options={columnOptions}
            value={draft.column}
            onChange={(id) => {
              const chosen = columns.find((one) => one.id === id);
              if (chosen !== undefined) setDraft(draftFor(chosen));
            }}
          />
          {column === null ? null : (
            <Select
              label="Test"
              hideLabel
              low
              options={tests}
              value={draft.test}
              onChange={(test) => {
                setDraft({ ...draft, test });
              }}
            />
          )}
        </div>
        {column === null ? null : (
          <Values key={`${column.id} ${draft.test}`} column={column} draft={draft} onChange={setDraft} />
        )}
        <div className="filter-foot">
          <Button size="small" onPress={onClose}>
            Cancel
          </Button>
          <Button size="small" variant="primary" type="submit" isDisabled={made === null}>
            {filter === null ? "Add filter" : "Change filter"}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
