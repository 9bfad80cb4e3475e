import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import type { SearchedAttempt, SearchHit } from "../../../electron/contract/searching.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import { IconSign, classes } from "../../parts/index.ts";
import { navigate } from "../../state/view.ts";
import { kindLook } from "../../transcript/kind-looks.ts";
import { placeOfHit } from "../../transcript/reader.ts";
import { transcriptSearch } from "../../transcript/transcript-search.ts";
import { visibleText } from "../../transcript/visible-text.ts";
import { hitParams } from "../attempt/transcript-start.ts";
import { hitRowAt, hitRows, type HitRow, type HitRows } from "./hit-rows.ts";

const rowHeight = 34;
const around = 10;

/** Opens a hit's transcript at the hit; Alt+← comes back to the hits. */
function openHit(hit: SearchHit, searchId: string): void {
  const { runId, task, epoch } = hit;
  navigate("attempt", { run: runId, task, epoch: String(epoch), ...hitParams(placeOfHit(hit), searchId) });
}

function openAttempt({ runId, task, epoch }: SearchedAttempt): void {
  navigate("attempt", { run: runId, task, epoch: String(epoch) });
}

/** Line ends shown as signs: a hit stands on one line. */
function oneLine(text: string): string {
  return visibleText(text).replaceAll("\n", " ↵ ").replaceAll("\t", " ");
}

function HitWords({ hit }: { readonly hit: SearchHit | undefined }): ReactNode {
  if (hit === undefined) return <span className="ink3">…</span>;
  return (
    <>
      <span className="search-item">{formatCount(hit.index + 1)}</span>
      <span className="search-kind cut">{kindLook(hit.kind).words}</span>
      <span className="search-context">
        <span className="search-before">
          <span>{oneLine(hit.before)}</span>
        </span>
        <mark>{oneLine(hit.match)}</mark>
        <span className="search-after">{oneLine(hit.after)}</span>
      </span>
    </>
  );
}

function AttemptWords({ attempt }: { readonly attempt: SearchedAttempt | undefined }): ReactNode {
  if (attempt === undefined) return null;
  const rest = attempt.firstHit === null ? " · not kept: search in this run alone" : "";
  return (
    <>
      <IconSign name="file" />
      <span className="search-attempt cut">
        {visibleText(attempt.title)} · epoch {attempt.epoch}
      </span>
      <span className="ink3 cut">
        {attempt.runCode} · {visibleText(attempt.benchmark)} · {visibleText(attempt.model)}
      </span>
      <span className="ink3 push search-count">
        {formatCounted(attempt.hits, "hit")}
        {rest}
      </span>
    </>
  );
}

function labelOf(row: HitRow, attempts: readonly SearchedAttempt[]): string {
  if (row.kind === "attempt") {
    const attempt = attempts[row.attempt];
    if (attempt === undefined) return "";
    return `${visibleText(attempt.title)}, epoch ${String(attempt.epoch)}, ${attempt.runCode}, ${formatCounted(attempt.hits, "hit")}`;
  }
  const hit = transcriptSearch.hit(row.place);
  if (hit === undefined) return "being read";
  return `Item ${formatCount(hit.index + 1)}, ${kindLook(hit.kind).words}: ${oneLine(hit.before.slice(-40))}${oneLine(hit.match)}${oneLine(hit.after.slice(0, 40))}`;
}

interface RowProps {
  readonly row: HitRow;
  readonly line: number;
  readonly rows: HitRows;
  readonly attempts: readonly SearchedAttempt[];
  readonly isHere: boolean;
  readonly onOpen: (line: number) => void;
}

function Row({ row, line, rows, attempts, isHere, onOpen }: RowProps): ReactNode {
  return (
    <div
      id={`hit-${String(line)}`}
      role="option"
      aria-selected={isHere}
      aria-posinset={line + 1}
      aria-setsize={rows.total}
      aria-label={labelOf(row, attempts)}
      className={classes("search-row", row.kind, isHere && "here")}
      style={{ top: line * rowHeight }}
      onClick={() => {
        onOpen(line);
      }}
    >
      {row.kind === "attempt" ? (
        <AttemptWords attempt={attempts[row.attempt]} />
      ) : (
        <HitWords hit={transcriptSearch.hit(row.place)} />
      )}
    </div>
  );
}

