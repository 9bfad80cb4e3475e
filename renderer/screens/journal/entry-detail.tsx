import type { ReactNode } from "react";
import type { JournalEventRow } from "../../../electron/contract/journal.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { DescriptionList, ErrorNote, IconButton, Loading, Note, Panel } from "../../parts/index.ts";
import { ProofButton } from "./proof-button.tsx";
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
        {row.sealed ? (
          <Note title="Sealed to you">
            It belongs to a compartment that you do not read. Its bytes, its place and its author were checked.
          </Note>
        ) : null}
        {row.clock === null ? null : (
          <Note tone="warn" title="Its clock is odd">
            {`${row.clock.charAt(0).toUpperCase()}${row.clock.slice(1)}. The order of the journal does not come from clocks.`}
          </Note>
        )}
        <DescriptionList
          items={[
            { term: "When", value: row.sealed ? "not readable" : minuteWords(row.at) },
            { term: "Who", value: row.byName },
            { term: "Member", value: row.by, mono: true },
            { term: "Compartment", value: String(row.compartment) },
            { term: "Type", value: row.type, mono: true },
            { term: "Id", value: row.id, mono: true },
          ]}
        />
        {event.status === "loading" ? <Loading words="Opening the entry" /> : null}
        {event.status === "failed" ? <ErrorNote failure={event.failure} /> : null}
        <ProofButton seq={row.seq} />
        {event.status === "ready" && event.data.json !== "" ? (
          <pre className="journal-json" aria-label="The event as stored">
            {event.data.json}
          </pre>
        ) : null}
      </div>
    </Panel>
  );
}
