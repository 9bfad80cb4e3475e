import { formatCount, formatCounted } from "../../contract/number-text.ts";
import type { Deviation } from "../../contract/planning.ts";
import { benchmarkTitle, benchmarkWords } from "../benchmarks/queries.ts";
import { modelVersionWords } from "../models/queries.ts";
import type { QueryContext } from "../query-context.ts";
import type { ReadModel } from "../read-model.ts";
import { tasksOfRun } from "./coverage.ts";
import { loggedSettings, settingDifferences, type LoggedSettings, type SettingDifference } from "./logged-settings.ts";
import { plannedSettings } from "./logged-protocol.ts";
import { plannedVersionOf, stateSince, type PlannedRun, type RegisteredPlan } from "./plan-facts.ts";
import { protocolDeviations } from "./protocol-deviations.ts";

/** Deviations of single runs, and of the runs of one cell or one benchmark among each other. */

type Found = Pick<Deviation, "kind" | "severity" | "what"> & { readonly since?: number };

function inRun(model: ReadModel, run: PlannedRun, { since, ...found }: Found): Deviation {
  const { id, code, modelVersionId, benchmarkId } = run.facts;
  const where = `${modelVersionWords(model, modelVersionId)} · ${benchmarkTitle(model, benchmarkId)}`;
  return { ...found, run: { id, code }, where, since: since ?? run.takenInAt };
}

/** What one run says against the plan. A run that was rejected or withdrawn says only that. */
export function deviationsOfRun(context: QueryContext, plan: RegisteredPlan, run: PlannedRun): Deviation[] {
  const { model } = context;
  const { state } = run.facts;
  const found =
    state === "rejected" || state === "withdrawn"
      ? [leftOut(model, run, state)]
      : [
          ...beforeRegistration(plan, run),
          ...outsidePlan(model, plan, run),
          ...otherSize(context, plan, run),
          ...protocolDeviations(plan, run),
        ];
  return found.map((one) => inRun(model, run, one));
}

function leftOut(model: ReadModel, run: PlannedRun, state: "rejected" | "withdrawn"): Found {
  const kind = state === "rejected" ? "run-rejected" : "run-withdrawn";
  const since = stateSince(model, run, state);
  if (run.isUndone) {
    const what = "Its import was undone, or its attempts are in the run of a later log; it is in no number.";
    return { kind, severity: "slight", what, since };
  }
  const { wasAccepted } = run.facts;
  const what = `It was ${state}${wasAccepted ? " after it had been accepted" : ""}; its attempts are in no number.`;
  return { kind, severity: wasAccepted ? "serious" : "notable", what, since };
}

function beforeRegistration(plan: RegisteredPlan, run: PlannedRun): Found[] {
  if (run.startedAt >= plan.registeredAt) return [];
  const says = run.startedAt === run.takenInAt ? "It was started" : "Its log says that it was started";
  const what = `${says} before the plan was registered.`;
  return [{ kind: "started-before-registration", severity: "serious", what, since: run.startedAt }];
}

function outsidePlan(model: ReadModel, plan: RegisteredPlan, run: PlannedRun): Found[] {
  const { modelVersionId, benchmarkId } = run.facts;
  const found: Found[] = [];
  if (!plan.modelVersionIds.has(modelVersionId))
    found.push({ kind: "model-outside-plan", severity: "serious", what: "The plan does not name its model version." });
  if (plan.benchmarkIds.has(benchmarkId)) return found;
  const planned = plannedVersionOf(model, plan, benchmarkId);
  if (planned === null) {
    found.push({ kind: "benchmark-outside-plan", severity: "notable", what: "The plan does not name its benchmark." });
  } else {
    const what = `It is of version ${versionWords(model, benchmarkId)} of the benchmark; version ${versionWords(model, planned)} was planned.`;
    found.push({ kind: "benchmark-version", severity: "serious", what });
  }
  return found;
}

/** A version, and the beginning of the pack's digest where it has one: two packs may call themselves one version. */
function versionWords(model: ReadModel, benchmarkId: string): string {
  const { version } = benchmarkWords(model, benchmarkId);
  const digest = String(model.get("SELECT digest FROM benchmark WHERE id = ?", benchmarkId)?.digest ?? "").slice(0, 8);
  const named = version === "" ? "not stated" : version;
  return digest === "" ? named : `${named} (${digest})`;
}