interface Lines {
  readonly first: number;
  readonly last: number;
}

function useLines(element: HTMLElement | null): Lines {
  const [lines, setLines] = useState<Lines>({ first: 0, last: 40 });
  useEffect(() => {
    if (element === null) return;
    const look = (): void => {
      const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - around);
      const last = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + around;
      setLines((before) => (before.first === first && before.last === last ? before : { first, last }));
    };
    const onScroll = (): void => {
      transcriptSearch.remember({ scrolled: element.scrollTop });
      look();
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", onScroll);
    };
  }, [element]);
  return lines;
}

/** Where a key moves the cursor; null where it moves nothing. */
function moved(key: string, at: number, last: number, page: number): number | null {
  const to: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: last,
  };
  return Object.hasOwn(to, key) ? Math.max(0, Math.min(last, to[key] ?? at)) : null;
}

/** The hits by attempt, any number of them: only the lines in sight are drawn, and only their windows are read. */
export function HitList(): ReactNode {
  const { id, attempts, found, cursor, scrolled } = useSyncExternalStore(
    transcriptSearch.subscribe,
    transcriptSearch.read,
  );
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const kept = found?.kept ?? 0;
  const rows = useMemo(() => hitRows(attempts, kept), [attempts, kept]);
  const lines = useLines(element);
  const at = Math.max(0, Math.min(rows.total - 1, cursor));
  const last = Math.min(rows.total - 1, lines.last);
  const first = useRef(scrolled);
  useLayoutEffect(() => {
    element?.scrollTo({ top: first.current });
  }, [element]);
  useEffect(() => {
    const places: number[] = [];
    for (let line = lines.first; line <= last; line += 1) {
      const row = hitRowAt(rows, line);
      if (row?.kind === "hit") places.push(row.place);
    }
    transcriptSearch.want(places);
  }, [rows, lines.first, last, id]);
  const open = useCallback(
    (line: number): void => {
      const row = hitRowAt(rows, line);
      if (row === null || id === null) return;
      transcriptSearch.remember({ cursor: line });
      const attempt = attempts[row.attempt];
      const hit = row.kind === "hit" ? transcriptSearch.hit(row.place) : undefined;
      if (hit !== undefined) openHit(hit, id);
      else if (row.kind === "attempt" && attempt !== undefined) openAttempt(attempt);
    },
    [rows, attempts, id],
  );
  const bring = (line: number): void => {
    transcriptSearch.remember({ cursor: line });
    if (element === null) return;
    const top = line * rowHeight;
    const below = top + rowHeight - element.clientHeight;
    if (top < element.scrollTop) element.scrollTo({ top });
    else if (below > element.scrollTop) element.scrollTo({ top: below });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((element?.clientHeight ?? 0) / rowHeight) - 1);
    const to = moved(event.key, at, rows.total - 1, page);
    if (event.key === "Enter") open(at);
    else if (to !== null) bring(to);
    else return;
    event.preventDefault();
  };
  const drawn: ReactNode[] = [];
  for (let line = lines.first; line <= last; line += 1) {
    const row = hitRowAt(rows, line);
    if (row === null) continue;
    drawn.push(
      <Row key={line} row={row} line={line} rows={rows} attempts={attempts} isHere={line === at} onOpen={open} />,
    );
  }
  return (
    <div
      ref={setElement}
      className="search-hits"
      role="listbox"
      aria-label={`Hits, ${formatCount(kept)}`}
      tabIndex={0}
      {...(at >= lines.first && at <= last ? { "aria-activedescendant": `hit-${String(at)}` } : {})}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: rows.total * rowHeight }} className="search-runway">
        {drawn}
      </div>
    </div>
  );
}
