import { useState } from "react";
import type { ChosenFile, ShellInput } from "../../electron/contract/shell.ts";
import type { Failure } from "../../electron/contract/result.ts";
import { shell } from "./shell.ts";

export interface FileChoice {
  readonly files: readonly ChosenFile[];
  /** Opens the system's dialog. */
  readonly choose: () => void;
  /** Takes files that were dropped. */
  readonly drop: (files: readonly File[]) => void;
  readonly remove: (handle: string) => void;
  readonly clear: () => void;
  readonly failure: Failure | null;
}

/** Files that a person chose or dropped, as handles: the page never sees a path. Fits FileDrop's props. */
export function useFileChoice(dialog: ShellInput<"chooseFiles">, first: readonly ChosenFile[] = []): FileChoice {
  const [files, setFiles] = useState(first);
  const [failure, setFailure] = useState<Failure | null>(null);
  const take = (found: readonly ChosenFile[]): void => {
    if (found.length === 0) return;
    setFiles((before) => (dialog.multiple === true ? [...before, ...found] : found.slice(0, 1)));
  };
  const settle = (result: Awaited<ReturnType<ReturnType<typeof shell>["chooseFiles"]>>): void => {
    setFailure(result.ok ? null : result.error);
    if (result.ok) take(result.value.files);
  };
  return {
    files,
    failure,
    choose: () => void shell().chooseFiles(dialog).then(settle),
    drop: (dropped) => void shell().droppedFiles(dropped).then(settle),
    remove: (handle) => {
      setFiles((before) => before.filter((file) => file.handle !== handle));
    },
    clear: () => {
      setFiles([]);
    },
  };
}
