import { useEffect, useRef, useState, type ReactNode } from "react";
import type { TranscriptItem } from "../../../electron/contract/transcripts.ts";
import { formatCount, formatDuration } from "../../../electron/contract/number-text.ts";
import { Button, DoorLink, Tag, classes, type Tone } from "../../parts/index.ts";

/** Lines of an item that are shown before it is opened. */
const shownLines = 24;

const tones: Readonly<Record<string, Tone>> = { tool: "accent", error: "bad", limit: "warn", score: "review" };

function toneOf(kind: string): Tone {
  return tones[kind] ?? "plain";
}

/** What machines wrote stands in their type; what the model said, in ours. */
function isMachine(kind: string): boolean {
  return kind !== "message" && kind !== "note" && kind !== "score";
}

function ItemText({ item }: { readonly item: TranscriptItem }): ReactNode {
  const [isWhole, setIsWhole] = useState(false);
  const lines = item.text.split("\n");
  const isLong = lines.length > shownLines;
  const text = isLong && !isWhole ? lines.slice(0, shownLines).join("\n") : item.text;
  if (item.text === "") return null;
  return (
    <>
      <pre className={classes("attempt-text", isMachine(item.kind) ? "machine" : "said")}>{text}</pre>
      {isLong ? (
        <DoorLink
          onPress={() => {
            setIsWhole(!isWhole);
          }}
        >
          {isWhole ? "Show less" : `Show all ${formatCount(lines.length)} lines`}
        </DoorLink>
      ) : null}
    </>
  );
}

function TranscriptEntry({
  item,
  isCurrent,
}: {
  readonly item: TranscriptItem;
  readonly isCurrent: boolean;
}): ReactNode {
  return (
    <li id={`attempt-item-${String(item.index)}`} className={classes("attempt-item", isCurrent && "current")}>
      <div className="attempt-item-head">
        <span className="attempt-kind">{item.kind === "message" ? item.title : item.kind}</span>
        {item.kind === "message" || item.title === "" ? null : <Tag tone={toneOf(item.kind)}>{item.title}</Tag>}
        {item.detail === null ? null : <Tag>{item.detail}</Tag>}
        <span className="push small ink3">{item.at === null ? "" : formatDuration(item.at)}</span>
      </div>
      <ItemText item={item} />
    </li>
  );
}

interface TranscriptListProps {
  readonly items: readonly TranscriptItem[];
  readonly total: number;
  readonly current: number;
  readonly isLoading: boolean;
  readonly more: () => void;
}

/** The transcript as plain text, in order; further pages are read as its end comes into sight. Never markup. */
export function TranscriptList({ items, total, current, isLoading, more }: TranscriptListProps): ReactNode {
  const end = useRef<HTMLDivElement>(null);
  const latest = useRef(more);
  useEffect(() => {
    latest.current = more;
  });
  const isWhole = items.length >= total;
  useEffect(() => {
    const element = end.current;
    if (element === null || isWhole) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) latest.current();
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [isWhole, items.length]);
  return (
    <>
      <ol className="attempt-items">
        {items.map((item) => (
          <TranscriptEntry key={item.index} item={item} isCurrent={item.index === current} />
        ))}
      </ol>
      {isWhole ? null : (
        <div ref={end} className="attempt-more">
          <Button size="small" isPending={isLoading} onPress={more}>
            {`Read on: ${formatCount(items.length)} of ${formatCount(total)}`}
          </Button>
        </div>
      )}
    </>
  );
}

interface TimelineProps {
  readonly items: readonly TranscriptItem[];
  readonly current: number;
  readonly onPick: (index: number) => void;
}

/** Where to jump to: time and what happened, one line an item. */
export function Timeline({ items, current, onPick }: TimelineProps): ReactNode {
  return (
    <ol className="attempt-timeline">
      {items.map((item) => (
        <li
          key={item.index}
          id={`attempt-jump-${String(item.index)}`}
          className={classes("attempt-jump", item.index === current && "current")}
        >
          <DoorLink
            look="link"
            onPress={() => {
              onPick(item.index);
            }}
          >
            <span className="attempt-jump-time">{item.at === null ? "" : formatDuration(item.at)}</span>{" "}
            <span className="cut">{item.kind === "message" ? item.title : `${item.kind} · ${item.title}`}</span>
          </DoorLink>
        </li>
      ))}
    </ol>
  );
}
