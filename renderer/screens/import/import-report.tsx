import { useState, type ReactNode } from "react";
import type { ImportedFile } from "../../../electron/contract/importing.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import {
  Button,
  DataTable,
  DescriptionList,
  Dialog,
  DoorLink,
  ImportStatusTag,
  Note,
  Tag,
  VerdictTag,
  type TableColumn,
} from "../../parts/index.ts";
import { minuteWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";
import { MetricsTable } from "../run/numbers-dialog.tsx";

/** One file of a report, with when it was taken in where that is known. */
export interface ReportedFile extends ImportedFile {
  readonly key: string;
  readonly at: number | null;
}

const order: readonly ImportedFile["status"][] = [
  "refused",
  "table",
  "salvaged",
  "imported",
  "merged",
  "duplicate",
  "part-of",
  "not-a-log",
];

function differing(file: ImportedFile): number {
  return file.metrics.filter((metric) => metric.verdict === "differs").length;
}

/** What needs a look first: refused, then salvaged, then logs whose numbers differ, then the rest. */
export function errorsFirst(files: readonly ReportedFile[]): readonly ReportedFile[] {
  const weight = (file: ReportedFile): number =>
    order.indexOf(file.status) * 2 - (file.status === "imported" && differing(file) > 0 ? 1 : 0);
  return [...files].sort((a, b) => weight(a) - weight(b));
}

function lostCount(file: ImportedFile): number {
  return file.lost.reduce((sum, { count }) => sum + count, 0);
}

function Verdicts({ file }: { readonly file: ImportedFile }): ReactNode {
  if (file.metrics.length === 0) return <span className="ink3">–</span>;
  const verdicts = [...new Set(file.metrics.map((metric) => metric.verdict))];
  const bad = verdicts.find((verdict) => verdict === "differs") ?? verdicts[0];
  if (bad === undefined) return null;
  const count = file.metrics.filter((metric) => metric.verdict === bad).length;
  return (
    <>
      <VerdictTag verdict={bad} />
      <span className="small ink3">
        {formatCount(count)} of {formatCount(file.metrics.length)}
      </span>
    </>
  );
}

function columns(withTime: boolean): readonly TableColumn<ReportedFile>[] {
  return [
    { id: "status", header: "Taken in", cell: (file) => <ImportStatusTag status={file.status} />, width: 128 },
    {
      id: "file",
      header: "File",
      cell: (file) => (
        <span className="import-two-lines">
          <span className="cut">{file.file}</span>
          <span className="cut small ink3">
            {file.task === null
              ? (file.reason ?? "not recognised")
              : `${file.task} · ${file.model ?? "no model named"}`}
          </span>
        </span>
      ),
      width: "2fr",
      minWidth: 200,
      isRowHeader: true,
    },
    { id: "attempts", header: "Attempts", cell: (file) => formatCount(file.attempts), align: "end", width: 84 },
    { id: "verdicts", header: "Recomputed", cell: (file) => <Verdicts file={file} />, width: 176 },
    {
      id: "lost",
      header: "Lost",
      cell: (file) =>
        lostCount(file) === 0 ? (
          <span className="ink3">none</span>
        ) : (
          <Tag tone="warn" sign="warn">
            {formatCount(lostCount(file))}
          </Tag>
        ),
      width: 84,
    },
    ...(withTime
      ? [
          {
            id: "at",
            header: "When",
            cell: (file: ReportedFile) => <span className="ink2">{file.at === null ? "" : minuteWords(file.at)}</span>,
            width: 150,
          },
        ]
      : []),
    {
      id: "run",
      header: "Run",
      cell: (file) => {
        const { run } = file;
        if (run === null) return <span className="ink3">–</span>;
        return (
          <DoorLink
            label={`Open the run of ${file.file}`}
            onPress={() => {
              navigate("run", { id: run });
            }}
          >
            Open
          </DoorLink>
        );
      },
      width: 76,
    },
  ];
}

function FileDialog({ file, onClose }: { readonly file: ReportedFile; readonly onClose: () => void }): ReactNode {
  const { run } = file;
  return (
    <Dialog
      title={file.file}
      isOpen
      onClose={onClose}
      size="large"
      actions={
        <>
          <Button onPress={onClose}>Close</Button>
          {run === null ? null : (
            <Button
              variant="primary"
              onPress={() => {
                navigate("run", { id: run });
              }}
            >
              Open the run
            </Button>
          )}
        </>
      }
    >
      {file.reason === null ? null : (
        <Note
          tone={file.status === "refused" ? "bad" : "info"}
          title={file.status === "refused" ? "Nothing was taken in" : undefined}
        >
          {file.reason}
        </Note>
      )}
      {file.lost.map(({ what, count, reason }, index) => (
        <Note key={String(index)} tone="warn" title={`${formatCount(count)} ${what} could not be read`}>
          {reason}
        </Note>
      ))}
      <DescriptionList
        items={[
          { term: "Status", value: <ImportStatusTag status={file.status} /> },
          { term: "Task", value: file.task ?? "–" },
          { term: "Model", value: file.model ?? "–" },
          { term: "Attempts", value: formatCount(file.attempts) },
          { term: "SHA-256", value: file.sha256 === "" ? "–" : file.sha256, mono: true },
        ]}
      />
      {file.metrics.length === 0 ? null : <MetricsTable metrics={file.metrics} />}
    </Dialog>
  );
}

interface ReportTableProps {
  readonly label: string;
  readonly files: readonly ReportedFile[];
  readonly withTime: boolean;
  readonly empty: ReactNode;
}

/** What became of each file; Enter opens all that is known of it. */
export function ReportTable({ label, files, withTime, empty }: ReportTableProps): ReactNode {
  const [open, setOpen] = useState<string | null>(null);
  const file = files.find((one) => one.key === open);
  return (
    <>
      <DataTable
        label={label}
        columns={columns(withTime)}
        rows={files}
        rowKey={(one) => one.key}
        rowText={(one) => one.file}
        rowHeight={46}
        height="fill"
        onOpen={setOpen}
        empty={empty}
      />
      {file === undefined ? null : (
        <FileDialog
          file={file}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </>
  );
}
