import type { ParsedInput, RequestOutput } from "../../contract/index.ts";
import { passCurve } from "../../statistics/pass-curve.ts";
import type { QueryContext } from "../query-context.ts";
import { level } from "./level.ts";
import { talliedVersions } from "./versions.ts";

/** pass@k and pass^k of each version, for every k that all of its tasks have attempts for. */
export function passCurves(
  context: QueryContext,
  input: ParsedInput<"comparisons.passCurves">,
): RequestOutput<"comparisons.passCurves"> {
  const options = { unit: "cluster", level } as const;
  return {
    level,
    curves: talliedVersions(context, input).map(({ version, tallies }) => ({
      version,
      atLeastOne: passCurve(tallies, options),
      all: passCurve(tallies, { ...options, kind: "all" }),
    })),
  };
}
