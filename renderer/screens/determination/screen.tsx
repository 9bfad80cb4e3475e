import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { Determination } from "../../../electron/contract/determinations.ts";
import { Button, ErrorNote, Loading, PageHead } from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate, type Params } from "../../state/view.ts";
import { DeterminationStateTag, kindWords } from "../determinations/determination-words.tsx";
import { OpenDeterminationDialog } from "../determinations/open-dialog.tsx";
import { useRights } from "../runs/rights.ts";
import { AnswerDialog, AskDialog } from "./consultation-dialogs.tsx";
import { ConsultationsPanel } from "./consultations-panel.tsx";
import { DecideDialog } from "./decide-dialog.tsx";
import { DecisionPanel, Facts, History, Remarks, SupersededNote } from "./facts.tsx";
import { AnswerSkipDialog, ReviewDialog, SkipDialog } from "./layer-dialogs.tsx";
import { LayersPanel } from "./layers-panel.tsx";
import { currentLayer, isGoingOn, nextConsultation, type Over } from "./over.ts";
import "../determinations/determinations.css";
import "./determination.css";

const up = {
  words: "Determinations",
  onPress: (): void => {
    navigate("submissions", { view: "determinations" });
  },
};

function LayerDialogs({ over, determination, onClose }: DialogsProps & { readonly over: LayerOver }): ReactNode {
  const layer = determination.layers[over.layer];
  if (layer === undefined) return null;
  const parts = { determinationId: determination.id, layer, place: over.layer, onClose };
  if (over.what === "review") return <ReviewDialog {...parts} />;
  return over.what === "skip" ? <SkipDialog {...parts} /> : <AnswerSkipDialog {...parts} />;
}

type LayerOver = Extract<Over, { readonly layer: number }>;

interface DialogsProps {
  readonly determination: Determination;
  readonly onClose: () => void;
}

function Dialogs({ over, determination, onClose }: DialogsProps & { readonly over: Over | null }): ReactNode {
  if (over === null) return null;
  switch (over.what) {
    case "ask":
      return <AskDialog determination={determination} onClose={onClose} />;
    case "decide":
      return <DecideDialog determination={determination} onClose={onClose} />;
    case "supersede":
      return <OpenDeterminationDialog after={determination} onClose={onClose} />;
    case "answer": {
      const consultation = determination.consultations.find(({ id }) => id === over.consultation);
      if (consultation === undefined) return null;
      return <AnswerDialog determinationId={determination.id} consultation={consultation} onClose={onClose} />;
    }
    default:
      return <LayerDialogs over={over} determination={determination} onClose={onClose} />;
  }
}

/** What the screen can do: with the layer whose turn it is, with those who are asked, with the whole. */
function useActs(determination: Determination, mayDecide: boolean, onOver: (over: Over) => void) {
  const current = currentLayer(determination);
  const asked = nextConsultation(determination);
  const goesOn = mayDecide && isGoingOn(determination);
  const isProposed = current?.layer.state === "skip-proposed";
  const may = {
    review: goesOn && current !== null,
    skip: goesOn && current !== null && !isProposed,
    answerSkip: goesOn && isProposed,
    ask: goesOn,
    answer: goesOn && asked !== null,
    decide: goesOn,
    supersede: mayDecide && determination.state === "decided",
  };
  const ofLayer = (what: LayerOver["what"]) => (): void => {
    if (current !== null) onOver({ what, layer: current.place });
  };
  const ofAll = (what: "ask" | "decide" | "supersede") => (): void => {
    onOver({ what });
  };
  const answer = (): void => {
    if (asked !== null) onOver({ what: "answer", consultation: asked.id });
  };
  const acts = { review: ofLayer("review"), decide: ofAll("decide"), supersede: ofAll("supersede") };
  const id = (name: string): string => `determination.${name}`;
  useScreenCommands([
    { id: id("review"), words: "Review the layer", shortcut: "Alt+R", isEnabled: may.review, run: acts.review },
    { id: id("skip"), words: "Leave the layer out", shortcut: "Alt+L", isEnabled: may.skip, run: ofLayer("skip") },
    {
      id: id("answer-skip"),
      words: "Answer the proposal to leave the layer out",
      shortcut: "Alt+P",
      isEnabled: may.answerSkip,
      run: ofLayer("answer-skip"),
    },
    { id: id("ask"), words: "Consult a body", shortcut: "Alt+C", isEnabled: may.ask, run: ofAll("ask") },
    { id: id("answer"), words: "Write down an answer", shortcut: "Alt+A", isEnabled: may.answer, run: answer },
    { id: id("decide"), words: "Write down the decision", shortcut: "Alt+D", isEnabled: may.decide, run: acts.decide },
    {
      id: id("supersede"),
      words: "Open one that supersedes it",
      shortcut: "Alt+N",
      isEnabled: may.supersede,
      run: acts.supersede,
    },
  ]);
  return { may, acts };
}

