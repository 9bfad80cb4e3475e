import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { ImportedFile } from "../../../electron/contract/importing.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import {
  Button,
  EmptyState,
  ErrorNote,
  FileDrop,
  Note,
  PageHead,
  Panel,
  Progress,
  Select,
  type Option,
} from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useFileChoice } from "../../state/file-choice.ts";
import { progressWords } from "../../state/progress-words.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate, type Params } from "../../state/view.ts";
import { useRights } from "../runs/rights.ts";
import { ReportTable, errorsFirst, type ReportedFile } from "./import-report.tsx";
import "./import.css";

const noCampaign = "none";

function reported(files: readonly (ImportedFile & { readonly at?: number })[]): readonly ReportedFile[] {
  return files.map((file, index) => ({ ...file, at: file.at ?? null, key: `${String(index)}-${file.sha256}` }));
}

/** "2 imported, 1 salvaged, 1 refused". */
function countWords(files: readonly ImportedFile[]): string {
  const words = (["imported", "salvaged", "refused", "duplicate"] as const).flatMap((status) => {
    const count = files.filter((file) => file.status === status).length;
    return count === 0 ? [] : [`${formatCount(count)} ${status === "duplicate" ? "known already" : status}`];
  });
  return words.length === 0 ? "no log was found" : words.join(", ");
}

function useImport(campaign: string) {
  const logs = useFileChoice({
    title: "Choose logs",
    filters: [
      { name: "Inspect logs", extensions: ["eval", "json"] },
      { name: "All files", extensions: ["*"] },
    ],
    multiple: true,
  });
  const folders = useFileChoice({ title: "Choose a folder of logs", folder: true, multiple: true });
  const command = useCommand("imports.logs", { job: "Importing logs" });
  const [done, setDone] = useState<readonly ImportedFile[] | null>(null);
  const files = [...logs.files, ...folders.files];
  const run = async (): Promise<void> => {
    if (files.length === 0 || command.isRunning) return;
    setDone(null);
    const result = await command.run({
      files: files.map((file) => file.handle),
      campaignId: campaign === noCampaign ? null : campaign,
    });
    if (!result.ok) return;
    setDone(result.value.files);
    logs.clear();
    folders.clear();
  };
  const remove = (handle: string): void => {
    logs.remove(handle);
    folders.remove(handle);
  };
  return { logs, folders, files, command, done, run, remove };
}

function CampaignSelect({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (id: string) => void;
}): ReactNode {
  const campaigns = useQuery("campaigns.list", {});
  const options: readonly Option[] = [
    { id: noCampaign, label: "No campaign" },
    ...(campaigns.status === "ready" ? campaigns.data.map(({ id, name }): Option => ({ id, label: name })) : []),
  ];
  return (
    <Select
      label="Into the campaign"
      options={options}
      value={value}
      onChange={onChange}
      description="Runs that match a planned cell are counted there."
    />
  );
}

function Outcome({ done }: { readonly done: readonly ImportedFile[] }): ReactNode {
  const refused = done.filter((file) => file.status === "refused").length;
  return (
    <Panel title="What was taken in" hint={countWords(done)} flush fill>
      <ReportTable
        label="Files of this import, errors first"
        files={errorsFirst(reported(done))}
        withTime={false}
        empty={
          <EmptyState title="No log was found">
            The folder holds no .eval or .json file. Choose the log files themselves.
          </EmptyState>
        }
      />
      {refused === 0 ? null : (
        <div className="import-foot">
          <Note tone="warn">A refused file leaves nothing behind in the vault. Enter on its row says why.</Note>
        </div>
      )}
    </Panel>
  );
}

function UnderWay({
  progress,
  onCancel,
}: {
  readonly progress: ReturnType<typeof useImport>["command"]["progress"];
  readonly onCancel: () => void;
}): ReactNode {
  return (
    <div className="import-progress">
      <Progress
        step={progress?.step ?? "Starting"}
        done={progress?.done ?? 0}
        total={progress?.total ?? null}
        {...(progress === null ? {} : { words: progressWords(progress) })}
        onCancel={onCancel}
      />
      <p className="small ink3">Logs that were taken in whole stay when you cancel; the one being read does not.</p>
    </div>
  );
}

function Recent(): ReactNode {
  const recent = useQuery("imports.recent", {});
  if (recent.status === "failed") return <ErrorNote failure={recent.failure} />;
  return (
    <Panel title="Imported before" hint="newest first" flush fill>
      <ReportTable
        label="Imported before"
        files={
          recent.status === "ready"
            ? reported(recent.data.flatMap(({ at, files }) => files.map((file) => ({ ...file, at }))))
            : []
        }
        withTime
        empty={
          <EmptyState title="Nothing was imported yet">
            Choose or drop Inspect logs above. Each becomes a run; its numbers are computed again from its samples.
          </EmptyState>
        }
      />
    </Panel>
  );
}

/** Takes harness logs in: choose or drop, watch, and read what became of each file. */
function ImportScreen({ params }: { readonly params: Params }): ReactNode {
  const [campaign, setCampaign] = useState(params["campaign"] ?? noCampaign);
  const rights = useRights();
  const { logs, folders, files, command, done, run, remove } = useImport(campaign);
  const receive = (): void => {
    navigate("runs", { view: "receive" });
  };
  const canImport = rights.mayLog && files.length > 0 && !command.isRunning;
  useScreenCommands([
    { id: "import.choose", words: "Choose logs", shortcut: "Alt+C", isEnabled: rights.mayLog, run: logs.choose },
    { id: "import.folder", words: "Choose a folder of logs", isEnabled: rights.mayLog, run: folders.choose },
    { id: "import.receive", words: "Receive a package", shortcut: "Alt+R", isEnabled: rights.mayDecide, run: receive },
    { id: "import.run", words: "Import", shortcut: "CmdOrCtrl+Enter", isEnabled: canImport, run: () => void run() },
  ]);
  useStatusHint("Alt C choose logs · Ctrl Enter import · Enter opens a file’s report");
  return (
    <div className="page">
      <PageHead
        title="Import logs"
        up={{
          words: "Runs",
          onPress: () => {
            navigate("runs");
          },
        }}
        lead="Inspect logs (.eval, .json), any version, damaged ones too. The originals are kept as evidence, encrypted."
        actions={
          <>
            <Button shortcut="Alt+R" isDisabled={!rights.mayDecide} onPress={receive}>
              Receive a package
            </Button>
            <Button isDisabled={!rights.mayLog} onPress={folders.choose}>
              Choose a folder…
            </Button>
            <Button
              variant="primary"
              shortcut="Ctrl+Enter"
              isDisabled={!canImport}
              isPending={command.isRunning}
              onPress={() => void run()}
            >
              {files.length === 0 ? "Import" : `Import ${formatCount(files.length)}`}
            </Button>
          </>
        }
      />
      <div className="page-body">
        <Panel label="What to import">
          <div className="import-form">
            <FileDrop
              label="Logs"
              hint="Drop logs or a folder here, or choose them"
              files={files}
              onChoose={logs.choose}
              onDrop={logs.drop}
              onRemove={remove}
            />
            <CampaignSelect value={campaign} onChange={setCampaign} />
          </div>
          {command.isRunning ? <UnderWay progress={command.progress} onCancel={command.cancel} /> : null}
        </Panel>
        {[command.failure, logs.failure, folders.failure].map((failure, index) =>
          failure === null ? null : <ErrorNote key={String(index)} failure={failure} />,
        )}
        {done === null ? <Recent /> : <Outcome done={done} />}
      </div>
    </div>
  );
}

export const screen: Screen = { id: "import", Component: ImportScreen };
