import type { ReactNode } from "react";
import type { Progress as ProgressMade } from "../../../electron/contract/wire.ts";
import { Progress } from "../../parts/index.ts";
import { progressWords } from "../../state/progress-words.ts";

interface WorkProgressProps {
  readonly progress: ProgressMade | null;
  /** What is said before anything was reported. */
  readonly first: string;
  readonly onCancel: () => void;
}

/** How far an import is, and the way out of it. */
export function WorkProgress({ progress, first, onCancel }: WorkProgressProps): ReactNode {
  return (
    <Progress
      step={progress?.step ?? first}
      done={progress?.done ?? 0}
      total={progress?.total ?? null}
      {...(progress === null ? {} : { words: progressWords(progress) })}
      onCancel={onCancel}
    />
  );
}
