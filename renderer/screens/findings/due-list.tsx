import type { ReactNode } from "react";
import type { FindingKind } from "../../../electron/contract/finding-states.ts";
import type { FindingDeadline } from "../../../electron/contract/findings.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { DataTable, EmptyState, ErrorNote, Loading, Panel, Tag, type TableColumn } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { dayWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";
import { FindingStateTag, KindTag } from "./finding-words.tsx";

/** One deadline of one finding: its address in the list. */
function keyOf({ finding, what, party, at }: FindingDeadline): string {
  return [finding.id, what, party ?? "", String(at)].join(" ");
}

const columns: readonly TableColumn<FindingDeadline>[] = [
  {
    id: "finding",
    header: "Finding",
    cell: ({ finding }) => (
      <span className="findings-two-lines">
        <span className="cut">{finding.title}</span>
        <span className="cut small ink3">
          {[finding.code, finding.product].filter((part) => part !== "").join(" · ")}
        </span>
      </span>
    ),
    width: "2fr",
    minWidth: 200,
    isRowHeader: true,
  },
  { id: "kind", header: "Kind", cell: ({ finding }) => <KindTag kind={finding.kind} />, width: 180 },
  { id: "state", header: "State", cell: ({ finding }) => <FindingStateTag state={finding.state} />, width: 136 },
  {
    id: "what",
    header: "What",
    cell: ({ what, party }) => (what === "embargo" ? "the embargo ends" : `answer of ${party ?? "somebody"}`),
    width: "1fr",
    minWidth: 140,
  },
  {
    id: "at",
    header: "On",
    cell: ({ at, overdue, what }) =>
      overdue ? (
        <Tag tone={what === "embargo" ? "warn" : "bad"} sign="warn">
          {what === "embargo" ? "ended" : "was due"} {dayWords(at)}
        </Tag>
      ) : (
        dayWords(at)
      ),
    width: 168,
  },
];

/** Embargoes that end and answers that are due, of findings that are not closed; the earliest first. */
export function DueList({ kinds }: { readonly kinds: readonly FindingKind[] }): ReactNode {
  const due = useQuery("findings.due", {});
  if (due.status === "loading") return <Loading />;
  if (due.status === "failed") return <ErrorNote failure={due.failure} />;
  const rows = due.data.filter(({ finding }) => kinds.includes(finding.kind));
  return (
    <Panel label="Deadlines of findings" flush fill>
      <DataTable<FindingDeadline>
        label={formatCounted(rows.length, "deadline")}
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        rowText={({ finding }) => `${finding.code} ${finding.title}`}
        rowHeight={46}
        height="fill"
        onOpen={(key) => {
          const [id = ""] = key.split(" ");
          navigate("finding", { id });
        }}
        empty={
          <EmptyState title="Nothing is due">
            The end of an embargo, and answers of those who were told, stand here with their day.
          </EmptyState>
        }
      />
    </Panel>
  );
}
