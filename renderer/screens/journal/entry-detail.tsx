import type { ReactNode } from "react";
import type { JournalEventRow } from "../../../electron/contract/journal.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { DescriptionList, ErrorNote, IconButton, Loading, Note, Panel } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { minuteWords } from "../../state/time-words.ts";

interface EntryDetailProps {
  readonly row: JournalEventRow;
  readonly onClose: () => void;
}

/** One entry: who, when, what, and the event as it is stored. */
export function EntryDetail({ row, onClose }: EntryDetailProps): ReactNode {
  const event = useQuery("journal.event", { seq: row.seq, index: row.index });
  return (
    <Panel
      title={`Entry ${formatCount(row.seq)}`}
      hint={row.index === 0 ? undefined : `event ${String(row.index + 1)} of its batch`}
      actions={<IconButton sign="close" label="Close the entry" onPress={onClose} />}
      fill
      isReading
    >
      <div className="stack">
        <p>{row.words}</p>
        {row.refused === null ? null : (
          <Note tone="bad" title="Refused when the journal was read">
            {row.refused}
          </Note>
        )}
        <DescriptionList
          items={[
            { term: "When", value: minuteWords(row.at) },
            { term: "Who", value: row.byName },
            { term: "Member", value: row.by, mono: true },
            { term: "Type", value: row.type, mono: true },
            { term: "Id", value: row.id, mono: true },
          ]}
        />
        {event.status === "loading" ? <Loading words="Opening the entry" /> : null}
        {event.status === "failed" ? <ErrorNote failure={event.failure} /> : null}
        {event.status === "ready" ? (
          <pre className="journal-json" aria-label="The event as stored">
            {event.data.json}
          </pre>
        ) : null}
      </div>
    </Panel>
  );
}
