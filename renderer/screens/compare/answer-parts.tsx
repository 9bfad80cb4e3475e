import type { ReactNode } from "react";
import { Button, EmptyState, ErrorNote, Loading, Panel, Progress } from "../../parts/index.ts";
import { progressWords } from "../../state/progress-words.ts";
import { navigate } from "../../state/view.ts";
import type { LongAnswer } from "./long-answer.ts";

interface AnswerProps<T> {
  readonly answer: LongAnswer<T>;
  /** "Comparing pairs". */
  readonly step: string;
  readonly children: (data: T) => ReactNode;
}

/** An answer that takes time: how far it is, with cancel; that it was cancelled, with another go; or what it says. */
export function Answer<T>({ answer, step, children }: AnswerProps<T>): ReactNode {
  const { data, failure, isRunning, isStopped, progress } = answer;
  if (failure !== null)
    return (
      <ErrorNote
        failure={failure}
        action={
          <Button size="small" onPress={answer.again}>
            Try again
          </Button>
        }
      />
    );
  if (data !== null) return children(data);
  if (isStopped)
    return (
      <Panel label={step} fill>
        <EmptyState title="Cancelled" action={<Button onPress={answer.again}>Compute it now</Button>}>
          Nothing was kept of what was computed until then.
        </EmptyState>
      </Panel>
    );
  if (progress === null) return isRunning ? <Loading words={step} /> : null;
  return <Working answer={answer} step={step} />;
}

/** How far a computation is, in one line, with a way to stop it. */
export function Working({ answer, step }: { readonly answer: LongAnswer<unknown>; readonly step: string }): ReactNode {
  const { progress } = answer;
  return (
    <div className="compare-working">
      <Progress
        look="line"
        step={progress?.step ?? step}
        done={progress?.done ?? 0}
        total={progress?.total ?? null}
        words={progress === null ? undefined : progressWords(progress)}
        onCancel={answer.cancel}
      />
    </div>
  );
}

interface MissingProps {
  /** What cannot be shown. */
  readonly title: string;
  /** What is missing, and how to get it. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** Stands where a chart cannot be drawn: what is missing, and the way to it. */
export function Missing({ title, children, action }: MissingProps): ReactNode {
  return (
    <Panel label={title} fill>
      <EmptyState title={title} action={action}>
        {children}
      </EmptyState>
    </Panel>
  );
}

export function ImportAction(): ReactNode {
  return (
    <Button
      onPress={() => {
        navigate("import");
      }}
    >
      Import logs
    </Button>
  );
}

export function RunAction({ benchmarkId }: { readonly benchmarkId: string }): ReactNode {
  return (
    <Button
      onPress={() => {
        navigate("runs", { new: "yes", benchmark: benchmarkId });
      }}
    >
      Start a run by hand
    </Button>
  );
}
