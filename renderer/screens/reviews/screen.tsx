import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import type { ReviewRound } from "../../../electron/contract/reviewing.ts";
import {
  Button,
  EmptyState,
  ErrorNote,
  Loading,
  PageHead,
  RadioGroup,
  showToast,
  type Option,
} from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { connection, useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate, type Params } from "../../state/view.ts";
import { isWriting } from "../review/judgement-keys.ts";
import { canUndo, undoGiven } from "../review/review-undo.ts";
import { useRights, type Rights } from "../runs/rights.ts";
import { OpenRoundDialog } from "./open-round-dialog.tsx";
import { QueueList } from "./queue-view.tsx";
import { RoundTable } from "./round-table.tsx";
import { ShareBar } from "./share-bar.tsx";
import { onLetterCapture } from "./table-letters.ts";
import "./reviews.css";

type Sums = RequestOutput<"reviews.queue">["sums"];

const viewIds = ["todo", "adjudication", "done", "rounds"] as const;
type View = (typeof viewIds)[number];

function counted(words: string, count: number): string {
  return count === 0 ? words : `${words} (${formatCount(count)})`;
}

function views(sums: Sums, rounds: number): readonly Option<View>[] {
  return [
    { id: "todo", label: counted("To do", sums.toDo) },
    { id: "adjudication", label: counted("Adjudication", sums.adjudication) },
    { id: "done", label: counted("Done", sums.done) },
    { id: "rounds", label: counted("Rounds", rounds) },
  ];
}

function leadOf(sums: Sums): string {
  const parts = [
    `${formatCount(sums.toDo)} to judge`,
    `${formatCount(sums.adjudication)} to adjudicate`,
    `${formatCount(sums.done)} done`,
  ];
  return parts.join(" · ");
}

/** The first item that waits for this person: judging before adjudicating. */
async function openNext(sums: Sums): Promise<void> {
  const question = sums.toDo > 0 ? ({ whose: "mine", own: "to-do" } as const) : ({ whose: "adjudication" } as const);
  const result = await connection.request("reviews.queue", { ...question, filter: "", offset: 0, limit: 1 });
  const [row] = result.ok ? result.value.rows : [];
  if (row === undefined) showToast({ words: "Nothing waits for you.", tone: "info" });
  else navigate("review", { round: row.roundId, item: String(row.item) });
}

interface EmptyProps {
  readonly view: View;
  readonly sums: Sums;
  readonly hasRounds: boolean;
  readonly rights: Rights;
  readonly onOpen: () => void;
  readonly onView: (view: View) => void;
}

