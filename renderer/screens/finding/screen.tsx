import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { Finding } from "../../../electron/contract/findings.ts";
import { Button, ErrorNote, Loading, MenuButton, PageHead, type MenuEntry } from "../../parts/index.ts";
import { useScreenCommands, type ScreenCommand } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate, type Params } from "../../state/view.ts";
import { ExportDialog } from "../findings/export-dialog.tsx";
import { channelWords, FindingStateTag, KindTag, SeverityTag, stepWords } from "../findings/finding-words.tsx";
import { useRights } from "../runs/rights.ts";
import { AffectedDialog } from "./affected-dialog.tsx";
import { ChannelPanel, HistoryPanel, ValidationPanel } from "./course-panels.tsx";
import { CweDialog } from "./cwe-dialog.tsx";
import { EditDialog } from "./edit-dialog.tsx";
import { AffectedPanel, DuplicatePanel, FactPanel, TextPanel, WeaknessPanel } from "./fact-panels.tsx";
import { ReferenceDialog } from "./reference-dialog.tsx";
import { ReferencePanel } from "./reference-panel.tsx";
import { ScorePanel } from "./score-panel.tsx";
import { SeverityDialog } from "./severity-dialog.tsx";
import { UndoDialog } from "./step-dialogs.tsx";
import type { Step } from "./step.ts";
import { AnswerDialog, NotifyDialog } from "./tell-dialogs.tsx";
import { useSteps } from "./use-steps.tsx";
import "../findings/findings.css";
import "./finding.css";

type Notice = Finding["timeline"][number];
type Over =
  | "edit"
  | "affected"
  | "weaknesses"
  | "severity"
  | "references"
  | "undo"
  | "tell"
  | "export"
  | { readonly answer: Notice };

/** What leads on, once each: validated and refuted come of one question. The first is what is meant to come next. */
function stepsOf({ next }: Finding): readonly Step[] {
  return next.filter(({ by }, place) => by !== "validate" || next.findIndex((one) => one.by === by) === place);
}

/** Validation goes on where it is no move any more: after it was routed, too. */
function validationStep({ state, next, mayEdit }: Finding): Step | null {
  const listed = next.find(({ by }) => by === "validate");
  if (listed !== undefined) return listed.mayDo ? listed : null;
  const isPossible = state !== "recorded" && state !== "duplicate" && state !== "closed";
  return isPossible && mayEdit ? { to: "validated", by: "validate", needsReason: false, mayDo: true } : null;
}

/** Routed again, to more of its channel, until it is closed. */
function routeStep(finding: Finding): Step | null {
  const listed = finding.next.find(({ by }) => by === "route");
  if (listed !== undefined) return listed.mayDo ? listed : null;
  const isOpen = finding.routes.length > 0 && finding.state !== "closed" && finding.mayTell;
  return isOpen ? { to: "routed", by: "route", needsReason: false, mayDo: true } : null;
}

interface DialogsProps {
  readonly finding: Finding;
  readonly over: Over | null;
  readonly onClose: () => void;
}

function Dialogs({ finding, over, onClose }: DialogsProps): ReactNode {
  if (over === null) return null;
  if (typeof over === "object") return <AnswerDialog finding={finding} notice={over.answer} onClose={onClose} />;
  switch (over) {
    case "edit":
      return <EditDialog finding={finding} onClose={onClose} />;
    case "affected":
      return <AffectedDialog finding={finding} onClose={onClose} />;
    case "weaknesses":
      return <CweDialog finding={finding} onClose={onClose} />;
    case "severity":
      return <SeverityDialog finding={finding} onClose={onClose} />;
    case "references":
      return <ReferenceDialog finding={finding} onClose={onClose} />;
    case "undo":
      return <UndoDialog finding={finding} onClose={onClose} />;
    case "tell":
      return <NotifyDialog finding={finding} onClose={onClose} />;
    case "export":
      return <ExportDialog findings={[finding]} onClose={onClose} />;
  }
}

interface ActsProps {
  readonly finding: Finding;
  readonly start: (step: Step) => void;
  readonly onOver: (over: Over) => void;
}

/** Everything that can be done to the finding as a whole, for the menu and the palette. */
function useEntries({ finding, start, onOver }: ActsProps): readonly MenuEntry[] {
  const { mayDecide } = useRights();
  const open = (over: Over) => () => {
    onOver(over);
  };
  return [
    ...stepsOf(finding).map((step) => ({
      id: `${step.by} ${step.to}`,
      words: stepWords(finding.kind, step),
      isDisabled: !step.mayDo,
      run: () => {
        start(step);
      },
    })),
    { id: "undo", words: "Take back the last move…", isDisabled: finding.undo === null, run: open("undo") },
    { id: "edit", words: "Edit…", isDisabled: !finding.mayEdit, run: open("edit") },
    { id: "export", words: "Export…", isDisabled: !mayDecide, run: open("export") },
  ];
}

