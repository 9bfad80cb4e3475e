import type { Horizon } from "../../contract/comparing.ts";
import type { RequestOutput } from "../../contract/index.ts";
import type { HorizonDraw } from "../../statistics/horizon/bootstrap.ts";
import { doublingTime, doublingTimeInterval, stateOfTheArt } from "../../statistics/horizon/doubling-time.ts";
import { level } from "./level.ts";
import { daysOf } from "./release-days.ts";

type Doubling = RequestOutput<"comparisons.horizons">["doubling"];

/** Doubling time of the 50 % horizon over the versions with a release date that were the best when they came out. */
export function doubling(horizons: readonly Horizon[], draws: ReadonlyMap<string, readonly HorizonDraw[]>): Doubling {
  const dated = horizons.flatMap(({ version, horizons: own }) => {
    const released = daysOf(version.releasedOn);
    const minutes = own.find(({ share }) => share === 0.5)?.minutes;
    return released === null || minutes === undefined ? [] : [{ model: version.id, released, minutes }];
  });
  const best = stateOfTheArt(dated);
  const modelVersionIds = best.map(({ model }) => model);
  const nothing = { days: null, modelVersionIds, interval: null, used: 0, leftOut: 0 };
  if (dated.length === 0) return { ...nothing, reason: "no-dates" };
  const found = doublingTime(best);
  if (!found.estimable) return { ...nothing, reason: found.reason };
  const drawn = doublingTimeInterval(best, draws, level);
  return {
    days: found.days,
    reason: null,
    modelVersionIds,
    interval:
      drawn === null
        ? null
        : { low: drawn.low, high: drawn.high, level, method: "hierarchical-bootstrap", unit: "task" },
    used: drawn?.used ?? 0,
    leftOut: drawn?.leftOut ?? 0,
  };
}
