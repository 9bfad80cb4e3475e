import {
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from "react";
import { formatCount } from "../../electron/contract/number-text.ts";
import type { FindInTranscript } from "./find-in-transcript.ts";
import type { MarkName } from "./marks.ts";
import type { TranscriptReader } from "./reader.ts";
import { stripPath, stripRow, stripRuns, stripThumb } from "./strip-marks.ts";

/** Columns of the strip, px from its left edge. Each kind has its own, so that none is told by its colour alone. */
const columns: readonly { readonly mark: MarkName; readonly left: number; readonly width: number }[] = [
  { mark: "tool", left: 3, width: 4 },
  { mark: "limit", left: 9, width: 5 },
  // Over the limits: where both stand on one pixel, the error is seen.
  { mark: "error", left: 9, width: 5 },
  { mark: "score", left: 16, width: 4 },
];
const hitColumn = { left: 21, width: 3 };
const width = 26;

function useHeight(): readonly [(element: HTMLDivElement | null) => void, number] {
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const [height, setHeight] = useState(0);
  useEffect(() => {
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      setHeight(element.clientHeight);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [element]);
  return [setElement, height];
}

const keySteps: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, PageUp: -1, PageDown: 1 };

interface PositionBarProps {
  readonly reader: TranscriptReader;
  readonly find: FindInTranscript;
  /** The id of what it scrolls. */
  readonly controls: string;
}

/** Stands for the whole transcript: where the sight is, and where calls, errors, limits, scores and hits are. */
export function PositionBar({ reader, find, controls }: PositionBarProps): ReactNode {
  const { rows, mode } = useSyncExternalStore(reader.subscribe, reader.read);
  const { sight } = useSyncExternalStore(reader.frame.subscribe, reader.frame.read);
  const { items } = useSyncExternalStore(find.subscribe, find.read);
  const [setElement, height] = useHeight();
  const dragged = useRef(false);
  const paths = useMemo(() => {
    const shown = mode === "text" ? new Set(rows) : null;
    return columns.map(({ mark, left, width: wide }) => {
      const marked = reader.marks[mark];
      const items = shown === null ? marked : marked.filter((item) => shown.has(item));
      return { mark, path: stripPath(stripRuns(rows, items, height), left, wide) };
    });
  }, [reader, rows, mode, height]);
  const hits = useMemo(
    () => stripPath(stripRuns(rows, items, height), hitColumn.left, hitColumn.width),
    [rows, items, height],
  );
  const thumb = stripThumb(sight.first, sight.last, rows.length, height);
  const dragTo = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const exact = ((event.clientY - box.top) / Math.max(1, box.height)) * rows.length;
    const row = stripRow(event.clientY - box.top, rows.length, box.height);
    reader.frame.drag({ row, below: Math.max(0, exact - row) * reader.frame.height(row) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = keySteps[event.key];
    if (event.key === "Home" || event.key === "End") reader.goToEnd(event.key === "Home" ? "first" : "last");
    else if (step !== undefined) reader.frame.page(step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={setElement}
      className="transcript-bar"
      role="scrollbar"
      aria-label="Position in the transcript"
      aria-controls={controls}
      aria-orientation="vertical"
      aria-valuemin={1}
      aria-valuemax={Math.max(1, rows.length)}
      aria-valuenow={sight.first + 1}
      aria-valuetext={`Row ${formatCount(sight.first + 1)} of ${formatCount(rows.length)}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        dragged.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        dragTo(event);
      }}
      onPointerMove={(event) => {
        if (dragged.current) dragTo(event);
      }}
      onPointerUp={() => {
        dragged.current = false;
      }}
      onPointerCancel={() => {
        dragged.current = false;
      }}
    >
      <svg width={width} height={height} aria-hidden="true">
        <rect className="strip-thumb" x={0} y={thumb.from} width={width} height={Math.max(0, thumb.to - thumb.from)} />
        {paths.map(({ mark, path }) => (
          <path key={mark} className={`strip-${mark}`} d={path} />
        ))}
        <path className="strip-hit" d={hits} />
      </svg>
    </div>
  );
}
