import { useState, type ReactNode } from "react";
import type { RefusedRow, TableMapping, TablePreview, TakenRow } from "../../../electron/contract/importing.ts";
import { formatCount, formatCounted, formatDuration, noNumber } from "../../../electron/contract/number-text.ts";
import { DataTable, EmptyState, OutcomeTag, Select, Tabs, type TableColumn } from "../../parts/index.ts";
import { visibleText } from "../../transcript/visible-text.ts";
import { choiceOf, meaningChoices, refusalWords, withMeaning } from "./mapping.ts";

const refusedColumns: readonly TableColumn<RefusedRow>[] = [
  { id: "line", header: "Line", cell: (row) => formatCount(row.line), align: "end", width: 72, isRowHeader: true },
  {
    id: "reason",
    header: "Why it is refused",
    cell: (row) => (
      <span className="cut" title={refusalWords[row.reason]}>
        {refusalWords[row.reason]}
      </span>
    ),
    width: "1.3fr",
    minWidth: 170,
  },
  {
    id: "cell",
    header: "Cell",
    cell: ({ column, text }) => {
      const words = visibleText(text) || "empty";
      return column === null ? (
        <span className="ink3">the row</span>
      ) : (
        <span className="cut" title={`${visibleText(column)}: ${words}`}>
          <span className="ink3">{visibleText(column)}</span> <span className="mono">{words}</span>
        </span>
      );
    },
    width: "1fr",
    minWidth: 120,
  },
];

const takenColumns: readonly TableColumn<TakenRow>[] = [
  { id: "line", header: "Line", cell: (row) => formatCount(row.line), align: "end", width: 64 },
  {
    id: "task",
    header: "Task",
    cell: ({ attempt }) => (
      <span className="cut" title={visibleText(attempt.task)}>
        {visibleText(attempt.task)}
      </span>
    ),
    width: "1fr",
    minWidth: 120,
    isRowHeader: true,
  },
  { id: "epoch", header: "Epoch", cell: ({ attempt }) => formatCount(attempt.epoch), align: "end", width: 64 },
  {
    id: "outcome",
    header: "State",
    cell: ({ attempt }) => <OutcomeTag state={attempt.outcome} />,
    width: 130,
  },
  {
    id: "score",
    header: "Score",
    cell: ({ attempt }) => (attempt.score === null ? noNumber : String(attempt.score)),
    align: "end",
    width: 70,
  },
  { id: "time", header: "Time", cell: ({ attempt }) => formatDuration(attempt.totalMs), align: "end", width: 72 },
];

type Run = TablePreview["runs"][number];
const runColumns: readonly TableColumn<Run>[] = [
  {
    id: "benchmark",
    header: "Benchmark",
    cell: ({ benchmark }) => <span className="cut">{visibleText(benchmark) || "not named"}</span>,
    width: "1fr",
    isRowHeader: true,
  },
  {
    id: "model",
    header: "Model",
    cell: ({ model }) => <span className="cut">{visibleText(model) || "not named"}</span>,
    width: "1fr",
  },
  { id: "attempts", header: "Attempts", cell: ({ attempts }) => formatCount(attempts), align: "end", width: 90 },
];

interface MapPreviewProps {
  readonly preview: TablePreview;
  readonly mapping: TableMapping;
  readonly onChange: (mapping: TableMapping) => void;
}

