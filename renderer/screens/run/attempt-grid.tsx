import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type Ref,
} from "react";
import { useRowHeight } from "../../parts/index.ts";
import { rowAt, type GridSnapshot } from "./attempt-pages.ts";
import { GridHead, type GridSort } from "./grid-head.tsx";
import { epochStart, epochWidth, layOutGrid, taskWidth, windowOf, type GridLayout } from "./grid-layout.ts";
import { intakeHandlers, type GridIntake } from "./grid-intake.ts";
import { actionOf, moveOf, type GridAction, type GridPlace } from "./grid-keys.ts";
import { GridRow, cellId } from "./grid-row.tsx";

export interface AttemptGridProps {
  readonly label: string;
  readonly epochs: number;
  readonly snapshot: GridSnapshot;
  readonly cursor: GridPlace;
  readonly onCursor: (place: GridPlace) => void;
  readonly onAction: (action: GridAction) => void;
  /** Which rows are in sight, so that they are read. */
  readonly onSight: (first: number, last: number) => void;
  readonly sort: GridSort;
  readonly onSort: (sort: GridSort) => void;
  /** How long the clocks have run, by task and epoch. */
  readonly clocks: ReadonlyMap<string, ReadonlyMap<number, number>>;
  readonly intake: GridIntake;
  readonly empty: ReactNode;
  readonly ref?: Ref<{ focus: () => void }>;
}

const headHeight = 30;

interface Sight {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/** What of the frame is in sight, kept up to date; scrolling rounds to rows so that most scroll events draw nothing. */
function useSight(frame: React.RefObject<HTMLDivElement | null>, rowHeight: number): [Sight, () => void] {
  const [sight, setSight] = useState<Sight>({ top: 0, left: 0, width: 1_000, height: 600 });
  const look = (): void => {
    const element = frame.current;
    if (element === null) return;
    const top = Math.floor(element.scrollTop / rowHeight) * rowHeight;
    const left = Math.floor(element.scrollLeft / epochWidth) * epochWidth;
    const { clientWidth: width, clientHeight: height } = element;
    setSight((before) =>
      before.top === top && before.left === left && before.width === width && before.height === height
        ? before
        : { top, left, width, height },
    );
  };
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `look` reads the frame and the row height only
  }, [frame, rowHeight]);
  return [sight, look];
}

/** Scrolls so that the cursor's cell is in sight, under the head and beside the tasks, which both stay. */
function reveal(element: HTMLDivElement, place: GridPlace, rowHeight: number, layout: GridLayout): void {
  const top = place.row * rowHeight;
  const height = element.clientHeight - headHeight;
  if (top < element.scrollTop) element.scrollTop = top;
  else if (top + rowHeight > element.scrollTop + height) element.scrollTop = top + rowHeight - height;
  if (layout.width <= element.clientWidth) return;
  const left = epochStart(layout, place.epoch);
  if (left - taskWidth < element.scrollLeft) element.scrollLeft = place.epoch === 1 ? 0 : left - taskWidth;
  else if (left + epochWidth > element.scrollLeft + element.clientWidth)
    element.scrollLeft = left + epochWidth - element.clientWidth;
}

/**
 * Tasks × epochs, driven from the keyboard: arrows move between attempts, letters log them. Rows and epochs out of sight
 * are not drawn; the cursor is `aria-activedescendant`, so the focus stays on the grid while it scrolls.
 */
export function AttemptGrid({
  label,
  epochs,
  snapshot,
  cursor,
  onCursor,
  onAction,
  onSight,
  sort,
  onSort,
  clocks,
  intake,
  empty,
  ref,
}: AttemptGridProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const [sight, look] = useSight(frame, rowHeight);
  const layout = useMemo(() => layOutGrid(sight.width, epochs), [sight.width, epochs]);
  const rows = snapshot.total ?? 0;
  const drawn = useMemo(
    () => windowOf(sight, rowHeight, layout, { rows, epochs }),
    [sight, rowHeight, layout, rows, epochs],
  );
  const page = Math.max(1, Math.floor((sight.height - headHeight) / rowHeight) - 1);
  useEffect(() => {
    onSight(drawn.first, drawn.last);
  }, [onSight, drawn.first, drawn.last]);
  useImperativeHandle(ref, () => ({ focus: () => frame.current?.focus() }), []);
  const show = (place: GridPlace): void => {
    if (frame.current !== null) reveal(frame.current, place, rowHeight, layout);
  };
  const pick = useMemo(
    () =>
      (row: number, epoch: number): void => {
        onCursor({ row, epoch });
      },
    [onCursor],
  );
  const open = useMemo(
    () => (): void => {
      onAction({ kind: "open" });
    },
    [onAction],
  );
  useEffect(() => {
    if (frame.current !== null && document.activeElement === frame.current)
      reveal(frame.current, { row: cursor.row, epoch: cursor.epoch }, rowHeight, layout);
  }, [cursor.row, cursor.epoch, rowHeight, layout]);
  const indexes = Array.from({ length: Math.max(0, drawn.last - drawn.first + 1) }, (_, index) => drawn.first + index);
  return (
    <div
      ref={frame}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rows + 1}
      aria-colcount={1 + layout.before.length + epochs + layout.after.length}
      aria-activedescendant={rows === 0 ? undefined : cellId(cursor.row, cursor.epoch)}
      data-own-ring
      className="run-grid"
      onScroll={look}
      {...intakeHandlers(intake)}
      onFocus={(event) => {
        if (event.target === frame.current) show(cursor);
      }}
      onKeyDown={(event) => {
        if (event.target !== frame.current) return;
        const place = moveOf(event, cursor, { rows, epochs, page });
        const action = place === null ? actionOf(event) : null;
        if (place === null && action === null) return;
        event.preventDefault();
        if (place !== null) onCursor(place);
        else if (action !== null && !event.repeat) onAction(action);
      }}
    >
      <GridHead
        sort={sort}
        onSort={onSort}
        epochs={epochs}
        layout={layout}
        first={drawn.firstEpoch}
        last={drawn.lastEpoch}
      />
      <div role="rowgroup" className="run-rows" style={{ height: rows * rowHeight, minWidth: layout.width }}>
        {indexes.map((index) => {
          const row = rowAt(snapshot, index);
          return (
            <GridRow
              key={index}
              index={index}
              row={row}
              layout={layout}
              window={drawn}
              top={index * rowHeight}
              height={rowHeight}
              cursor={cursor.row === index ? cursor.epoch : null}
              clocks={row === undefined ? null : (clocks.get(row.task) ?? null)}
              onPick={pick}
              onOpen={open}
            />
          );
        })}
      </div>
      {snapshot.total === 0 ? <div className="run-empty">{empty}</div> : null}
    </div>
  );
}
