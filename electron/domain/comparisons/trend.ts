import type { RequestOutput } from "../../contract/index.ts";
import { trend } from "../../statistics/trend.ts";
import type { QueryContext } from "../query-context.ts";
import { level } from "./level.ts";
import { daysOf, dateOf } from "./release-days.ts";
import { talliedVersions, type Narrowed } from "./versions.ts";

const daysAYear = 365.25;

/** Solve rates over release dates, or as they were listed where a version has none. */
export function rateTrend(
  context: QueryContext,
  input: Narrowed<"comparisons.trend">,
): RequestOutput<"comparisons.trend"> {
  const listed = talliedVersions(context, input).map(({ version }) => version);
  const dated = listed.flatMap((version) => {
    const at = daysOf(version.releasedOn);
    return at === null ? [] : [{ version, at }];
  });
  if (dated.length < listed.length)
    return { level, order: "as-listed", versions: listed, line: null, reason: "no-dates" };
  const ordered = dated.toSorted((a, b) => a.at - b.at);
  const versions = ordered.map(({ version }) => version);
  const points = ordered.flatMap(({ version, at }) =>
    version.rate.rate === null ? [] : [{ at, value: version.rate.rate }],
  );
  const found = trend(points, level);
  if (!found.estimable) return { level, order: "release-date", versions, line: null, reason: found.reason };
  const ends = [points[0], points.at(-1)].flatMap((point) =>
    point === undefined ? [] : [{ on: dateOf(point.at), value: found.intercept + found.slope * point.at }],
  );
  const perYear = (value: number): number => value * daysAYear;
  const { interval, standardError } = found;
  const line = {
    perYear: perYear(found.slope),
    standardError: standardError === null ? null : perYear(standardError),
    interval:
      interval === null
        ? null
        : {
            low: perYear(interval.low),
            high: perYear(interval.high),
            level,
            method: "least-squares-t",
            unit: "model version",
          },
    ends,
  };
  return { level, order: "release-date", versions, line, reason: null };
}
