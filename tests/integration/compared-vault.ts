import { toColumns } from "../../electron/domain/attempts/columns.ts";
import { notRun } from "../../electron/domain/attempts/rows.ts";
import { benchmarkAdded } from "../../electron/domain/benchmarks/events.ts";
import type { Draft } from "../../electron/domain/event.ts";
import { modelAdded, modelVersionAdded } from "../../electron/domain/models/events.ts";
import { runImported } from "../../electron/domain/runs/events.ts";
import type { AttemptRecord } from "../../electron/contract/attempt.ts";

/** Drafts of what comparisons are made of: versions, a benchmark, runs as logs bring them. */

export function version(name: string): Draft[] {
  const facts = { checkpoint: name, safeguard: "reduced" as const, access: "", settings: "" };
  return [
    modelAdded.draft({ id: `${name}-model`, developer: "Acme", name, note: "", origin: "hand" }),
    modelVersionAdded.draft({ ...facts, id: name, modelId: `${name}-model` }),
  ];
}

export interface TaskFacts {
  readonly id: string;
  readonly category?: string | null;
  readonly difficulty?: string | null;
  readonly humanMinutes?: number | null;
  readonly cluster?: string | null;
}

export function benchmark(id: string, tasks: readonly TaskFacts[]): Draft {
  const facts = { licence: null, source: null, scoring: null, notes: [], digest: "", version: "1" };
  const nothing = { category: null, difficulty: null, humanMinutes: null, cve: null, points: null, cluster: null };
  return benchmarkAdded.draft({
    id,
    pack: id,
    title: id,
    origin: "file",
    ...facts,
    rule: { direction: "higher", threshold: 1 },
    tasks: tasks.map((task) => ({ title: task.id, ...nothing, ...task })),
  });
}

export type LoggedAttempt = Pick<AttemptRecord, "task" | "epoch"> & Partial<AttemptRecord>;

export interface RunOf {
  readonly id: string;
  readonly modelVersionId: string;
  readonly benchmarkId: string;
  readonly epochs: number;
  readonly attempts: readonly LoggedAttempt[];
  readonly plannedTasks?: readonly string[] | null;
  readonly campaignId?: string;
}

/** A run from a log; attempts are scored 0 unless they say otherwise. */
export function run({ attempts, plannedTasks = null, campaignId, ...cell }: RunOf): Draft {
  const hex = Array.from(cell.id, (letter) => letter.charCodeAt(0).toString(16)).join("");
  return runImported.draft({
    ...cell,
    campaignId: campaignId ?? null,
    log: {
      fileName: "made.eval",
      sha256: hex.padStart(64, "0").slice(-64),
      bytes: 0,
      blob: "none",
      format: "inspect",
      formatVersion: 2,
      harness: "made",
      status: "success",
      salvaged: false,
      task: "made",
      model: "made",
      evalId: "",
      createdAt: 0,
      settings: "{}",
      lost: [],
      notes: [],
    },
    plannedTasks: plannedTasks === null ? null : [...plannedTasks],
    metrics: [],
    attempts: toColumns(
      attempts.map((one) => ({ ...notRun(one.task, one.epoch, null), outcome: "scored" as const, score: 0, ...one })),
    ),
  });
}
