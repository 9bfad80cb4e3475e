import { useMemo, useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { Benchmark, BenchmarkTask } from "../../../electron/contract/planning.ts";
import { formatCount, formatCounted, formatMinutes } from "../../../electron/contract/number-text.ts";
import {
  Button,
  DescriptionList,
  EmptyState,
  ErrorNote,
  Loading,
  Note,
  PageHead,
  Panel,
  Tag,
  type Described,
  type TableColumn,
} from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate, type Params } from "../../state/view.ts";
import { ListPanel, usePick } from "../../table-view/index.ts";
import { useRights } from "../runs/rights.ts";
import { StartRunDialog } from "../runs/start-run-dialog.tsx";
import { FlagsPanel } from "./flags-panel.tsx";
import "./benchmark.css";

function textColumn(
  id: string,
  header: string,
  value: (task: BenchmarkTask) => string | null,
  width: number | `${number}fr`,
): TableColumn<BenchmarkTask> {
  return {
    id,
    header,
    cell: (task) => <span className="cut ink2">{value(task) ?? "–"}</span>,
    width,
    isSortable: true,
  };
}

/** Columns for what the tasks of this benchmark state; a column in which nothing stands is left out. */
function columnsFor(tasks: readonly BenchmarkTask[]): readonly TableColumn<BenchmarkTask>[] {
  const states = (key: keyof BenchmarkTask): boolean => tasks.some((task) => task[key] !== null);
  const columns: TableColumn<BenchmarkTask>[] = [
    {
      id: "title",
      header: "Task",
      cell: (task) => <span className="cut benchmark-task">{task.title}</span>,
      width: "1.6fr",
      isSortable: true,
      isRowHeader: true,
    },
  ];
  if (states("category")) columns.push(textColumn("category", "Category", (task) => task.category, "1fr"));
  if (states("difficulty")) columns.push(textColumn("difficulty", "Difficulty", (task) => task.difficulty, "1fr"));
  if (states("humanMinutes")) {
    columns.push({
      id: "humanMinutes",
      header: "Human min",
      cell: (task) => formatMinutes(task.humanMinutes),
      align: "end",
      width: 104,
      isSortable: true,
    });
  }
  if (states("points")) {
    columns.push({
      id: "points",
      header: "Points",
      cell: (task) => formatCount(task.points),
      align: "end",
      width: 84,
      isSortable: true,
    });
  }
  if (states("cve")) columns.push(textColumn("cve", "CVE", (task) => task.cve, 150));
  if (states("cluster")) columns.push(textColumn("cluster", "Cluster", (task) => task.cluster, "1fr"));
  return [
    ...columns,
    {
      id: "id",
      header: "Id",
      cell: (task) => <span className="mono cut ink3">{task.id}</span>,
      width: "1fr",
      isSortable: true,
    },
  ];
}

function TaskPanel({ benchmark }: { readonly benchmark: Benchmark }): ReactNode {
  const tasks = useQuery("benchmarks.tasks", { benchmarkId: benchmark.id });
  const scope = useMemo(() => ({ benchmarkId: benchmark.id }), [benchmark.id]);
  const all = tasks.status === "ready" ? tasks.data : nothing;
  const pick = usePick(all);
  const columns = useMemo(() => columnsFor(all), [all]);
  if (tasks.status === "failed") return <ErrorNote failure={tasks.failure} />;
  return (
    <ListPanel<BenchmarkTask>
      title="Tasks"
      table="tasks"
      scope={scope}
      noun="task"
      placeholder="Task, category, CVE"
      label={`Tasks of ${benchmark.title}`}
      columns={columns}
      pick={pick}
      rowText={(task) => task.title}
      empty={
        <EmptyState title="The pack lists no tasks">Logs of this benchmark name their tasks themselves.</EmptyState>
      }
    />
  );
}

const nothing: readonly BenchmarkTask[] = [];

