import { useState, type ReactNode } from "react";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import {
  ActDialog,
  Checklist,
  DueField,
  Note,
  NumberField,
  Select,
  TextField,
  type ChecklistItem,
} from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { navigate } from "../../state/view.ts";
import { usePlaces } from "./compartments.tsx";
import { ElicitationFields, LimitFields } from "./protocol-fields.tsx";
import { emptyPlan, planErrors, planInput, plannedAttempts, type PlanDraft } from "./plan-draft.ts";

function useChoices() {
  const models = useQuery("models.list", {});
  const benchmarks = useQuery("benchmarks.list", {});
  const packs = benchmarks.status === "ready" ? benchmarks.data : [];
  return {
    versions: (models.status === "ready" ? models.data : []).flatMap((model) =>
      model.versions.map((version): ChecklistItem => ({
        id: version.id,
        words: version.words,
        detail: model.developer,
      })),
    ),
    benchmarks: packs.map((pack): ChecklistItem => ({
      id: pack.id,
      words: pack.title,
      detail: `${formatCounted(pack.tasks, "task")} · ${pack.version}`,
    })),
    tasksOf: (id: string) => packs.find((pack) => pack.id === id)?.tasks ?? 0,
    areThere: models.status === "ready" && benchmarks.status === "ready",
  };
}

type Choices = ReturnType<typeof useChoices>;

export interface PlanPartProps {
  readonly draft: PlanDraft;
  readonly put: (part: Partial<PlanDraft>) => void;
  readonly errors: ReturnType<typeof planErrors>;
}

function PlanWords({ draft, put, errors }: PlanPartProps): ReactNode {
  return (
    <>
      <TextField
        label="Name"
        value={draft.name}
        onChange={(name) => {
          put({ name });
        }}
        autoFocus
        maxLength={200}
        error={errors.name}
      />
      <TextField
        label="Question"
        optional
        value={draft.question}
        onChange={(question) => {
          put({ question });
        }}
        maxLength={1_000}
        placeholder="What is to be known when this is done?"
      />
      <TextField
        label="Decision rule"
        optional
        value={draft.decisionRule}
        onChange={(decisionRule) => {
          put({ decisionRule });
        }}
        maxLength={1_000}
        placeholder="Which result means what, written before there is one"
      />
    </>
  );
}

/** Models and benchmarks side by side: each of one meets each of the other. */
function PlanChoices({ draft, put, errors, choices }: PlanPartProps & { readonly choices: Choices }): ReactNode {
  return (
    <div className="columns-2">
      <Checklist
        label="Model versions"
        items={choices.versions}
        chosen={draft.modelVersionIds}
        onChange={(modelVersionIds) => {
          put({ modelVersionIds });
        }}
        error={errors.modelVersionIds}
        empty="No model is in this vault."
      />
      <Checklist
        label="Benchmarks"
        items={choices.benchmarks}
        chosen={draft.benchmarkIds}
        onChange={(benchmarkIds) => {
          put({ benchmarkIds });
        }}
        error={errors.benchmarkIds}
        empty="No benchmark is in this vault."
      />
    </div>
  );
}

/** Who will read it: asked only where the member reads a compartment beside the shared one. */
function KeptIn({ draft, put }: Pick<PlanPartProps, "draft" | "put">): ReactNode {
  const places = usePlaces();
  if (places.length < 2) return null;
  const shared = places.find(({ kind }) => kind === "shared");
  return (
    <Select
      label="Kept in"
      options={places.map(({ id, name, holders }) => ({
        id: String(id),
        label: name,
        detail: `${formatCounted(holders.length, "member")} can read it`,
      }))}
      value={String(draft.compartment ?? shared?.id ?? "")}
      onChange={(id) => {
        put({ compartment: Number(id) === shared?.id ? null : Number(id) });
      }}
      description="Its runs, logs and reports stay there; models and benchmarks are everybody’s. It cannot be moved later."
    />
  );
}

function PlanFigures({ draft, put, errors }: PlanPartProps): ReactNode {
  return (
    <div className="campaigns-pair">
      <NumberField
        label="Epochs"
        value={draft.epochs}
        onChange={(epochs) => {
          put({ epochs });
        }}
        min={1}
        max={1_000}
        step={1}
        description="Attempts of each task. Intervals need more than one to see luck."
        error={errors.epochs}
      />
      <DueField
        value={draft.due}
        onChange={(due) => {
          put({ due });
        }}
        error={errors.due}
      />
    </div>
  );
}

/** How many attempts the plan comes to, as it stands. */
function Extent({ draft, choices }: { readonly draft: PlanDraft; readonly choices: Choices }): ReactNode {
  const attempts = plannedAttempts(draft, choices.tasksOf);
  const cells = draft.modelVersionIds.length * draft.benchmarkIds.length;
  return (
    <p className="ink2" role="status">
      {attempts === 0
        ? "Choose models and benchmarks to see how many attempts this plans."
        : `Plans ${formatCounted(attempts, "attempt")} in ${formatCounted(cells, "cell")}.`}
    </p>
  );
}

/** Plans a campaign: which model versions meet which benchmarks, how often, by when, and who reads it. */
export function PlanDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [draft, setDraft] = useState(emptyPlan);
  const [isLate, setIsLate] = useState(false);
  const choices = useChoices();
  const plan = useCommand("campaigns.plan");
  const errors = isLate ? planErrors(draft) : {};
  const put = (part: Partial<PlanDraft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (Object.keys(planErrors(draft)).length > 0 || plan.isRunning) return;
    const result = await plan.run(planInput(draft));
    if (result.ok) navigate("campaign", { id: result.value.id });
  };
  const isEmpty = choices.areThere && (choices.versions.length === 0 || choices.benchmarks.length === 0);
  const parts = { draft, put, errors };
  return (
    <ActDialog
      title="Plan a campaign"
      size="large"
      act="Plan the campaign"
      command={plan}
      onAct={() => void submit()}
      onClose={onClose}
    >
      {isEmpty ? (
        <Note tone="warn" title="A plan needs models and benchmarks">
          Add them under Models and Benchmarks first.
        </Note>
      ) : null}
      <PlanWords {...parts} />
      <PlanChoices {...parts} choices={choices} />
      <Extent draft={draft} choices={choices} />
      <PlanFigures {...parts} />
      <KeptIn draft={draft} put={put} />
      <LimitFields {...parts} />
      <ElicitationFields {...parts} />
    </ActDialog>
  );
}
