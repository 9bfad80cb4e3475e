import type { Ledger, Rate } from "../../../electron/contract/values.ts";
import type { CountedAttempt } from "../../../electron/statistics/denominator.ts";
import { ledgerOf } from "../../../electron/statistics/ledger.ts";
import { rateOf, solveRate } from "../../../electron/statistics/solve-rate.ts";
import type { ChartMatrix } from "../../../renderer/charts/matrix-cells.ts";
import { attempt, ended, seeded } from "../statistics/attempts.ts";

/** A made-up run: `tasks` tasks × `epochs`, each task with a solve chance of its own around `chance`. */
export function madeRun(tasks: number, epochs: number, chance: number, seed: number): CountedAttempt[] {
  const random = seeded(seed);
  return Array.from({ length: tasks }, (_, i) => {
    const own = Math.min(1, Math.max(0, chance + (random() - 0.5) * 0.8));
    return Array.from({ length: epochs }, (__, e) => {
      const luck = random();
      const place = { epoch: e + 1 };
      if (luck < 0.03) return ended(`t${String(i)}`, "infrastructure-fault", place);
      if (luck < 0.05) return ended(`t${String(i)}`, "refused", place);
      if (luck < 0.08) return ended(`t${String(i)}`, "limit-reached", place);
      if (luck < 0.09) return ended(`t${String(i)}`, "invalidated", place);
      if (luck < 0.1) return ended(`t${String(i)}`, "not-run", place);
      return attempt(`t${String(i)}`, { ...place, score: random() < own ? 1 : 0 });
    });
  }).flat();
}

export function madeRate(tasks: number, epochs: number, chance: number, seed: number): Rate {
  return rateOf(solveRate(madeRun(tasks, epochs, chance, seed)));
}

export function madeLedger(tasks: number, epochs: number, chance: number, seed: number): Ledger {
  return ledgerOf(madeRun(tasks, epochs, chance, seed));
}

const models = [
  ["m1", "Meridian-2 (checkpoint 0914, safeguards reduced)", 0.45],
  ["m2", "Meridian-2 (checkpoint 0914, as deployed)", 0.1],
  ["m3", "Atlas-5 cyber", 0.6],
  ["m4", "Kestrel 70B", 0.05],
] as const;
const benchmarks = [
  ["b1", "Cybench", 40, 3],
  ["b2", "InterCode-CTF", 79, 1],
  ["b3", "NYU CTF Bench", 200, 1],
  ["b4", "CVE-Bench", 40, 3],
] as const;

/** Four model versions on four benchmarks; the last model was not run on the last two, and one cell has no result. */
export const madeMatrix: ChartMatrix = {
  modelVersions: models.map(([id, words]) => ({ id, words })),
  benchmarks: benchmarks.map(([id, title, tasks]) => ({ id, title, tasks })),
  cells: models.flatMap(([modelVersionId, , chance], row) =>
    benchmarks.flatMap(([benchmarkId, , tasks, epochs], column) => {
      if (row === 3 && column >= 2) return [];
      const nothing = row === 1 && column === 3;
      const rate = nothing
        ? rateOf(solveRate([ended("t0", "not-run")]))
        : madeRate(tasks, epochs, chance - column * 0.08, row * 10 + column + 1);
      return [{ modelVersionId, benchmarkId, rate }];
    }),
  ),
};
