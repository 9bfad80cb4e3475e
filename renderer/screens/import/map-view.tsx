import { useState, type ReactNode } from "react";
import type { ImportReport, TableMapping, TablePreview } from "../../../electron/contract/importing.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { Button, DoorLink, ErrorNote, Loading, Note, PageHead, Panel, Select, TextField } from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useCommand } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate } from "../../state/view.ts";
import { visibleText } from "../../transcript/visible-text.ts";
import { CampaignSelect, campaignIdOf } from "./campaign-select.tsx";
import { MapColumns } from "./map-columns.tsx";
import { MapPreview } from "./map-preview.tsx";
import { countsWords, formatWords, silentRules, withOthersAsMetadata } from "./mapping.ts";
import { WorkProgress } from "./work-progress.tsx";
import { usePreview, type PreviewState } from "./use-preview.ts";

const decimals = [
  { id: ".", label: "Point, 0.5" },
  { id: ",", label: "Comma, 0,5" },
] as const;
const firstEpochs = [
  { id: "1", label: "Counted from 1" },
  { id: "0", label: "Counted from 0" },
] as const;

interface SettingsProps {
  readonly mapping: TableMapping;
  readonly campaign: string;
  readonly onCampaign: (id: string) => void;
  readonly onChange: (mapping: TableMapping) => void;
}

/** What goes for every row: the names for rows that give none, and how numbers are written. */
function Settings({ mapping, campaign, onCampaign, onChange }: SettingsProps): ReactNode {
  return (
    <div className="map-settings">
      <TextField
        label="Model, where a row names none"
        low
        value={mapping.model}
        maxLength={500}
        onChange={(model) => {
          onChange({ ...mapping, model });
        }}
      />
      <TextField
        label="Benchmark, where a row names none"
        low
        value={mapping.benchmark}
        maxLength={500}
        onChange={(benchmark) => {
          onChange({ ...mapping, benchmark });
        }}
      />
      <Select
        label="Decimals"
        low
        options={decimals}
        value={mapping.decimal}
        onChange={(decimal) => {
          onChange({ ...mapping, decimal });
        }}
      />
      <Select
        label="Epochs"
        low
        options={firstEpochs}
        value={mapping.firstEpoch === 0 ? "0" : "1"}
        onChange={(first) => {
          onChange({ ...mapping, firstEpoch: first === "0" ? 0 : 1 });
        }}
      />
      <CampaignSelect value={campaign} onChange={onCampaign} isLow />
    </div>
  );
}

function Counts({ preview, state }: { readonly preview: TablePreview; readonly state: PreviewState }): ReactNode {
  const { known, unfit } = preview;
  return (
    <>
      {known === null ? null : (
        <Note tone="warn" title="This table was imported before">
          <DoorLink
            onPress={() => {
              navigate("run", { id: known });
            }}
          >
            Open its run
          </DoorLink>{" "}
          It can be taken in again once that import was undone.
        </Note>
      )}
      {unfit === null ? null : (
        <Note tone="bad" title="Nothing can be taken in yet">
          {unfit}
        </Note>
      )}
      <p className="map-counts" aria-live="polite">
        {unfit === null ? <strong>{countsWords(preview)}</strong> : null}{" "}
        {state.isRunning ? <span className="ink3">reading again…</span> : null}
      </p>
    </>
  );
}

interface MapViewProps {
  readonly file: { readonly handle: string; readonly name: string };
  readonly campaign: string;
  readonly onBack: () => void;
  readonly onDone: (report: ImportReport) => void;
}

/** The attempts that would be taken in; null where none can be. */
function takenOf({ preview }: PreviewState): number | null {
  if (preview?.unfit !== null || preview.known !== null) return null;
  return preview.counts.taken === 0 ? null : preview.counts.taken;
}

