import { useId, useState, type ReactNode } from "react";
import type { Flip, flipFilters } from "../../../electron/contract/comparing.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { FlipSquare, flipSquareSummary } from "../../charts/flip-square.tsx";
import { pairWords } from "../../charts/pair-rows.ts";
import { Button, ErrorNote, IconButton, Panel, RadioGroup, Select, type TableSort } from "../../parts/index.ts";
import { usePages, type Pages } from "../../state/pages.ts";
import { useQuery } from "../../state/service.ts";
import { navigate } from "../../state/view.ts";
import { Missing, RunAction } from "./answer-parts.tsx";
import { FlipFiles } from "./flip-files.tsx";
import { FlipTable, type FlipSort } from "./flip-table.tsx";
import { isOwnLetter } from "./letters.ts";
import { TwoTranscripts } from "./two-transcripts.tsx";
import { selectionOf, type ViewProps } from "./view-props.ts";

type Filter = (typeof flipFilters)[number];

const filters = [
  { id: "only-one", label: "Only one" },
  { id: "different", label: "Different" },
  { id: "shared", label: "All shared" },
] as const;

const sortKeys: readonly FlipSort[] = ["difference", "task", "category", "difficulty", "humanMinutes", "a", "b"];

function openAttempt(flip: Flip, side: "a" | "b"): void {
  const { attempt } = flip[side];
  if (attempt !== null) navigate("attempt", { run: attempt.runId, task: flip.task, epoch: String(attempt.epoch) });
}

/** Who solved what the other did not: tasks, sums, and both transcripts of a task side by side. */
export function FlipsView(props: ViewProps): ReactNode {
  const { benchmark, versions, state } = props;
  const { choices } = state.scope;
  const known = (id: string | undefined): string | undefined => versions.find((one) => one.id === id)?.id;
  const a = known(choices["a"]) ?? versions[0]?.id;
  const b = known(choices["b"]) ?? versions.find(({ id }) => id !== a)?.id;
  if (a === undefined || b === undefined || versions.length < 2) {
    return (
      <Missing title="A flip list takes two model versions" action={<RunAction benchmarkId={benchmark.id} />}>
        {`Only ${String(versions.length)} was run on ${benchmark.title}. Run another on the same tasks, or choose another benchmark.`}
      </Missing>
    );
  }
  return <Flips {...props} a={a} b={b} />;
}

interface FlipsProps extends ViewProps {
  readonly a: string;
  readonly b: string;
}

function useFlips(
  { state, a, b, benchmark }: FlipsProps,
  sort: TableSort,
): { readonly filter: Filter; readonly pages: Pages<Flip> } {
  const { campaignId, policy, choices } = state.scope;
  const filter = filters.find(({ id }) => id === choices["flips"])?.id ?? "only-one";
  const key = sortKeys.find((one) => one === sort.column) ?? "difference";
  const scope = { benchmarkId: benchmark.id, campaignId, policy, a, b, filter, sort: key, descending: sort.descending };
  const pages = usePages("comparisons.flips", scope, ({ rows, total }) => ({ rows, total }), 200);
  return { filter, pages };
}

interface FlipCursor {
  readonly current: Flip | undefined;
  /** Both transcripts are shown instead of the list. */
  readonly isOpen: boolean;
  readonly open: (task: string) => void;
  readonly close: () => void;
  readonly step: (by: 1 | -1) => void;
}

/** The flip that keys are about: the one that is open, the one that is selected, or the first. */
function useFlipCursor({ state }: FlipsProps, rows: readonly Flip[], selected: string | null): FlipCursor {
  const opened = state.scope.choices["task"];
  const current = rows.find(({ task }) => task === (opened ?? selected)) ?? rows[0];
  const open = (task: string): void => {
    state.choose({ task });
  };
  return {
    current,
    isOpen: opened !== undefined && current !== undefined,
    open,
    close: () => {
      open("");
    },
    step: (by) => {
      const next = current === undefined ? undefined : rows[rows.indexOf(current) + by];
      if (next !== undefined) open(next.task);
    },
  };
}

/** What a key does in the flips: 1 and 2 open the attempt of that side; over both transcripts N, P and Escape. */
function flipKeys({ current, isOpen, close, step }: FlipCursor): Readonly<Record<string, () => void>> {
  if (current === undefined) return {};
  const sides = {
    "1": () => {
      openAttempt(current, "a");
    },
    "2": () => {
      openAttempt(current, "b");
    },
  };
  if (!isOpen) return sides;
  return {
    ...sides,
    Escape: close,
    n: () => {
      step(1);
    },
    p: () => {
      step(-1);
    },
  };
}

function emptyWords(isLoading: boolean, filter: Filter): string {
  if (isLoading) return "Reading the tasks";
  return filter === "only-one" ? "No task was solved by one of them and never by the other" : "No task";
}

