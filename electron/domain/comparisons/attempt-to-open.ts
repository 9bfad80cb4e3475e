import type { Flip } from "../../contract/comparing.ts";
import type { DenominatorPolicy } from "../../contract/values.ts";
import type { QueryContext } from "../query-context.ts";
import type { RunFacts } from "../runs/state.ts";
import { firstEpochs } from "../runs/details.ts";
import type { TalliedVersion } from "./versions.ts";

type Attempt = NonNullable<Flip["a"]["attempt"]>;

/** The first attempt at a task that solved it, by run and epoch; where none did the first that counts; null where none does. */
export function attemptsToOpen(
  context: QueryContext,
  { runs, byRun }: Pick<TalliedVersion, "runs" | "byRun">,
  policy: DenominatorPolicy,
): (task: string) => Attempt | null {
  const found = runs.map((run, at) => ({
    run,
    epochs: firstEpochs(context, run, policy),
    places: new Map(byRun[at]?.map(({ task }, place) => [task, place])),
  }));
  return (task) => {
    const ofRuns = found.map(({ run, epochs, places }) => {
      const place = places.get(task) ?? -1;
      return { run, solved: epochs.solved[place] ?? 0, counted: epochs.counted[place] ?? 0 };
    });
    const solved = ofRuns.find((one) => one.solved > 0);
    if (solved !== undefined) return attempt(solved.run, solved.solved, true);
    const counted = ofRuns.find((one) => one.counted > 0);
    return counted === undefined ? null : attempt(counted.run, counted.counted, false);
  };
}

function attempt(run: RunFacts, epoch: number, solved: boolean): Attempt {
  return { runId: run.id, runCode: run.code, epoch, solved, fromLog: run.origin === "log" };
}