/** The mapping as it stands, its dry run, and taking it in. */
function useTable({ file, onDone }: MapViewProps, campaign: string) {
  const [own, change] = useState<TableMapping | null>(null);
  const state = usePreview(file.handle, own);
  const take = useCommand("imports.table", { job: "Importing a table" });
  const mapping = own ?? state.preview?.mapping ?? null;
  const taken = takenOf(state);
  const canTake = taken !== null && !state.isRunning && !take.isRunning;
  const run = async (): Promise<void> => {
    if (!canTake || mapping === null) return;
    const result = await take.run({ file: file.handle, mapping, campaignId: campaignIdOf(campaign) });
    if (result.ok) onDone(result.value);
  };
  const asMetadata = (): void => {
    if (mapping !== null) change(withOthersAsMetadata(mapping));
  };
  return { state, mapping, taken, canTake, take, change, run, asMetadata };
}

type Table = ReturnType<typeof useTable>;

/** What stands above the panes while there is nothing to map yet, or while it is taken in. */
function Notices({ table }: { readonly table: Table }): ReactNode {
  const { state, take } = table;
  return (
    <>
      {state.failure === null ? null : <ErrorNote failure={state.failure} />}
      {take.failure === null ? null : <ErrorNote failure={take.failure} />}
      {take.isRunning ? <WorkProgress progress={take.progress} first="Importing" onCancel={take.cancel} /> : null}
      {state.preview === null && state.isRunning ? <Loading /> : null}
    </>
  );
}

interface PanesProps {
  readonly table: Table;
  readonly campaign: string;
  readonly onCampaign: (id: string) => void;
}

function Panes({ table, campaign, onCampaign }: PanesProps): ReactNode {
  const { state, mapping, change } = table;
  const { preview } = state;
  if (mapping === null || preview === null) return null;
  return (
    <>
      <Panel label="What would be taken in">
        <Counts preview={preview} state={state} />
        <Settings mapping={mapping} campaign={campaign} onCampaign={onCampaign} onChange={change} />
        <ul className="map-rules small ink3">
          {silentRules(mapping).map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </Panel>
      <div className="map-panes">
        <Panel title="Columns" hint={formatCounted(mapping.columns.length, "column")} flush fill>
          <MapColumns mapping={mapping} columns={preview.columns} onChange={change} />
        </Panel>
        <Panel title="Dry run" fill>
          <MapPreview preview={preview} mapping={mapping} onChange={change} />
        </Panel>
      </div>
    </>
  );
}

/** The step between choosing a table and taking it in: what its columns are, and what would come of each row. */
export function MapView(props: MapViewProps): ReactNode {
  const { file, onBack } = props;
  const [campaign, setCampaign] = useState(props.campaign);
  const table = useTable(props, campaign);
  const { mapping, taken, canTake, take, run, asMetadata } = table;
  useScreenCommands([
    {
      id: "import.table",
      words: "Import the table",
      shortcut: "CmdOrCtrl+Enter",
      isEnabled: canTake,
      run: () => void run(),
    },
    {
      id: "import.metadata",
      words: "Keep the columns that are left out as metadata",
      shortcut: "Alt+M",
      run: asMetadata,
    },
  ]);
  useStatusHint("Tab column · Space change it · Alt M the rest as metadata · Ctrl Enter import");
  return (
    <div className="page">
      <PageHead
        title={`Columns of ${visibleText(file.name)}`}
        up={{ words: "Import", onPress: onBack }}
        lead={mapping === null ? "Reading the table" : `${formatWords(mapping)} · nothing is kept before you import`}
        actions={
          <>
            <Button shortcut="Alt+M" isDisabled={mapping === null} onPress={asMetadata}>
              The rest as metadata
            </Button>
            <Button
              variant="primary"
              shortcut="Ctrl+Enter"
              isDisabled={!canTake}
              isPending={take.isRunning}
              onPress={() => void run()}
            >
              {taken === null ? "Import" : `Import ${formatCounted(taken, "attempt")}`}
            </Button>
          </>
        }
      />
      <div className="page-body">
        <Notices table={table} />
        <Panes table={table} campaign={campaign} onCampaign={setCampaign} />
      </div>
    </div>
  );
}
