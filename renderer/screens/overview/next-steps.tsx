import type { ReactNode } from "react";
import type { Overview } from "../../../electron/contract/overview.ts";
import { Button, Panel } from "../../parts/index.ts";
import { navigate, type Params, type ScreenId } from "../../state/view.ts";

/** What the service says is next, and what the vault itself still lacks. */
export type Step = Overview["nextSteps"][number] | "make-shares";

interface StepWords {
  readonly title: string;
  readonly why: string;
  readonly action: string;
  readonly screen: ScreenId;
  readonly params?: Params;
}

const stepWords: Readonly<Record<Step, StepWords>> = {
  "add-model": {
    title: "Add a model",
    why: "Its developer, a version and the safeguards it is measured with.",
    action: "Add a model",
    screen: "models",
    params: { new: "yes" },
  },
  "add-benchmark": {
    title: "Add a benchmark",
    why: "From the catalog that comes with EvalVault, or from a pack file.",
    action: "Choose benchmarks",
    screen: "benchmarks",
    params: { new: "yes" },
  },
  "plan-campaign": {
    title: "Plan a campaign",
    why: "Models × benchmarks × epochs. Register it before the first result.",
    action: "Plan",
    screen: "campaigns",
    params: { new: "yes" },
  },
  "log-or-import": {
    title: "Log attempts or import logs",
    why: "By hand in the grid of a run, or from Inspect logs, which are recomputed.",
    action: "Import logs",
    screen: "import",
  },
  "write-report": {
    title: "Write a report",
    why: "From a template, with numbers that open down to their attempts.",
    action: "Start a report",
    screen: "reports",
    params: { new: "yes" },
  },
  "add-recipient": {
    title: "Add a recipient",
    why: "Their age public key, compared with them by another way.",
    action: "Add a recipient",
    screen: "recipients",
    params: { new: "yes" },
  },
  "make-shares": {
    title: "Make recovery shares",
    why: "Kept by several people: together they let in a new lead when nobody can get in any more.",
    action: "Make shares",
    screen: "members",
    params: { view: "recovery" },
  },
};

interface NextStepsProps {
  readonly steps: readonly Step[];
  /** Nothing was done in this vault yet. */
  readonly isNew: boolean;
}

/** What to do next in a vault that has not got far, in order, the first one marked. */
export function NextSteps({ steps, isNew }: NextStepsProps): ReactNode {
  return (
    <Panel title="Next steps" hint={isNew ? "This vault is new: in this order" : undefined} flush>
      <ol className="overview-steps">
        {steps.map((step, index) => {
          const { title, why, action, screen, params } = stepWords[step];
          return (
            <li key={step}>
              <span className="overview-step-number">{index + 1}</span>
              <div className="overview-step-words">
                <h3>{title}</h3>
                <p>{why}</p>
              </div>
              <Button
                variant={index === 0 ? "primary" : "plain"}
                onPress={() => {
                  navigate(screen, params);
                }}
              >
                {action}
              </Button>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
