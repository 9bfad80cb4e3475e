import { useEffect, useRef, useState, type ReactNode } from "react";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { reviewFlags, reviewFlagWords, type ReviewRound } from "../../../electron/contract/reviewing.ts";
import {
  Button,
  DataTable,
  EmptyState,
  ErrorNote,
  Panel,
  SearchField,
  Select,
  type Option,
} from "../../parts/index.ts";
import { usePages } from "../../state/pages.ts";
import { keepPlace, navigate, type Params } from "../../state/view.ts";
import { moreOf, queueColumns, queueKey, queuePlace, type QueueView } from "./queue-columns.tsx";

const anyRound = "any";
const anyFlag = "any";

const questions = {
  todo: { whose: "mine", own: "to-do" },
  done: { whose: "mine", own: "done" },
  adjudication: { whose: "adjudication" },
} as const;

function roundOptions(rounds: readonly ReviewRound[]): readonly Option[] {
  return [
    { id: anyRound, label: "All rounds" },
    ...rounds.map(({ id, name, state }): Option => ({
      id,
      label: name,
      detail: state === "frozen" ? "frozen" : undefined,
    })),
  ];
}

/** Every round's flags, and those that the rounds of this vault added. */
function flagOptions(rounds: readonly ReviewRound[]): readonly Option[] {
  const words = new Map<string, string>(reviewFlags.map((id) => [id, reviewFlagWords[id]]));
  for (const round of rounds) for (const flag of round.form.flags) words.set(flag.id, flag.words);
  return [{ id: anyFlag, label: "Any flag" }, ...[...words].map(([id, label]): Option => ({ id, label }))];
}

interface QueueFilters {
  readonly words: string;
  readonly setWords: (words: string) => void;
  /** A round's id, or `anyRound`. */
  readonly round: string;
  readonly setRound: (round: string) => void;
  readonly flag: string;
  readonly setFlag: (flag: string) => void;
  readonly isFiltered: boolean;
  readonly clear: () => void;
  /** The part of the request that they make. */
  readonly question: { readonly roundId?: string; readonly flag?: string; readonly filter: string };
  /** As they are come back to. */
  readonly kept: Params;
}

function useFilters(params: Params, rounds: readonly ReviewRound[]): QueueFilters {
  const [words, setWords] = useState(params["filter"] ?? "");
  const [asked, setRound] = useState(params["round"] ?? anyRound);
  const [flag, setFlag] = useState(params["flag"] ?? anyFlag);
  const round = rounds.some(({ id }) => id === asked) ? asked : anyRound;
  const ofRound = round === anyRound ? null : round;
  const ofFlag = flag === anyFlag ? {} : { flag };
  return {
    ...{ words, setWords, round, setRound, flag, setFlag },
    isFiltered: words !== "" || ofRound !== null || flag !== anyFlag,
    clear: () => {
      setWords("");
      setRound(anyRound);
      setFlag(anyFlag);
    },
    question: { ...(ofRound === null ? {} : { roundId: ofRound }), ...ofFlag, filter: words },
    kept: { ...(words === "" ? {} : { filter: words }), ...(ofRound === null ? {} : { round: ofRound }), ...ofFlag },
  };
}

interface FilterBarProps {
  readonly filters: QueueFilters;
  readonly rounds: readonly ReviewRound[];
  readonly withFlags: boolean;
  readonly found: number | null;
}

function FilterBar({ filters, rounds, withFlags, found }: FilterBarProps): ReactNode {
  const { words, setWords, round, setRound, flag, setFlag, isFiltered } = filters;
  return (
    <div className="reviews-bar">
      <SearchField label="Filter items" placeholder="Task, benchmark, category" value={words} onChange={setWords} />
      <div className="reviews-bar-choice">
        <Select label="Round" hideLabel low options={roundOptions(rounds)} value={round} onChange={setRound} />
      </div>
      {withFlags ? (
        <div className="reviews-bar-choice">
          <Select label="Flag" hideLabel low options={flagOptions(rounds)} value={flag} onChange={setFlag} />
        </div>
      ) : null}
      <span className="ink3" role="status">
        {isFiltered && found !== null ? `${formatCount(found)} found` : ""}
      </span>
    </div>
  );
}

function NothingLikeThat({ onClear }: { readonly onClear: () => void }): ReactNode {
  return (
    <EmptyState title="No item is like that" action={<Button onPress={onClear}>Show all</Button>}>
      Empty the filter, or choose another round.
    </EmptyState>
  );
}

interface QueueListProps {
  readonly view: QueueView;
  readonly rounds: readonly ReviewRound[];
  readonly params: Params;
  /** What to say and to offer where nothing is there. */
  readonly empty: ReactNode;
}

/** Items that wait for this person, or that they judged, with filters. */
export function QueueList({ view, rounds, params, empty }: QueueListProps): ReactNode {
  const filters = useFilters(params, rounds);
  const frame = useRef<HTMLDivElement>(null);
  const input = { ...questions[view], ...filters.question };
  const pages = usePages("reviews.queue", input, ({ rows, total }) => ({ rows, total }), 200);
  const at = params["at"];
  const isRead = pages.rows.length > 0;
  useEffect(() => {
    // Back from an item: the focus goes on from its row.
    if (at !== undefined && isRead) frame.current?.querySelector<HTMLElement>("[role=grid]")?.focus();
  }, [at, isRead]);
  const open = (key: string): void => {
    const place = queuePlace(key);
    if (place === null) return;
    keepPlace({ view, ...filters.kept, at: key });
    navigate("review", place);
  };
  const nothing = filters.isFiltered ? <NothingLikeThat onClear={filters.clear} /> : empty;
  return (
    <div className="fill stack" ref={frame}>
      {pages.failure === null ? null : <ErrorNote failure={pages.failure} />}
      <Panel label="Items" flush fill>
        <FilterBar filters={filters} rounds={rounds} withFlags={view === "done"} found={pages.total} />
        <DataTable
          label={`${formatCount(pages.total ?? pages.rows.length)} items`}
          columns={queueColumns[view]}
          rows={pages.rows}
          rowKey={queueKey}
          rowText={(row) => row.title}
          rowHeight={46}
          height="fill"
          {...(at === undefined ? {} : { selection: "single" as const, selected: [at] })}
          onOpen={open}
          more={moreOf(pages)}
          empty={pages.isLoading ? " " : nothing}
        />
      </Panel>
    </div>
  );
}
