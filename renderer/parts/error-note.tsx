import type { ReactNode } from "react";
import type { Failure } from "../../electron/contract/result.ts";
import { failureWords } from "../../electron/contract/words.ts";
import { IconSign } from "./icon-sign.tsx";
import "./note.css";

export interface ErrorNoteProps {
  readonly failure: Failure;
  readonly action?: ReactNode;
}

/** A failure in words: what happened, to what, what to do, and the code to quote. Announced at once. */
export function ErrorNote({ failure, action }: ErrorNoteProps): ReactNode {
  const { happened, remedy, detail } = failureWords(failure);
  return (
    <div className="note bad" role="alert">
      <IconSign name="fault" />
      <div className="note-words">
        <strong>{happened}</strong>
        {detail === null ? null : <p>{detail}</p>}
        <p>
          {remedy} <code className="note-code">{failure.code}</code>
        </p>
        {action === undefined ? null : <div className="row">{action}</div>}
      </div>
    </div>
  );
}

export interface NoteProps {
  readonly tone?: "info" | "warn" | "ok" | "bad";
  readonly title?: string | undefined;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

const noteSigns = { info: "info", warn: "warn", ok: "ok", bad: "fault" } as const;

/** Something to know before going on, in its place on the page. */
export function Note({ tone = "info", title, children, action }: NoteProps): ReactNode {
  return (
    <div className={`note ${tone}`} role="note">
      <IconSign name={noteSigns[tone]} />
      <div className="note-words">
        {title === undefined ? null : <strong>{title}</strong>}
        {children === undefined ? null : <div>{children}</div>}
      </div>
      {action === undefined ? null : <div className="note-action">{action}</div>}
    </div>
  );
}
