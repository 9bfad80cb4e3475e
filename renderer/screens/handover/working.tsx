import type { ReactNode } from "react";
import type { Progress as Step } from "../../../electron/contract/wire.ts";
import { Progress } from "../../parts/index.ts";
import { progressWords } from "../../state/progress-words.ts";

interface WorkingProps {
  readonly command: { readonly isRunning: boolean; readonly progress: Step | null; readonly cancel: () => void };
  /** What is said before the first step is known. */
  readonly words: string;
}

/** How far long work has come, with a way to stop it; nothing while none is under way. */
export function Working({ command, words }: WorkingProps): ReactNode {
  const { isRunning, progress, cancel } = command;
  if (!isRunning) return null;
  if (progress === null) return <Progress step={words} done={0} total={null} onCancel={cancel} />;
  const { step, done, total } = progress;
  return <Progress step={step} done={done} total={total} words={progressWords(progress)} onCancel={cancel} />;
}
