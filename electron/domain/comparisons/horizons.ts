import { resamplingSeed, type Horizon } from "../../contract/comparing.ts";
import type { RequestOutput } from "../../contract/index.ts";
import { horizonDraws, type HorizonDraw } from "../../statistics/horizon/bootstrap.ts";
import type { HorizonAttempt } from "../../statistics/horizon/horizon-attempt.ts";
import { countDraws, horizonBand, horizonInterval } from "../../statistics/horizon/horizon-interval.ts";
import { successAt } from "../../statistics/horizon/logistic-fit.ts";
import { metrMethod, timeHorizon, type TimeHorizon } from "../../statistics/horizon/time-horizon.ts";
import { seededRandom } from "../../statistics/seeded-random.ts";
import type { QueryContext } from "../query-context.ts";
import { doubling } from "./doubling.ts";
import { level } from "./level.ts";
import { taskFacts } from "./task-facts.ts";
import { talliedVersions, type Narrowed, type TalliedVersion } from "./versions.ts";

/** Below so many tasks with a human time a curve through them says nothing. */
export const fewestTasks = 5;
/** Points at which a fitted curve and its band are given. */
const curvePoints = 61;

type Input = Narrowed<"comparisons.horizons">;
type Output = RequestOutput<"comparisons.horizons">;
type Draws = ReadonlyMap<string, readonly HorizonDraw[]>;

/**
 * Time horizons of versions on the same tasks, resampled together so that their doubling time has an interval, too. In
 * steps: after each draw says how many are made.
 */
export function* timeHorizons(context: QueryContext, input: Input): Generator<number, Output> {
  const facts = taskFacts(context.model, input.benchmarkId);
  const timed = talliedVersions(context, input).map((one) => withTimes(one, (task) => facts(task).humanMinutes));
  const fitted = timed.filter(({ why }) => why === null);
  const models = new Map(fitted.map(({ version, attempts }) => [version.id, attempts]));
  const draws: Draws =
    input.draws === 0 || models.size === 0
      ? new Map<string, HorizonDraw[]>()
      : yield* horizonDraws(models, seededRandom(resamplingSeed), { draws: input.draws });
  const horizons = timed.map((one) => horizonOf(one, draws.get(one.version.id) ?? []));
  return {
    level,
    draws: input.draws,
    seed: resamplingSeed,
    weighting: metrMethod.weighting,
    penalty: metrMethod.penalty,
    fewestTasks,
    horizons,
    doubling: doubling(horizons, draws),
  };
}

interface TimedVersion extends Pick<TalliedVersion, "version"> {
  readonly attempts: readonly HorizonAttempt[];
  readonly points: Horizon["points"];
  readonly tasksWithoutTime: number;
  /** Why nothing is fitted; null where that is for the attempts to show. */
  readonly why: "no-human-times" | "too-few-tasks" | null;
}

function withTimes({ version, tallies }: TalliedVersion, minutesOf: (task: string) => number | null): TimedVersion {
  const counted = tallies.filter(({ n }) => n > 0);
  const timed = counted.flatMap((tally) => {
    const minutes = minutesOf(tally.task);
    return minutes === null || minutes <= 0 ? [] : [{ ...tally, minutes }];
  });
  const rows = timed.flatMap(({ task, cluster, minutes, n, solved }) => [
    { task, family: cluster, minutes, score: 1, times: solved },
    { task, family: cluster, minutes, score: 0, times: n - solved },
  ]);
  return {
    version,
    attempts: rows.filter(({ times }) => times > 0),
    points: timed
      .map(({ task, minutes, n, solved }) => ({ task, minutes, n, solved, rate: solved / n }))
      .sort((a, b) => a.minutes - b.minutes),
    tasksWithoutTime: counted.length - timed.length,
    why: timed.length === 0 ? "no-human-times" : timed.length < fewestTasks ? "too-few-tasks" : null,
  };
}

function horizonOf(
  { version, attempts, points, tasksWithoutTime, why }: TimedVersion,
  draws: readonly HorizonDraw[],
): Horizon {
  const found = timeHorizon(attempts);
  const basis = {
    version,
    tasks: found.tasks,
    attempts: found.attempts,
    tasksWithoutTime,
    shortest: found.shortest,
    longest: found.longest,
    bins: [...found.bins],
    points,
    resamples: countDraws(draws),
  };
  const reason = why ?? reasonOf(found);
  if (!found.estimable || reason !== null)
    return { ...basis, reason: reason ?? "no-human-times", fit: null, horizons: [], curve: [] };
  const { fit, loss, r2 } = found;
  return {
    ...basis,
    reason: null,
    fit: { ...fit, loss, r2 },
    horizons: found.horizons.map((one) => ({
      ...one,
      interval: draws.length === 0 ? null : horizonInterval(draws, one.share, attempts, level),
    })),
    curve: curveOf(found, draws),
  };
}

function reasonOf(found: TimeHorizon): Horizon["reason"] {
  // A curve that hardly falls reaches its horizons beyond every number.
  if (found.estimable) return found.horizons.every(({ minutes }) => Number.isFinite(minutes)) ? null : "not-decreasing";
  return found.reason === "no-attempts" ? "no-human-times" : found.reason;
}

/** From the shortest task to twice the longest, evenly on a logarithmic axis. */
function curveOf(found: TimeHorizon & { readonly estimable: true }, draws: readonly HorizonDraw[]): Horizon["curve"] {
  const [from, to] = [Math.log2(found.shortest ?? 1), Math.min(1_023, Math.log2(found.longest ?? 1) + 1)];
  const places = Array.from({ length: curvePoints }, (_, at) => 2 ** (from + ((to - from) * at) / (curvePoints - 1)));
  const bands = new Map(horizonBand(draws, places, level).map(({ minutes, low, high }) => [minutes, { low, high }]));
  return places.map((minutes) => ({
    minutes,
    chance: successAt(found.fit, Math.log2(minutes)),
    band: bands.get(minutes) ?? null,
  }));
}
