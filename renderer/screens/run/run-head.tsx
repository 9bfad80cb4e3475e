import { useState, type ReactNode } from "react";
import type { Run, RunState } from "../../../electron/contract/evaluation.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import { Button, DoorLink, MenuButton, PageHead, RunStateTag, showToast, type MenuEntry } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { dayWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";
import { HandOverDialog } from "../handover/hand-over-dialog.tsx";
import { ExportDialog } from "../runs/export-dialog.tsx";
import type { Rights } from "../runs/rights.ts";
import { ReasonDialog } from "./reason-dialog.tsx";

/** A step in a run's life, as the service allows it. */
export interface StateStep {
  readonly to: RunState;
  readonly words: string;
  readonly what: string;
  readonly needsLead: boolean;
  readonly needsReason: boolean;
}

const accept: StateStep = {
  to: "accepted",
  words: "Accept",
  what: "Its numbers may be reported. Accepting is about the measurement; it says nothing of the model.",
  needsLead: true,
  needsReason: false,
};
const reject: StateStep = {
  to: "rejected",
  words: "Reject",
  what: "Its numbers stay in the vault and out of reports. It can be taken back into review.",
  needsLead: true,
  needsReason: true,
};
const withdraw: StateStep = {
  to: "withdrawn",
  words: "Withdraw",
  what: "It is not counted any more and cannot be taken up again. Nothing of it is deleted.",
  needsLead: true,
  needsReason: true,
};
const review: StateStep = {
  to: "in-review",
  words: "Hand to review",
  what: "People look at its attempts before anything is reported of it.",
  needsLead: false,
  needsReason: false,
};
const reviewAgain: StateStep = { ...review, words: "Take back into review", needsLead: true, needsReason: true };
const begin: StateStep = {
  to: "running",
  words: "Mark as running",
  what: "Attempts are being made. Logging the first one does this by itself.",
  needsLead: false,
  needsReason: false,
};
const finish: StateStep = {
  to: "logged",
  words: "Mark as logged",
  what: "Every attempt that will be logged is logged.",
  needsLead: false,
  needsReason: false,
};

const steps: Readonly<Record<RunState, readonly StateStep[]>> = {
  planned: [begin, withdraw],
  running: [finish, withdraw],
  logged: [review, accept, reject, { ...begin, words: "Mark as running again" }, withdraw],
  "in-review": [accept, reject, { ...finish, words: "Take out of review" }, withdraw],
  accepted: [reviewAgain, withdraw],
  rejected: [reviewAgain, withdraw],
  withdrawn: [],
};

/** The steps that the member may take from the run's state. */
export function stepsFor(run: Run, rights: Rights): readonly StateStep[] {
  const fromLead = run.state === "accepted" || run.state === "rejected";
  return steps[run.state].filter((step) => (step.needsLead || fromLead ? rights.mayDecide : rights.mayLog));
}

function leadOf(run: Run): string {
  const { tasks } = run.benchmark;
  // A log need not hold every task that other logs named of its benchmark.
  const own = Math.round(run.ledger.planned / run.epochs);
  const of = own === tasks ? formatCounted(tasks, "task") : `${formatCount(own)} of ${formatCounted(tasks, "task")}`;
  const size = `${of} × ${formatCounted(run.epochs, "epoch")}`;
  const origin = run.log === null ? "logged by hand" : `imported from ${run.log.fileName}`;
  return [`Run ${run.code}`, size, origin, dayWords(run.startedAt)].join(" · ");
}

interface RunHeadProps {
  readonly run: Run;
  readonly rights: Rights;
  readonly isLogging: boolean;
  readonly canLog: boolean;
  readonly onLog: () => void;
  readonly onMetrics: () => void;
}

/** Title, where the run comes from, its state, and what can be done with it. */
export function RunHead({ run, rights, isLogging, canLog, onLog, onMetrics }: RunHeadProps): ReactNode {
  const [step, setStep] = useState<StateStep | null>(null);
  const [handsOver, setHandsOver] = useState(false);
  const change = useCommand("runs.setState");
  const [exports, setExports] = useState(false);
  const entries: readonly MenuEntry[] = [
    ...stepsFor(run, rights).map((one): MenuEntry => ({
      id: one.to,
      words: `${one.words}…`,
      run: () => {
        setStep(one);
      },
    })),
    ...(rights.mayLog
      ? [
          {
            id: "hand-over",
            words: "Hand over…",
            run: () => {
              setHandsOver(true);
            },
          },
        ]
      : []),
    {
      id: "export",
      words: "Export attempts…",
      run: () => {
        setExports(true);
      },
    },
    ...(run.metrics.length === 0 ? [] : [{ id: "metrics", words: "Metrics, recomputed", run: onMetrics }]),
  ];
  const { campaign } = run;
  return (
    <>
      <PageHead
        title={`${run.benchmark.title} · ${run.modelVersion.words}`}
        up={{
          words: "Runs",
          onPress: () => {
            navigate("runs");
          },
        }}
        lead={
          <>
            {leadOf(run)}
            {campaign === null ? null : (
              <>
                {" · "}
                <DoorLink
                  onPress={() => {
                    navigate("campaign", { id: campaign.id });
                  }}
                >
                  {campaign.name}
                </DoorLink>
              </>
            )}
          </>
        }
        tags={<RunStateTag state={run.state} />}
        actions={
          <>
            <MenuButton entries={entries}>More</MenuButton>
            <Button
              isDisabled={!rights.mayLog}
              onPress={() => {
                navigate("import", campaign === null ? {} : { campaign: campaign.id });
              }}
            >
              Import…
            </Button>
            <Button variant="primary" shortcut="Alt+L" isDisabled={!canLog} onPress={onLog}>
              {isLogging ? "Close the editor" : "Log attempts"}
            </Button>
          </>
        }
      />
      {handsOver ? (
        <HandOverDialog
          chosen={[run.id]}
          onClose={() => {
            setHandsOver(false);
          }}
        />
      ) : null}
      {exports ? (
        <ExportDialog
          run={run}
          campaign={campaign}
          onClose={() => {
            setExports(false);
          }}
        />
      ) : null}
      {step === null ? null : (
        <ReasonDialog
          title={`${step.words}: ${run.code}`}
          action={step.words}
          isRequired={step.needsReason}
          variant={step.to === "withdrawn" ? "danger" : "primary"}
          onClose={() => {
            setStep(null);
          }}
          onGive={async (reason) => {
            const result = await change.run({ runId: run.id, state: step.to, reason });
            if (!result.ok) return result.error;
            showToast({ words: `${run.code} is now ${step.to.replace("-", " ")}.` });
            return null;
          }}
        >
          {step.what}
        </ReasonDialog>
      )}
    </>
  );
}
