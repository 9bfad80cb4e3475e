import { useSyncExternalStore, type ReactNode } from "react";
import { spanAt } from "../../electron/contract/transcripts.ts";
import { formatCount } from "../../electron/contract/number-text.ts";
import { DoorLink, IconButton } from "../parts/index.ts";
import type { TranscriptReader } from "./reader.ts";
import { pathOf } from "./shown-rows.ts";
import { visibleText } from "./visible-text.ts";

/** What the item at the upper edge lies in where no span is around it. */
function partOf(reader: TranscriptReader, index: number): string {
  const { messages, events } = reader.outline;
  if (index < messages) return "Conversation";
  return index < messages + events ? "Events" : "How it ended";
}

/** Stays above the rows: the spans that the first row in sight lies in, each a way to its beginning. */
export function SpanPath({ reader }: { readonly reader: TranscriptReader }): ReactNode {
  const { rows, folded } = useSyncExternalStore(reader.subscribe, reader.read);
  const { sight } = useSyncExternalStore(reader.frame.subscribe, reader.frame.read);
  const index = rows[sight.first] ?? 0;
  const path = pathOf(reader.outline, index);
  const inner = path.at(-1);
  return (
    <div className="transcript-path">
      <ol className="transcript-crumbs" aria-label="Where this is">
        <li>{partOf(reader, index)}</li>
        {path.map((place) => {
          const span = spanAt(reader.outline, place);
          const words = visibleText(span === null ? "" : span.name === "" ? span.type : span.name).slice(0, 60);
          return (
            <li key={place}>
              <DoorLink
                look="quiet"
                onPress={() => {
                  reader.goTo(span?.first ?? 0);
                }}
              >
                {words === "" ? "span" : words}
              </DoorLink>
            </li>
          );
        })}
      </ol>
      {inner === undefined ? null : (
        <IconButton
          sign={folded.has(inner) ? "right" : "down"}
          label={folded.has(inner) ? "Unfold this span" : "Fold this span"}
          onPress={() => {
            reader.toggleFold(inner);
          }}
        />
      )}
      <span className="transcript-side push">
        {formatCount(index + 1)} of {formatCount(reader.outline.total)}
      </span>
    </div>
  );
}
