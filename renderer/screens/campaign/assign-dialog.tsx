import { useState, type ReactNode } from "react";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import type { Campaign } from "../../../electron/contract/planning.ts";
import { ActDialog, Checklist, DueField, Select, showToast, type Option } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { dayWords } from "../../state/time-words.ts";
import { assignFaults, assignInput, chosenCells, nobody, nowWords, type AssignDraft } from "./assign-draft.ts";

interface AssignDialogProps {
  readonly campaign: Campaign;
  /** What is chosen to begin with: a cell, or nothing. */
  readonly start: Pick<AssignDraft, "modelVersionIds" | "benchmarkIds">;
  readonly onClose: () => void;
}

interface FieldsProps {
  readonly campaign: Campaign;
  readonly draft: AssignDraft;
  readonly put: (part: Partial<AssignDraft>) => void;
  readonly faults: ReturnType<typeof assignFaults>;
}

function Cells({ campaign, draft, put, faults }: FieldsProps): ReactNode {
  return (
    <div className="columns-2">
      <Checklist
        label="Model versions"
        items={campaign.modelVersions}
        chosen={draft.modelVersionIds}
        onChange={(modelVersionIds) => {
          put({ modelVersionIds });
        }}
        error={faults.modelVersionIds}
      />
      <Checklist
        label="Benchmarks"
        items={campaign.benchmarks.map(({ id, title, tasks }) => ({
          id,
          words: title,
          detail: formatCounted(tasks, "task"),
        }))}
        chosen={draft.benchmarkIds}
        onChange={(benchmarkIds) => {
          put({ benchmarkIds });
        }}
        error={faults.benchmarkIds}
      />
    </div>
  );
}

function WhoAndWhen({ campaign, draft, put, faults }: FieldsProps): ReactNode {
  const people = useQuery("campaigns.assignable", { campaignId: campaign.id });
  const able = people.status === "ready" ? people.data : [];
  const options: readonly Option[] = [
    ...able.map(({ id, name, detail }) => ({ id, label: name, detail })),
    { id: nobody, label: "Nobody", detail: "take them back" },
  ];
  const due = campaign.dueAt === null ? "Empty: no day." : `Empty: with the campaign, ${dayWords(campaign.dueAt)}.`;
  return (
    <div className="columns-2">
      <Select
        label="Given to"
        options={options}
        value={draft.to}
        onChange={(to) => {
          put({ to });
        }}
        placeholder="Choose who runs them"
        error={faults.to}
      />
      {draft.to === nobody ? null : (
        <DueField
          value={draft.due}
          onChange={(value) => {
            put({ due: value });
          }}
          error={faults.due}
          description={due}
        />
      )}
    </div>
  );
}

/** Says who runs cells of a plan, until when; or takes them back. The registered plan stays as it is. */
export function AssignDialog({ campaign, start, onClose }: AssignDialogProps): ReactNode {
  const [draft, setDraft] = useState<AssignDraft>({ to: null, due: "", ...start });
  const [isLate, setIsLate] = useState(false);
  const assign = useCommand("campaigns.assign");
  const put = (part: Partial<AssignDraft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const cells = chosenCells(campaign, draft);
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (Object.keys(assignFaults(draft)).length > 0 || assign.isRunning) return;
    const result = await assign.run(assignInput(campaign, draft));
    if (!result.ok) return;
    const what = formatCounted(cells.length, "cell");
    showToast({ words: draft.to === nobody ? `${what} taken back.` : `${what} given.` });
    onClose();
  };
  const parts = { campaign, draft, put, faults: isLate ? assignFaults(draft) : {} };
  return (
    <ActDialog
      title={`Assign cells of ${campaign.name}`}
      size="large"
      act={draft.to === nobody ? "Take the cells back" : "Give the cells"}
      command={assign}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p className="ink2">
        Every chosen model version on every chosen benchmark. This is no part of the registered plan and can change at
        any time; the journal keeps who changed it.
      </p>
      <Cells {...parts} />
      <p className="ink2" role="status">
        {cells.length === 0 ? "Choose model versions and benchmarks to see which cells these are." : nowWords(cells)}
      </p>
      <WhoAndWhen {...parts} />
    </ActDialog>
  );
}
