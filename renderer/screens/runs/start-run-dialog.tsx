import { useState, type ReactNode } from "react";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { ActDialog, ComboBox, Note, NumberField, Select, type Option } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { navigate } from "../../state/view.ts";

const noCampaign = "none";

interface StartRunDialogProps {
  readonly modelVersionId?: string | undefined;
  readonly benchmarkId?: string | undefined;
  readonly campaignId?: string | undefined;
  readonly epochs?: number | undefined;
  readonly onClose: () => void;
}

function useOptions() {
  const models = useQuery("models.list", {});
  const benchmarks = useQuery("benchmarks.list", {});
  const campaigns = useQuery("campaigns.list", {});
  const versions = models.status === "ready" ? models.data.flatMap((model) => model.versions) : [];
  const packs = benchmarks.status === "ready" ? benchmarks.data : [];
  return {
    areThere: models.status === "ready" && benchmarks.status === "ready",
    versions: versions.map((version): Option => ({ id: version.id, label: version.words })),
    benchmarks: packs.map((pack): Option => ({
      id: pack.id,
      label: pack.title,
      detail: `${formatCounted(pack.tasks, "task")} · ${pack.version}`,
    })),
    tasksOf: (id: string | null) => packs.find((pack) => pack.id === id)?.tasks ?? null,
    campaigns: [
      { id: noCampaign, label: "No campaign" },
      ...(campaigns.status === "ready" ? campaigns.data.map(({ id, name }): Option => ({ id, label: name })) : []),
    ],
  };
}

interface RunErrors {
  readonly version?: string;
  readonly benchmark?: string;
  readonly epochs?: string;
}

function runErrors(version: string | null, benchmark: string | null, epochs: number | null): RunErrors {
  return {
    ...(version === null ? { version: "Choose which model version is measured." } : {}),
    ...(benchmark === null ? { benchmark: "Choose a benchmark." } : {}),
    ...(epochs === null ? { epochs: "At least 1." } : {}),
  };
}

function plannedWords(tasks: number | null, epochs: number | null): string {
  return tasks === null || epochs === null ? "" : ` This plans ${formatCounted(tasks * epochs, "attempt")}.`;
}

/** Starts a run that is logged by hand: one model version on one benchmark, so many epochs. */
export function StartRunDialog(props: StartRunDialogProps): ReactNode {
  const { onClose } = props;
  const options = useOptions();
  const [version, setVersion] = useState<string | null>(props.modelVersionId ?? null);
  const [benchmark, setBenchmark] = useState<string | null>(props.benchmarkId ?? null);
  const [campaign, setCampaign] = useState(props.campaignId ?? noCampaign);
  const [epochs, setEpochs] = useState<number | null>(props.epochs ?? 1);
  const [isLate, setIsLate] = useState(false);
  const start = useCommand("runs.start");
  const tasks = options.tasksOf(benchmark);
  const isEmpty = options.areThere && (options.versions.length === 0 || options.benchmarks.length === 0);
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (isEmpty || version === null || benchmark === null || epochs === null || start.isRunning) return;
    const result = await start.run({
      modelVersionId: version,
      benchmarkId: benchmark,
      campaignId: campaign === noCampaign ? null : campaign,
      epochs,
    });
    if (result.ok) navigate("run", { id: result.value.id, log: "yes" });
  };
  const errors = isLate ? runErrors(version, benchmark, epochs) : {};
  return (
    <ActDialog
      title="Start a run by hand"
      onClose={onClose}
      act="Start the run"
      command={start}
      onAct={() => void submit()}
    >
      <p className="ink2">
        For what a harness did not log. Every task × epoch stands in a grid that takes one key an attempt.
        {plannedWords(tasks, epochs)}
      </p>
      {isEmpty ? (
        <Note tone="warn" title="A run needs a model and a benchmark">
          Add them under Models and Benchmarks first.
        </Note>
      ) : null}
      {options.areThere ? (
        <>
          <ComboBox
            label="Model version"
            options={options.versions}
            value={version}
            onChange={setVersion}
            placeholder="Type a name"
            error={errors.version}
          />
          <ComboBox
            label="Benchmark"
            options={options.benchmarks}
            value={benchmark}
            onChange={setBenchmark}
            placeholder="Type a name"
            error={errors.benchmark}
          />
        </>
      ) : null}
      <div className="runs-dialog-row">
        <NumberField
          label="Epochs"
          value={epochs}
          onChange={setEpochs}
          min={1}
          max={1_000}
          step={1}
          description="Attempts of each task."
          error={errors.epochs}
        />
        <Select label="Campaign" options={options.campaigns} value={campaign} onChange={setCampaign} />
      </div>
    </ActDialog>
  );
}
