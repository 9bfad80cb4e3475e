import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import type { ReviewRound } from "../../../electron/contract/reviewing.ts";
import {
  Button,
  DescriptionList,
  ErrorNote,
  Loading,
  PageHead,
  Panel,
  StatTiles,
  type Described,
  type Stat,
} from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { dayWords, minuteWords } from "../../state/time-words.ts";
import { navigate, type Params } from "../../state/view.ts";
import { Due } from "../campaigns/due.tsx";
import { AgreementPanel } from "../reviews/agreement-panel.tsx";
import { FreezeDialog } from "../reviews/freeze-dialog.tsx";
import { BlindTag, flagWords } from "../reviews/review-words.tsx";
import { RoundStateTag } from "../reviews/round-table.tsx";
import { onLetterCapture } from "../reviews/table-letters.ts";
import { ItemsPanel } from "./items-panel.tsx";
import { ReviewersPanel } from "./reviewers-panel.tsx";
import "../reviews/reviews.css";
import "./round.css";

function frozenFacts(frozen: ReviewRound["frozen"]): readonly Described[] {
  if (frozen === null) return [];
  return [
    { term: "Frozen", value: `${minuteWords(frozen.at)} by ${frozen.by}` },
    ...(frozen.reason === "" ? [] : [{ term: "Why", value: frozen.reason }]),
    {
      term: "Judgements",
      value: `${formatCount(frozen.judgements)}, ${formatCount(frozen.undecided)} items undecided`,
    },
    { term: "Hash", value: frozen.hash, mono: true },
  ];
}

function Facts({ round }: { readonly round: ReviewRound }): ReactNode {
  const { form, scope, frozen } = round;
  const flags = form.flags.map(({ id }) => flagWords(id, form)).join(", ");
  const due = round.dueAt === null || frozen === null ? <Due dueAt={round.dueAt} /> : dayWords(round.dueAt);
  return (
    <Panel title="What it asks">
      <div className="round-facts">
        <DescriptionList
          items={[
            { term: "Over", value: scope === null ? "hidden from those who judge in it" : scope.words },
            { term: "Each judged by", value: round.perAttempt === 2 ? "two people" : "one person" },
            { term: "The score", value: form.asksScore ? "whether it stands" : "not asked" },
            { term: "Flags", value: flags === "" ? "none" : flags },
          ]}
        />
        <DescriptionList
          items={[
            { term: "Opened", value: `${minuteWords(round.openedAt)} by ${round.openedBy}` },
            { term: "Due", value: due },
            { term: "Seed", value: String(round.seed), mono: true },
            ...frozenFacts(frozen),
          ]}
        />
      </div>
    </Panel>
  );
}

function leadOf(round: ReviewRound): string {
  const each = round.perAttempt === 2 ? "two judgements each" : "one judgement each";
  return [
    ...(round.scope === null ? [] : [round.scope.words]),
    formatCounted(round.sums.items, "item"),
    each,
    ...(round.frozen === null ? [] : [`frozen ${dayWords(round.frozen.at)}`]),
  ].join(" · ");
}

/** A door into one's own queue of this round; none where it is frozen or nothing waits. */
function doorTo(round: ReviewRound, view: "todo" | "adjudication", count: number): (() => void) | undefined {
  if (round.state === "frozen" || count === 0) return undefined;
  return () => {
    navigate("reviews", { view, round: round.id });
  };
}

function Sums({ round }: { readonly round: ReviewRound }): ReactNode {
  const { sums, mine } = round;
  const of = formatCount(sums.items);
  const stats: readonly Stat[] = [
    { id: "decided", label: "Decided", value: formatCount(sums.decided), of },
    { id: "to-do", label: "Lack a judgement", value: formatCount(sums.toDo), of },
    {
      id: "adjudication",
      label: "To a third person",
      value: formatCount(sums.adjudication),
      of,
      method: mine.adjudication === 0 ? undefined : `${formatCount(mine.adjudication)} could be yours`,
      tone: sums.adjudication > 0 ? "warn" : undefined,
      onOpen: doorTo(round, "adjudication", mine.adjudication),
    },
    {
      id: "mine",
      label: "Yours to do",
      value: formatCount(mine.toDo),
      of: formatCount(mine.assigned),
      onOpen: doorTo(round, "todo", mine.toDo),
    },
  ];
  return <StatTiles label="How far the round is" stats={stats} />;
}

function RoundView({ round }: { readonly round: ReviewRound }): ReactNode {
  const [freezes, setFreezes] = useState(false);
  const mayFreeze = round.mayManage && round.state === "open";
  const freeze = (): void => {
    setFreezes(true);
  };
  const judge = (): void => {
    navigate("reviews", { view: "todo", round: round.id });
  };
  const canJudge = round.state === "open" && round.mine.toDo > 0;
  useScreenCommands([
    { id: "round.freeze", words: "Freeze the round", isEnabled: mayFreeze, run: freeze },
    { id: "round.judge", words: "Judge yours", shortcut: "Alt+J", isEnabled: canJudge, run: judge },
  ]);
  useStatusHint("J K or ↑ ↓ items · Enter open · Alt J judge yours · Alt ← back");
  return (
    <div className="page" onKeyDownCapture={onLetterCapture}>
      <PageHead
        title={round.name}
        lead={leadOf(round)}
        up={{
          words: "Rounds",
          onPress: () => {
            navigate("reviews", { view: "rounds" });
          },
        }}
        tags={
          <>
            {round.blind ? <BlindTag /> : null}
            <RoundStateTag state={round.state} />
          </>
        }
        actions={
          <>
            {round.mayManage ? (
              <Button isDisabled={!mayFreeze} onPress={freeze}>
                Freeze…
              </Button>
            ) : null}
            <Button variant="primary" shortcut="Alt+J" isDisabled={!canJudge} onPress={judge}>
              Judge yours
            </Button>
          </>
        }
      />
      <div className="page-body scrolls">
        <Sums round={round} />
        <ReviewersPanel round={round} />
        <ItemsPanel round={round} />
        {round.perAttempt === 2 ? <AgreementPanel of={{ roundId: round.id }} /> : null}
        <Facts round={round} />
      </div>
      {freezes ? (
        <FreezeDialog
          round={round}
          onClose={() => {
            setFreezes(false);
          }}
        />
      ) : null}
    </div>
  );
}

/** One round: how far it is, who has judged how many, every item, how far the reviewers agree. */
function RoundScreen({ params }: { readonly params: Params }): ReactNode {
  const round = useQuery("reviews.round", { roundId: params["id"] ?? "" });
  if (round.status === "ready") return <RoundView key={round.data.id} round={round.data} />;
  if (round.status === "loading") return <Loading />;
  return (
    <div className="page">
      <PageHead
        title="Round"
        up={{
          words: "Rounds",
          onPress: () => {
            navigate("reviews", { view: "rounds" });
          },
        }}
      />
      <div className="page-body">
        <ErrorNote failure={round.failure} />
      </div>
    </div>
  );
}

export const screen: Screen = { id: "round", Component: RoundScreen };
