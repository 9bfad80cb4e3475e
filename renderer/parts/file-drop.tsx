import type { ReactNode } from "react";
import { DropZone, Text } from "react-aria-components";
import { Button, IconButton } from "./button.tsx";
import { classes } from "./defined.ts";
import { IconSign } from "./icon-sign.tsx";
import "./field.css";
import "./file-drop.css";

/** A file that a person chose: its handle (the page never sees a path) and its name. */
export interface ChosenFile {
  readonly handle: string;
  readonly name: string;
}

export interface FileDropProps {
  readonly label: string;
  /** What may be dropped here: "Inspect logs (.eval, .json)". */
  readonly hint: string;
  readonly files: readonly ChosenFile[];
  /** Opens the system's dialog: the way without a mouse. */
  readonly onChoose: () => void;
  readonly onDrop: (files: readonly File[]) => void;
  readonly onRemove?: ((handle: string) => void) | undefined;
  readonly error?: string | null | undefined;
  /** line: as tall as a field. */
  readonly look?: "block" | "line";
  readonly optional?: boolean;
}

function isFile(value: File | null): value is File {
  return value !== null;
}

/** Files, dropped or chosen; both ways do the same (WCAG 2.5.7). */
export function FileDrop(props: FileDropProps): ReactNode {
  const { label, hint, files, onChoose, onDrop, onRemove, error, look = "block" } = props;
  return (
    <div className="field">
      <span className="field-label">
        {label}
        {props.optional === true ? <span className="optional"> optional</span> : null}
      </span>
      <DropZone
        className={classes("file-drop", look)}
        aria-label={label}
        onDrop={(event) => {
          const dropped = event.items.map((item) => (item.kind === "file" ? item.getFile() : Promise.resolve(null)));
          void Promise.all(dropped).then((found) => {
            onDrop(found.filter(isFile));
          });
        }}
      >
        {files.map((file) => (
          <span key={file.handle} className="file-chosen">
            <IconSign name="file" />
            <span className="cut">{file.name}</span>
            {onRemove ? (
              <IconButton
                sign="close"
                label={`Leave ${file.name} out`}
                onPress={() => {
                  onRemove(file.handle);
                }}
              />
            ) : null}
          </span>
        ))}
        {files.length > 0 && look === "line" ? null : (
          <Text slot="label" className="file-hint">
            {hint}
          </Text>
        )}
        <Button size="small" onPress={onChoose}>
          {files.length === 0 ? "Choose…" : "Change…"}
        </Button>
      </DropZone>
      {error ? <span className="field-error">{error}</span> : null}
    </div>
  );
}
