import { setImmediate as nextTurn } from "node:timers/promises";
import { Refusal } from "../../domain/refusal.ts";

/** How long a computation may keep the service from answering others. */
const turnMs = 12;

/**
 * Runs a computation that yields after each of its steps to its end, letting other requests in between.
 * @throws Refusal `cancelled`
 */
export async function inSteps<S, T>(steps: Generator<S, T>, signal: AbortSignal, tell: (step: S) => void): Promise<T> {
  let since = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - since < turnMs) continue;
    tell(step.value);
    await nextTurn();
    if (signal.aborted) throw new Refusal("cancelled", "the comparison");
    since = performance.now();
  }
}
