import { useId, useState, type ReactNode } from "react";
import { RadioGroup } from "./choices.tsx";
import { MarkdownText, type MarkdownTextProps } from "./markdown-text.tsx";
import "./field.css";
import "./markdown.css";

export interface MarkdownEditorProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Called when the text is left: the place to save it. */
  readonly onBlur?: (() => void) | undefined;
  readonly placeholder?: string | undefined;
  readonly lines?: number;
  readonly isReadOnly?: boolean;
  readonly block?: MarkdownTextProps["block"];
}

const views = [
  { id: "write", label: "Write" },
  { id: "read", label: "Read" },
] as const;

/** Markdown in, and how it reads: plain text on one side, the words as printed on the other. */
export function MarkdownEditor(props: MarkdownEditorProps): ReactNode {
  const id = useId();
  const [view, setView] = useState<"write" | "read">(props.isReadOnly === true ? "read" : "write");
  return (
    <div className="field markdown-editor">
      <div className="row">
        <label className="field-label" htmlFor={id}>
          {props.label}
        </label>
        <span className="push">
          <RadioGroup
            hideLabel
            look="segments"
            label={`View of ${props.label}`}
            options={views}
            value={view}
            onChange={setView}
          />
        </span>
      </div>
      {view === "write" ? (
        <textarea
          id={id}
          className="input mono"
          value={props.value}
          rows={props.lines ?? 12}
          readOnly={props.isReadOnly === true}
          placeholder={props.placeholder}
          spellCheck="false"
          onChange={(event) => {
            props.onChange(event.target.value);
          }}
          onBlur={() => props.onBlur?.()}
        />
      ) : (
        <div id={id} className="markdown-preview">
          {props.value.trim() === "" ? (
            <span className="ink3">Nothing written yet</span>
          ) : (
            <MarkdownText markdown={props.value} block={props.block} />
          )}
        </div>
      )}
    </div>
  );
}