/** Each word that says what came of an attempt, with what it means: unknown words first, for their rows are refused. */
function Words({ preview, mapping, onChange }: MapPreviewProps): ReactNode {
  const words = preview.words.toSorted((a, b) => Number(a.meaning !== null) - Number(b.meaning !== null));
  if (words.length === 0) {
    return (
      <EmptyState title="No word to translate">
        Words stand here once a column is the outcome, or says whether an attempt was solved.
      </EmptyState>
    );
  }
  const options = meaningChoices.map(({ id, words: label }) => ({ id, label }));
  return (
    <div className="map-columns">
      <table>
        <caption className="visually-hidden">What each word means</caption>
        <thead>
          <tr>
            <th scope="col">Word</th>
            <th scope="col" className="num">
              Rows
            </th>
            <th scope="col">Means</th>
          </tr>
        </thead>
        <tbody>
          {words.map(({ text, rows, meaning }) => (
            <tr key={text}>
              <th scope="row" className="map-name">
                <span className="mono cut" title={visibleText(text)}>
                  {visibleText(text)}
                </span>
              </th>
              <td className="num">{formatCount(rows)}</td>
              <td className="map-meaning">
                <Select
                  label={`What ${visibleText(text)} means`}
                  hideLabel
                  low
                  options={options}
                  value={choiceOf(meaning)?.id ?? null}
                  placeholder="not known: refused"
                  onChange={(id) => {
                    const choice = meaningChoices.find((one) => one.id === id);
                    if (choice !== undefined) onChange(withMeaning(mapping, text, choice));
                  }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Refused({ preview }: { readonly preview: TablePreview }): ReactNode {
  const { counts, refused, unfit } = preview;
  if (unfit !== null) return <EmptyState title="No dry run yet">{unfit}</EmptyState>;
  if (refused.length === 0)
    return <EmptyState title="No row is refused">Every row of the table becomes an attempt.</EmptyState>;
  return (
    <>
      <DataTable
        label="Rows that would be refused"
        columns={refusedColumns}
        rows={refused}
        rowKey={({ line }) => String(line)}
        rowText={({ line, reason }) => `line ${String(line)} ${refusalWords[reason]}`}
        height="fill"
      />
      {counts.refused > refused.length ? (
        <p className="small ink3 map-note">
          The first {formatCount(refused.length)} of {formatCount(counts.refused)}; all of them are counted above.
        </p>
      ) : null}
    </>
  );
}

function Taken({ preview }: { readonly preview: TablePreview }): ReactNode {
  const { rows, counts } = preview;
  return (
    <>
      <DataTable
        label="Rows as they would be taken in"
        columns={takenColumns}
        rows={rows}
        rowKey={({ line }) => String(line)}
        rowText={({ attempt }) => attempt.task}
        height="fill"
        empty={<EmptyState title="No row is taken in">Map more columns, or say what the words mean.</EmptyState>}
      />
      <p className="small ink3 map-note">
        {counts.taken > rows.length ? `The first ${formatCount(rows.length)}. ` : ""}
        {counts.cut === 0 ? "" : `${formatCounted(counts.cut, "text")} longer than an attempt keeps would be cut.`}
      </p>
    </>
  );
}

type View = "refused" | "taken" | "words" | "runs";

/** What the dry run came to: the refused rows first. */
export function MapPreview(props: MapPreviewProps): ReactNode {
  const { preview } = props;
  const [chosen, setChosen] = useState<View | null>(null);
  const unknown = preview.words.filter(({ meaning }) => meaning === null).length;
  const isClean = preview.counts.refused === 0 && preview.unfit === null;
  return (
    <Tabs<View>
      label="Dry run"
      value={chosen ?? (isClean ? "taken" : "refused")}
      onChange={setChosen}
      tabs={[
        { id: "refused", words: "Refused", count: preview.counts.refused, content: <Refused preview={preview} /> },
        { id: "taken", words: "Taken in", count: preview.counts.taken, content: <Taken preview={preview} /> },
        {
          id: "words",
          words: unknown === 0 ? "Words" : `Words, ${formatCount(unknown)} unknown`,
          content: <Words {...props} />,
        },
        {
          id: "runs",
          words: "Runs",
          count: preview.runs.length,
          content: (
            <DataTable
              label="Runs that the table would become"
              columns={runColumns}
              rows={preview.runs}
              rowKey={({ model, benchmark }) => JSON.stringify([model, benchmark])}
              height="fill"
              empty={<EmptyState title="No run">Nothing can be taken in with this mapping.</EmptyState>}
            />
          ),
        },
      ]}
    />
  );
}
