import { useEffect, useRef, useState } from "react";
import type { RequestInput, RequestName, RequestOutput } from "../../../electron/contract/index.ts";
import type { Failure } from "../../../electron/contract/result.ts";
import type { Progress } from "../../../electron/contract/wire.ts";
import { connection } from "../../state/service.ts";

/** The answer to a question that takes time to compute. */
export interface LongAnswer<T> {
  readonly data: T | null;
  readonly failure: Failure | null;
  readonly isRunning: boolean;
  readonly progress: Progress | null;
  /** Somebody cancelled it: it is computed when it is asked for again. */
  readonly isStopped: boolean;
  readonly cancel: () => void;
  readonly again: () => void;
}

interface State<T> {
  /** Of which question this is the state. */
  readonly key: string;
  readonly data: T | null;
  readonly failure: Failure | null;
  readonly isRunning: boolean;
  readonly progress: Progress | null;
  readonly isStopped: boolean;
}

function begun(key: string): State<never> {
  return { key, data: null, failure: null, isRunning: true, progress: null, isStopped: false };
}

/**
 * Asks, shows progress, and can be cancelled. Another question, or leaving, ends the one before; when the vault changes
 * it is asked anew, with the last answer in sight until then.
 * @param input compared by value; null: nothing to ask yet.
 */
export function useLongAnswer<N extends RequestName>(
  name: N,
  input: RequestInput<N> | null,
): LongAnswer<RequestOutput<N>> {
  const key = input === null ? "" : JSON.stringify(input);
  const [state, setState] = useState<State<RequestOutput<N>>>(() => begun(key));
  const [round, setRound] = useState(0);
  const controller = useRef<AbortController | null>(null);
  useEffect(
    () =>
      connection.on("changed", () => {
        setRound((before) => before + 1);
      }),
    [],
  );
  useEffect(() => {
    if (input === null) return;
    const abort = new AbortController();
    controller.current = abort;
    let isCurrent = true;
    const set = (part: Partial<State<RequestOutput<N>>>): void => {
      if (isCurrent) setState((before) => ({ ...(before.key === key ? before : begun(key)), ...part, key }));
    };
    set({ isRunning: true, isStopped: false, failure: null, progress: null });
    const ask = async (): Promise<void> => {
      const onProgress = (progress: Progress): void => {
        set({ progress });
      };
      const result = await connection.request(name, input, { signal: abort.signal, onProgress });
      if (result.ok) set({ data: result.value, isRunning: false, progress: null });
      else if (result.error.code === "cancelled") set({ isRunning: false, isStopped: true, progress: null });
      else set({ failure: result.error, isRunning: false, progress: null });
    };
    void ask();
    return () => {
      isCurrent = false;
      abort.abort();
    };
    // `input` is compared by value, through `key`.
  }, [name, key, round]);
  const shown = state.key === key ? state : begun(key);
  return {
    ...shown,
    isRunning: input !== null && shown.isRunning,
    cancel: () => {
      controller.current?.abort();
    },
    again: () => {
      setRound((before) => before + 1);
    },
  };
}