function commandsOf(entries: readonly MenuEntry[]): readonly ScreenCommand[] {
  return entries.map(({ id, words, isDisabled, run }) => ({
    id: `finding.${id.replaceAll(" ", "-")}`,
    words: id === "edit" ? "Edit the finding" : id === "export" ? "Export the finding" : words.replace("…", ""),
    shortcut: id === "edit" ? "Alt+E" : undefined,
    isEnabled: isDisabled !== true,
    run,
  }));
}

/** Number, kind and severity, and the only channel that it may go through. */
function Lead({ finding }: { readonly finding: Finding }): ReactNode {
  const { code, kind, severity, score, product } = finding;
  return (
    <span className="row">
      <span>{code}</span>
      <KindTag kind={kind} />
      <SeverityTag severity={severity} score={score} />
      <span>{product === "" ? "no product named" : product}</span>
      <span className="ink3">goes to {channelWords(kind).toLowerCase()}</span>
    </span>
  );
}

function Head(props: ActsProps & { readonly entries: readonly MenuEntry[] }): ReactNode {
  const { finding, start, entries } = props;
  const first = stepsOf(finding).find(({ mayDo }) => mayDo);
  return (
    <PageHead
      title={finding.title}
      lead={<Lead finding={finding} />}
      up={{
        words: "Findings",
        onPress: () => {
          navigate("findings");
        },
      }}
      tags={<FindingStateTag state={finding.state} />}
      actions={
        <>
          <MenuButton label={`More of ${finding.code}`} entries={entries}>
            More
          </MenuButton>
          {first === undefined ? null : (
            <Button
              variant="primary"
              onPress={() => {
                start(first);
              }}
            >
              {stepWords(finding.kind, first)}
            </Button>
          )}
        </>
      }
    />
  );
}

function FindingView({ finding }: { readonly finding: Finding }): ReactNode {
  const [over, setOver] = useState<Over | null>(null);
  const steps = useSteps();
  const start = (step: Step): void => {
    steps.start(finding.id, step);
  };
  const entries = useEntries({ finding, start, onOver: setOver });
  useScreenCommands(commandsOf(entries));
  useStatusHint("Ctrl K what can be done · Alt E edit · Alt ← back");
  const open = (next: Over | null) => () => {
    setOver(next);
  };
  const starting = (step: Step | null | undefined): (() => void) | null =>
    step?.mayDo === true
      ? () => {
          start(step);
        }
      : null;
  return (
    <div className="page">
      <Head finding={finding} start={start} onOver={setOver} entries={entries} />
      <div className="page-body scrolls">
        <div className="columns-main-aside">
          <div className="stack">
            <TextPanel finding={finding} onEdit={open("edit")} />
            <ChannelPanel
              finding={finding}
              onRoute={starting(routeStep(finding))}
              onTell={open("tell")}
              onAnswer={(answer) => {
                setOver({ answer });
              }}
            />
            <ValidationPanel finding={finding} onValidate={starting(validationStep(finding))} />
            <AffectedPanel finding={finding} onEdit={open("affected")} />
            <ScorePanel finding={finding} onRate={open("severity")} />
            <ReferencePanel finding={finding} onEdit={open("references")} />
          </div>
          <div className="stack">
            <FactPanel finding={finding} />
            <WeaknessPanel finding={finding} onEdit={open("weaknesses")} />
            <DuplicatePanel finding={finding} onMark={starting(finding.next.find(({ by }) => by === "duplicate"))} />
            <HistoryPanel finding={finding} />
          </div>
        </div>
      </div>
      {steps.dialog}
      <Dialogs finding={finding} over={over} onClose={open(null)} />
    </div>
  );
}

/** One finding: what it is, whom it concerns, who was told, and what leads on. */
function FindingScreen({ params }: { readonly params: Params }): ReactNode {
  const finding = useQuery("findings.get", { findingId: params["id"] ?? "none" });
  if (finding.status === "ready") return <FindingView key={finding.data.id} finding={finding.data} />;
  return (
    <div className="page">
      {finding.status === "loading" ? (
        <Loading />
      ) : (
        <>
          <PageHead
            title="Finding"
            up={{
              words: "Findings",
              onPress: () => {
                navigate("findings");
              },
            }}
          />
          <div className="page-body">
            <ErrorNote failure={finding.failure} />
          </div>
        </>
      )}
    </div>
  );
}

export const screen: Screen = { id: "finding", Component: FindingScreen };
