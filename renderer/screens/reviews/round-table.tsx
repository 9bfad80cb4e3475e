import type { ReactNode } from "react";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import type { ReviewRound } from "../../../electron/contract/reviewing.ts";
import { DataTable, Panel, Tag, type TableColumn } from "../../parts/index.ts";
import { dayWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";
import { Due } from "../campaigns/due.tsx";
import { BlindTag } from "./review-words.tsx";
import { ShareBar } from "./share-bar.tsx";

/** "open" or "frozen", as a tag. */
export function RoundStateTag({ state }: { readonly state: ReviewRound["state"] }): ReactNode {
  return state === "open" ? (
    <Tag tone="accent" sign="open">
      open
    </Tag>
  ) : (
    <Tag tone="ok" sign="withheld">
      frozen
    </Tag>
  );
}

/** What waits for a third person; of a frozen round what stayed undecided. */
function Adjudication({ round }: { readonly round: ReviewRound }): ReactNode {
  const { adjudication, items, decided } = round.sums;
  if (round.state === "frozen") {
    return <span className="ink2">{items === decided ? "none" : `${formatCount(items - decided)} undecided`}</span>;
  }
  return adjudication === 0 ? (
    <span className="ink3">none</span>
  ) : (
    <Tag tone="warn" sign="warn">
      {formatCount(adjudication)}
    </Tag>
  );
}

const columns: readonly TableColumn<ReviewRound>[] = [
  {
    id: "name",
    header: "Round",
    cell: (round) => (
      <span className="reviews-two-lines">
        <span className="cut">{round.name}</span>
        <span className="cut small ink3">{round.scope?.words ?? "hidden from those who judge in it"}</span>
      </span>
    ),
    width: "2fr",
    minWidth: 210,
    isRowHeader: true,
  },
  {
    id: "state",
    header: "State",
    cell: (round) => (
      <>
        <RoundStateTag state={round.state} />
        {round.blind ? <BlindTag /> : null}
      </>
    ),
    width: 156,
  },
  {
    id: "decided",
    header: "Decided",
    cell: (round) => <ShareBar label={`Decided in ${round.name}`} done={round.sums.decided} total={round.sums.items} />,
    width: 178,
  },
  {
    id: "adjudication",
    header: "Adjudication",
    cell: (round) => <Adjudication round={round} />,
    width: 128,
  },
  {
    id: "mine",
    header: "Yours to do",
    cell: (round) =>
      round.mine.assigned === 0 ? (
        <span className="ink3">not with you</span>
      ) : (
        `${formatCount(round.mine.toDo)} of ${formatCount(round.mine.assigned)}`
      ),
    align: "end",
    width: 112,
  },
  {
    id: "due",
    header: "Due",
    cell: (round) =>
      round.state === "frozen" && round.dueAt !== null ? (
        <span className="ink2">{dayWords(round.dueAt)}</span>
      ) : (
        <Due dueAt={round.dueAt} />
      ),
    width: 176,
  },
];

/** Every round, newest first; Enter opens one. */
export function RoundTable({ rounds, empty }: { readonly rounds: readonly ReviewRound[]; readonly empty: ReactNode }) {
  return (
    <Panel label="Rounds" flush fill>
      <DataTable
        label={formatCounted(rounds.length, "round")}
        columns={columns}
        rows={rounds}
        rowKey={({ id }) => id}
        rowText={({ name }) => name}
        rowHeight={46}
        height="fill"
        onOpen={(id) => {
          navigate("round", { id });
        }}
        empty={empty}
      />
    </Panel>
  );
}