/** Epochs and tasks, of a run that is in a planned cell. */
function otherSize(context: QueryContext, plan: RegisteredPlan, run: PlannedRun): Found[] {
  const { modelVersionId, benchmarkId, epochs } = run.facts;
  const tasks = plan.tasks.get(benchmarkId);
  if (tasks === undefined || !plan.modelVersionIds.has(modelVersionId)) return [];
  const found: Found[] = [];
  if (epochs !== plan.epochs) {
    const what = `It has ${formatCounted(epochs, "epoch")}; ${formatCount(plan.epochs)} were planned.`;
    found.push({ kind: "epochs", severity: "notable", what });
  }
  const held = new Set(tasksOfRun(context, run.facts));
  const missing = [...tasks.planned].filter((task) => !held.has(task));
  if (missing.length > 0) {
    const what = `It lacks ${formatCount(missing.length)} of ${formatCounted(tasks.planned.size, "planned task")}: ${some(missing)}.`;
    found.push({ kind: "tasks-missing", severity: "serious", what });
  }
  const added = [...held].filter((task) => !tasks.planned.has(task));
  if (added.length > 0) {
    const what = `It has ${formatCounted(added.length, "unplanned task")}: ${some(added)}.`;
    found.push({ kind: "tasks-added", severity: "notable", what });
  }
  return found;
}

/** The first of a list, each cut; and how many more there are. */
function some(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => (name.length > 60 ? `${name.slice(0, 59)}…` : name));
  const more = names.length - shown.length;
  return `${shown.join(", ")}${more === 0 ? "" : ` and ${formatCount(more)} more`}`;
}

/**
 * Runs that a planned cell has beyond its planned epochs, the oldest and the accepted ones being those that were planned;
 * and second runs of one log, which are not counted.
 */
export function duplicates({ model }: QueryContext, plan: RegisteredPlan, runs: readonly PlannedRun[]): Deviation[] {
  const covered = new Map<string, number>();
  const inOrder = runs.toSorted((a, b) => Number(b.facts.state === "accepted") - Number(a.facts.state === "accepted"));
  return inOrder.flatMap((run): Deviation[] => {
    const { state, modelVersionId, benchmarkId, epochs } = run.facts;
    if (state === "rejected" || state === "withdrawn") return [];
    if (!plan.modelVersionIds.has(modelVersionId) || !plan.benchmarkIds.has(benchmarkId)) return [];
    if (!run.isCounted) {
      const what = "Another run is of the same log; that one is counted, this one is in no number.";
      return [inRun(model, run, { kind: "run-duplicate", severity: "slight", what })];
    }
    const cell = JSON.stringify([modelVersionId, benchmarkId]);
    const before = covered.get(cell) ?? 0;
    covered.set(cell, before + epochs);
    if (before < plan.epochs) return [];
    const what = `Runs of this cell had ${formatCounted(before, "epoch")} of ${formatCount(plan.epochs)} planned before it; its attempts are pooled with theirs.`;
    return [inRun(model, run, { kind: "run-duplicate", severity: "serious", what })];
  });
}

/**
 * Limits and settings by the logs, of the counted runs of one benchmark: they are compared with one another, but for what
 * the plan itself says.
 */
export function settingDeviations(
  { model }: QueryContext,
  plan: RegisteredPlan,
  runs: readonly PlannedRun[],
): Deviation[] {
  const planned = plan.protocol === null ? new Set<string>() : plannedSettings(plan.protocol);
  return [...plan.benchmarkIds].flatMap((benchmarkId) => {
    const compared = runs.flatMap((run) =>
      run.isCounted && run.log !== null && run.facts.benchmarkId === benchmarkId
        ? [{ run, format: run.log.format, settings: without(loggedSettings(run.log), planned) }]
        : [],
    );
    return settingDifferences(compared).flatMap((differences, place): Deviation[] => {
      const run = compared[place]?.run;
      if (run === undefined || differences.length === 0) return [];
      const isLimit = differences.some(({ setting }) => setting.startsWith("limit of "));
      const what = `Other settings than in the other runs of its benchmark: ${differenceWords(differences)}.`;
      return [inRun(model, run, { kind: "settings-differ", severity: isLimit ? "serious" : "notable", what })];
    });
  });
}

function without(settings: LoggedSettings, names: ReadonlySet<string>): LoggedSettings {
  return new Map([...settings].filter(([name]) => !names.has(name)));
}

function differenceWords(differences: readonly SettingDifference[]): string {
  const shown = differences.slice(0, 4).map(({ setting, own, usual }) => `${setting} ${own}, not ${usual}`);
  const more = differences.length - shown.length;
  return `${shown.join("; ")}${more === 0 ? "" : `; and ${formatCount(more)} more`}`;
}