function factsOf(benchmark: Benchmark): readonly Described[] {
  const minutes =
    benchmark.withHumanMinutes === 0
      ? "stated for no task"
      : `stated for ${formatCount(benchmark.withHumanMinutes)} of ${formatCount(benchmark.tasks)}`;
  return [
    { term: "Scoring", value: benchmark.scoring ?? "not stated" },
    { term: "Human minutes", value: minutes },
    { term: "Licence", value: benchmark.licence ?? "not stated" },
    { term: "Source", value: benchmark.source ?? "not stated" },
    { term: "Version", value: benchmark.version, mono: true },
    { term: "Pack", value: benchmark.pack, mono: true },
    { term: "SHA-256", value: benchmark.digest === "" ? "–" : benchmark.digest, mono: true },
  ];
}

function Facts({ benchmark, mayDecide }: { readonly benchmark: Benchmark; readonly mayDecide: boolean }): ReactNode {
  return (
    <div className="benchmark-aside">
      <Panel title="Facts">
        <DescriptionList items={factsOf(benchmark)} />
      </Panel>
      <FlagsPanel benchmark={benchmark} mayDecide={mayDecide} />
      {benchmark.categories.length === 0 ? null : (
        <Panel title="Categories">
          <ul className="benchmark-categories">
            {benchmark.categories.map(({ name, tasks }) => (
              <li key={name}>
                <span className="cut">{name}</span>
                <span className="ink2">{formatCount(tasks)}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {benchmark.notes.map((note) => (
        <Note key={note} tone="warn">
          {note}
        </Note>
      ))}
    </div>
  );
}

function BenchmarkView({ benchmark }: { readonly benchmark: Benchmark }): ReactNode {
  const rights = useRights();
  const [starts, setStarts] = useState(false);
  const start = (): void => {
    setStarts(true);
  };
  useScreenCommands([
    {
      id: "benchmark.start",
      words: "Start a run on this benchmark",
      shortcut: "Alt+N",
      isEnabled: rights.mayLog,
      run: start,
    },
  ]);
  useStatusHint(`${formatCounted(benchmark.tasks, "task")} · Ctrl F filter · Alt N start a run · Alt ← back`);
  const runs = formatCounted(benchmark.runs, "run");
  return (
    <div className="page">
      <PageHead
        title={benchmark.title}
        lead={`${formatCounted(benchmark.tasks, "task")} · ${runs} · version ${benchmark.version}`}
        up={{
          words: "Benchmarks",
          onPress: () => {
            navigate("benchmarks");
          },
        }}
        tags={benchmark.origin === "log" ? <Tag>named by a log</Tag> : undefined}
        actions={
          <Button variant="primary" shortcut="Alt+N" isDisabled={!rights.mayLog} onPress={start}>
            Start a run
          </Button>
        }
      />
      <div className="page-body">
        <div className="benchmark-columns">
          <TaskPanel benchmark={benchmark} />
          <Facts benchmark={benchmark} mayDecide={rights.mayDecide} />
        </div>
      </div>
      {starts ? (
        <StartRunDialog
          benchmarkId={benchmark.id}
          onClose={() => {
            setStarts(false);
          }}
        />
      ) : null}
    </div>
  );
}

/** One benchmark: its facts, its scoring, what is known to be wrong with it, and its tasks. */
function BenchmarkScreen({ params }: { readonly params: Params }): ReactNode {
  const benchmarks = useQuery("benchmarks.list", {});
  const found =
    benchmarks.status === "ready" ? benchmarks.data.find((benchmark) => benchmark.id === params["id"]) : undefined;
  if (found !== undefined) return <BenchmarkView key={found.id} benchmark={found} />;
  if (benchmarks.status === "loading") return <Loading />;
  return (
    <div className="page">
      <PageHead
        title="Benchmark"
        up={{
          words: "Benchmarks",
          onPress: () => {
            navigate("benchmarks");
          },
        }}
      />
      <div className="page-body">
        <ErrorNote
          failure={
            benchmarks.status === "failed" ? benchmarks.failure : { code: "not-found", subject: "the benchmark" }
          }
        />
      </div>
    </div>
  );
}

export const screen: Screen = { id: "benchmark", Component: BenchmarkScreen };
