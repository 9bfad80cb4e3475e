import { toColumns } from "../../electron/domain/attempts/columns.ts";
import { notRun } from "../../electron/domain/attempts/rows.ts";
import { benchmarkAdded } from "../../electron/domain/benchmarks/events.ts";
import { modelAdded, modelVersionAdded } from "../../electron/domain/models/events.ts";
import { runImported } from "../../electron/domain/runs/events.ts";
import type { ServiceClient } from "../integration/service-client.ts";

/** A vault full of imported runs, for what is measured on many attempts. */

export const taskIds = Array.from({ length: 500 }, (_, place) => `task-${String(place)}`);
const epochs = 20;
const attemptsARun = taskIds.length * epochs;

function task(id: string) {
  const nothing = { category: null, difficulty: null, humanMinutes: null, cve: null, points: null, cluster: null };
  return { id, title: id, ...nothing };
}

/** Adds imported runs of 10,000 attempts each until the vault holds `attempts` of them. */
export function fill(client: ServiceClient, attempts: number): void {
  const { session } = client.host;
  const models = [0, 1, 2, 3, 4].map((place) => `model${String(place)}`);
  const benchmarks = [0, 1, 2, 3].map((place) => `benchmark${String(place)}`);
  for (const id of models) {
    const version = { checkpoint: id, safeguard: "reduced" as const, access: "", settings: "" };
    session.commit([
      modelAdded.draft({ id, developer: "Acme", name: id, note: "", origin: "hand" }),
      modelVersionAdded.draft({ ...version, id: `${id}-v`, modelId: id }),
    ]);
  }
  for (const id of benchmarks) {
    const facts = { licence: null, source: null, scoring: null, notes: [], digest: "", version: "1" };
    const rule = { direction: "higher" as const, threshold: 1 };
    session.commit([
      benchmarkAdded.draft({ id, pack: id, title: id, origin: "file", ...facts, rule, tasks: taskIds.map(task) }),
    ]);
  }
  for (let run = 0; run * attemptsARun < attempts; run += 1) {
    const records = taskIds.flatMap((id, place) =>
      Array.from({ length: epochs }, (_, epoch) => ({
        ...notRun(id, epoch + 1, null),
        outcome: "scored" as const,
        score: (place * 7 + epoch * 3 + run) % 3 === 0 ? 1 : 0,
        totalTokens: 1_000 + place,
        member: `samples/${id}_epoch_${String(epoch + 1)}.json`,
      })),
    );
    session.commit([
      runImported.draft({
        id: `run${String(run)}`,
        modelVersionId: `${models[run % models.length] ?? ""}-v`,
        benchmarkId: benchmarks[Math.floor(run / models.length) % benchmarks.length] ?? "",
        campaignId: null,
        epochs,
        log: {
          fileName: "made.eval",
          sha256: run.toString(16).padStart(64, "0"),
          bytes: 0,
          blob: "none",
          format: "inspect",
          formatVersion: 2,
          harness: "bench",
          status: "success",
          salvaged: false,
          task: "bench",
          model: "bench",
          evalId: "",
          createdAt: 0,
          settings: "{}",
          lost: [],
          notes: [],
        },
        plannedTasks: taskIds,
        metrics: [],
        attempts: toColumns(records),
      }),
    ]);
  }
}
