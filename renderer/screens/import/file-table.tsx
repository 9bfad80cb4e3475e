import { useState, type ReactNode } from "react";
import type { ImportedFile } from "../../../electron/contract/importing.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { DataTable, DoorLink, ImportStatusTag, Tag, VerdictTag, type TableColumn } from "../../parts/index.ts";
import { navigate } from "../../state/view.ts";
import { visibleText } from "../../transcript/visible-text.ts";
import { FileDialog } from "./file-dialog.tsx";
import { lostCount } from "./import-files.ts";

/** One file of a report; `key` tells parts of one file apart. */
export interface ReportedFile extends ImportedFile {
  readonly key: string;
}

/** The files of a report with keys of their own. */
export function reported(files: readonly ImportedFile[]): readonly ReportedFile[] {
  return files.map((file, index) => ({ ...file, key: `${String(index)}-${file.sha256}` }));
}

function Verdicts({ file }: { readonly file: ImportedFile }): ReactNode {
  const verdicts = [...new Set(file.metrics.map((metric) => metric.verdict))];
  const worst = verdicts.find((verdict) => verdict === "differs") ?? verdicts[0];
  if (worst === undefined) return <span className="ink3">–</span>;
  const count = file.metrics.filter((metric) => metric.verdict === worst).length;
  return (
    <>
      <VerdictTag verdict={worst} />
      <span className="small ink3">
        {formatCount(count)} of {formatCount(file.metrics.length)}
      </span>
    </>
  );
}

/** What stands under the name: what it is of, or why nothing came of it. */
function aboutWords({ status, folder, task, model, reason, into }: ImportedFile): string {
  const where = folder === "" ? [] : [`in ${folder}`];
  if (into !== null) return [`with ${into}`, ...where].join(" · ");
  if (task === null && status === "table") return ["a table: say what its columns are", ...where].join(" · ");
  if (task === null) return [reason ?? "not recognised", ...where].join(" · ");
  return [task, model ?? "no model named", ...where].join(" · ");
}

function FileName({ file }: { readonly file: ImportedFile }): ReactNode {
  const name = visibleText(file.part === "" ? file.file : `${file.file} · ${file.part}`);
  const about = visibleText(aboutWords(file));
  return (
    <span className="import-two-lines">
      <span className="cut" title={name}>
        {name}
      </span>
      <span className="cut small ink3" title={about}>
        {about}
      </span>
    </span>
  );
}

function Lost({ file }: { readonly file: ImportedFile }): ReactNode {
  const lost = lostCount(file);
  if (lost === 0) return <span className="ink3">none</span>;
  return (
    <Tag tone="warn" sign="warn">
      {formatCount(lost)}
    </Tag>
  );
}

function Door({
  file,
  onMap,
}: {
  readonly file: ImportedFile;
  readonly onMap: ((file: ImportedFile) => void) | null;
}): ReactNode {
  const { run } = file;
  const name = visibleText(file.file);
  if (file.status === "table" && file.handle !== null && onMap !== null) {
    return (
      <DoorLink
        label={`Map the columns of ${name}`}
        onPress={() => {
          onMap(file);
        }}
      >
        Map…
      </DoorLink>
    );
  }
  if (run === null) return <span className="ink3">–</span>;
  return (
    <DoorLink
      label={`Open the run of ${name}`}
      onPress={() => {
        navigate("run", { id: run });
      }}
    >
      Open
    </DoorLink>
  );
}

function columns(onMap: ((file: ImportedFile) => void) | null): readonly TableColumn<ReportedFile>[] {
  return [
    { id: "status", header: "What came of it", cell: (file) => <ImportStatusTag status={file.status} />, width: 140 },
    {
      id: "file",
      header: "File",
      cell: (file) => <FileName file={file} />,
      width: "2fr",
      minWidth: 200,
      isRowHeader: true,
    },
    { id: "attempts", header: "Attempts", cell: (file) => formatCount(file.attempts), align: "end", width: 84 },
    { id: "verdicts", header: "Recomputed", cell: (file) => <Verdicts file={file} />, width: 176 },
    { id: "lost", header: "Lost", cell: (file) => <Lost file={file} />, width: 84 },
    { id: "run", header: "Run", cell: (file) => <Door file={file} onMap={onMap} />, width: 76 },
  ];
}

/** Rows that the table is given at a time: with 10,000 of them it would be long in coming. */
const rowsAtOnce = 300;

interface FileTableProps {
  readonly label: string;
  readonly files: readonly ReportedFile[];
  /** Opens the mapping of a table; null where its file is no longer at hand. */
  readonly onMap: ((file: ImportedFile) => void) | null;
  readonly empty: ReactNode;
}

/** What became of each file, virtualised; Enter opens all that is known of it. */
export function FileTable({ label, files, onMap, empty }: FileTableProps): ReactNode {
  const [open, setOpen] = useState<string | null>(null);
  const [reached, setReached] = useState(rowsAtOnce);
  const file = files.find((one) => one.key === open);
  return (
    <>
      <DataTable
        label={label}
        columns={columns(onMap)}
        rows={files.slice(0, reached)}
        more={
          reached >= files.length
            ? undefined
            : {
                isLoading: false,
                load: () => {
                  setReached((before) => before + rowsAtOnce);
                },
              }
        }
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
          onMap={onMap}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </>
  );
}
