import { useMemo, type ReactNode } from "react";
import type { ReviewItem } from "../../../electron/contract/reviewing.ts";
import { EmptyState, Panel } from "../../parts/index.ts";
import { attemptTranscript, type TranscriptSource } from "../../transcript/source.ts";
import {
  TimelinePanel,
  TranscriptPanel,
  useTranscriptKeys,
  type TranscriptKeysOfPage,
} from "../../transcript/transcript-view.tsx";
import { useTranscript } from "../../transcript/use-transcript.ts";
import { blindTranscript } from "./blind-transcript.ts";
import type { JudgingMode } from "./judgement-draft.ts";
import { isReviewKey } from "./judgement-keys.ts";

export interface ReviewTranscript {
  readonly keys: TranscriptKeysOfPage;
  readonly panels: ReactNode;
}

/** Of an item whose attempt may be known the attempt's transcript; else what the round shows of it. */
function useSource({ roundId, item, hasTranscript, identity, task, epoch }: ReviewItem): TranscriptSource | null {
  const runId = identity?.runId ?? null;
  return useMemo(() => {
    if (!hasTranscript) return null;
    return runId === null ? blindTranscript({ roundId, item }) : attemptTranscript({ runId, task: task.id, epoch });
  }, [roundId, item, hasTranscript, runId, task.id, epoch]);
}

/** The transcript of an item, with its keys but those that the judgement takes. */
export function useReviewTranscript(item: ReviewItem, mode: JudgingMode): ReviewTranscript {
  const state = useTranscript(useSource(item));
  const keys = useTranscriptKeys(state, (key) => isReviewKey(key, mode));
  const panels = item.hasTranscript ? (
    <>
      <div className="review-timeline">
        <TimelinePanel state={state} />
      </div>
      <TranscriptPanel state={state} keys={keys} />
    </>
  ) : (
    <Panel title="Transcript" fill>
      <EmptyState title="No transcript">It was logged by hand. Judge it by its evidence and its note.</EmptyState>
    </Panel>
  );
  return { keys, panels };
}
