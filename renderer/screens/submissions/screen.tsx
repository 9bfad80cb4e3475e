import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import type { Submission } from "../../../electron/contract/submissions.ts";
import {
  Button,
  DataTable,
  EmptyState,
  ErrorNote,
  Loading,
  PageHead,
  Panel,
  Tabs,
  Tag,
  type TableColumn,
} from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { keepPlace, navigate, type Params } from "../../state/view.ts";
import { DeterminationList } from "../determinations/determination-list.tsx";
import { useRights } from "../runs/rights.ts";
import { InquireDialog } from "./inquire-dialog.tsx";
import { SubmissionStateTag, windowWords } from "./submission-words.tsx";
import "./submissions.css";

function runningSessions({ sessions }: Submission): number {
  return sessions.filter(({ endedAt }) => endedAt === null).length;
}

function overdueItems({ custody }: Submission): number {
  return custody.filter(({ state }) => state === "overdue").length;
}

function endsWords(window: Submission["window"]): string {
  const endsOn = window?.state === "ended" ? null : (window?.endsOn ?? null);
  return endsOn === null ? " " : `ends ${endsOn}`;
}

const columns: readonly TableColumn<Submission>[] = [
  {
    id: "codename",
    header: "Model",
    cell: ({ code, codename, developer }) => (
      <span className="submissions-title">
        <span className="cut">{codename}</span>
        <span className="cut small ink3">
          {code} · {developer}
        </span>
      </span>
    ),
    width: "1.3fr",
    minWidth: 180,
    isRowHeader: true,
  },
  { id: "state", header: "State", cell: ({ state }) => <SubmissionStateTag state={state} />, width: 140 },
  {
    id: "window",
    header: "Access window",
    cell: ({ window }) => (
      <span className="submissions-title">
        <span className="cut">{windowWords(window)}</span>
        <span className="cut small ink3">{endsWords(window)}</span>
      </span>
    ),
    width: "1fr",
    minWidth: 170,
  },
  {
    id: "release",
    header: "Planned releases",
    cell: ({ window, publicRelease }) => (
      <span className="submissions-title">
        <span className="cut">partners {window?.plannedRelease ?? "not stated"}</span>
        <span className="cut small ink3">public {publicRelease ?? "not stated"}</span>
      </span>
    ),
    width: 180,
  },
  {
    id: "open",
    header: "Going on",
    cell: (submission) => {
      const [running, overdue] = [runningSessions(submission), overdueItems(submission)];
      if (overdue > 0)
        return (
          <Tag tone="bad" sign="warn">
            {formatCounted(overdue, "item")} overdue
          </Tag>
        );
      return <span className="ink2">{running === 0 ? "–" : formatCounted(running, "session")}</span>;
    },
    width: 140,
  },
];

interface SubmissionListProps {
  readonly submissions: readonly Submission[];
  readonly mayDecide: boolean;
  readonly onInquire: () => void;
}

function SubmissionList({ submissions, mayDecide, onInquire }: SubmissionListProps): ReactNode {
  if (submissions.length === 0) {
    return (
      <Panel label="Submissions">
        <EmptyState
          title="No developer has asked or shared anything yet"
          action={
            <Button variant="primary" isDisabled={!mayDecide} onPress={onInquire}>
              Record an inquiry
            </Button>
          }
        >
          It begins with a question. What follows is the developer’s choice: terms, access for a number of days,
          sessions, and a withdrawal at any time.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel label="Submissions" flush fill>
      <DataTable<Submission>
        label={formatCounted(submissions.length, "submission")}
        columns={columns}
        rows={submissions}
        rowKey={({ id }) => id}
        rowText={({ codename, developer }) => `${codename} ${developer}`}
        rowHeight={46}
        height="fill"
        onOpen={(id) => {
          navigate("submission", { id });
        }}
      />
    </Panel>
  );
}

const views = ["submissions", "determinations"] as const;
type View = (typeof views)[number];

function leadOf(submissions: readonly Submission[]): string {
  const open = submissions.filter(({ state }) => state === "access-open").length;
  return `${formatCounted(submissions.length, "submission")} · ${formatCounted(open, "window")} open`;
}

/** Models that developers share of their own will, and what is determined of them. */
function SubmissionsScreen({ params }: { readonly params: Params }): ReactNode {
  const submissions = useQuery("submissions.list", {});
  const { mayDecide } = useRights();
  const [view, setView] = useState<View>(views.find((one) => one === params["view"]) ?? "submissions");
  const [asks, setAsks] = useState(params["new"] === "yes");
  const inquire = (): void => {
    setAsks(true);
  };
  useScreenCommands([
    { id: "submissions.inquire", words: "Record an inquiry", shortcut: "Alt+N", isEnabled: mayDecide, run: inquire },
  ]);
  useStatusHint("↑ ↓ submissions · Enter open · Alt N record an inquiry");
  if (submissions.status === "loading") return <Loading />;
  return (
    <div className="page">
      <PageHead
        title="Submissions"
        lead={submissions.status === "ready" ? leadOf(submissions.data) : "What developers share of their own will"}
        actions={
          <Button variant="primary" shortcut="Alt+N" isDisabled={!mayDecide} onPress={inquire}>
            Record an inquiry
          </Button>
        }
      />
      <div className="page-body">
        {submissions.status === "failed" ? (
          <ErrorNote failure={submissions.failure} />
        ) : (
          <Tabs<View>
            label="View"
            value={view}
            onChange={(next) => {
              setView(next);
              keepPlace({ view: next });
            }}
            tabs={[
              {
                id: "submissions",
                words: "Submissions",
                content: <SubmissionList submissions={submissions.data} mayDecide={mayDecide} onInquire={inquire} />,
              },
              { id: "determinations", words: "Determinations", content: <DeterminationList /> },
            ]}
          />
        )}
      </div>
      {asks ? (
        <InquireDialog
          onClose={() => {
            setAsks(false);
          }}
        />
      ) : null}
    </div>
  );
}

export const screen: Screen = { id: "submissions", Component: SubmissionsScreen };
