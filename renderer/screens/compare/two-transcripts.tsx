import { useState, type ReactNode } from "react";
import type { Flip } from "../../../electron/contract/comparing.ts";
import { formatCount, formatDuration, formatFraction } from "../../../electron/contract/number-text.ts";
import { Button, EmptyState, ErrorNote, IconSign, Loading, Panel } from "../../parts/index.ts";
import { usePages } from "../../state/pages.ts";
import { cutText, visibleText } from "../../transcript/visible-text.ts";

/** Characters of an item that stand here at first, and how many more come each time that it is read on. */
const firstShown = 4_000;
const moreShown = 20_000;

interface ItemTextProps {
  readonly text: string;
  /** It was longer than what is sent with its page. */
  readonly isCut: boolean;
}

/** A text from its beginning, with a sign for each character that cannot be seen; it says where it is cut, and reads on. */
function ItemText({ text, isCut }: ItemTextProps): ReactNode {
  const [most, setMost] = useState(firstShown);
  const { shown, left } = cutText(visibleText(text), most);
  return (
    <>
      <pre>{shown}</pre>
      {left === 0 ? null : (
        <Button
          size="small"
          onPress={() => {
            setMost(most + moreShown);
          }}
        >
          {`Read on: ${formatCount(shown.length)} of ${formatCount(shown.length + left)} characters`}
        </Button>
      )}
      {left === 0 && isCut ? <p className="small ink3">Its end stands on the attempt’s own screen.</p> : null}
    </>
  );
}

interface Attempt {
  readonly runId: string;
  readonly task: string;
  readonly epoch: number;
}

function TranscriptColumn({ runId, task, epoch }: Attempt): ReactNode {
  const pages = usePages(
    "attempts.transcript",
    { runId, task, epoch },
    ({ items, total }) => ({ rows: items, total }),
    100,
  );
  if (pages.failure !== null) return <ErrorNote failure={pages.failure} />;
  if (pages.isLoading && pages.rows.length === 0) return <Loading words="Reading the transcript" />;
  const total = pages.total ?? pages.rows.length;
  return (
    <>
      <ol className="compare-items">
        {pages.rows.map((item) => (
          <li key={item.index}>
            <div className="compare-item-head">
              <strong>{item.role ?? item.kind}</strong>
              <span className="cut ink3">{item.title === item.role ? "" : visibleText(item.title)}</span>
              <span className="push small ink3">{item.at === null ? "" : formatDuration(item.at)}</span>
            </div>
            {item.text === "" ? null : <ItemText text={item.text} isCut={item.isCut} />}
          </li>
        ))}
      </ol>
      {pages.rows.length >= total ? null : (
        <Button size="small" isPending={pages.isLoading} onPress={pages.more}>
          {`Read on: ${formatCount(pages.rows.length)} of ${formatCount(total)}`}
        </Button>
      )}
    </>
  );
}

interface SideProps {
  readonly number: 1 | 2;
  readonly name: string;
  readonly flip: Flip;
  readonly side: Flip["a"];
  readonly onOpen: () => void;
}

function Side({ number, name, flip, side, onOpen }: SideProps): ReactNode {
  const { attempt, solved, n } = side;
  const outcome = attempt === null ? "" : attempt.solved ? "solved" : "not solved";
  return (
    <Panel
      title={`${String(number)} ${name}`}
      actions={
        <Button size="small" shortcut={String(number)} isDisabled={attempt === null} onPress={onOpen}>
          Open
        </Button>
      }
      fill
      isReading
    >
      <p className="row compare-outcome">
        {attempt === null ? null : <IconSign name={attempt.solved ? "ok" : "none"} />}
        <span className={attempt?.solved === true ? "tone-ok" : "ink2"}>{outcome}</span>
        <span className="ink3">
          {attempt === null ? "" : `${attempt.runCode}, epoch ${String(attempt.epoch)} · `}
          {formatFraction(solved, n)} attempts solved
        </span>
      </p>
      {attempt === null ? (
        <EmptyState title="No attempt counts">
          Under this denominator none of its attempts at this task does.
        </EmptyState>
      ) : attempt.fromLog ? (
        <TranscriptColumn runId={attempt.runId} task={flip.task} epoch={attempt.epoch} />
      ) : (
        <EmptyState title="No transcript">
          It was logged by hand. What there is of it stands under its evidence.
        </EmptyState>
      )}
    </Panel>
  );
}

interface TwoTranscriptsProps {
  readonly flip: Flip;
  readonly names: { readonly a: string; readonly b: string };
  readonly onOpen: (side: "a" | "b") => void;
}

/** The same task by both: an attempt of each, side by side, as plain text. */
export function TwoTranscripts({ flip, names, onOpen }: TwoTranscriptsProps): ReactNode {
  return (
    <div className="compare-sides">
      <Side
        key={`a ${flip.task}`}
        number={1}
        name={names.a}
        flip={flip}
        side={flip.a}
        onOpen={() => {
          onOpen("a");
        }}
      />
      <Side
        key={`b ${flip.task}`}
        number={2}
        name={names.b}
        flip={flip}
        side={flip.b}
        onOpen={() => {
          onOpen("b");
        }}
      />
    </div>
  );
}