function NoRounds({ rights, onOpen }: Pick<EmptyProps, "rights" | "onOpen">): ReactNode {
  if (!rights.mayDecide) {
    return (
      <EmptyState title="There is nothing to review">
        A lead opens a round of reviews. What is yours to judge then stands here.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="There is nothing to review"
      action={
        <Button variant="primary" shortcut="Alt+N" onPress={onOpen}>
          Open a round
        </Button>
      }
    >
      A round is a set of attempts that people judge: each by one person or by two, blind to the model and to each
      other.
    </EmptyState>
  );
}

function Door({ words, view, onView }: { words: string; view: View; onView: (view: View) => void }): ReactNode {
  return (
    <Button
      variant="primary"
      onPress={() => {
        onView(view);
      }}
    >
      {words}
    </Button>
  );
}

/** What to say where a list is empty, and what comes next. */
function Empty(props: EmptyProps): ReactNode {
  const { view, sums, hasRounds, onView } = props;
  if (!hasRounds) return <NoRounds {...props} />;
  if (view === "todo" && sums.adjudication > 0) {
    return (
      <EmptyState
        title="All of yours is judged"
        sign="ok"
        action={<Door words={`Adjudicate ${formatCount(sums.adjudication)}`} view="adjudication" onView={onView} />}
      >
        Others differ on some: you can decide between them.
      </EmptyState>
    );
  }
  if (view === "todo") {
    return sums.done > 0 ? (
      <EmptyState title="All of yours is judged" sign="ok">
        Until a round is frozen you can change what you judged, under Done.
      </EmptyState>
    ) : (
      <EmptyState title="Nothing is with you" action={<Door words="See the rounds" view="rounds" onView={onView} />}>
        Rounds are open, but none of their items was given to you.
      </EmptyState>
    );
  }
  if (view === "adjudication") {
    return (
      <EmptyState title="Nothing waits for a third person" sign="ok">
        Where two differ, or nothing can be told, somebody who judged neither decides. Those items stand here.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="Nothing judged yet"
      action={
        sums.toDo > 0 ? <Door words={`Judge ${formatCount(sums.toDo)}`} view="todo" onView={onView} /> : undefined
      }
    >
      What you judged stands here, with what came of it.
    </EmptyState>
  );
}

interface ReviewsProps {
  readonly params: Params;
  readonly rounds: readonly ReviewRound[];
  readonly sums: Sums;
}

function useReviewsCommands(sums: Sums, rights: Rights, openRound: () => void): void {
  useScreenCommands([
    { id: "reviews.round", words: "Open a round", shortcut: "Alt+N", isEnabled: rights.mayDecide, run: openRound },
    {
      id: "reviews.next",
      words: "Judge the next item",
      shortcut: "Alt+J",
      isEnabled: rights.mayLog && sums.toDo + sums.adjudication > 0,
      run: () => void openNext(sums),
    },
    {
      id: "reviews.undo",
      words: "Take back the last judgement",
      shortcut: "CmdOrCtrl+Z",
      get isEnabled() {
        return canUndo() && !isWriting(document.activeElement);
      },
      run: () => void undoGiven(),
    },
  ]);
}

function Reviews({ params, rounds, sums }: ReviewsProps): ReactNode {
  const rights = useRights();
  const [view, show] = useState<View>(viewIds.find((id) => id === params["view"]) ?? "todo");
  const [opens, setOpens] = useState(params["new"] === "yes");
  const openRound = (): void => {
    setOpens(true);
  };
  useReviewsCommands(sums, rights, openRound);
  useStatusHint(
    view === "rounds"
      ? "J K or ↑ ↓ rounds · Enter open · Alt N open a round"
      : "J K or ↑ ↓ items · Enter open · Alt J judge the next · Ctrl F filter · Ctrl Z take back",
  );
  const empty = (
    <Empty view={view} sums={sums} hasRounds={rounds.length > 0} rights={rights} onOpen={openRound} onView={show} />
  );
  return (
    <div className="page" onKeyDownCapture={onLetterCapture}>
      <PageHead
        title="Review"
        lead={leadOf(sums)}
        tags={
          sums.toDo + sums.done === 0 ? undefined : (
            <ShareBar label="What is yours" done={sums.done} total={sums.done + sums.toDo} words="judged" />
          )
        }
        actions={
          <>
            <Button shortcut="Alt+N" isDisabled={!rights.mayDecide} onPress={openRound}>
              Open a round…
            </Button>
            <Button
              variant="primary"
              shortcut="Alt+J"
              isDisabled={!rights.mayLog || sums.toDo + sums.adjudication === 0}
              onPress={() => void openNext(sums)}
            >
              Judge the next
            </Button>
          </>
        }
      />
      <div className="page-body">
        <RadioGroup
          look="segments"
          hideLabel
          label="View"
          options={views(sums, rounds.length)}
          value={view}
          onChange={show}
        />
        {view === "rounds" ? (
          <RoundTable rounds={rounds} empty={empty} />
        ) : (
          <QueueList key={view} view={view} rounds={rounds} params={params} empty={empty} />
        )}
      </div>
      {opens ? (
        <OpenRoundDialog
          params={params}
          onClose={() => {
            setOpens(false);
          }}
        />
      ) : null}
    </div>
  );
}

/** What waits for one's judgement, what was judged, what waits for a third person, and the rounds. */
function ReviewsScreen({ params }: { readonly params: Params }): ReactNode {
  const rounds = useQuery("reviews.rounds", {});
  const mine = useQuery("reviews.queue", { whose: "mine", filter: "", offset: 0, limit: 1 });
  if (rounds.status === "ready" && mine.status === "ready")
    return <Reviews params={params} rounds={rounds.data} sums={mine.data.sums} />;
  const failed = [rounds, mine].find(({ status }) => status === "failed");
  return (
    <div className="page">
      <PageHead title="Review" lead=" " />
      {failed?.status === "failed" ? (
        <div className="page-body">
          <ErrorNote failure={failed.failure} />
        </div>
      ) : (
        <Loading />
      )}
    </div>
  );
}

export const screen: Screen = { id: "reviews", Component: ReviewsScreen };
