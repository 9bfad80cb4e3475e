import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { Benchmark } from "../../../electron/contract/planning.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import {
  Button,
  EmptyState,
  ErrorNote,
  Loading,
  PageHead,
  Tag,
  showToast,
  type TableColumn,
} from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate, type Params } from "../../state/view.ts";
import { ListPanel, usePick } from "../../table-view/index.ts";
import { useRights } from "../runs/rights.ts";
import { CatalogDialog } from "./catalog-dialog.tsx";
import "./benchmarks.css";

const originWords: Readonly<Record<Benchmark["origin"], string>> = {
  catalog: "catalog",
  file: "pack file",
  log: "named by a log",
};

function categoryWords(benchmark: Benchmark): string {
  const { categories } = benchmark;
  if (categories.length === 0) return "–";
  const shown = categories.slice(0, 4).map(({ name, tasks }) => `${name} ${formatCount(tasks)}`);
  return categories.length > 4 ? `${shown.join(", ")}, ${formatCount(categories.length - 4)} more` : shown.join(", ");
}

const columns: readonly TableColumn<Benchmark>[] = [
  {
    id: "title",
    header: "Benchmark",
    cell: (benchmark) => (
      <span className="benchmarks-two-lines">
        <span className="cut benchmarks-entry-title">{benchmark.title}</span>
        <span className="cut small ink3">{categoryWords(benchmark)}</span>
      </span>
    ),
    width: "2.2fr",
    minWidth: 220,
    isSortable: true,
    isRowHeader: true,
  },
  {
    id: "tasks",
    header: "Tasks",
    cell: (benchmark) => formatCount(benchmark.tasks),
    align: "end",
    width: 76,
    isSortable: true,
  },
  {
    id: "withHumanMinutes",
    header: "Human min",
    cell: (benchmark) =>
      benchmark.withHumanMinutes === 0 ? (
        <span className="ink3">none</span>
      ) : (
        `${formatCount(benchmark.withHumanMinutes)} of ${formatCount(benchmark.tasks)}`
      ),
    align: "end",
    width: 104,
    isSortable: true,
  },
  {
    id: "licence",
    header: "Licence",
    cell: (benchmark) => <span className="cut ink2">{benchmark.licence ?? "not stated"}</span>,
    width: "1fr",
    minWidth: 100,
    isSortable: true,
  },
  {
    id: "version",
    header: "Version",
    cell: (benchmark) => <span className="mono cut">{benchmark.version}</span>,
    width: "1fr",
    minWidth: 100,
  },
  {
    id: "origin",
    header: "From",
    cell: (benchmark) => <Tag>{originWords[benchmark.origin]}</Tag>,
    width: 128,
    isSortable: true,
  },
  {
    id: "runs",
    header: "Runs",
    cell: (benchmark) => formatCount(benchmark.runs),
    align: "end",
    width: 68,
    isSortable: true,
  },
];

interface BenchmarkListProps {
  readonly benchmarks: readonly Benchmark[];
  readonly mayLog: boolean;
  readonly onCatalog: () => void;
  readonly onPack: () => void;
}

function BenchmarkList({ benchmarks, mayLog, onCatalog, onPack }: BenchmarkListProps): ReactNode {
  const pick = usePick(benchmarks);
  return (
    <ListPanel<Benchmark>
      title="Benchmarks"
      table="benchmarks"
      noun="benchmark"
      placeholder="Name or category"
      label="Benchmarks"
      columns={columns}
      pick={pick}
      rowText={(benchmark) => benchmark.title}
      rowHeight={46}
      onOpen={(id) => {
        navigate("benchmark", { id });
      }}
      empty={
        <EmptyState
          title="No benchmark yet"
          action={
            <>
              <Button variant="primary" isDisabled={!mayLog} onPress={onCatalog}>
                Add from the catalog
              </Button>
              <Button isDisabled={!mayLog} onPress={onPack}>
                Import a pack file…
              </Button>
            </>
          }
        >
          A benchmark is a list of tasks and a rule that says when one is solved. The catalog of public ones comes with
          EvalVault; your own come as pack files.
        </EmptyState>
      }
    />
  );
}

function usePackImport() {
  const command = useCommand("benchmarks.importPack");
  const choose = async (): Promise<void> => {
    const chosen = await shell().chooseFiles({
      title: "Choose a benchmark pack",
      filters: [{ name: "Benchmark pack", extensions: ["json"] }],
    });
    const file = chosen.ok ? chosen.value.files[0] : undefined;
    if (file === undefined) return;
    const result = await command.run({ file: file.handle });
    if (!result.ok) return;
    showToast({ words: `${result.value.title} was added, ${formatCounted(result.value.tasks, "task")}.` });
    navigate("benchmark", { id: result.value.id });
  };
  return { command, choose };
}

/** The benchmarks of this vault, from the catalog, from pack files, or named by logs. */
function BenchmarksScreen({ params }: { readonly params: Params }): ReactNode {
  const benchmarks = useQuery("benchmarks.list", {});
  const rights = useRights();
  const pack = usePackImport();
  const [isAdding, setIsAdding] = useState(params["new"] === "yes");
  const add = (): void => {
    setIsAdding(true);
  };
  useScreenCommands([
    {
      id: "benchmarks.add",
      words: "Add benchmarks from the catalog",
      shortcut: "Alt+N",
      isEnabled: rights.mayLog,
      run: add,
    },
    { id: "benchmarks.pack", words: "Import a pack file", isEnabled: rights.mayLog, run: () => void pack.choose() },
  ]);
  useStatusHint("Enter open · Ctrl F filter · Alt N add from the catalog");
  const tasks = benchmarks.status === "ready" ? benchmarks.data.reduce((sum, one) => sum + one.tasks, 0) : 0;
  return (
    <div className="page">
      <PageHead
        title="Benchmarks"
        lead={
          benchmarks.status === "ready"
            ? `${formatCounted(benchmarks.data.length, "benchmark")}, ${formatCounted(tasks, "task")}`
            : " "
        }
        actions={
          <>
            <Button isDisabled={!rights.mayLog} isPending={pack.command.isRunning} onPress={() => void pack.choose()}>
              Import a pack file…
            </Button>
            <Button variant="primary" shortcut="Alt+N" isDisabled={!rights.mayLog} onPress={add}>
              Add from the catalog
            </Button>
          </>
        }
      />
      {benchmarks.status === "loading" ? <Loading /> : null}
      <div className="page-body">
        {pack.command.failure === null ? null : (
          <ErrorNote
            failure={pack.command.failure}
            action={
              <Button size="small" onPress={() => void pack.choose()}>
                Choose another file…
              </Button>
            }
          />
        )}
        {benchmarks.status === "failed" ? <ErrorNote failure={benchmarks.failure} /> : null}
        {benchmarks.status === "ready" ? (
          <BenchmarkList
            benchmarks={benchmarks.data}
            mayLog={rights.mayLog}
            onCatalog={add}
            onPack={() => void pack.choose()}
          />
        ) : null}
      </div>
      {isAdding ? (
        <CatalogDialog
          onClose={() => {
            setIsAdding(false);
          }}
        />
      ) : null}
    </div>
  );
}

export const screen: Screen = { id: "benchmarks", Component: BenchmarksScreen };
