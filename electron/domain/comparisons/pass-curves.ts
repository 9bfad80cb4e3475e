import type { PassCurves } from "../../contract/comparing.ts";
import type { RequestOutput } from "../../contract/index.ts";
import { passCurve } from "../../statistics/pass-curve.ts";
import type { QueryContext } from "../query-context.ts";
import { level } from "./level.ts";
import { talliedVersions, type Narrowed, type TalliedVersion } from "./versions.ts";

const options = { unit: "cluster", level } as const;

/** pass@k and pass^k of a version, for every k that all of its tasks have attempts for. */
export function passCurvesOf({ version, tallies }: Pick<TalliedVersion, "version" | "tallies">): PassCurves {
  return {
    version,
    atLeastOne: passCurve(tallies, options),
    all: passCurve(tallies, { ...options, kind: "all" }),
  };
}

/** The same of each version. */
export function passCurves(
  context: QueryContext,
  input: Narrowed<"comparisons.passCurves">,
): RequestOutput<"comparisons.passCurves"> {
  return { level, curves: talliedVersions(context, input).map(passCurvesOf) };
}
