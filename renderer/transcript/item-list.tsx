import {
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from "react";
import { formatCount } from "../../electron/contract/number-text.ts";
import { EmptyState } from "../parts/index.ts";
import type { FindInTranscript } from "./find-in-transcript.ts";
import { ItemView, type ItemActs } from "./item-view.tsx";
import { JsonDialog } from "./json-dialog.tsx";
import { copyItem } from "./copy-item.ts";
import { PositionBar } from "./position-bar.tsx";
import { shownCharacters, type TranscriptReader } from "./reader.ts";

export interface ItemListProps {
  readonly reader: TranscriptReader;
  readonly find: FindInTranscript;
}

/** Puts the focus on the list where the row that held it is no longer drawn, so that keys go on working. */
function useKeptFocus(scroller: HTMLElement | null, version: unknown): void {
  const held = useRef(false);
  useEffect(() => {
    if (scroller === null) return;
    const onFocus = (event: FocusEvent): void => {
      held.current = event.target instanceof Node && scroller.contains(event.target);
    };
    document.addEventListener("focusin", onFocus);
    return () => {
      document.removeEventListener("focusin", onFocus);
    };
  }, [scroller]);
  useLayoutEffect(() => {
    if (held.current && document.activeElement === document.body) scroller?.focus({ preventScroll: true });
  }, [scroller, version]);
}

/** The rows that are in sight and a few around them, out of any number. */
export function ItemList({ reader, find }: ItemListProps): ReactNode {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const runway = useRef<HTMLDivElement>(null);
  const block = useRef<HTMLDivElement>(null);
  const [json, setJson] = useState<number | null>(null);
  const [element, setElement] = useState<HTMLElement | null>(null);
  const { rows, current, opened, folded, mode, hit } = useSyncExternalStore(reader.subscribe, reader.read);
  const { range, sight } = useSyncExternalStore(reader.frame.subscribe, reader.frame.read);
  const { text: findText, total } = useSyncExternalStore(find.subscribe, find.read);
  useSyncExternalStore(reader.windows.subscribe, reader.windows.read);
  useKeptFocus(element, range);
  useEffect(() => {
    if (scroller.current === null || runway.current === null || block.current === null) return;
    setElement(scroller.current);
    return reader.frame.attach({ scroller: scroller.current, runway: runway.current, block: block.current });
  }, [reader]);
  useLayoutEffect(() => {
    reader.frame.laidOut();
  });
  useEffect(() => {
    const items: number[] = [];
    // What is in sight is asked for first.
    for (let row = sight.first; row <= sight.last; row += 1) items.push(rows[row] ?? 0);
    for (let row = range.first; row <= range.last; row += 1) items.push(rows[row] ?? 0);
    reader.lookAt("list", items);
  }, [reader, rows, range, sight]);
  const acts = useMemo(
    (): ItemActs => ({
      copy: (index) => void copyItem(reader, index),
      showJson: setJson,
    }),
    [reader],
  );
  const shown = total === null || findText.text === "" ? null : findText;
  const drawn = Array.from({ length: Math.max(0, range.last - range.first + 1) }, (_, place) => range.first + place);
  const isReading = drawn.some((row) => reader.windows.item(rows[row] ?? 0) === undefined);
  return (
    <div className="transcript-body">
      <div
        ref={scroller}
        id={id}
        className="transcript-scroller"
        role="feed"
        aria-label={`Transcript, ${formatCount(rows.length)} items`}
        aria-busy={isReading}
        tabIndex={0}
      >
        <div ref={runway} className="transcript-runway" role="presentation">
          <div ref={block} className="transcript-block" role="presentation">
            {drawn.map((row) => {
              const index = rows[row] ?? 0;
              const span = reader.heads.get(index);
              return (
                <ItemView
                  key={index}
                  reader={reader}
                  index={index}
                  row={row}
                  rows={rows.length}
                  isCurrent={index === current}
                  isFolded={span !== undefined && folded.has(span)}
                  isTextOnly={mode === "text"}
                  limit={opened.get(index) ?? shownCharacters.closed}
                  find={shown}
                  hit={hit?.index === index ? hit : null}
                  acts={acts}
                />
              );
            })}
          </div>
        </div>
        {rows.length > 0 ? null : (
          <EmptyState title="Nothing of that kind">
            {mode === "events" ? "The log holds the conversation only." : "Nothing was said in this transcript."}
          </EmptyState>
        )}
      </div>
      <PositionBar reader={reader} find={find} controls={id} />
      {json === null ? null : (
        <JsonDialog
          reader={reader}
          index={json}
          onClose={() => {
            setJson(null);
          }}
        />
      )}
    </div>
  );
}
