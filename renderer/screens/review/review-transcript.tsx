import { useState, type ReactNode } from "react";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import type { ReviewItem } from "../../../electron/contract/reviewing.ts";
import type { TranscriptItem } from "../../../electron/contract/transcripts.ts";
import { EmptyState, ErrorNote, Loading, Note, Panel } from "../../parts/index.ts";
import { usePages, type Pages } from "../../state/pages.ts";
import { useQuery, type Query } from "../../state/service.ts";
import { Timeline, TranscriptList } from "../attempt/transcript-view.tsx";

const maskedWords =
  "Words that name the model were taken out. What a model says of itself in other words is still there.";

export interface ReviewTranscript {
  readonly hasAny: boolean;
  readonly step: (by: number) => void;
  readonly panels: ReactNode;
}

function notesOf(first: Query<RequestOutput<"reviews.transcript">>): readonly string[] {
  if (first.status !== "ready") return [];
  return [...(first.data.masked ? [maskedWords] : []), ...first.data.notes];
}

interface TranscriptPanelsProps {
  readonly pages: Pages<TranscriptItem>;
  readonly total: number;
  readonly current: number;
  readonly onPick: (index: number) => void;
  readonly notes: readonly string[];
}

function TranscriptPanels({ pages, total, current, onPick, notes }: TranscriptPanelsProps): ReactNode {
  return (
    <>
      <nav className="panel attempt-nav review-timeline" aria-label="Timeline">
        <header className="panel-head">
          <h2>Timeline</h2>
          <span className="panel-hint">{formatCount(total)}</span>
        </header>
        <Timeline items={pages.rows} current={current} onPick={onPick} />
      </nav>
      <section className="panel fill attempt-transcript" aria-label="Transcript" tabIndex={0}>
        {notes.length === 0 ? null : (
          <div className="attempt-notes">
            <Note>{notes.join(" ")}</Note>
          </div>
        )}
        {pages.failure === null ? null : <ErrorNote failure={pages.failure} />}
        {pages.isLoading && pages.rows.length === 0 ? <Loading words="Reading the transcript" /> : null}
        <TranscriptList
          items={pages.rows}
          total={total}
          current={current}
          isLoading={pages.isLoading}
          more={pages.more}
        />
      </section>
    </>
  );
}

/** The transcript of an item, read by its place in the round: which attempt it is, is not asked for. */
export function useReviewTranscript(item: ReviewItem): ReviewTranscript {
  const [current, setCurrent] = useState(0);
  const address = { roundId: item.roundId, item: item.item };
  const pages = usePages("reviews.transcript", address, ({ items, total }) => ({ rows: items, total }), 200);
  const first = useQuery("reviews.transcript", item.hasTranscript ? { ...address, offset: 0, limit: 1 } : null);
  const total = pages.total ?? pages.rows.length;
  const pick = (index: number): void => {
    const next = Math.max(0, Math.min(total - 1, index));
    if (next >= pages.rows.length) pages.more();
    setCurrent(next);
    document.getElementById(`attempt-item-${String(next)}`)?.scrollIntoView({ block: "start" });
    document.getElementById(`attempt-jump-${String(next)}`)?.scrollIntoView({ block: "nearest" });
  };
  const panels = item.hasTranscript ? (
    <TranscriptPanels pages={pages} total={total} current={current} onPick={pick} notes={notesOf(first)} />
  ) : (
    <Panel title="Transcript" fill>
      <EmptyState title="No transcript">It was logged by hand. Judge it by its evidence and its note.</EmptyState>
    </Panel>
  );
  return {
    hasAny: item.hasTranscript,
    step: (by) => {
      pick(current + by);
    },
    panels,
  };
}
