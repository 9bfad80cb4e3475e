import { headlinePolicy } from "../../electron/contract/values.ts";
import type { Draft } from "../../electron/domain/event.ts";
import { seededRandom } from "../../electron/statistics/seeded-random.ts";
import { benchmark, run, version, type LoggedAttempt } from "./compared-vault.ts";

/** Two versions with results on one benchmark, one of them with two runs, and one without any. */

export const tasks = Array.from({ length: 24 }, (_, place) => ({
  id: `task-${String(place).padStart(2, "0")}`,
  category: place % 3 === 0 ? "web" : place % 3 === 1 ? "crypto" : null,
  difficulty: place < 12 ? "easy" : "hard",
  humanMinutes: place === 23 ? null : 2 ** (place / 3),
}));

/** Three epochs of every task, longer tasks solved less often; the better the version, the longer it lasts. */
export function attemptsOf(reach: number, seed: number): LoggedAttempt[] {
  const random = seededRandom(seed);
  return tasks.flatMap(({ id, humanMinutes }) =>
    [1, 2, 3].map((epoch) => ({
      task: id,
      epoch,
      score: random() < 1 / (1 + (humanMinutes ?? 8) / reach) ? 1 : 0,
      totalTokens: 1_000 + Math.floor(9_000 * random()),
      cost: Math.floor(1_000 * random()) / 1_000,
      totalMs: 60_000,
    })),
  );
}

export const weak = attemptsOf(4, 1);
export const strong = attemptsOf(40, 2);
export const strongAgain = attemptsOf(40, 3);
export const versions = ["weak", "strong", "idle"];

export const setting: readonly Draft[] = [...versions.flatMap(version), benchmark("bench", tasks)];
export const cell = { benchmarkId: "bench", epochs: 3 } as const;
export const runs = {
  weak: (attempts: readonly LoggedAttempt[]) => run({ ...cell, id: "run-weak", modelVersionId: "weak", attempts }),
  strong: (attempts: readonly LoggedAttempt[]) => run({ ...cell, id: "run-s1", modelVersionId: "strong", attempts }),
  again: (attempts: readonly LoggedAttempt[]) => run({ ...cell, id: "run-s2", modelVersionId: "strong", attempts }),
};
export const scope = { benchmarkId: "bench", campaignId: null, policy: headlinePolicy };
export const compared = { ...scope, modelVersionIds: ["weak", "strong"] };
export const flips = { filter: "shared", sort: "task", descending: false, offset: 0, limit: 500 } as const;
