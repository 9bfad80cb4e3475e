import { useEffect, useState } from "react";
import type { TableMapping, TablePreview } from "../../../electron/contract/importing.ts";
import type { Failure } from "../../../electron/contract/result.ts";
import type { Progress } from "../../../electron/contract/wire.ts";
import { connection } from "../../state/service.ts";

/** So long nobody types before a table is read again. */
const pause = 250;

export interface PreviewState {
  /** The last dry run that ended; null before the first. */
  readonly preview: TablePreview | null;
  /** A dry run of what was changed since is under way. */
  readonly isRunning: boolean;
  readonly progress: Progress | null;
  readonly failure: Failure | null;
}

const first: PreviewState = { preview: null, isRunning: true, progress: null, failure: null };

/**
 * A dry run over the whole table for every change of its mapping. The one before is cancelled: only the last one counts.
 * @param mapping null: as the service proposes.
 */
export function usePreview(file: string, mapping: TableMapping | null): PreviewState {
  const [state, setState] = useState(first);
  useEffect(() => {
    const abort = new AbortController();
    const ask = async (): Promise<void> => {
      const options = {
        signal: abort.signal,
        onProgress: (progress: Progress) => {
          if (!abort.signal.aborted) setState((before) => ({ ...before, progress }));
        },
      };
      const result = await connection.request("imports.previewTable", { file, mapping }, options);
      if (abort.signal.aborted) return;
      setState(({ preview }) => ({
        preview: result.ok ? result.value : preview,
        isRunning: false,
        progress: null,
        failure: result.ok || result.error.code === "cancelled" ? null : result.error,
      }));
    };
    setState((before) => ({ ...before, isRunning: true }));
    const timer = setTimeout(() => void ask(), mapping === null ? 0 : pause);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [file, mapping]);
  return state;
}
