import { useState, useSyncExternalStore, type ReactNode } from "react";
import { formatCount } from "../../electron/contract/number-text.ts";
import { Button, ErrorNote, Note, Progress, RadioGroup } from "../parts/index.ts";
import { useScreenCommands } from "../state/commands.ts";
import { progressWords } from "../state/progress-words.ts";
import { useView } from "../state/view.ts";
import { copyItem } from "./copy-item.ts";
import { FindBar } from "./find-bar.tsx";
import type { FindInTranscript } from "./find-in-transcript.ts";
import { GoToDialog } from "./go-to-dialog.tsx";
import { ItemList } from "./item-list.tsx";
import { JsonDialog } from "./json-dialog.tsx";
import { isTypedInto, transcriptKeyOf, transcriptKeys, type KeyPress, type KeyTarget } from "./keys.ts";
import type { TranscriptReader } from "./reader.ts";
import type { TranscriptMode } from "./shown-rows.ts";
import { SpanPath } from "./span-path.tsx";
import { Timeline } from "./timeline.tsx";
import type { TranscriptState } from "./use-transcript.ts";
import "./transcript.css";

/** What stands over a transcript: nothing, a question, or the JSON of an item. */
type Over = { readonly kind: "go-to" } | { readonly kind: "json"; readonly index: number } | null;

export interface TranscriptKeysOfPage {
  /** To be put on the page: keys work while the focus is in it and not in a field. */
  readonly onKeyDown: (
    event: KeyPress & Pick<React.KeyboardEvent, "target" | "defaultPrevented" | "preventDefault">,
  ) => void;
  readonly isFinding: boolean;
  readonly openFind: () => void;
  readonly closeFind: () => void;
  readonly over: Over;
  readonly setOver: (over: Over) => void;
}

/**
 * The keys of a transcript for the page that shows it; lists them on the shortcut sheet and in the palette.
 * @param isTaken keys that the page keeps for itself, letters small.
 */
export function useTranscriptKeys(
  state: TranscriptState,
  isTaken: (key: string) => boolean = () => false,
): TranscriptKeysOfPage {
  const [isFinding, setIsFinding] = useState(false);
  const [over, setOver] = useState<Over>(null);
  const target: KeyTarget | null =
    state.status === "ready"
      ? {
          reader: state.reader,
          find: state.find,
          openFind: () => {
            setIsFinding(true);
          },
          openGoTo: () => {
            setOver({ kind: "go-to" });
          },
          showJson: (index) => {
            setOver({ kind: "json", index });
          },
          copy: (index) => void copyItem(state.reader, index),
        }
      : null;
  useScreenCommands(
    transcriptKeys.map(({ key, shift, words, run }) => ({
      id: `transcript.${shift ? "shift-" : ""}${key}`,
      words,
      shortcut: `${shift ? "Shift+" : ""}${key.toUpperCase()}`,
      // The letters themselves belong to the page; the sheet and the palette list them.
      get isEnabled() {
        return target !== null && useView.getState().overlay !== null;
      },
      run: () => {
        if (target !== null) run(target);
      },
    })),
  );
  useScreenCommands([
    {
      id: "transcript.find",
      words: "Find in this transcript",
      shortcut: "CmdOrCtrl+F",
      isEnabled: target !== null,
      run: () => target?.openFind(),
    },
  ]);
  return {
    isFinding,
    openFind: () => target?.openFind(),
    closeFind: () => {
      setIsFinding(false);
      if (state.status !== "ready") return;
      state.find.clear();
      document.querySelector<HTMLElement>(".transcript-scroller")?.focus({ preventScroll: true });
    },
    over,
    setOver,
    onKeyDown: (event) => {
      if (target === null || event.defaultPrevented || isTypedInto(event.target)) return;
      if (isTaken(event.key.toLowerCase())) return;
      const act = transcriptKeyOf(event);
      if (act === null) return;
      event.preventDefault();
      act(target);
    },
  };
}

const modes: readonly { readonly id: TranscriptMode; readonly label: string }[] = [
  { id: "all", label: "Everything" },
  { id: "events", label: "Events" },
  { id: "text", label: "Text only" },
];

