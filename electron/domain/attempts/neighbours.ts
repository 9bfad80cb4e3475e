import type { AttemptDetail } from "../../contract/evaluation.ts";
import { number, text, type ReadModel, type Row } from "../read-model.ts";
import type { RunFacts } from "../runs/state.ts";

type Neighbour = AttemptDetail["next"];

function place(row: Row | undefined): Neighbour {
  return row === undefined ? null : { task: text(row, "task"), epoch: number(row, "epoch") };
}

/** The attempts before and after one in the order of the grid (task position, then epoch). */
export function neighbours(
  model: ReadModel,
  run: RunFacts,
  at: { task: string; epoch: number },
): { previous: Neighbour; next: Neighbour } {
  const ordered = `SELECT a.task, a.epoch, coalesce(t.position, 1e9) AS position FROM attempt a
    LEFT JOIN task t ON t.benchmark_id = ? AND t.id = a.task WHERE a.run = ?`;
  const here = "(SELECT coalesce((SELECT position FROM task WHERE benchmark_id = ? AND id = ?), 1e9), ?, ?)";
  const values = [run.benchmarkId, run.number, run.benchmarkId, at.task, at.task, at.epoch];
  const before = model.get(
    `SELECT * FROM (${ordered}) WHERE (position, task, epoch) < ${here}
     ORDER BY position DESC, task DESC, epoch DESC LIMIT 1`,
    ...values,
  );
  const after = model.get(
    `SELECT * FROM (${ordered}) WHERE (position, task, epoch) > ${here} ORDER BY position, task, epoch LIMIT 1`,
    ...values,
  );
  return { previous: place(before), next: place(after) };
}
