import type { ReactNode } from "react";
import type { FileChoice } from "../state/file-choice.ts";
import { FileDrop, type FileDropProps } from "./file-drop.tsx";

export type FileChoiceFieldProps = Pick<FileDropProps, "label" | "hint" | "optional" | "error" | "look"> & {
  readonly choice: FileChoice;
};

/** A file in a form, dropped or chosen: one line tall unless another look is asked for. */
export function FileChoiceField({ choice, look = "line", ...field }: FileChoiceFieldProps): ReactNode {
  return (
    <FileDrop
      {...field}
      look={look}
      files={choice.files}
      onChoose={choice.choose}
      onDrop={choice.drop}
      onRemove={choice.remove}
    />
  );
}
