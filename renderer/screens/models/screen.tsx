import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { Model, ModelVersion } from "../../../electron/contract/planning.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import {
  Button,
  DataTable,
  DoorLink,
  EmptyState,
  ErrorNote,
  Loading,
  PageHead,
  Panel,
  SearchField,
  Tag,
  type TableColumn,
} from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate, type Params } from "../../state/view.ts";
import { useRights } from "../runs/rights.ts";
import { AddModelDialog, AddVersionDialog } from "./model-dialogs.tsx";
import { safeguardWords } from "./version-fields.tsx";
import "./models.css";

function Safeguard({ version }: { readonly version: ModelVersion }): ReactNode {
  const { safeguard } = version;
  const isLess = safeguard === "reduced" || safeguard === "removed";
  return (
    <Tag tone={isLess ? "warn" : "plain"} sign={isLess ? "warn" : undefined}>
      {safeguardWords[safeguard]}
    </Tag>
  );
}

const columns: readonly TableColumn<ModelVersion>[] = [
  {
    id: "checkpoint",
    header: "Version",
    cell: (version) => <span className="mono cut">{version.checkpoint}</span>,
    width: "1.4fr",
    minWidth: 140,
    isRowHeader: true,
  },
  { id: "safeguard", header: "Safeguards", cell: (version) => <Safeguard version={version} />, width: 132 },
  {
    id: "access",
    header: "Access",
    cell: (version) => <span className="cut ink2">{version.access || "–"}</span>,
    width: "1fr",
  },
  {
    id: "settings",
    header: "Settings",
    cell: (version) => <span className="cut ink2">{version.settings || "–"}</span>,
    width: "1fr",
  },
  { id: "runs", header: "Runs", cell: (version) => formatCount(version.runs), align: "end", width: 72 },
  {
    id: "start",
    header: "",
    cell: (version) => (
      <DoorLink
        label={`Start a run of ${version.words}`}
        onPress={() => {
          navigate("runs", { new: "yes", version: version.id });
        }}
      >
        Start a run
      </DoorLink>
    ),
    width: 104,
  },
];

function ModelPanel({
  model,
  mayLog,
  onAdd,
}: {
  readonly model: Model;
  readonly mayLog: boolean;
  readonly onAdd: () => void;
}): ReactNode {
  return (
    <Panel
      title={model.name}
      hint={[model.developer, model.note].filter((part) => part !== "").join(" · ")}
      actions={
        <>
          {model.origin === "log" ? <Tag>named by a log</Tag> : null}
          <Button size="small" isDisabled={!mayLog} label={`Add a version of ${model.name}`} onPress={onAdd}>
            Add a version
          </Button>
        </>
      }
      flush
    >
      <DataTable
        label={`Versions of ${model.name}`}
        columns={mayLog ? columns : columns.filter((column) => column.id !== "start")}
        rows={model.versions}
        rowKey={(version) => version.id}
        rowText={(version) => version.words}
      />
    </Panel>
  );
}

function fits(model: Model, words: string): boolean {
  const text = [model.name, model.developer, model.note, ...model.versions.map((version) => version.words)].join(" ");
  return text.toLowerCase().includes(words.trim().toLowerCase());
}

type Over = { readonly kind: "model" } | { readonly kind: "version"; readonly model: Model };

function leadOf(models: readonly Model[]): string {
  const versions = models.reduce((sum, model) => sum + model.versions.length, 0);
  return `${formatCounted(models.length, "model")}, ${formatCounted(versions, "version")}`;
}

function ModelList({
  models,
  mayLog,
  onOver,
}: {
  readonly models: readonly Model[];
  readonly mayLog: boolean;
  readonly onOver: (over: Over) => void;
}): ReactNode {
  const [words, setWords] = useState("");
  if (models.length === 0) {
    return (
      <Panel label="Models">
        <EmptyState
          title="No model yet"
          action={
            <Button
              variant="primary"
              isDisabled={!mayLog}
              onPress={() => {
                onOver({ kind: "model" });
              }}
            >
              Add a model
            </Button>
          }
        >
          A model has versions: a checkpoint under one set of safeguards. Runs measure versions. Importing a log adds
          the model that it names.
        </EmptyState>
      </Panel>
    );
  }
  const shown = models.filter((model) => fits(model, words));
  return (
    <>
      {models.length > 3 ? (
        <SearchField
          label="Filter models"
          placeholder="Model, developer or version"
          value={words}
          onChange={setWords}
        />
      ) : null}
      {shown.length === 0 ? <p className="ink3">No model is like that.</p> : null}
      {shown.map((model) => (
        <ModelPanel
          key={model.id}
          model={model}
          mayLog={mayLog}
          onAdd={() => {
            onOver({ kind: "version", model });
          }}
        />
      ))}
    </>
  );
}

/** The models that are measured, each with its versions and their safeguards. */
function ModelsScreen({ params }: { readonly params: Params }): ReactNode {
  const models = useQuery("models.list", {});
  const rights = useRights();
  const [over, setOver] = useState<Over | null>(params["new"] === "yes" ? { kind: "model" } : null);
  const add = (): void => {
    setOver({ kind: "model" });
  };
  const close = (): void => {
    setOver(null);
  };
  useScreenCommands([
    { id: "models.add", words: "Add a model", shortcut: "Alt+N", isEnabled: rights.mayLog, run: add },
    ...(models.status === "ready" ? models.data : []).map((model) => ({
      id: `models.version.${model.id}`,
      words: `Add a version of ${model.name}`,
      isEnabled: rights.mayLog,
      run: () => {
        setOver({ kind: "version", model });
      },
    })),
  ]);
  useStatusHint("Alt N add a model · Tab to the next model · ↑ ↓ versions");
  return (
    <div className="page">
      <PageHead
        title="Models"
        lead={models.status === "ready" ? leadOf(models.data) : " "}
        actions={
          <Button variant="primary" shortcut="Alt+N" isDisabled={!rights.mayLog} onPress={add}>
            Add a model
          </Button>
        }
      />
      {models.status === "loading" ? <Loading /> : null}
      <div className="page-body scrolls">
        {models.status === "failed" ? <ErrorNote failure={models.failure} /> : null}
        {models.status === "ready" ? <ModelList models={models.data} mayLog={rights.mayLog} onOver={setOver} /> : null}
      </div>
      {over?.kind === "model" ? <AddModelDialog onClose={close} /> : null}
      {over?.kind === "version" ? <AddVersionDialog model={over.model} onClose={close} /> : null}
    </div>
  );
}

export const screen: Screen = { id: "models", Component: ModelsScreen };