function Flips(props: FlipsProps): ReactNode {
  const { a, b, versions } = props;
  const [sort, setSort] = useState<TableSort>({ column: "difference", descending: true });
  const [selected, setSelected] = useState<string | null>(null);
  const { filter, pages } = useFlips(props, sort);
  const cursor = useFlipCursor(props, pages.rows, selected);
  const names = {
    a: versions.find(({ id }) => id === a)?.words ?? a,
    b: versions.find(({ id }) => id === b)?.words ?? b,
  };
  const keys = flipKeys(cursor);
  return (
    <div
      className="compare-flips"
      onKeyDown={(event) => {
        if (!isOwnLetter(event) || !Object.hasOwn(keys, event.key)) return;
        keys[event.key]?.();
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <PairBar {...props} filter={filter} />
      {pages.failure === null ? null : <ErrorNote failure={pages.failure} />}
      {cursor.isOpen && cursor.current !== undefined ? (
        <OpenFlip flip={cursor.current} cursor={cursor} names={names} />
      ) : (
        <div className="columns-main-aside stretch fill compare-columns">
          <Panel
            title="Flips"
            hint={pages.total === null ? "" : formatCounted(pages.total, "task")}
            actions={<FlipFiles {...props} names={names} />}
            flush
            fill
          >
            <FlipTable
              pages={pages}
              names={names}
              sort={sort}
              onSort={setSort}
              selected={cursor.current?.task ?? null}
              onSelect={setSelected}
              onOpen={cursor.open}
              onAttempt={openAttempt}
              empty={emptyWords(pages.isLoading, filter)}
            />
          </Panel>
          <FlipSums {...props} names={names} />
        </div>
      )}
    </div>
  );
}

interface OpenFlipProps {
  readonly flip: Flip;
  readonly cursor: FlipCursor;
  readonly names: { readonly a: string; readonly b: string };
}

function OpenFlip({ flip, cursor, names }: OpenFlipProps): ReactNode {
  const { close, step } = cursor;
  return (
    <>
      <div className="row compare-flip-head">
        <IconButton sign="left" label="Back to the list" onPress={close} />
        <strong>{flip.title}</strong>
        <span className="ink3">{[flip.category, flip.difficulty].filter(Boolean).join(" · ")}</span>
        <span className="push row">
          <Button
            size="small"
            shortcut="P"
            onPress={() => {
              step(-1);
            }}
          >
            Previous flip
          </Button>
          <Button
            size="small"
            shortcut="N"
            onPress={() => {
              step(1);
            }}
          >
            Next flip
          </Button>
        </span>
      </div>
      <TwoTranscripts
        flip={flip}
        names={names}
        onOpen={(side) => {
          openAttempt(flip, side);
        }}
      />
    </>
  );
}

interface NamedProps extends FlipsProps {
  readonly names: { readonly a: string; readonly b: string };
}

function PairBar({ state, versions, a, b, filter }: FlipsProps & { readonly filter: Filter }): ReactNode {
  const options = versions.map(({ id, words }) => ({ id, label: words }));
  return (
    <div className="compare-filters">
      <div className="compare-filter wide">
        <Select
          label="1, left"
          low
          options={options.filter(({ id }) => id !== b)}
          value={a}
          onChange={(id) => {
            state.choose({ a: id, b });
          }}
        />
      </div>
      <div className="compare-filter wide">
        <Select
          label="2, right"
          low
          options={options.filter(({ id }) => id !== a)}
          value={b}
          onChange={(id) => {
            state.choose({ a, b: id });
          }}
        />
      </div>
      <div className="compare-end">
        <RadioGroup
          label="Tasks solved by"
          hideLabel
          look="segments"
          options={filters}
          value={filter}
          onChange={(flips) => {
            state.choose({ flips });
          }}
        />
      </div>
    </div>
  );
}

/** The pair's numbers and the four sums, in words and as a small picture. */
function FlipSums(props: NamedProps): ReactNode {
  const { state, a, b, names, benchmark, denominator } = props;
  const { campaignId, policy } = selectionOf(props);
  const answer = useQuery("comparisons.flips", {
    benchmarkId: benchmark.id,
    campaignId,
    policy,
    a,
    b,
    filter: "only-one",
    sort: "difference",
    descending: true,
    offset: 0,
    limit: 1,
  });
  const id = useId();
  if (answer.status !== "ready")
    return (
      <Panel label="Sums" fill>
        {null}
      </Panel>
    );
  const { pair } = answer.data;
  return (
    <Panel title="Shared tasks" hint={formatCounted(pair.tasks, "task")} fill isReading>
      <div className="stack">
        <FlipSquare id={id} sums={pair.flips} a={names.a} b={names.b} />
        <p className="ink2">{flipSquareSummary(pair.flips, names.a, names.b)}</p>
        <div className="stack close">
          <h3>2 against 1</h3>
          <p>{pairWords(pair, answer.data.level)}.</p>
        </div>
        <p className="small ink3">
          Solved: at least once. Denominator: {denominator}.
          {pair.onlyTasksOfA + pair.onlyTasksOfB === 0
            ? ""
            : ` Left out: ${formatCounted(pair.onlyTasksOfA, "task")} only 1 attempted, ${formatCounted(pair.onlyTasksOfB, "task")} only 2 did.`}
        </p>
        <Button
          size="small"
          onPress={() => {
            state.change({ view: "pairs" });
            state.choose({ baseline: a });
          }}
        >
          All against 1
        </Button>
      </div>
    </Panel>
  );
}
