import { useEffect, useState } from "react";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { useFileChoice, type FileChoice } from "../../state/file-choice.ts";
import { secretBytes, useCommand, type Command } from "../../state/service.ts";

export type CheckedShares = RequestOutput<"recovery.check">;

/** Recovery shares that were brought so far: files and what was typed from paper. */
export interface Shares {
  readonly files: FileChoice;
  readonly typed: readonly string[];
  readonly type: (text: string) => void;
  readonly remove: (place: number) => void;
  /** What the last look at them said; null before there is one. */
  readonly checked: CheckedShares | null;
  readonly check: Command<"recovery.check">;
  /** What a request takes. The typed bytes are the caller's to wipe. */
  readonly request: () => { files: string[]; typed: Uint8Array[] };
}

/** Gathers shares and has them looked at whenever there are others. */
export function useShares(): Shares {
  const files = useFileChoice({ title: "Choose share files", multiple: true });
  const [typed, setTyped] = useState<readonly string[]>([]);
  const [checked, setChecked] = useState<CheckedShares | null>(null);
  const check = useCommand("recovery.check");
  const handles = files.files.map(({ handle }) => handle);
  const brought = `${handles.join(" ")}|${String(typed.length)}`;
  const request = () => ({ files: [...handles], typed: typed.map(secretBytes) });
  useEffect(() => {
    const asked = request();
    if (asked.files.length + asked.typed.length === 0) return undefined;
    let isOver = false;
    void check.run(asked).then((result) => {
      for (const bytes of asked.typed) bytes.fill(0);
      if (!isOver) setChecked(result.ok ? result.value : null);
    });
    return () => {
      isOver = true;
    };
    // What was brought names the question: files by handle, typed shares by their number, which only adding and removing change.
  }, [brought]);
  return {
    files,
    typed,
    type: (text) => {
      setTyped((before) => [...before, text]);
    },
    remove: (place) => {
      setTyped((before) => before.filter((_, at) => at !== place));
    },
    checked: handles.length + typed.length === 0 ? null : checked,
    check,
    request,
  };
}

/** "One more share is needed." What is still missing before shares open the vault; null when nothing is. */
export function sharesMissing(checked: CheckedShares | null): string | null {
  if (checked === null) return "Bring the shares first.";
  const damaged = checked.shares.filter(({ problem }) => problem !== null).length;
  if (checked.threshold === null || checked.missing === null) return "None of these shares is whole.";
  if (checked.missing > 0) return `${formatCounted(checked.missing, "more whole share")} needed.`;
  return damaged === 0
    ? null
    : `Take the ${damaged === 1 ? "damaged share" : "damaged shares"} out: the others are enough.`;
}