function Toolbar({
  reader,
  keys,
}: {
  readonly reader: TranscriptReader;
  readonly keys: TranscriptKeysOfPage;
}): ReactNode {
  const { mode, folded } = useSyncExternalStore(reader.subscribe, reader.read);
  const hasSpans = reader.outline.spans.first.length > 0;
  return (
    <header className="panel-head transcript-tools">
      <RadioGroup
        label="What is shown"
        hideLabel
        look="segments"
        options={modes}
        value={mode}
        onChange={(next) => {
          reader.setMode(next);
        }}
      />
      <div className="panel-actions">
        {hasSpans ? (
          <Button
            size="small"
            variant="quiet"
            onPress={() => {
              reader.foldAll(folded.size === 0);
            }}
          >
            {folded.size === 0 ? "Fold all" : "Unfold all"}
          </Button>
        ) : null}
        <Button size="small" variant="quiet" onPress={() => keys.setOver({ kind: "go-to" })}>
          Go to…
        </Button>
        <Button size="small" variant="quiet" sign="search" onPress={keys.openFind}>
          Find
        </Button>
      </div>
    </header>
  );
}

interface ReadyProps {
  readonly reader: TranscriptReader;
  readonly find: FindInTranscript;
  readonly keys: TranscriptKeysOfPage;
}

function Ready({ reader, find, keys }: ReadyProps): ReactNode {
  const { said } = useSyncExternalStore(reader.subscribe, reader.read);
  useSyncExternalStore(reader.windows.subscribe, reader.windows.read);
  const { notes } = reader.outline;
  const { failure } = reader.windows;
  return (
    <>
      <Toolbar reader={reader} keys={keys} />
      {keys.isFinding ? <FindBar find={find} onClose={keys.closeFind} /> : null}
      {notes.length === 0 ? null : (
        <div className="transcript-notes">
          <Note tone="warn">{notes.join(" ")}</Note>
        </div>
      )}
      {failure === null ? null : (
        <div className="transcript-notes">
          <ErrorNote
            failure={failure}
            action={
              <Button
                size="small"
                onPress={() => {
                  reader.windows.retry();
                }}
              >
                Read again
              </Button>
            }
          />
        </div>
      )}
      <SpanPath reader={reader} />
      <ItemList reader={reader} find={find} />
      <div className="visually-hidden" role="status" aria-live="polite">
        {said}
      </div>
      {keys.over?.kind === "go-to" ? (
        <GoToDialog
          reader={reader}
          onClose={() => {
            keys.setOver(null);
          }}
        />
      ) : null}
      {keys.over?.kind === "json" ? (
        <JsonDialog
          key={keys.over.index}
          reader={reader}
          index={keys.over.index}
          onClose={() => {
            keys.setOver(null);
          }}
        />
      ) : null}
    </>
  );
}

/** The panel with the transcript: its tools, the path of spans, the items and the position bar. */
export function TranscriptPanel({
  state,
  keys,
}: {
  readonly state: TranscriptState;
  readonly keys: TranscriptKeysOfPage;
}): ReactNode {
  return (
    <section className="panel fill transcript" aria-label="Transcript">
      {state.status === "ready" ? <Ready reader={state.reader} find={state.find} keys={keys} /> : null}
      {state.status === "reading" ? (
        <div className="transcript-notes">
          <Progress
            step={state.progress?.step ?? "Reading the transcript"}
            done={state.progress?.done ?? 0}
            total={state.progress?.total ?? null}
            words={state.progress === null ? undefined : progressWords(state.progress)}
            onCancel={state.cancel}
          />
        </div>
      ) : null}
      {state.status === "failed" ? (
        <div className="transcript-notes">
          <ErrorNote
            failure={state.failure}
            action={
              <Button size="small" onPress={state.retry}>
                Read it again
              </Button>
            }
          />
        </div>
      ) : null}
    </section>
  );
}

/** The panel beside it: what happened, a line each. */
export function TimelinePanel({ state }: { readonly state: TranscriptState }): ReactNode {
  return (
    <nav className="panel transcript-nav" aria-label="Timeline">
      <header className="panel-head">
        <h2>Timeline</h2>
        <span className="panel-hint">{state.status === "ready" ? formatCount(state.reader.outline.total) : ""}</span>
      </header>
      {state.status === "ready" ? <Timeline reader={state.reader} /> : null}
    </nav>
  );
}
