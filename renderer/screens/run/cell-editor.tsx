import { useEffect, useRef, useState, type ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import type { Run } from "../../../electron/contract/evaluation.ts";
import { formatDuration, formatMinutes } from "../../../electron/contract/number-text.ts";
import {
  Button,
  DoorLink,
  FileDrop,
  IconButton,
  IconSign,
  Kbd,
  Note,
  NumberField,
  OutcomeTag,
  TextField,
  classes,
  outcomeLook,
} from "../../parts/index.ts";
import { byteWords } from "../../state/progress-words.ts";
import { useQuery } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";
import { FlagField } from "./flag-field.tsx";
import { outcomeKeys, solvedKey, type EditorField, type GridAction } from "./grid-keys.ts";
import type { GridAttempt, Logging } from "./logging.ts";

export interface CellEditorProps {
  readonly run: Run;
  readonly attempt: GridAttempt;
  readonly logging: Logging;
  readonly mayLog: boolean;
  readonly clockMs: number | null;
  /** Tasks whose flags can be checked, null while they are being read. */
  readonly flagged: readonly string[] | null;
  /** The field that a key asked for; a new object at every press. */
  readonly wanted: { readonly field: EditorField } | null;
  readonly onAction: (action: GridAction) => void;
  /** Back to the grid. */
  readonly onLeave: () => void;
  readonly onClose: () => void;
}

function OutcomeButtons({
  attempt,
  isDisabled,
  onAction,
}: {
  readonly attempt: GridAttempt;
  readonly isDisabled: boolean;
  readonly onAction: (action: GridAction) => void;
}): ReactNode {
  const { cell } = attempt;
  return (
    <div className="run-outcomes" role="group" aria-label="Outcome">
      {outcomeKeys.map((outcome) => {
        const isSolved = outcome.outcome === "scored" ? outcome.score === 1 : null;
        const look = outcomeLook(outcome.outcome, isSolved);
        const isNow = cell.outcome === outcome.outcome && (isSolved === null || cell.solved === isSolved);
        return (
          <AriaButton
            key={outcome.key}
            className={classes("run-outcome", outcome.key === "E" && "wide", isNow && look.tone, isNow && "now")}
            isDisabled={isDisabled}
            aria-pressed={isNow}
            onPress={() => {
              onAction({ kind: "outcome", outcome });
            }}
          >
            <IconSign name={look.sign} size={11} />
            <span className="cut">{look.words}</span>
            <Kbd keys={outcome.key === "Delete" ? "Del" : outcome.key} />
          </AriaButton>
        );
      })}
    </div>
  );
}

function EvidenceList({
  props,
  isDisabled,
}: {
  readonly props: CellEditorProps;
  readonly isDisabled: boolean;
}): ReactNode {
  const { attempt, logging, run } = props;
  const [failure, setFailure] = useState<string | null>(null);
  const detail = useQuery("attempts.get", { runId: run.id, task: attempt.row.task, epoch: attempt.cell.epoch });
  const attach = async (handles: readonly string[]): Promise<void> => {
    if (handles.length === 0) return;
    const failed = await logging.attach(attempt, handles);
    setFailure(failed === null ? null : `It could not be attached (${failed.code}).`);
  };
  const choose = async (): Promise<void> => {
    const chosen = await shell().chooseFiles({ title: "Attach evidence", multiple: true });
    if (chosen.ok) await attach(chosen.value.files.map((file) => file.handle));
  };
  const drop = async (files: readonly File[]): Promise<void> => {
    const dropped = await shell().droppedFiles(files);
    if (dropped.ok) await attach(dropped.value.files.map((file) => file.handle));
  };
  const evidence = detail.status === "ready" ? detail.data.evidence : [];
  return (
    <div className="stack tight">
      {evidence.map((file) => (
        <div key={file.id} className="row small">
          <IconSign name="file" />
          <span className="cut">{file.name}</span>
          <span className="push ink3">{byteWords(file.bytes)}</span>
        </div>
      ))}
      {isDisabled ? null : (
        <FileDrop
          label="Evidence"
          hint="Drop files here"
          files={[]}
          onChoose={() => void choose()}
          onDrop={(files) => void drop(files)}
          error={failure}
          look="line"
        />
      )}
    </div>
  );
}

/** The input of a field, or its button where it has none; null where the field is not there. */
function inputOf(editor: HTMLElement, field: EditorField): HTMLElement | null {
  const part = editor.querySelector(`[data-field="${field}"]`);
  const input = part?.querySelector<HTMLElement>("input:not([type=hidden]), textarea");
  return input ?? part?.querySelector<HTMLElement>("button.button") ?? null;
}

/**
 * Reaches the field that a key asked for: its input, or the button that opens the file dialog. The focus never stays in the
 * grid, where the letters of what is typed next would log attempts: while the field is not there the editor has it.
 *
 * @param isWhole false while more fields may come
 */
function useWantedField(wanted: CellEditorProps["wanted"], isWhole: boolean): React.RefObject<HTMLDivElement | null> {
  const fields = useRef<HTMLDivElement>(null);
  const asked = useRef<CellEditorProps["wanted"]>(null);
  const settled = useRef<CellEditorProps["wanted"]>(null);
  useEffect(() => {
    const editor = fields.current;
    if (wanted === null || editor === null || settled.current === wanted) return;
    const isLeft = asked.current === wanted && !editor.contains(document.activeElement);
    asked.current = wanted;
    const input = inputOf(editor, wanted.field);
    if (input !== null || isWhole || isLeft) settled.current = wanted;
    if (isLeft) return;
    editor.focus();
    input?.focus();
    if (input instanceof HTMLInputElement) input.select();
  }, [wanted, isWhole]);
  return fields;
}

function NoteField({
  attempt,
  logging,
  isDisabled,
}: {
  readonly attempt: GridAttempt;
  readonly logging: Logging;
  readonly isDisabled: boolean;
}): ReactNode {
  const [note, setNote] = useState(attempt.cell.note);
  return (
    <div data-field="note">
      <TextField
        label="Note"
        lines={3}
        value={note}
        onChange={setNote}
        isDisabled={isDisabled}
        maxLength={20_000}
        onBlur={() => {
          if (note !== attempt.cell.note) void logging.log(attempt, { note });
        }}
      />
    </div>
  );
}

function Figures({ props, isDisabled }: { readonly props: CellEditorProps; readonly isDisabled: boolean }): ReactNode {
  const { attempt, logging, clockMs } = props;
  const { cell } = attempt;
  return (
    <>
      <div className="run-figures">
        <div data-field="minutes">
          <NumberField
            label="Minutes"
            low
            min={0}
            value={cell.totalMs === null ? null : Number((cell.totalMs / 60_000).toFixed(2))}
            isDisabled={isDisabled}
            onChange={(minutes) => void logging.log(attempt, { minutes })}
          />
        </div>
        <div data-field="tokens">
          <NumberField
            label="Tokens"
            low
            min={0}
            step={1}
            value={cell.totalTokens}
            isDisabled={isDisabled}
            onChange={(tokens) => void logging.log(attempt, { tokens })}
          />
        </div>
        <div data-field="score">
          <NumberField
            label="Score"
            low
            value={cell.score}
            isDisabled={isDisabled || cell.outcome === "not-run"}
            onChange={(score) => void logging.log(attempt, { score })}
          />
        </div>
      </div>
      {isDisabled ? null : (
        <Button
          size="small"
          shortcut="T"
          onPress={() => {
            props.onAction({ kind: "clock" });
          }}
        >
          {clockMs === null ? "Start the clock" : `Stop the clock · ${formatDuration(clockMs)}`}
        </Button>
      )}
    </>
  );
}

function EditorHead({ attempt, onClose }: { readonly attempt: GridAttempt; readonly onClose: () => void }): ReactNode {
  const { row, cell } = attempt;
  const facts = [
    row.category,
    row.difficulty,
    row.humanMinutes === null ? null : `${formatMinutes(row.humanMinutes)} human min`,
  ];
  return (
    <header className="run-editor-head">
      <div className="run-editor-words">
        <h2 className="cut">{row.title}</h2>
        <p className="small ink3 cut">
          {[`epoch ${String(cell.epoch)}`, ...facts.filter((fact) => fact !== null)].join(" · ")}
        </p>
      </div>
      <IconButton sign="close" label="Close the editor" onPress={onClose} />
    </header>
  );
}

function Flag({ run, attempt, flagged, onAction }: CellEditorProps): ReactNode {
  if (flagged?.includes(attempt.row.task) !== true) return null;
  return (
    <div data-field="flag">
      <FlagField
        runId={run.id}
        attempt={attempt}
        onRight={() => {
          onAction({ kind: "outcome", outcome: solvedKey });
        }}
      />
    </div>
  );
}

/** The attempt under the cursor: everything that can be logged of it, each field saved as it is left. */
export function CellEditor(props: CellEditorProps): ReactNode {
  const { run, attempt, mayLog, onAction } = props;
  const { row, cell } = attempt;
  const fields = useWantedField(props.wanted, props.flagged !== null);
  const detail = useQuery("attempts.get", { runId: run.id, task: row.task, epoch: cell.epoch });
  const isLogs = detail.status === "ready" && detail.data.epoch === cell.epoch && detail.data.fromLog;
  const key = `${row.task} ${String(cell.epoch)}`;
  return (
    <section className="panel run-editor" aria-label={`Attempt: ${row.title}, epoch ${String(cell.epoch)}`}>
      <EditorHead attempt={attempt} onClose={props.onClose} />
      <div
        ref={fields}
        tabIndex={-1}
        className="run-editor-body"
        onKeyDownCapture={(event) => {
          // Before the field itself: leaving it is what saves it.
          const isField = event.target instanceof HTMLInputElement && event.target.closest(".run-flag") === null;
          const isEnter = event.key === "Enter" && (event.ctrlKey || isField);
          if (event.key !== "Escape" && !isEnter) return;
          event.preventDefault();
          event.stopPropagation();
          props.onLeave();
        }}
      >
        {isLogs ? (
          <Note title="From the harness log">
            Its outcome and figures stay as logged. Add a note or evidence, or invalidate it with a reason.
          </Note>
        ) : null}
        {isLogs || !mayLog ? (
          <div className="row">
            <OutcomeTag state={cell.outcome} solved={cell.solved} detail={cell.limit ?? undefined} />
          </div>
        ) : (
          <OutcomeButtons attempt={attempt} isDisabled={!mayLog} onAction={onAction} />
        )}
        {isLogs || !mayLog ? null : <Flag key={`flag ${key}`} {...props} />}
        <Figures key={`figures ${key}`} props={props} isDisabled={isLogs || !mayLog} />
        <NoteField key={`note ${key} ${cell.note}`} attempt={attempt} logging={props.logging} isDisabled={!mayLog} />
        <div data-field="evidence">
          <EvidenceList key={`evidence ${key}`} props={props} isDisabled={!mayLog} />
        </div>
        <div className="row">
          <DoorLink
            onPress={() => {
              onAction({ kind: "open" });
            }}
          >
            Open the attempt
          </DoorLink>
          <span className="push">
            <Button
              size="small"
              shortcut="X"
              isDisabled={!mayLog || cell.outcome === "not-run" || cell.outcome === "invalidated"}
              onPress={() => {
                onAction({ kind: "invalidate" });
              }}
            >
              Invalidate…
            </Button>
          </span>
        </div>
      </div>
    </section>
  );
}
