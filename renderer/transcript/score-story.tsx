import { useEffect, useState, type ReactNode } from "react";
import type { TranscriptItem } from "../../electron/contract/transcripts.ts";
import type { TranscriptReader } from "./reader.ts";
import { scoreChanges, type ScoreChange } from "./score-edits.ts";
import { visibleText } from "./visible-text.ts";

/** A score's JSON is small; one that is not tells its story in the JSON view. */
const mostBytes = 200_000;

/** Who changed a score, from what to what, and why: from the JSON of the score itself. */
export function ScoreStory({
  reader,
  item,
}: {
  readonly reader: TranscriptReader;
  readonly item: TranscriptItem;
}): ReactNode {
  const [changes, setChanges] = useState<readonly ScoreChange[]>([]);
  useEffect(() => {
    let isCurrent = true;
    if (item.bytes > mostBytes) return;
    void reader.source.item(item.index, 0, 0).then((result) => {
      if (isCurrent && result.ok) setChanges(scoreChanges(result.value.raw.page));
    });
    return () => {
      isCurrent = false;
    };
  }, [reader, item.index, item.bytes]);
  if (changes.length === 0) return null;
  return (
    <ol className="transcript-story">
      {changes.map((change, place) => (
        <li key={place}>
          <span className="mono">
            {place === 0
              ? visibleText(change.value)
              : `${visibleText(changes[place - 1]?.value ?? "")} → ${visibleText(change.value)}`}
          </span>
          <span className="ink3">
            {change.author === null
              ? changes.length > 1 && place === 0
                ? "as the scorer gave it"
                : ""
              : `changed by ${visibleText(change.author)}`}
            {change.when === null ? "" : `, ${visibleText(change.when)}`}
          </span>
          {change.reason === null ? null : <span>{visibleText(change.reason)}</span>}
        </li>
      ))}
    </ol>
  );
}
