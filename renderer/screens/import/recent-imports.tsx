import type { ReactNode } from "react";
import type { RecentImport } from "../../../electron/contract/importing.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { DataTable, EmptyState, ErrorNote, Panel, Tag, type TableColumn } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { minuteWords } from "../../state/time-words.ts";
import { visibleText } from "../../transcript/visible-text.ts";
import { agreement, lostCount, metricLines } from "./import-files.ts";

/** "cybench_7.eval and 3 more". */
function nameOf({ files }: RecentImport): string {
  const [first, ...others] = [...new Set(files.map((file) => visibleText(file.file)))];
  if (first === undefined) return "no file";
  return others.length === 0 ? first : `${first} and ${formatCount(others.length)} more`;
}

function Metrics({ one }: { readonly one: RecentImport }): ReactNode {
  const { agreeing, all } = agreement(metricLines(one.files));
  if (all === 0) return <span className="ink3">–</span>;
  return `${formatCount(agreeing)} of ${formatCount(all)} match`;
}

function State({ one }: { readonly one: RecentImport }): ReactNode {
  if (one.undone) {
    return (
      <Tag sign="invalid" faint>
        undone
      </Tag>
    );
  }
  const lost = one.files.reduce((sum, file) => sum + lostCount(file), 0);
  if (lost === 0) return <span className="ink3">whole</span>;
  return (
    <Tag tone="warn" sign="warn">
      {formatCount(lost)} lost
    </Tag>
  );
}

const columns: readonly TableColumn<RecentImport>[] = [
  { id: "at", header: "When", cell: ({ at }) => minuteWords(at), width: 148 },
  {
    id: "files",
    header: "Files",
    cell: (one) => (
      <span className="import-two-lines">
        <span className="cut" title={nameOf(one)}>
          {nameOf(one)}
        </span>
        <span className="cut small ink3">by {visibleText(one.byName)}</span>
      </span>
    ),
    width: "2fr",
    minWidth: 220,
    isRowHeader: true,
  },
  { id: "runs", header: "Runs", cell: ({ sums }) => formatCount(sums.runs), align: "end", width: 72 },
  { id: "attempts", header: "Attempts", cell: ({ sums }) => formatCount(sums.attempts), align: "end", width: 90 },
  { id: "metrics", header: "Metrics", cell: (one) => <Metrics one={one} />, width: 140 },
  { id: "state", header: "State", cell: (one) => <State one={one} />, width: 112 },
];

/** The imports that the vault remembers, the newest first; Enter opens the report of one. */
export function RecentImports({ onOpen }: { readonly onOpen: (id: string) => void }): ReactNode {
  const recent = useQuery("imports.recent", {});
  if (recent.status === "failed") return <ErrorNote failure={recent.failure} />;
  return (
    <Panel title="Imported before" hint="newest first; Enter opens the report and its undo" flush fill>
      <DataTable
        label="Imported before"
        columns={columns}
        rows={recent.status === "ready" ? recent.data : []}
        rowKey={({ id }) => id}
        rowText={nameOf}
        rowHeight={46}
        height="fill"
        onOpen={onOpen}
        empty={
          <EmptyState title="Nothing was imported yet">
            Choose or drop logs, tables or a whole folder above. Each log becomes a run; its numbers are computed again
            from its samples. Refused files leave nothing behind.
          </EmptyState>
        }
      />
    </Panel>
  );
}
