import { useEffect, useState } from "react";
import type { Failure } from "../../electron/contract/result.ts";
import type { Progress } from "../../electron/contract/wire.ts";
import { FindInTranscript } from "./find-in-transcript.ts";
import { TranscriptReader, type HitPlace } from "./reader.ts";
import type { FindText, TranscriptSource } from "./source.ts";

/** Where a transcript is opened, and what is marked in it. */
export interface TranscriptStart {
  readonly index: number;
  readonly hit: HitPlace | null;
  /** What was looked for where the hit was found: all of its hits here are marked, and N goes on from it. */
  readonly find: FindText | null;
}

export type TranscriptState =
  | { readonly status: "reading"; readonly progress: Progress | null; readonly cancel: () => void }
  | { readonly status: "failed"; readonly failure: Failure; readonly retry: () => void }
  | { readonly status: "ready"; readonly reader: TranscriptReader; readonly find: FindInTranscript };

const idle: TranscriptState = { status: "reading", progress: null, cancel: () => undefined };

/** Goes to where the transcript is opened, and looks for what was looked for there. */
function begin(reader: TranscriptReader, find: FindInTranscript, { index, hit, find: text }: TranscriptStart): void {
  reader.goTo(index, hit);
  if (text !== null && hit !== null) void find.start(text, hit);
}

/**
 * Reads a transcript's outline, with progress, and holds its reader while the component is there.
 * @param source the same object while it is the same transcript; null: there is none.
 * @param start read once, when the outline is there.
 */
export function useTranscript(source: TranscriptSource | null, start: TranscriptStart | null = null): TranscriptState {
  const [state, setState] = useState<TranscriptState>(idle);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (source === null) return;
    const abort = new AbortController();
    const cancel = (): void => {
      abort.abort();
    };
    let open: { reader: TranscriptReader; find: FindInTranscript } | null = null;
    let isCurrent = true;
    const read = async (): Promise<void> => {
      const result = await source.outline({
        signal: abort.signal,
        onProgress: (progress) => {
          if (isCurrent) setState({ status: "reading", progress, cancel });
        },
      });
      if (!isCurrent) return;
      if (!result.ok) {
        const retry = (): void => {
          setState(idle);
          setAttempt((before) => before + 1);
        };
        setState({ status: "failed", failure: result.error, retry });
        return;
      }
      const reader = new TranscriptReader(source, result.value);
      const find = new FindInTranscript(reader);
      open = { reader, find };
      if (start !== null) begin(reader, find, start);
      setState({ status: "ready", reader, find });
    };
    setState({ status: "reading", progress: null, cancel });
    void read();
    return () => {
      isCurrent = false;
      abort.abort();
      open?.find.clear();
      if (open === null) source.close();
      else open.reader.close();
    };
    // `start` says where to begin, not where to be: a new object for the same transcript moves nothing.
  }, [source, attempt]);
  return state;
}
