import { useEffect, useState } from "react";
import { create } from "zustand";

/** Clocks that run, by run, task and epoch: since when. They go on while other screens are open, and end at lock. */
const useClocks = create<{ readonly since: ReadonlyMap<string, number> }>(() => ({ since: new Map() }));

/** The name of an attempt's clock. */
export function clockKey(runId: string, task: string, epoch: number): string {
  return `${runId} ${String(epoch)} ${task}`;
}

/** Every clock that runs: its name and when it was started, in milliseconds. */
export function useRunningClocks(): ReadonlyMap<string, number> {
  return useClocks((state) => state.since);
}

/** Since when a clock runs, null where it does not. */
export function runningSince(key: string): number | null {
  return useClocks.getState().since.get(key) ?? null;
}

export function startClock(key: string, now: number): void {
  useClocks.setState(({ since }) => ({ since: new Map(since).set(key, now) }));
}

/** Stops a clock. @returns the minutes it ran, to a hundredth; null where it did not run. */
export function stopClock(key: string, now: number): number | null {
  const started = runningSince(key);
  if (started === null) return null;
  useClocks.setState(({ since }) => {
    const next = new Map(since);
    next.delete(key);
    return { since: next };
  });
  return Math.max(0.01, Math.round((now - started) / 600) / 100);
}

/** The time, once a second while something ticks. */
export function useNow(ticks: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticks) return;
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, [ticks]);
  return now;
}
