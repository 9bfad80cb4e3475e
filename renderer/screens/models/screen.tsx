import { useMemo, useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { Model, ModelVersion } from "../../../electron/contract/planning.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import {
  Button,
  DoorLink,
  EmptyState,
  ErrorNote,
  Loading,
  PageHead,
  Tag,
  type TableColumn,
} from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate, type Params } from "../../state/view.ts";
import { ListPanel, usePick } from "../../table-view/index.ts";
import { useRights } from "../runs/rights.ts";
import { AddModelDialog, AddVersionDialog, ReleaseDayDialog } from "./model-dialogs.tsx";
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

const factColumns: readonly TableColumn<ModelVersion>[] = [
  {
    id: "checkpoint",
    header: "Version",
    cell: (version) => <span className="mono cut">{version.checkpoint}</span>,
    width: "1.4fr",
    minWidth: 140,
    isSortable: true,
    isRowHeader: true,
  },
  {
    id: "safeguard",
    header: "Safeguards",
    cell: (version) => <Safeguard version={version} />,
    width: 132,
    isSortable: true,
  },
  {
    id: "access",
    header: "Access",
    cell: (version) => <span className="cut ink2">{version.access || "–"}</span>,
    width: "1fr",
    isSortable: true,
  },
  {
    id: "settings",
    header: "Settings",
    cell: (version) => <span className="cut ink2">{version.settings || "–"}</span>,
    width: "1fr",
    isSortable: true,
  },
  {
    id: "runs",
    header: "Runs",
    cell: (version) => formatCount(version.runs),
    align: "end",
    width: 72,
    isSortable: true,
  },
];

type Over =
  | { readonly kind: "model" }
  | { readonly kind: "version"; readonly model: Model }
  | { readonly kind: "release"; readonly version: ModelVersion };

function leadOf(models: readonly Model[]): string {
  const versions = models.reduce((sum, model) => sum + model.versions.length, 0);
  return `${formatCounted(models.length, "model")}, ${formatCounted(versions, "version")}`;
}

function releaseColumn(mayLog: boolean, onOver: (over: Over) => void): TableColumn<ModelVersion> {
  return {
    id: "released",
    header: "Released",
    cell: (version) =>
      mayLog ? (
        <DoorLink
          label={`${version.releasedOn ?? "say when"}: release day of ${version.words}`}
          onPress={() => {
            onOver({ kind: "release", version });
          }}
        >
          {version.releasedOn ?? "say when"}
        </DoorLink>
      ) : (
        <span className="ink2">{version.releasedOn ?? "–"}</span>
      ),
    width: 104,
    isSortable: true,
  };
}

const startColumn: TableColumn<ModelVersion> = {
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
};

function columnsFor(mayLog: boolean, onOver: (over: Over) => void): readonly TableColumn<ModelVersion>[] {
  return [...factColumns, releaseColumn(mayLog, onOver), ...(mayLog ? [startColumn] : [])];
}

interface ModelListProps {
  readonly models: readonly Model[];
  readonly mayLog: boolean;
  readonly onOver: (over: Over) => void;
}

function NoModels({ mayLog, onOver }: Omit<ModelListProps, "models">): ReactNode {
  return (
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
      A model has versions: a checkpoint under one set of safeguards. Runs measure versions. Importing a log adds the
      model that it names.
    </EmptyState>
  );
}

/** As the table groups them: "Northgate Labs · Meridian-2". */
function modelWords({ developer, name }: Model): string {
  return `${developer} · ${name}`;
}

const byModel = { group: "model" };

function ModelList({ models, mayLog, onOver }: ModelListProps): ReactNode {
  const versions = useMemo(() => models.flatMap((model) => model.versions), [models]);
  const pick = usePick(versions);
  const columns = useMemo(() => columnsFor(mayLog, onOver), [mayLog, onOver]);
  return (
    <ListPanel<ModelVersion>
      title="Models"
      table="models"
      first={byModel}
      noun="version"
      placeholder="Model, developer or version"
      label="Model versions"
      columns={columns}
      pick={pick}
      rowText={(version) => version.words}
      groupActions={({ value }) => {
        const model = models.find((one) => modelWords(one) === value);
        if (model === undefined) return null;
        return (
          <Button
            size="small"
            isDisabled={!mayLog}
            label={`Add a version of ${model.name}`}
            onPress={() => {
              onOver({ kind: "version", model });
            }}
          >
            Add a version
          </Button>
        );
      }}
      empty={<NoModels mayLog={mayLog} onOver={onOver} />}
    />
  );
}

function OverDialog({ over, onClose }: { readonly over: Over; readonly onClose: () => void }): ReactNode {
  switch (over.kind) {
    case "model":
      return <AddModelDialog onClose={onClose} />;
    case "version":
      return <AddVersionDialog model={over.model} onClose={onClose} />;
    case "release":
      return <ReleaseDayDialog version={over.version} onClose={onClose} />;
  }
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
  useStatusHint("Alt N add a model · Ctrl F find · ↑ ↓ versions");
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
      <div className="page-body">
        {models.status === "failed" ? <ErrorNote failure={models.failure} /> : null}
        {models.status === "ready" ? <ModelList models={models.data} mayLog={rights.mayLog} onOver={setOver} /> : null}
      </div>
      {over === null ? null : <OverDialog over={over} onClose={close} />}
    </div>
  );
}

export const screen: Screen = { id: "models", Component: ModelsScreen };
