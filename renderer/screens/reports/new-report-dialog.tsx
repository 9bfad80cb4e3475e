import { useState, type ReactNode } from "react";
import { defaultMarking, markingSchema, type Marking } from "../../../electron/contract/marking.ts";
import { reportTemplates } from "../../../electron/contract/report-templates.ts";
import { reportTemplateIds, type ReportScope } from "../../../electron/contract/reporting.ts";
import { ActDialog, ComboBox, MarkingField, RadioGroup, TextField, type Option } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { navigate } from "../../state/view.ts";

type Template = (typeof reportTemplateIds)[number];
type ScopeKind = ReportScope["kind"];

const templateOptions: readonly Option<Template>[] = reportTemplateIds.map((id) => ({
  id,
  label: reportTemplates[id].title,
  detail: reportTemplates[id].purpose,
}));

const scopeOptions: readonly Option<ScopeKind>[] = [
  { id: "vault", label: "Everything" },
  { id: "campaign", label: "A campaign" },
  { id: "run", label: "A run" },
];

/** The scope that was chosen; null while it is not known which campaign or run. */
function scopeOf(kind: ScopeKind, campaign: string | null, run: string | null): ReportScope | null {
  if (kind === "vault") return { kind };
  const id = kind === "campaign" ? campaign : run;
  return id === null ? null : { kind, id };
}

interface ScopeFieldsProps {
  readonly kind: ScopeKind;
  readonly campaign: string | null;
  readonly run: string | null;
  readonly isLate: boolean;
  readonly onCampaign: (id: string | null) => void;
  readonly onRun: (id: string | null) => void;
}

function ScopeFields({ kind, campaign, run, isLate, onCampaign, onRun }: ScopeFieldsProps): ReactNode {
  const campaigns = useQuery("campaigns.list", {});
  const runs = useQuery("runs.list", {});
  if (kind === "campaign" && campaigns.status === "ready") {
    return (
      <ComboBox
        label="Campaign"
        options={campaigns.data.map(({ id, name }) => ({ id, label: name }))}
        value={campaign}
        onChange={onCampaign}
        placeholder="Type a name"
        error={isLate && campaign === null ? "Choose the campaign that is reported." : null}
      />
    );
  }
  if (kind === "run" && runs.status === "ready") {
    return (
      <ComboBox
        label="Run"
        options={runs.data.map((one) => ({
          id: one.id,
          label: `${one.code} · ${one.benchmark.title} · ${one.modelVersion.words}`,
        }))}
        value={run}
        onChange={onRun}
        placeholder="Type a number, a model or a benchmark"
        error={isLate && run === null ? "Choose the run that is reported." : null}
      />
    );
  }
  return null;
}

interface NewReportDialogProps {
  readonly campaignId?: string | undefined;
  readonly runId?: string | undefined;
  readonly onClose: () => void;
}

function firstKind(campaignId: string | undefined, runId: string | undefined): ScopeKind {
  if (runId !== undefined) return "run";
  return campaignId === undefined ? "vault" : "campaign";
}

function useVaultMarking(): Marking {
  const state = useQuery("vault.state", {});
  return state.status === "ready" && state.data.open ? state.data.marking : defaultMarking;
}

/** Starts a draft: which template, over what, under which title and marking. */
export function NewReportDialog({ campaignId, runId, onClose }: NewReportDialogProps): ReactNode {
  const vaultMarking = useVaultMarking();
  const [template, setTemplate] = useState<Template>("evaluation");
  const [kind, setKind] = useState<ScopeKind>(firstKind(campaignId, runId));
  const [campaign, setCampaign] = useState<string | null>(campaignId ?? null);
  const [run, setRun] = useState<string | null>(runId ?? null);
  const [title, setTitle] = useState("");
  const [chosenMarking, setMarking] = useState<Marking | null>(null);
  const [isLate, setIsLate] = useState(false);
  const draft = useCommand("reports.draft");
  const marking = chosenMarking ?? vaultMarking;
  const submit = async (): Promise<void> => {
    setIsLate(true);
    const scope = scopeOf(kind, campaign, run);
    if (scope === null || title.trim() === "" || !markingSchema.safeParse(marking).success || draft.isRunning) return;
    const result = await draft.run({ template, scope, title: title.trim(), marking });
    if (result.ok) navigate("report", { id: result.value.id });
  };
  return (
    <ActDialog title="New report" onClose={onClose} act="Create the draft" command={draft} onAct={() => void submit()}>
      <TextField
        label="Title"
        value={title}
        onChange={setTitle}
        autoFocus
        maxLength={200}
        placeholder="Cyber capability of Meridian-2"
        error={isLate && title.trim() === "" ? "Give the report a title." : null}
      />
      <RadioGroup label="Template" options={templateOptions} value={template} onChange={setTemplate} />
      <RadioGroup label="Scope" look="segments" options={scopeOptions} value={kind} onChange={setKind} />
      <ScopeFields kind={kind} campaign={campaign} run={run} isLate={isLate} onCampaign={setCampaign} onRun={setRun} />
      <MarkingField label="Marking" value={marking} onChange={setMarking} />
    </ActDialog>
  );
}
