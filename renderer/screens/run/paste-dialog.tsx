import { useEffect, type ReactNode } from "react";
import type { LoggedAttempt } from "../../../electron/contract/evaluation.ts";
import type { PastedBlock } from "../../../electron/contract/hand-logging.ts";
import { formatCount, formatCounted, formatMinutes } from "../../../electron/contract/number-text.ts";
import { ActDialog, DataTable, Dialog, ErrorNote, Note, OutcomeTag, type TableColumn } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";

const columns: readonly TableColumn<LoggedAttempt>[] = [
  {
    id: "task",
    header: "Task",
    cell: ({ task }) => <span className="cut">{task}</span>,
    width: "2fr",
    isRowHeader: true,
  },
  { id: "epoch", header: "Epoch", cell: ({ epoch }) => formatCount(epoch), align: "end", width: 70 },
  {
    id: "outcome",
    header: "Outcome",
    cell: ({ outcome, score }) => <OutcomeTag state={outcome} solved={score === null ? null : score >= 1} />,
    width: 160,
  },
  {
    id: "score",
    header: "Score",
    cell: ({ score }) => (score === null ? "–" : String(Number(score.toFixed(3)))),
    align: "end",
    width: 80,
  },
  { id: "minutes", header: "Minutes", cell: ({ minutes }) => formatMinutes(minutes), align: "end", width: 84 },
  { id: "tokens", header: "Tokens", cell: ({ tokens }) => formatCount(tokens), align: "end", width: 92 },
];

/** What was pasted, and where: tasks from the cursor downwards. */
export interface Pasted {
  readonly text: string;
  readonly tasks: readonly string[];
  readonly epoch: number;
}

interface PasteDialogProps {
  readonly runId: string;
  readonly pasted: Pasted;
  readonly onDone: (before: readonly LoggedAttempt[], count: number) => void;
  readonly onClose: () => void;
}

function Refused({ refused }: { readonly refused: PastedBlock["refused"] }): ReactNode {
  if (refused.length === 0) return null;
  return (
    <Note tone="warn" title={`${formatCounted(refused.length, "cell or line", "cells or lines")} cannot be logged`}>
      <ul className="run-refused">
        {refused.slice(0, 50).map(({ line, text, reason }) => (
          <li key={`${String(line)} ${text} ${reason}`}>
            Line {formatCount(line)}
            {text === "" ? "" : `, “${text.slice(0, 60)}”`}: {reason}
          </li>
        ))}
        {refused.length > 50 ? <li>and {formatCount(refused.length - 50)} more</li> : null}
      </ul>
    </Note>
  );
}

/** A block from the clipboard before it is logged: what cannot be read first, then every attempt as it would stand. */
export function PasteDialog({ runId, pasted, onDone, onClose }: PasteDialogProps): ReactNode {
  const { text, tasks, epoch } = pasted;
  const read = useQuery("attempts.readBlock", { runId, text, tasks: [...tasks], epoch });
  const log = useCommand("attempts.log");
  const attempts = read.status === "ready" ? read.data.attempts : [];
  const act = async (): Promise<void> => {
    const result = await log.run({ runId, attempts });
    if (!result.ok) return;
    onDone(result.value.before, attempts.length);
    onClose();
  };
  useEffect(() => {
    document.querySelector<HTMLElement>(".dialog .button.primary")?.focus();
  }, [read.status]);
  if (read.status === "loading") return null;
  if (read.status === "failed") {
    return (
      <Dialog title="Paste attempts" isOpen onClose={onClose}>
        <ErrorNote failure={read.failure} />
      </Dialog>
    );
  }
  const { refused, layout } = read.data;
  if (attempts.length === 0) {
    return (
      <Dialog title="Nothing to log in what was pasted" isOpen onClose={onClose}>
        <Refused refused={refused} />
        <p className="ink2">
          Paste outcomes or scores at a cell of the grid, or columns whose first line names them: task, epoch, outcome,
          score, minutes, tokens, note.
        </p>
      </Dialog>
    );
  }
  const lead =
    layout === "cells" ? "From the cursor down and to the right." : "By the columns that the first line names.";
  return (
    <ActDialog
      title="Paste attempts"
      size="large"
      act={`Log ${formatCounted(attempts.length, "attempt")}`}
      command={log}
      onAct={() => void act()}
      onClose={onClose}
    >
      <Refused refused={refused} />
      <p className="ink2">{lead} What stood there before comes back by undo.</p>
      <DataTable
        label="Attempts in the block"
        columns={columns}
        rows={attempts}
        rowKey={({ task, epoch: own }) => `${task} ${String(own)}`}
        rowText={({ task }) => task}
        maxRows={8}
      />
    </ActDialog>
  );
}
