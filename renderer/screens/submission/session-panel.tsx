import { useState, type ReactNode } from "react";
import type { BenchmarkSession, Submission } from "../../../electron/contract/submissions.ts";
import { ActDialog, Button, Checklist, Panel, Tag, TextField } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { minuteWords } from "../../state/time-words.ts";
import type { SubmissionDialogProps } from "./act-dialogs.tsx";

function StartSessionDialog({ submission, onClose }: SubmissionDialogProps): ReactNode {
  const benchmarks = useQuery("benchmarks.list", {});
  const [draft, setDraft] = useState({ title: "", operators: "", environment: "", budget: "" });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isLate, setIsLate] = useState(false);
  const start = useCommand("submissions.startSession");
  const put = (to: Partial<typeof draft>) => {
    setDraft({ ...draft, ...to });
  };
  const operators = draft.operators.split(",").flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));
  const { title, environment, budget } = draft;
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (title.trim() === "" || operators.length === 0 || chosen.length === 0) return;
    const what = { submissionId: submission.id, title, operators, environment, budget, benchmarkIds: [...chosen] };
    const result = await start.run(what);
    if (result.ok) onClose();
  };
  const known = benchmarks.status === "ready" ? benchmarks.data : [];
  return (
    <ActDialog title="Start a session" act="Start it now" command={start} onAct={() => void submit()} onClose={onClose}>
      <TextField
        label="Title"
        autoFocus
        value={title}
        onChange={(next) => {
          put({ title: next });
        }}
        maxLength={200}
        error={isLate && title.trim() === "" ? "Give it a name." : null}
      />
      <Checklist
        label="Benchmarks"
        items={known.map((one) => ({ id: one.id, words: one.title, detail: one.version }))}
        chosen={chosen}
        onChange={setChosen}
        error={isLate && chosen.length === 0 ? "Choose what is measured." : null}
        empty="No benchmark is in the vault yet: add one under Benchmarks."
      />
      <TextField
        label="Operators"
        value={draft.operators}
        onChange={(next) => {
          put({ operators: next });
        }}
        placeholder="Dora Vale, Ben Okoro"
        error={isLate && operators.length === 0 ? "Say who runs it." : null}
      />
      <div className="submission-pair">
        <TextField
          label="Environment"
          optional
          value={environment}
          onChange={(next) => {
            put({ environment: next });
          }}
          maxLength={1_000}
        />
        <TextField
          label="Budget"
          optional
          value={budget}
          onChange={(next) => {
            put({ budget: next });
          }}
          maxLength={1_000}
        />
      </div>
    </ActDialog>
  );
}

interface EndSessionDialogProps extends SubmissionDialogProps {
  readonly session: BenchmarkSession;
}

function EndSessionDialog({ submission, session, onClose }: EndSessionDialogProps): ReactNode {
  const [deviations, setDeviations] = useState("");
  const end = useCommand("submissions.endSession");
  const submit = async (): Promise<void> => {
    const result = await end.run({ submissionId: submission.id, sessionId: session.id, deviations });
    if (result.ok) onClose();
  };
  return (
    <ActDialog
      title={`End ${session.title}`}
      act="End it now"
      command={end}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <TextField
        label="What was other than planned"
        optional
        autoFocus
        lines={3}
        value={deviations}
        onChange={setDeviations}
      />
    </ActDialog>
  );
}

function sessionWords({ benchmarks, operators, environment, budget, startedAt, endedAt }: BenchmarkSession): string {
  const time = `${minuteWords(startedAt)}${endedAt === null ? "" : ` to ${minuteWords(endedAt)}`}`;
  return [time, benchmarks.join(", "), operators.join(", "), environment, budget]
    .filter((part) => part !== "")
    .join(" · ");
}

/** Benchmark sessions: what runs and what was run, by whom, and what was other than planned. */
export function SessionPanel({ submission, mayLog }: { readonly submission: Submission; readonly mayLog: boolean }) {
  const [starts, setStarts] = useState(false);
  const [ending, setEnding] = useState<BenchmarkSession | null>(null);
  const isOpen = submission.state === "access-open";
  return (
    <Panel
      title="Sessions"
      hint={String(submission.sessions.length)}
      flush
      actions={
        <Button
          size="small"
          isDisabled={!mayLog || !isOpen}
          onPress={() => {
            setStarts(true);
          }}
        >
          Start a session…
        </Button>
      }
    >
      {submission.sessions.length === 0 ? (
        <p className="submission-none ink3">
          {isOpen
            ? "None yet. A session can be started while the window is open."
            : "None: they run while the window is open."}
        </p>
      ) : (
        <ul className="submission-list">
          {submission.sessions.map((session) => (
            <li key={session.id}>
              <span className="submissions-title">
                <span>{session.title}</span>
                <span className="small ink3">{sessionWords(session)}</span>
                {session.deviations === "" ? null : <span className="small ink2">{session.deviations}</span>}
              </span>
              {session.endedAt === null ? (
                <>
                  <Tag tone="accent">running</Tag>
                  <Button
                    size="small"
                    isDisabled={!mayLog}
                    label={`End ${session.title}`}
                    onPress={() => {
                      setEnding(session);
                    }}
                  >
                    End…
                  </Button>
                </>
              ) : (
                <Tag tone={session.endedBy === "withdrawal" ? "warn" : "plain"}>
                  {session.endedBy === "withdrawal" ? "closed by the withdrawal" : "ended"}
                </Tag>
              )}
            </li>
          ))}
        </ul>
      )}
      {starts ? (
        <StartSessionDialog
          submission={submission}
          onClose={() => {
            setStarts(false);
          }}
        />
      ) : null}
      {ending === null ? null : (
        <EndSessionDialog
          submission={submission}
          session={ending}
          onClose={() => {
            setEnding(null);
          }}
        />
      )}
    </Panel>
  );
}
