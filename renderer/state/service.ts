import { useCallback, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { RequestInput, RequestName, RequestOutput } from "../../electron/contract/index.ts";
import type { Failure, Result } from "../../electron/contract/result.ts";
import type { Progress } from "../../electron/contract/wire.ts";
import { ServiceConnection } from "./connection.ts";
import { endJob, startJob, updateJob } from "./jobs.ts";
import { QueryCache, queryKey, type QueryState } from "./queries.ts";

export type { QueryState } from "./queries.ts";

/** The one connection of this page; `connectToService` gives it its port. */
export const connection = new ServiceConnection();
export const queries = new QueryCache((name, input) => connection.request(name, input));

connection.on("changed", () => {
  queries.invalidate();
});

export type Query<T> = QueryState<T> & { readonly refetch: () => void };

/**
 * The answer to a request, kept up to date while the component is there.
 * @param input is compared by value. null: do not ask yet.
 * @returns loading, ready with `data`, or failed with `failure`.
 */
export function useQuery<N extends RequestName>(name: N, input: RequestInput<N> | null): Query<RequestOutput<N>> {
  const key = input === null ? null : queryKey(name, input);
  const subscribe = useCallback(
    (listener: () => void) => {
      if (key === null || input === null) return () => undefined;
      return queries.subscribe(name, input, listener);
    },
    // The key stands for the input: a new object with the same values is the same question.
    [name, key],
  );
  const state = useSyncExternalStore(subscribe, () => queries.read(key ?? ""));
  return useMemo(() => {
    const refetch = (): void => {
      if (key !== null) void queries.refresh(key);
    };
    // The cache is keyed by the request's name, and the connection checked the answer against that name's schema.
    return { ...(state as QueryState<RequestOutput<N>>), refetch };
  }, [state, key]);
}

export interface CommandOptions {
  /** Names the work in the status bar, with progress and cancel: "Importing logs". */
  readonly job?: string | undefined;
}

export interface Command<N extends RequestName> {
  readonly run: (input: RequestInput<N>) => Promise<Result<RequestOutput<N>>>;
  readonly cancel: () => void;
  readonly isRunning: boolean;
  readonly progress: Progress | null;
  /** How the last run failed; null after a good one. Cancelled is no failure. */
  readonly failure: Failure | null;
  readonly reset: () => void;
}

/**
 * Sends a request that changes something or takes long. What screens show is asked for again when it succeeds.
 * Leaving the screen does not cancel it; `cancel` does.
 */
export function useCommand<N extends RequestName>(name: N, options: CommandOptions = {}): Command<N> {
  const { job } = options;
  const [running, setRunning] = useState(0);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const controller = useRef<AbortController | null>(null);
  const run = useCallback(
    async (input: RequestInput<N>) => {
      const abort = new AbortController();
      controller.current = abort;
      const jobId = job === undefined ? null : startJob(job, abort);
      setRunning((count) => count + 1);
      setFailure(null);
      const result = await connection.request(name, input, {
        signal: abort.signal,
        onProgress: (next) => {
          setProgress(next);
          if (jobId !== null) updateJob(jobId, next);
        },
      });
      if (jobId !== null) endJob(jobId);
      setRunning((count) => count - 1);
      setProgress(null);
      if (result.ok) queries.invalidate();
      else if (result.error.code !== "cancelled") setFailure(result.error);
      return result;
    },
    [name, job],
  );
  const cancel = useCallback(() => controller.current?.abort(), []);
  const reset = useCallback(() => {
    setFailure(null);
  }, []);
  return { run, cancel, isRunning: running > 0, progress, failure, reset };
}

/** A passphrase as bytes for a request. Wipe it with `fill(0)` when the request was sent. */
export function secretBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
