import { useEffect, useId, useMemo, useState, useSyncExternalStore, type KeyboardEvent, type ReactNode } from "react";
import { spanAt } from "../../electron/contract/transcripts.ts";
import { formatCount, formatDuration } from "../../electron/contract/number-text.ts";
import { IconSign, classes } from "../parts/index.ts";
import { kindLook } from "./kind-looks.ts";
import type { TranscriptReader } from "./reader.ts";
import { rowOfItem } from "./shown-rows.ts";
import { timelineItems, toldItems } from "./timeline-rows.ts";
import { visibleText } from "./visible-text.ts";

const lineHeight = 26;
const around = 6;
/** Windows that are asked for to name what is in sight here; where lines lie further apart, their kinds stand for them. */
const mostWindows = 4;

interface Lines {
  readonly first: number;
  readonly last: number;
}

function useLines(element: HTMLElement | null, count: number): Lines {
  const [lines, setLines] = useState<Lines>({ first: 0, last: 40 });
  useEffect(() => {
    if (element === null) return;
    const look = (): void => {
      const first = Math.max(0, Math.floor(element.scrollTop / lineHeight) - around);
      const last = Math.ceil((element.scrollTop + element.clientHeight) / lineHeight) + around;
      setLines((before) => (before.first === first && before.last === last ? before : { first, last }));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [element]);
  return { first: Math.min(lines.first, Math.max(0, count - 1)), last: Math.min(count - 1, lines.last) };
}

/** The title without the kind before it, where there is one: "bash" of "Tool · bash". */
function shortName(reader: TranscriptReader, index: number): string {
  const words = kindLook(reader.kindOf(index)).words;
  const span = reader.heads.get(index);
  const head = span === undefined ? null : spanAt(reader.outline, span);
  if (head !== null) return visibleText(head.name === "" ? head.type : head.name);
  const item = reader.windows.item(index);
  const called = item?.calls[0]?.name;
  if (called !== undefined) return `${words} · ${visibleText(called)}`;
  const title = item?.title ?? "";
  const after = title.indexOf(" · ");
  return after < 0 ? words : `${words} · ${visibleText(title.slice(after + 3))}`;
}

interface LineProps {
  readonly reader: TranscriptReader;
  readonly index: number;
  readonly place: number;
  readonly count: number;
  readonly isHere: boolean;
  readonly isFolded: boolean;
  readonly id: string;
}

function LineSign({ reader, index }: Pick<LineProps, "reader" | "index">): ReactNode {
  const isError = reader.isFailed(index);
  const { sign, tone } = kindLook(reader.kindOf(index));
  if (sign === undefined && !isError) return null;
  return (
    <span className={classes("timeline-sign", `tone-${isError ? "bad" : tone}`)}>
      <IconSign name={isError ? "fault" : (sign ?? "info")} size={10} />
    </span>
  );
}

function Line({ reader, index, place, count, isHere, isFolded, id }: LineProps): ReactNode {
  const span = reader.heads.get(index);
  const at = reader.outline.atOf[index] ?? -1;
  const depth = Math.min(4, reader.depthOf(index));
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={reader.depthOf(index) + 1}
      aria-posinset={place + 1}
      aria-setsize={count}
      aria-selected={isHere}
      {...(span === undefined ? {} : { "aria-expanded": !isFolded })}
      className={classes("timeline-line", `depth-${String(depth)}`, isHere && "here", span !== undefined && "head")}
      style={{ top: place * lineHeight }}
      onClick={() => {
        reader.goTo(index);
      }}
    >
      <span className="timeline-time">{at < 0 ? "" : formatDuration(at)}</span>
      {span === undefined ? null : (
        <span
          className="timeline-fold"
          onClick={(event) => {
            event.stopPropagation();
            reader.toggleFold(span);
          }}
        >
          <IconSign name={isFolded ? "right" : "down"} size={10} />
        </span>
      )}
      <LineSign reader={reader} index={index} />
      <span className="cut">{shortName(reader, index)}</span>
    </div>
  );
}

/** What happened, a line each: calls, errors, limits, scores, messages and the spans that they lie in. */
export function Timeline({ reader }: { readonly reader: TranscriptReader }): ReactNode {
  const { rows, folded } = useSyncExternalStore(reader.subscribe, reader.read);
  const { sight } = useSyncExternalStore(reader.frame.subscribe, reader.frame.read);
  useSyncExternalStore(reader.windows.subscribe, reader.windows.read);
  const id = useId();
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const isTold = useMemo(() => toldItems(reader.outline, reader.marks, reader.heads), [reader]);
  const items = useMemo(() => timelineItems(isTold, rows), [isTold, rows]);
  const lines = useLines(element, items.length);
  const here = rowOfItem(items, rows[sight.first] ?? 0);
  const [cursor, setCursor] = useState<number | null>(null);
  const at = Math.min(items.length - 1, cursor ?? here);
  useEffect(() => {
    if (element === null) return;
    const top = at * lineHeight;
    const below = top + 2 * lineHeight - element.clientHeight;
    if (top < element.scrollTop) element.scrollTo({ top: Math.max(0, top - lineHeight) });
    else if (below - lineHeight > element.scrollTop) element.scrollTo({ top: below });
  }, [element, at]);
  useEffect(() => {
    const near: number[] = [];
    const windows = new Set<number>();
    for (let line = lines.first; line <= lines.last; line += 1) {
      const index = items[line] ?? 0;
      near.push(index);
      windows.add(Math.floor(index / 50));
    }
    reader.lookAt("timeline", windows.size <= mostWindows ? near : []);
  }, [reader, items, lines.first, lines.last]);
  const move = (to: number): void => {
    setCursor(Math.max(0, Math.min(items.length - 1, to)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((element?.clientHeight ?? 0) / lineHeight) - 1);
    const index = items[at] ?? 0;
    const span = reader.heads.get(index);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      PageDown: () => move(at + page),
      PageUp: () => move(at - page),
      Home: () => move(0),
      End: () => move(items.length - 1),
      Enter: () => reader.goTo(index),
      ArrowLeft: () => {
        if (span !== undefined && !folded.has(span)) reader.toggleFold(span);
      },
      ArrowRight: () => {
        if (span !== undefined && folded.has(span)) reader.toggleFold(span);
      },
    };
    const act =
      event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(moves, event.key) ? undefined : moves[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const idOf = (line: number): string => `${id}-${String(items[line] ?? 0)}`;
  const drawn = Array.from({ length: Math.max(0, lines.last - lines.first + 1) }, (_, place) => lines.first + place);
  return (
    <div
      ref={setElement}
      className="timeline"
      role="tree"
      aria-label={`Timeline, ${formatCount(items.length)} lines`}
      tabIndex={0}
      {...(items.length > 0 && at >= lines.first && at <= lines.last ? { "aria-activedescendant": idOf(at) } : {})}
      onKeyDown={onKeyDown}
      onBlur={() => {
        setCursor(null);
      }}
    >
      <div style={{ height: items.length * lineHeight }} role="presentation" className="timeline-runway">
        {drawn.map((line) => {
          const index = items[line] ?? 0;
          const span = reader.heads.get(index);
          return (
            <Line
              key={index}
              reader={reader}
              index={index}
              place={line}
              count={items.length}
              isHere={line === at}
              isFolded={span !== undefined && folded.has(span)}
              id={idOf(line)}
            />
          );
        })}
      </div>
    </div>
  );
}