type Acts = ReturnType<typeof useActs>;

/** The one thing that comes next is the filled button. */
function HeadActs({ determination, may, acts }: Acts & { readonly determination: Determination }): ReactNode {
  const { state } = determination;
  if (state === "superseded") return null;
  if (state === "decided") {
    return (
      <Button shortcut="Alt+N" isDisabled={!may.supersede} onPress={acts.supersede}>
        Open one that supersedes it…
      </Button>
    );
  }
  const decide = (
    <Button
      variant={state === "ready" ? "primary" : "plain"}
      shortcut="Alt+D"
      isDisabled={!may.decide}
      onPress={acts.decide}
    >
      Write down the decision…
    </Button>
  );
  if (state === "ready") return decide;
  return (
    <>
      {decide}
      <Button variant="primary" shortcut="Alt+R" isDisabled={!may.review} onPress={acts.review}>
        Review…
      </Button>
    </>
  );
}

function leadOf({ kind, modelVersion }: Determination): string {
  return `${kindWords[kind]} · ${modelVersion.words}`;
}

function hintOf(determination: Determination): string {
  if (determination.state === "decided") return "Alt N one that supersedes it · Alt ← back";
  if (!isGoingOn(determination)) return "Alt ← back";
  if (determination.state === "ready") return "Alt C consult · Alt A answer · Alt D decision · Alt ← back";
  return "Alt R review · Alt C consult · Alt A answer · Alt D decision · Alt ← back";
}

function DeterminationView({ determination }: { readonly determination: Determination }): ReactNode {
  const { mayDecide } = useRights();
  const [over, setOver] = useState<Over | null>(null);
  const acts = useActs(determination, mayDecide, setOver);
  useStatusHint(hintOf(determination));
  const parts = { determination, mayDecide, onOver: setOver };
  return (
    <div className="page">
      <PageHead
        title={determination.code}
        lead={leadOf(determination)}
        up={up}
        tags={<DeterminationStateTag state={determination.state} />}
        actions={<HeadActs determination={determination} {...acts} />}
      />
      <div className="page-body scrolls">
        <SupersededNote supersededBy={determination.supersededBy} />
        <Remarks remarks={determination.remarks} />
        <div className="columns-main-aside">
          <div className="stack">
            <DecisionPanel decision={determination.decision} />
            <LayersPanel {...parts} />
            <ConsultationsPanel {...parts} />
          </div>
          <div className="stack">
            <Facts determination={determination} />
            <History history={determination.history} />
          </div>
        </div>
      </div>
      <Dialogs
        over={over}
        determination={determination}
        onClose={() => {
          setOver(null);
        }}
      />
    </div>
  );
}

/** One determination: its layers in order, who was consulted, what it rests on, what the official decided. */
function DeterminationScreen({ params }: { readonly params: Params }): ReactNode {
  const determination = useQuery("determinations.get", { determinationId: params["id"] ?? "" });
  if (determination.status === "ready")
    return <DeterminationView key={determination.data.id} determination={determination.data} />;
  if (determination.status === "loading") return <Loading />;
  return (
    <div className="page">
      <PageHead title="Determination" up={up} />
      <div className="page-body">
        <ErrorNote failure={determination.failure} />
      </div>
    </div>
  );
}

export const screen: Screen = { id: "determination", Component: DeterminationScreen };
