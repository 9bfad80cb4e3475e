import type { ReactNode } from "react";
import type { ImportReport } from "../../../electron/contract/importing.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { Button, ErrorNote, FileDrop, PageHead, Panel } from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useFileChoice } from "../../state/file-choice.ts";
import { useCommand } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate } from "../../state/view.ts";
import { useRights } from "../runs/rights.ts";
import { CampaignSelect, campaignIdOf } from "./campaign-select.tsx";
import { RecentImports } from "./recent-imports.tsx";
import { WorkProgress } from "./work-progress.tsx";

function useImport(campaign: string, onDone: (report: ImportReport) => void) {
  const logs = useFileChoice({
    title: "Choose logs or tables",
    filters: [
      { name: "Logs and tables", extensions: ["eval", "json", "jsonl", "csv", "tsv"] },
      { name: "All files", extensions: ["*"] },
    ],
    multiple: true,
  });
  const folders = useFileChoice({ title: "Choose a folder of logs", folder: true, multiple: true });
  const command = useCommand("imports.logs", { job: "Importing logs" });
  const files = [...logs.files, ...folders.files];
  const run = async (): Promise<void> => {
    if (files.length === 0 || command.isRunning) return;
    const handles = files.map((file) => file.handle);
    const result = await command.run({ files: handles, campaignId: campaignIdOf(campaign) });
    if (result.ok) onDone(result.value);
  };
  const remove = (handle: string): void => {
    logs.remove(handle);
    folders.remove(handle);
  };
  return { logs, folders, files, command, run, remove };
}

interface ChooseViewProps {
  readonly campaign: string;
  readonly onCampaign: (id: string) => void;
  readonly onDone: (report: ImportReport) => void;
  readonly onRecent: (id: string) => void;
}

/** What to take in, and what was taken in before. */
export function ChooseView({ campaign, onCampaign, onDone, onRecent }: ChooseViewProps): ReactNode {
  const rights = useRights();
  const { logs, folders, files, command, run, remove } = useImport(campaign, onDone);
  const receive = (): void => {
    navigate("runs", { view: "receive" });
  };
  const canImport = rights.mayLog && files.length > 0 && !command.isRunning;
  useScreenCommands([
    {
      id: "import.choose",
      words: "Choose logs or tables",
      shortcut: "Alt+C",
      isEnabled: rights.mayLog,
      run: logs.choose,
    },
    {
      id: "import.folder",
      words: "Choose a folder of logs",
      shortcut: "Alt+D",
      isEnabled: rights.mayLog,
      run: folders.choose,
    },
    { id: "import.receive", words: "Receive a package", shortcut: "Alt+R", isEnabled: rights.mayDecide, run: receive },
    { id: "import.run", words: "Import", shortcut: "CmdOrCtrl+Enter", isEnabled: canImport, run: () => void run() },
  ]);
  useStatusHint("Alt C choose files · Alt D choose a folder · Ctrl Enter import");
  return (
    <div className="page">
      <PageHead
        title="Import"
        up={{
          words: "Runs",
          onPress: () => {
            navigate("runs");
          },
        }}
        lead="Logs of harnesses, damaged ones too; CSV and JSON Lines, with their columns mapped. The originals are kept as evidence, encrypted."
        actions={
          <>
            <Button shortcut="Alt+R" isDisabled={!rights.mayDecide} onPress={receive}>
              Receive a package
            </Button>
            <Button shortcut="Alt+D" isDisabled={!rights.mayLog} onPress={folders.choose}>
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
              label="Logs, tables, folders"
              hint="Drop logs, tables or a folder here, or choose them"
              files={files}
              onChoose={logs.choose}
              onDrop={logs.drop}
              onRemove={remove}
            />
            <CampaignSelect value={campaign} onChange={onCampaign} />
          </div>
          {command.isRunning ? (
            <div className="import-progress">
              <WorkProgress progress={command.progress} first="Starting" onCancel={command.cancel} />
              <p className="small ink3">
                What was taken in whole stays when you cancel, and its report is shown; the file being read does not.
              </p>
            </div>
          ) : null}
        </Panel>
        {[command.failure, logs.failure, folders.failure].map((failure, index) =>
          failure === null ? null : <ErrorNote key={String(index)} failure={failure} />,
        )}
        <RecentImports onOpen={onRecent} />
      </div>
    </div>
  );
}
